//! Stores and emitters: what a hover tells of them, and the ways out of what is wrong.

use crate::support::{Disk, Fixture, ROOT};
use klotho_graph::Kind;

/// The text of the file with the cursor after the action whose title starts with `start`.
fn after(fixture: &Fixture, start: &str) -> String {
    let edited = fixture.disk.edited(&fixture.action(start).edit);
    edited.0[fixture.path.trim_start_matches("/app/")].clone()
}

fn titles(fixture: &Fixture) -> Vec<String> {
    fixture
        .actions()
        .into_iter()
        .filter(|action| action.kind == "quickfix")
        .map(|action| action.title)
        .collect()
}

const MAP: &str = "// @klotho::persist { id = \"users\" }\nexports.users = new Map();\n";

#[test]
fn a_call_in_an_async_function_is_awaited() {
    for (before, after_fix) in [
        ("async function f() { users.get$0(1); }", "async function f() { await users.get(1); }"),
        ("async () => use(users.get$0(1).name)", "async () => use((await users.get(1)).name)"),
        (
            "class A { async f() { return users.get$0(1)[0]; } }",
            "class A { async f() { return (await users.get(1))[0]; } }",
        ),
    ] {
        let source = "// @klotho::persist { id = \"users\" }\nconst users = new Map();\n";
        let fixture = Fixture::new(&[("index.js", &format!("{source}{before};\n"))]);
        assert_eq!(after(&fixture, "Await"), format!("{source}{after_fix};\n"));
    }
}

#[test]
fn where_nothing_can_wait_no_await_is_offered() {
    for source in [
        "function f() { users.get$0(1); }",
        "async function f() { return () => users.get$0(1); }",
        "users.get$0(1);",
        "async function f() { users.get$0(1).then(use); }",
    ] {
        let map = "// @klotho::persist { id = \"users\" }\nconst users = new Map();\n";
        let fixture = Fixture::new(&[("index.js", &format!("{map}{source}\n"))]);
        assert_eq!(fixture.disk.findings(), ["index.js:3 missing-await"], "{source}");
        assert!(titles(&fixture).is_empty(), "{source}");
    }
}

#[test]
fn a_file_that_imports_the_map_awaits_as_well() {
    let index = "const { users } = require(\"./store\");\nexports.f = async () => users.has$0(1);\n";
    let fixture = Fixture::new(&[("index.js", index), ("store.js", MAP), ("package.json", "{}\n")]);
    assert_eq!(fixture.disk.findings(), ["index.js:2 missing-await"]);
    let fixed = after(&fixture, "Await");
    assert!(fixed.ends_with("exports.f = async () => await users.has(1);\n"), "{fixed}");
}

#[test]
fn the_emitters_class_is_imported_with_its_module() {
    let emitter = "// @klotho::pubsub { id = \"shop\" }\nexport const shop";
    for (import, made, wanted) in [
        (
            "{ EventEmitter } from \"events\";",
            ": EventEmitter = new $0EventEmitter()",
            ": events.EventEmitter = new events.EventEmitter()",
        ),
        ("{ EventEmitter as E } from 'node:events'", " = new $0E()", " = new events.EventEmitter()"),
        ("Emitter from \"events\";", " = new $0Emitter()", " = new events.EventEmitter()"),
        ("events from \"events\";", " = new $0events.EventEmitter()", " = new events.EventEmitter()"),
    ] {
        let fixture = Fixture::new(&[("index.ts", &format!("import {import}\n{emitter}{made};\n"))]);
        assert_eq!(fixture.disk.findings(), ["index.ts:3 compiler-gap"], "{import}");
        let module = import.split(" from ").nth(1).unwrap();
        let wanted = format!("import * as events from {module}\n{emitter}{wanted};\n");
        assert_eq!(after(&fixture, "Rewrite"), wanted);
    }
}

#[test]
fn an_import_that_gives_more_is_left_alone() {
    for source in [
        "import { EventEmitter, once } from \"events\";\nonce(); EMITTER",
        "import { EventEmitter, type Listener } from \"events\";\nEMITTER",
        "import { EventEmitter } from \"events\";\nconst events = []; EMITTER",
        "import { EventEmitter } from \"events\";\nconst all = { EventEmitter }; EMITTER",
        "import { EventEmitter } from \"events\";\nexport { EventEmitter }; EMITTER",
    ] {
        let emitter = "/* @klotho::pubsub { id = \"shop\" } */ export const shop = new $0EventEmitter();";
        let fixture = Fixture::new(&[("index.ts", &format!("{}\n", source.replace("EMITTER", emitter)))]);
        assert_eq!(fixture.disk.findings(), ["index.ts:2 compiler-gap"], "{source}");
        assert!(titles(&fixture).is_empty(), "{source}");
    }
}

#[test]
fn an_emitter_is_exported_as_the_language_does() {
    let source = "// @klotho::pubsub { id = \"shop\" }\nconst $0shop = new events.EventEmitter();\n";
    let plain = source.replace("$0", "");
    let fixture = Fixture::new(&[("index.js", source)]);
    assert_eq!(after(&fixture, "Export"), format!("{plain}exports.shop = shop;\n"));
    let fixture = Fixture::new(&[("index.ts", source)]);
    assert_eq!(after(&fixture, "Export"), plain.replace("const", "export const"));
    let inside =
        "// @klotho::pubsub { id = \"shop\" }\nfunction f() { const $0shop = new events.EventEmitter(); }\n";
    assert!(titles(&Fixture::new(&[("index.js", inside)])).is_empty());
}

#[test]
fn imports_are_rewritten_to_what_the_compiler_sees() {
    let source = "// @klotho::persist { id = \"files\" }\nimport { $0promises as fs } from \"fs\";\nfs.readFile(\"x\");\n";
    let fixture = Fixture::new(&[("index.ts", source)]);
    let fixed = after(&fixture, "Rewrite");
    assert!(fixed.contains("\nimport * as fs from \"fs/promises\";\n"), "{fixed}");
    let source = "import Sequelize from \"sequelize\";\n// @klotho::persist { id = \"db\" }\nconst db = new $0Sequelize(url);\n";
    let fixed = after(&Fixture::new(&[("index.ts", source)]), "Rewrite");
    assert!(fixed.starts_with("import { Sequelize } from \"sequelize\";\n"), "{fixed}");
}

#[test]
fn a_hover_tells_the_variables_that_the_compiler_sets() {
    for (store, shown) in [
        ("new Sequelize(url)", Some("The compiler sets `A_BCDE_PERSIST_ORM_CONNECTION`")),
        (
            "createClient()",
            Some("The compiler sets `A_BCDE_PERSIST_REDIS_HOST`, `A_BCDE_PERSIST_REDIS_PORT`"),
        ),
        ("require(\"fs/promises\")", Some("The compiler sets `A_BCDE_BUCKET_NAME`")),
        ("new Map()", None),
    ] {
        let source = format!("// @klotho::per$0sist {{ id = \"1a-b.c:d/e\" }}\nconst store = {store};\n");
        let hover = Fixture::new(&[("index.js", &source)]).hover();
        assert_eq!(hover.contains("The compiler sets"), shown.is_some(), "{hover}");
        assert!(hover.contains(shown.unwrap_or_default()), "{hover}");
    }
    let bound = "/* @klotho::per$0sist {\n id = \"db\"\n [environment_variables]\n URL = \"orm.connection_string\"\n} */\nf();\n";
    let hover = Fixture::new(&[("index.js", bound)]).hover();
    assert!(hover.contains("Sets `URL`") && !hover.contains("The compiler sets"), "{hover}");
}

#[test]
fn a_hover_tells_who_sends_and_who_receives() {
    let source = "// @klotho::pub$0sub { id = \"shop\" }\nexports.shop = new EventEmitter();\nexports.shop.emit(\"placed\");\n\
                  exports.shop.on(\"placed\", f);\nexports.shop.on(\"paid\", f);\n";
    let hover = Fixture::new(&[("index.js", source)]).hover();
    let wanted = "Topic **`shop`** → `sns`, `shop` in the code\n\n- `paid` from nobody to `main`\n- `placed` from `main` to `main`";
    assert!(hover.starts_with(wanted), "{hover}");
    let silent = "// @klotho::pub$0sub { id = \"shop\" }\nexports.shop = new EventEmitter();\n";
    assert!(Fixture::new(&[("index.js", silent)]).hover().contains("No event of it is seen"));
}

#[test]
fn events_are_rewritten_where_that_says_the_same() {
    let emitter = "// @klotho::pubsub { id = \"shop\" }\nexports.shop = new EventEmitter();\n";
    for (before, after_fix) in [
        ("exports.shop.add$0Listener(\"paid\", f);", "exports.shop.on(\"paid\", f);"),
        ("exports.shop.emit($0`paid`);", "exports.shop.emit(\"paid\");"),
    ] {
        let fixture = Fixture::new(&[("index.js", &format!("{emitter}{before}\n"))]);
        assert_eq!(after(&fixture, "Rewrite"), format!("{emitter}{after_fix}\n"));
    }
    for source in [
        "exports.shop.on$0ce(\"paid\", f);",
        "exports.shop.emit($0`paid${id}`);",
        "exports.shop.on(na$0me, f);",
    ] {
        let fixture = Fixture::new(&[("index.js", &format!("{emitter}{source}\n"))]);
        assert_eq!(fixture.disk.findings(), ["index.js:3 compiler-gap"], "{source}");
        assert!(titles(&fixture).is_empty(), "{source}");
    }
}

#[test]
fn the_path_of_a_route_becomes_a_plain_string() {
    let source = "const express = require(\"express\");\nconst app = express();\napp.get($0`/users`, f);\n\
                  /* @klotho::expose {\n *   id = \"api\"\n *   target = \"public\"\n * }\n */\napp.listen(3000);\n";
    let fixture = Fixture::new(&[("index.js", source)]);
    assert_eq!(after(&fixture, "Rewrite"), source.replace("$0`/users`", "\"/users\""));
}

#[test]
fn findings_of_files_without_annotations_are_listed() {
    let files = [
        ("package.json", "{}\n"),
        ("index.js", "const store = require(\"./store\");\nstore.users.clear();\n"),
        ("store.js", MAP),
    ];
    assert_eq!(Disk::new(&files).findings(), ["index.js:2 missing-await"]);
}

#[test]
fn the_module_of_the_emitter_gets_its_own_name() {
    let source = "const ee = require(\"events\");\n// @klotho::pubsub { id = \"shop\" }\nexports.shop = new $0ee.EventEmitter();\n";
    let fixture = Fixture::new(&[("index.js", source)]);
    let wanted = source.replace("$0", "").replace("ee = ", "events = ").replace("ee.", "events.");
    assert_eq!(after(&fixture, "Name the module"), wanted);
    let source = format!("{source}use(events);\n");
    assert!(titles(&Fixture::new(&[("index.js", &source)])).is_empty());
}

#[test]
fn a_template_without_parts_becomes_a_string() {
    let secret = "/* @klotho::persist {\n id = \"keys\"\n secret = true\n} */\nconst keys = require(\"fs/promises\");\n";
    let fixture = Fixture::new(&[("index.js", &format!("{secret}keys.readFile($0`a.key`);\n"))]);
    assert_eq!(after(&fixture, "Write a plain"), format!("{secret}keys.readFile(\"a.key\");\n"));
    for path in ["`${name}.key`", "`a\"b`", "name"] {
        let fixture = Fixture::new(&[("index.js", &format!("{secret}keys.readFile($0{path});\n"))]);
        assert_eq!(fixture.disk.findings(), ["index.js:6 literal-required"]);
        assert!(titles(&fixture).is_empty(), "{path}");
    }
}

#[test]
fn a_secret_is_said_to_be_where_it_is_paid_for() {
    let secret = "/* @klotho::persist {\n id = \"ke$0ys\"\n secret = true\n} */\nconst keys = require(\"fs/promises\");\n";
    let unit = "// @klotho::execution_unit { id = \"main\" }\n\n";
    let fixture = Fixture::new(&[
        ("package.json", "{}"),
        ("index.js", &format!("{unit}{secret}keys.readFile(\"a.key\");\n")),
    ]);
    let hover = fixture.hover();
    assert!(
        hover.starts_with("Secret **`keys`** → `s3`, kept in Secrets Manager, `keys` in the code"),
        "{hover}"
    );
    let cost =
        fixture.snapshot.node_costs(ROOT).into_iter().find(|cost| cost.node.kind == Kind::PersistSecret);
    assert_eq!(cost.unwrap().name, "Secrets Manager");
}
