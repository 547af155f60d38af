//! From the cursor to where something is declared, configured, carried out and used.

use crate::support::{Fixture, ROOT};
use expect_test::{Expect, expect};
use klotho_ide::{CallSite, Navigation, Snapshot, Span};

/// Files with a unit that calls another, a store, a topic and a gateway, in code and configuration.
const SHOP: &[(&str, &str)] = &[
    (
        "orders.ts",
        "/* @klotho::execution_unit {\n *   id = \"orders\"\n * }\n */\nimport express = require('express');\nimport { events } from './events';\nimport { find } from './users';\nconst app = express();\n\n// @klotho::persist { id = \"carts\" }\nconst carts = new Map<string, string>();\n\napp.get('/carts/:id', async (req, res) => {\n  const user = await find(req.params.id);\n  events.emit('seen', user);\n  res.send(await carts.get(user));\n});\n\n/* @klotho::expose {\n *   id = \"shop\"\n *   target = \"public\"\n * }\n */\napp.listen(3000);\n",
    ),
    (
        "users.ts",
        "/* @klotho::execution_unit {\n *   id = \"users\"\n * }\n */\nimport { events } from './events';\nexport async function find(id: string) {\n  return id;\n}\nevents.on('seen', find);\n",
    ),
    (
        "events.ts",
        "import { EventEmitter } from 'events';\n// @klotho::pubsub { id = \"seen\" }\nexport const events = new EventEmitter();\n",
    ),
    (
        "klotho.yaml",
        "app: shop\nexecution_units:\n  orders:\n    type: ecs\n  users:\n    type: lambda\nexposed:\n  shop:\n    type: alb\npersisted:\n  carts:\n    type: dynamodb\npubsub:\n  \"seen\":\n    type: sns\n",
    ),
    ("package.json", "{}"),
    ("tsconfig.json", "{}"),
];

/// The files with a cursor before the `nth` occurrence of a text.
fn at(files: &[(&str, &str)], path: &str, text: &str, nth: usize) -> Fixture {
    let marked: Vec<_> = files
        .iter()
        .map(|(name, content)| {
            if *name != path {
                return (*name, (*content).to_owned());
            }
            let (at, _) =
                content.match_indices(text).nth(nth).unwrap_or_else(|| panic!("{path} has {text:?}"));
            (*name, format!("{}$0{}", &content[..at], &content[at..]))
        })
        .collect();
    let marked: Vec<_> = marked.iter().map(|(name, content)| (*name, content.as_str())).collect();
    Fixture::new(&marked)
}

fn place(fixture: &Fixture, path: &str, span: Span) -> String {
    let relative = path.trim_start_matches("/app/");
    let text = fixture.disk.0.get(relative).map_or("", String::as_str);
    let line = text[..span.range().start].matches('\n').count() + 1;
    format!("{relative}:{line} `{}`", span.of(text).lines().next().unwrap_or_default())
}

fn shown(fixture: &Fixture, found: Option<Navigation>) -> String {
    let Some(found) = found else { return "nothing".to_owned() };
    let targets = found.targets.iter().map(|target| place(fixture, &target.path, target.focus));
    let origin = place(fixture, &fixture.path, found.origin);
    format!("{origin}\n  {}", targets.collect::<Vec<_>>().join("\n  "))
}

/// What every question about the cursor is answered with.
fn all(fixture: &Fixture) -> String {
    let (snapshot, path, offset): (&Snapshot, &str, usize) =
        (&fixture.snapshot, &fixture.path, fixture.offset);
    let highlights = snapshot.highlights(path, offset);
    let highlights: Vec<_> = highlights
        .iter()
        .map(|found| {
            format!("\n  {}{}", place(fixture, path, found.span), if found.is_write { " write" } else { "" })
        })
        .collect();
    format!(
        "definition of {}\ndeclaration of {}\nimplementation of {}\nreferences of {}\nhighlights{}\n",
        shown(fixture, snapshot.definition(path, offset)),
        shown(fixture, snapshot.declaration(path, offset)),
        shown(fixture, snapshot.implementation(path, offset)),
        shown(fixture, snapshot.references(path, offset, true)),
        highlights.concat(),
    )
}

fn check(path: &str, text: &str, nth: usize, expected: Expect) {
    expected.assert_eq(&all(&at(SHOP, path, text, nth)));
}

#[test]
fn a_store_by_its_id() {
    check(
        "orders.ts",
        "carts\" }",
        0,
        expect![[r#"
        definition of orders.ts:10 `carts`
          orders.ts:10 `carts`
        declaration of orders.ts:10 `carts`
          klotho.yaml:11 `carts`
          orders.ts:10 `carts`
        implementation of orders.ts:10 `carts`
          orders.ts:11 `carts`
        references of orders.ts:10 `carts`
          klotho.yaml:11 `carts`
          orders.ts:10 `carts`
          orders.ts:11 `carts`
          orders.ts:16 `carts`
        highlights
          orders.ts:10 `carts` write
          orders.ts:11 `carts` write
          orders.ts:16 `carts`
    "#]],
    );
}

#[test]
fn a_store_by_its_variable() {
    check(
        "orders.ts",
        "carts.get",
        0,
        expect![[r#"
        definition of orders.ts:16 `carts`
          orders.ts:10 `carts`
        declaration of orders.ts:16 `carts`
          klotho.yaml:11 `carts`
          orders.ts:10 `carts`
        implementation of orders.ts:16 `carts`
          orders.ts:11 `carts`
        references of orders.ts:16 `carts`
          klotho.yaml:11 `carts`
          orders.ts:10 `carts`
          orders.ts:11 `carts`
          orders.ts:16 `carts`
        highlights
          orders.ts:10 `carts` write
          orders.ts:11 `carts` write
          orders.ts:16 `carts`
    "#]],
    );
}

#[test]
fn a_store_by_its_key() {
    check(
        "klotho.yaml",
        "carts",
        0,
        expect![[r#"
        definition of klotho.yaml:11 `carts`
          orders.ts:10 `carts`
        declaration of klotho.yaml:11 `carts`
          klotho.yaml:11 `carts`
          orders.ts:10 `carts`
        implementation of klotho.yaml:11 `carts`
          orders.ts:11 `carts`
        references of klotho.yaml:11 `carts`
          klotho.yaml:11 `carts`
          orders.ts:10 `carts`
          orders.ts:11 `carts`
          orders.ts:16 `carts`
        highlights
          klotho.yaml:11 `carts`
    "#]],
    );
}

#[test]
fn a_topic_by_a_call_in_another_file() {
    check(
        "orders.ts",
        "events.emit",
        0,
        expect![[r#"
        definition of orders.ts:15 `events.emit`
          events.ts:2 `seen`
        declaration of orders.ts:15 `events.emit`
          events.ts:2 `seen`
          klotho.yaml:14 `seen`
        implementation of orders.ts:15 `events.emit`
          events.ts:3 `events`
        references of orders.ts:15 `events.emit`
          events.ts:2 `seen`
          events.ts:3 `events`
          klotho.yaml:14 `seen`
          orders.ts:6 `events`
          orders.ts:15 `events.emit`
          users.ts:5 `events`
          users.ts:9 `events.on`
        highlights
          orders.ts:6 `events`
          orders.ts:15 `events.emit`
    "#]],
    );
}

#[test]
fn a_topic_by_its_import() {
    check(
        "users.ts",
        "events }",
        0,
        expect![[r#"
        definition of users.ts:5 `events`
          events.ts:2 `seen`
        declaration of users.ts:5 `events`
          events.ts:2 `seen`
          klotho.yaml:14 `seen`
        implementation of users.ts:5 `events`
          events.ts:3 `events`
        references of users.ts:5 `events`
          events.ts:2 `seen`
          events.ts:3 `events`
          klotho.yaml:14 `seen`
          orders.ts:6 `events`
          orders.ts:15 `events.emit`
          users.ts:5 `events`
          users.ts:9 `events.on`
        highlights
          users.ts:5 `events`
          users.ts:9 `events.on`
    "#]],
    );
}

#[test]
fn a_gateway_by_its_id() {
    check(
        "orders.ts",
        "shop",
        0,
        expect![[r#"
        definition of orders.ts:20 `shop`
          orders.ts:20 `shop`
        declaration of orders.ts:20 `shop`
          klotho.yaml:8 `shop`
          orders.ts:20 `shop`
        implementation of orders.ts:20 `shop`
          orders.ts:13 ``
        references of orders.ts:20 `shop`
          klotho.yaml:8 `shop`
          orders.ts:13 `app.get('/carts/:id', async (req, res) => {`
          orders.ts:20 `shop`
        highlights
          orders.ts:13 `app.get('/carts/:id', async (req, res) => {`
          orders.ts:20 `shop` write
    "#]],
    );
}

#[test]
fn a_route_by_its_definition() {
    check(
        "orders.ts",
        "get('/carts",
        0,
        expect![[r#"
            definition of orders.ts:13 `app.get('/carts/:id', async (req, res) => {`
              orders.ts:20 `shop`
            declaration of orders.ts:13 `app.get('/carts/:id', async (req, res) => {`
              orders.ts:20 `shop`
            implementation of orders.ts:13 `app.get('/carts/:id', async (req, res) => {`
              orders.ts:13 ``
            references of orders.ts:13 `app.get('/carts/:id', async (req, res) => {`
              orders.ts:13 `app.get('/carts/:id', async (req, res) => {`
            highlights
              orders.ts:13 `app.get('/carts/:id', async (req, res) => {`
        "#]],
    );
}

#[test]
fn what_a_handler_does_is_left_to_other_servers() {
    check(
        "orders.ts",
        "res.send",
        0,
        expect![[r#"
            definition of nothing
            declaration of nothing
            implementation of nothing
            references of nothing
            highlights
        "#]],
    );
}

#[test]
fn a_function_of_another_unit_by_its_call() {
    check(
        "orders.ts",
        "find(req",
        0,
        expect![[r#"
            definition of orders.ts:14 `find`
              users.ts:2 `users`
              users.ts:6 `find`
            declaration of orders.ts:14 `find`
              users.ts:2 `users`
              users.ts:6 `find`
            implementation of orders.ts:14 `find`
              users.ts:6 `find`
            references of orders.ts:14 `find`
              orders.ts:14 `find`
              users.ts:6 `find`
            highlights
              orders.ts:14 `find`
        "#]],
    );
}

#[test]
fn a_function_by_its_name() {
    check(
        "users.ts",
        "find(id",
        0,
        expect![[r#"
            definition of users.ts:6 `find`
              users.ts:2 `users`
              users.ts:6 `find`
            declaration of users.ts:6 `find`
              users.ts:2 `users`
              users.ts:6 `find`
            implementation of users.ts:6 `find`
              users.ts:6 `find`
            references of users.ts:6 `find`
              orders.ts:14 `find`
              users.ts:6 `find`
            highlights
              users.ts:6 `find` write
        "#]],
    );
}

#[test]
fn a_unit_by_its_key() {
    check(
        "klotho.yaml",
        "orders",
        0,
        expect![[r#"
            definition of klotho.yaml:3 `orders`
              orders.ts:2 `orders`
            declaration of klotho.yaml:3 `orders`
              klotho.yaml:3 `orders`
              orders.ts:2 `orders`
            implementation of klotho.yaml:3 `orders`
              orders.ts:13 ``
            references of klotho.yaml:3 `orders`
              klotho.yaml:3 `orders`
              orders.ts:2 `orders`
            highlights
              klotho.yaml:3 `orders`
        "#]],
    );
}

#[test]
fn patterns_and_paths_lead_to_files() {
    let files = [
        (
            "site.js",
            "/* @klotho::static_unit {\n *   id = \"web\"\n *   static_files = [\"public/*.html\", \"other/*\"]\n *   index_document = \"public/index.html\"\n * }\n */\n\nconst x = 1;\n",
        ),
        ("public/index.html", "<html>"),
        ("public/about.html", "<html>"),
        ("other/a.txt", ""),
    ];
    let definition = |text| {
        let fixture = at(&files, "site.js", text, 0);
        shown(&fixture, fixture.snapshot.definition(&fixture.path, fixture.offset))
    };
    expect![[r#"
        site.js:3 `"public/*.html"`
          public/about.html:1 ``
          public/index.html:1 ``
        site.js:3 `"other/*"`
          other/a.txt:1 ``
        site.js:4 `"public/index.html"`
          public/index.html:1 ``
        site.js:2 `web`
          site.js:2 `web`"#]]
    .assert_eq(
        &[definition("/*.html"), definition("ther/"), definition("index.html"), definition("web")].join("\n"),
    );
}

#[test]
fn a_secret_leads_to_its_file() {
    let files = [
        (
            "index.js",
            "// @klotho::execution_unit { id = \"a\" }\n\n/* @klotho::persist {\n * id = \"keys\"\n * secret = true\n * }\n */\nconst fs = require('fs/promises');\n\nasync function f() { return fs.readFile('keys/a.pem'); }\nexports.f = f;\n",
        ),
        ("keys/a.pem", "x"),
        ("package.json", "{}"),
    ];
    expect![[r#"
        definition of index.js:10 `'keys/a.pem'`
          keys/a.pem:1 ``
        declaration of index.js:10 `'keys/a.pem'`
          keys/a.pem:1 ``
        implementation of nothing
        references of index.js:10 `'keys/a.pem'`
          keys/a.pem:1 ``
        highlights
    "#]]
    .assert_eq(&all(&at(&files, "index.js", "a.pem", 0)));
}

#[test]
fn variables_of_units_lead_to_the_store_behind_them() {
    let files = [
        (
            "index.py",
            "# @klotho::execution_unit { id = \"a\" }\n\n# @klotho::persist {\n#   id = \"db\"\n#   [environment_variables]\n#   DB_URL = \"orm.connection_string\"\n# }\nx = 1\n",
        ),
        ("klotho.yaml", "execution_units:\n  a:\n    environment_variables:\n      DB_URL: local\n"),
        ("requirements.txt", ""),
    ];
    expect![[r#"
        definition of klotho.yaml:4 `DB_URL`
          index.py:4 `db`
        declaration of klotho.yaml:4 `DB_URL`
          index.py:4 `db`
          klotho.yaml:4 `DB_URL`
        implementation of nothing
        references of klotho.yaml:4 `DB_URL`
          index.py:4 `db`
          klotho.yaml:4 `DB_URL`
        highlights
          klotho.yaml:4 `DB_URL`
    "#]]
    .assert_eq(&all(&at(&files, "klotho.yaml", "DB_URL", 0)));
}

#[test]
fn a_unit_that_no_annotation_declares_leads_to_where_it_starts() {
    let files = [
        ("index.js", "// @klotho::persist { id = \"notes\" }\nconst notes = new Map();\n"),
        ("klotho.yaml", "execution_units:\n  main: { type: ecs }\n"),
        ("package.json", "{}"),
    ];
    expect![[r#"
        definition of klotho.yaml:2 `main`
          index.js:1 ``
        declaration of klotho.yaml:2 `main`
          index.js:1 ``
          klotho.yaml:2 `main`
        implementation of klotho.yaml:2 `main`
          index.js:1 ``
        references of klotho.yaml:2 `main`
          index.js:1 ``
          klotho.yaml:2 `main`
        highlights
          klotho.yaml:2 `main`
    "#]]
    .assert_eq(&all(&at(&files, "klotho.yaml", "main", 0)));
}

fn calls(fixture: &Fixture) -> String {
    let mut lines = Vec::new();
    for item in fixture.snapshot.call_items(&fixture.path, fixture.offset) {
        lines.push(format!("{} {}", item.reference, place(fixture, &item.target.path, item.target.focus)));
        let path = &item.target.path;
        let incoming = fixture.snapshot.incoming_calls(path, &item.reference);
        lines.extend(
            incoming.iter().map(|site| format!("  from {}", call(fixture, site, &site.item.target.path))),
        );
        let outgoing = fixture.snapshot.outgoing_calls(path, &item.reference);
        lines.extend(outgoing.iter().map(|site| format!("  to {}", call(fixture, site, path))));
    }
    lines.join("\n")
}

fn call(fixture: &Fixture, site: &CallSite, caller: &str) -> String {
    let spans: Vec<_> = site.spans.iter().map(|span| place(fixture, caller, *span)).collect();
    let CallSite { item, .. } = site;
    format!("{} ({}) at {}", item.reference, item.detail, spans.join(", "))
}

#[test]
fn calls_go_over_the_graph() {
    let texts = [
        ("orders.ts", "orders\""),
        ("users.ts", "users\""),
        ("events.ts", "seen\" }"),
        ("orders.ts", "shop\""),
        ("orders.ts", "carts\" }"),
        ("orders.ts", "find(req"),
        ("orders.ts", "get('/carts"),
    ];
    let found: Vec<_> = texts.iter().map(|(path, text)| calls(&at(SHOP, path, text, 0))).collect();
    expect![[r#"
        execution_unit:orders orders.ts:2 `orders`
          from gateway:shop (gateway → alb) at orders.ts:13 `app.get('/carts/:id', async (req, res) => {`
          to execution_unit:users (execution unit → AWS Lambda) at orders.ts:14 `find`
          to persist_kv:carts (key-value store → dynamodb) at orders.ts:16 `carts`
          to pubsub:seen (topic → sns) at orders.ts:15 `events.emit`
        execution_unit:users users.ts:2 `users`
          from execution_unit:orders (execution unit → ECS on Fargate) at orders.ts:14 `find`
          from pubsub:seen (topic → sns) at users.ts:9 `events.on`
        pubsub:seen events.ts:2 `seen`
          from execution_unit:orders (execution unit → ECS on Fargate) at orders.ts:15 `events.emit`
          to execution_unit:users (execution unit → AWS Lambda) at events.ts:2 `seen`
        gateway:shop orders.ts:20 `shop`
          to execution_unit:orders (execution unit → ECS on Fargate) at orders.ts:13 `app.get('/carts/:id', async (req, res) => {`
        persist_kv:carts orders.ts:10 `carts`
          from execution_unit:orders (execution unit → ECS on Fargate) at orders.ts:16 `carts`
        execution_unit:users users.ts:2 `users`
          from execution_unit:orders (execution unit → ECS on Fargate) at orders.ts:14 `find`
          from pubsub:seen (topic → sns) at users.ts:9 `events.on`
        execution_unit:orders orders.ts:2 `orders`
          from gateway:shop (gateway → alb) at orders.ts:13 `app.get('/carts/:id', async (req, res) => {`
          to execution_unit:users (execution unit → AWS Lambda) at orders.ts:14 `find`
          to persist_kv:carts (key-value store → dynamodb) at orders.ts:16 `carts`
          to pubsub:seen (topic → sns) at orders.ts:15 `events.emit`"#]].assert_eq(&found.join("\n"));
}

#[test]
fn a_search_finds_resources_and_routes() {
    let fixture = at(SHOP, "orders.ts", "orders", 0);
    let search = |query: &str| {
        let found = fixture.snapshot.workspace_symbols(query);
        let lines = found.iter().map(|it| {
            format!(
                "{} {:?} ({}) {}",
                it.name,
                it.kind,
                it.container,
                place(&fixture, &it.target.path, it.target.focus)
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    expect![[r#"
        GET /carts/:id Route (gateway shop) orders.ts:13 `app.get('/carts/:id', async (req, res) => {`
        carts Store (key-value store → dynamodb) orders.ts:10 `carts`
        orders Unit (execution unit → ECS on Fargate) orders.ts:2 `orders`
        seen Topic (topic → sns) events.ts:2 `seen`
        shop Gateway (gateway → alb) orders.ts:20 `shop`
        users Unit (execution unit → AWS Lambda) users.ts:2 `users`
        --
        GET /carts/:id Route (gateway shop) orders.ts:13 `app.get('/carts/:id', async (req, res) => {`
        carts Store (key-value store → dynamodb) orders.ts:10 `carts`
        --
    "#]]
    .assert_eq(&[search(""), search("CRT"), search("zzz")].join("\n--\n"));
}

#[test]
fn a_document_of_no_project_is_answered_too() {
    use crate::support::new_host;
    use klotho_ide::Change;
    let text = "// @klotho::persist { id = \"notes\" }\nconst notes = new Map();\nnotes.get(1);\n";
    let mut host = new_host();
    let path = "/elsewhere/notes.js";
    let language = klotho_grammars::Language::of_path("a.js");
    host.apply(Change::Open { path: path.into(), language, version: 1, text: text.to_owned() });
    host.settle();
    let snapshot = host.snapshot();
    let found = snapshot.references(path, text.rfind("notes").unwrap(), true).expect("places");
    let shown: Vec<_> = found.targets.iter().map(|target| (&*target.path, target.focus.of(text))).collect();
    assert_eq!(shown, [(path, "notes"); 3]);
    assert_eq!(snapshot.projects()[0].as_ref(), path);
    assert!(snapshot.definition(&format!("{ROOT}/none.ts"), 0).is_none());
    let edit = snapshot.rename(path, text.find("notes").unwrap(), "memos").expect("an edit");
    assert_eq!(edit.files.len(), 1);
    assert_eq!(edit.files[0].edits[0].span.of(text), "notes");
}
