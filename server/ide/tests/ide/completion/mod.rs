//! What can be written at the cursor, and what becomes of the text.

mod config;
mod everywhere;

use crate::support::{Disk, Fixture};
use expect_test::{Expect, expect};
use klotho_ide::{Completion, Completions, Documentation};

fn offered(files: &[(&str, &str)]) -> (Fixture, Completions) {
    let fixture = Fixture::new(files);
    let found = fixture.snapshot.completions(&fixture.path, fixture.offset, true);
    (fixture, found)
}

/// Labels and details, the best first.
fn check(files: &[(&str, &str)], expected: Expect) {
    let (_, found) = offered(files);
    let line = |item: &Completion| format!("{}  {}", item.label, item.detail).trim_end().to_owned() + "\n";
    expected.assert_eq(&found.items.iter().map(line).collect::<String>());
}

fn labels(files: &[(&str, &str)]) -> Vec<String> {
    offered(files).1.items.into_iter().map(|item| item.label).collect()
}

/// The project after an item has been chosen by a client without snippets that puts texts in as they are.
fn chosen(files: &[(&str, &str)], label: &str) -> Disk {
    let (fixture, found) = offered(files);
    let item = found.items.iter().find(|item| item.label == label);
    let item = item.unwrap_or_else(|| panic!("no {label} among {:#?}", found.items));
    let text = item.text.replace('\n', &format!("{}{}", found.newline, found.indentation));
    let mut after = fixture.disk.clone();
    let path = fixture.path.strip_prefix("/app/").unwrap().to_owned();
    after.0.get_mut(&path).unwrap().replace_range(item.replaced.range(), &text);
    after
}

/// The file with the cursor after an item has been chosen; nothing is wrong in it then.
fn mended(files: &[(&str, &str)], label: &str) -> String {
    let path = files.iter().find(|(_, text)| text.contains("$0")).unwrap().0;
    let after = chosen(files, label);
    assert_eq!(after.findings(), [""; 0], "{}", after.0[path]);
    after.0[path].clone()
}

const STORE: &str = "\nconst sessions = new Map();\n";

#[test]
fn capabilities_that_fit_the_code_below_come_first() {
    check(
        &[("index.ts", &format!("// @$0{STORE}"))],
        expect![[r#"
        @klotho::persist  on Map, fs/promises, Sequelize, TypeORM, node-redis
        @klotho::execution_unit  on any code
        @klotho::static_unit  on any code
        @klotho::embed_assets  on any code
        @klotho::expose  on the listen call of an Express app
        @klotho::pubsub  on an exported EventEmitter
        @klotho::config  no effect in typescript
    "#]],
    );
    let first = |file: &str, text: &str| labels(&[(file, text)]).into_iter().next();
    for (file, text, expected) in [
        ("a.js", "/* @klotho::$0 */\napp.listen(3000);\n", "@klotho::expose"),
        ("a.ts", "/** @$0 */\nexport const bus = new EventEmitter();\n", "@klotho::pubsub"),
        ("a.py", "# @klotho::$0\napp = FastAPI()\n", "@klotho::expose"),
        (
            "a.go",
            "package a\n\nfunc f() {\n\t// @kl$0\n\tv, err := runtimevar.OpenVariable(ctx, \"\")\n}\n",
            "@klotho::config",
        ),
        ("a.rs", "// @klo$0\nfn main() {}\n", "@klotho::execution_unit"),
        ("a.cs", "class A { // @$0\n void B() { app.UseEndpoints(x); } }\n", "@klotho::expose"),
        ("A.java", "// @p$0\nclass A { EntityManager m; }\n", "@klotho::persist"),
        ("values.yaml", "# @$0\na: 1\n", "@klotho::execution_unit"),
        ("Dockerfile", "# @$0\nFROM x\n", "@klotho::execution_unit"),
    ] {
        assert_eq!(first(file, text).as_deref(), Some(expected), "{file}");
    }
}

#[test]
fn plain_comments_and_code_are_left_alone() {
    for (file, text) in [
        ("a.ts", "// pers$0\n"),
        ("a.ts", "// me@$0\n"),
        ("a.ts", "/** @par$0 */\nf();\n"),
        ("a.ts", "const a = \"@$0\";\n"),
        ("a.ts", "const a = `\n// @klotho::$0`;\n"),
        ("a.ts", "@$0\nclass A {}\n"),
        ("a.ts", "// @klotho::persist { id = \"a\" } i$0\n"),
        ("a.ts", "// @klotho::persist { id = \"a\" $0 }\n"),
        ("a.ts", "// @klotho::nonsense { $0 }\n"),
        ("a.ts", "/* @klotho::persist { } */ $0\n"),
        ("a.ts", "$0"),
        ("a.py", "\"\"\"@klotho::$0\"\"\"\n"),
        ("other.yaml", "execution_units:\n  $0\n"),
        ("sub/klotho.yaml", "$0"),
    ] {
        assert_eq!(labels(&[(file, text)]), [""; 0], "{text}");
    }
}

#[test]
fn a_capability_brings_its_body_in_the_form_of_the_comment() {
    for (file, text, expected) in [
        (
            "index.ts",
            "// @$0\nconst sessions = new Map();\n",
            "// @klotho::persist {\n//   id = \"sessions\"\n// }\nconst sessions = new Map();\n",
        ),
        (
            "index.ts",
            "if (x) {\n    //@klotho::per$0sist\n    const s = new Map();\n}\n",
            "if (x) {\n    //@klotho::persist {\n    //   id = \"s\"\n    // }\n    const s = new Map();\n}\n",
        ),
        (
            "index.ts",
            "{\n  /* @klo$0 */\n  const s = new Map();\n}\n",
            "{\n  /* @klotho::persist {\n   *   id = \"s\"\n   * } */\n  const s = new Map();\n}\n",
        ),
        (
            "index.ts",
            "/**\r\n * Kept.\r\n * @$0\r\n */\r\nconst s = new Map();\r\n",
            "/**\r\n * Kept.\r\n * @klotho::persist {\r\n *   id = \"s\"\r\n * }\r\n */\r\nconst s = new Map();\r\n",
        ),
        (
            "main.py",
            "from aiocache import Cache\n# 🎵 @$0\ncache = Cache()\n",
            "from aiocache import Cache\n# 🎵 @klotho::persist {\n#   id = \"cache\"\n# }\ncache = Cache()\n",
        ),
        (
            "index.ts",
            "// @per$0 { id = \"x\" }\nconst s = new Map();\n",
            "// @klotho::persist { id = \"x\" }\nconst s = new Map();\n",
        ),
    ] {
        assert_eq!(mended(&[(file, text)], "@klotho::persist"), expected);
    }
    // The comment has no end yet.
    assert_eq!(
        chosen(&[("index.ts", "/* @$0\n")], "@klotho::pubsub").0["index.ts"],
        "/* @klotho::pubsub {\n *   id = \"index\"\n * }\n */\n"
    );
}

/// The id that a new annotation gets.
fn id_of(files: &[(&str, &str)], label: &str) -> String {
    let (_, found) = offered(files);
    let item = found.items.iter().find(|item| item.label == label).unwrap_or_else(|| panic!("no {label}"));
    item.text.split('"').nth(1).unwrap_or_default().to_owned()
}

#[test]
fn a_unit_is_named_after_its_function_or_file() {
    const EXPRESS: &str = "// @$0\nconst express = require('express');\nconst app = express();\n";
    let named = ("package.json", "{ \"name\": \"@shop/pets\" }");
    let unit = |files: &[(&str, &str)]| id_of(files, "@klotho::execution_unit");
    assert_eq!(unit(&[("orders.js", EXPRESS), named]), "orders", "not as what is imported");
    assert_eq!(unit(&[("index.js", EXPRESS), named]), "pets", "the file's name says nothing: as the package");
    assert_eq!(unit(&[("src/mail/index.js", EXPRESS), named]), "mail", "or as the folder");
    assert_eq!(unit(&[("src/index.js", EXPRESS)]), "index", "the folder /app says nothing either");
    assert_eq!(unit(&[("index.js", EXPRESS), ("package.json", "{ \"name\": 5 ")]), "index");
    let handler = "// @$0\nexport async function recent(user) { return user; }\n";
    assert_eq!(unit(&[("orders.ts", handler)]), "recent", "a function has a name of its own");
    let main = "// @$0\nfn main() {}\n";
    assert_eq!(unit(&[("orders/src/main.rs", main)]), "orders");
    assert_eq!(unit(&[("orders.py", "# @$0\nimport fastapi\n")]), "orders");
    // What is there already gets a number.
    let taken = ("a.js", "// @klotho::execution_unit { id = \"orders\" }\n\nf();\n");
    assert_eq!(unit(&[("orders.js", EXPRESS), taken]), "orders-2");
    // A gateway and a store are still called as the code says.
    assert_eq!(id_of(&[("orders.js", "// @$0\napp.listen(1);\n")], "@klotho::expose"), "app");
    assert_eq!(id_of(&[("orders.js", "// @$0\nconst carts = new Map();\n")], "@klotho::persist"), "carts");
}

#[test]
fn what_the_compiler_would_not_see_is_said_before_it_is_written() {
    let offered_to = |import: &str, label: &str| {
        let text = format!("{import}\nconst app = express();\napp.get('/', f);\n// @$0\napp.listen(3000);\n");
        let (_, found) = offered(&[("index.ts", &text), ("package.json", "{}")]);
        let at = found.items.iter().position(|item| item.label == label).unwrap();
        let Documentation::Text(about) = &found.items[at].documentation else { panic!() };
        (at, found.items[at].detail.clone(), about.lines().next().unwrap_or_default().to_owned())
    };
    let (at, detail, _) = offered_to("import express = require('express');", "@klotho::expose");
    assert_eq!((at, &*detail), (0, "on the listen call of an Express app"));
    let (at, detail, about) = offered_to("import express from 'express';", "@klotho::expose");
    assert!(at > 0, "it is not the first");
    assert_eq!(detail, "the compiler would not see it as things stand");
    assert!(about.contains("makes no gateway of this app"), "{about}");
    // What it is about is seen all the same.
    let (at, detail, _) = offered_to("import express from 'express';", "@klotho::execution_unit");
    assert_eq!((at, &*detail), (0, "on any code"));
}

#[test]
fn an_emitter_that_the_compiler_would_not_see_is_no_first_choice() {
    let first = |import: &str, made: &str| {
        let text = format!("{import}\n// @$0\nexport const bus = new {made}();\n");
        let (_, found) = offered(&[("index.ts", &text), ("package.json", "{}")]);
        found.items[0].label.clone()
    };
    assert_eq!(first("import * as events from 'events';", "events.EventEmitter"), "@klotho::pubsub");
    assert_ne!(first("import { EventEmitter } from 'events';", "EventEmitter"), "@klotho::pubsub");
}

#[test]
fn directives_that_are_not_there_yet_are_offered() {
    check(
        &[("index.ts", &format!("/* @klotho::persist {{\n *   $0\n *   secret = true\n */{STORE}"))],
        expect![[r#"
            id  text, required
            ttl  number
            versioned  true or false, default false
            batch_write  true or false, default false
            write_on_change  true or false, default true
            [environment_variables]  table
            [workload]  table
        "#]],
    );
    check(
        &[("a.ts", "/* @klotho::execution_unit {\n *   id = \"a\"\n *   $0\n * }\n */\n")],
        expect![[r#"
            target  text, default the provider's: lambda on AWS
            keep_warm  true or false, default false
            all_units  true or false, default false
            [workload]  table
            [requires]  table
        "#]],
    );
    // A line has one pair, and no headers behind a brace.
    assert_eq!(
        labels(&[("a.ts", "// @klotho::execution_unit { $0 }\n")]),
        ["id", "target", "keep_warm", "all_units"]
    );
}

const UNIT: &str = "/* @klotho::execution_unit {\n *   id = \"a\"\n *   MORE\n *   [workload]\n *   monthly_requests = 1_000_000\n *   request_duration_ms = 100\n * }\n */\nexport const x = 1;\n";

fn unit(more: &str) -> String {
    UNIT.replace("MORE", more)
}

#[test]
fn targets_say_what_the_unit_would_cost_there() {
    let expected = expect![[r#"
        lambda $1.04 a month at 1M requests, the cheapest
        ecs $18.0 a month at 1M requests
        eks $91.0 a month at 1M requests"#]];
    for typed in ["target = $0", "target = \"$0\"", "target = \"la$0", "target=\"e$0cs\"", "target = '$0'"] {
        let (fixture, found) = offered(&[("a.ts", &unit(typed))]);
        let told: Vec<_> = found.items.iter().map(|item| format!("{} {}", item.label, item.detail)).collect();
        expected.assert_eq(&told.join("\n"));
        let Documentation::Unit(id) = &found.items[0].documentation else { panic!() };
        let text = fixture.snapshot.unit_documentation(&fixture.path, fixture.offset, id).unwrap();
        assert!(text.contains("ECS on Fargate") && text.contains("At 1M requests"), "{text}");
    }
    let config = ("klotho.yaml", "execution_units:\n  a:\n    type: lambda\n");
    let after = mended(&[("a.ts", &unit("target = \"l$0")), config], "lambda");
    assert_eq!(after, unit("target = \"lambda\""));
    assert_eq!(mended(&[("a.ts", &unit("target =$0")), config], "lambda"), unit("target = \"lambda\""));
}

#[test]
fn a_target_that_does_not_fit_says_why() {
    let text =
        unit("target = \"$0\"").replace("[workload]", "[requires]\n *   websocket = true\n *   [workload]");
    check(
        &[("a.ts", &text)],
        expect![[r#"
        ecs  $18.0 a month at 1M requests, the cheapest
        eks  $91.0 a month at 1M requests
        lambda  does not fit: sockets need an API Gateway WebSocket API in front
    "#]],
    );
    check(
        &[("a.ts", &unit("target = \"$0\"")), ("klotho.yaml", "provider: gcp\n")],
        expect![[r#"
        cloudfunctions  $1.32 a month at 1M requests, the cheapest
        cloudrun  $2.99 a month at 1M requests
        gke  $113 a month at 1M requests
    "#]],
    );
}

#[test]
fn tables_and_their_keys_are_offered() {
    check(
        &[("a.ts", &unit("x = 1").replace("request_duration_ms = 100", "$0"))],
        expect![[r#"
            request_duration_ms  ms, default 100
            p99_duration_ms  ms, default 5 x request_duration_ms
            memory_mb  MB, default 512
            cpu_ms  ms, default 0.25 x request_duration_ms
            concurrency  requests, default 32
            shape  text, default diurnal
            burst  x, default 1.5
            target_utilization  number, default 0.6
            min_instances  instances, default 2
            payload_kb  KB, default 20
            arch  text, default x86_64
            runtime  text, default the file's language
            provisioned_concurrency  environments, default 0
            ephemeral_storage_mb  MB, default 512, which is free
            log_kb  KB, default left out of the bill, which says so
            egress_kb  KB, default left out of the bill, which says so
            package  text, default zip
            nat_gateways  gateways, default 0
            free_tier  true or false, default false
            power_tuning  text
            [requires]  table
        "#]],
    );
    check(
        &[("a.ts", "/* @klotho::execution_unit {\n *   id = \"a\"\n *   [requires]\n *   $0\n * }\n */\n")],
        expect![[r#"
            max_monthly_usd  USD
            max_p99_ms  ms
            max_cold_share  number
            max_request_s  seconds
            max_payload_mb  MB
            memory_mb  MB
            websocket  true or false
            streaming  true or false
            gpu  true or false
            scale_to_zero  true or false
            [workload]  table
        "#]],
    );
}

#[test]
fn keys_of_a_resource_follow_what_it_becomes() {
    check(
        &[(
            "index.ts",
            &format!(
                "/* @klotho::persist {{\n *   id = \"a\"\n *   [workload]\n *   mo$0\n * }}\n */{STORE}"
            ),
        )],
        expect![[r#"
            monthly_reads  reads, default one a request of the units that use it
            monthly_writes  writes, default one in five requests of the units that use it
            item_size_kb  KB, default 1
            strongly_consistent  true or false, default false
            monthly_read_request_units  RRU
            monthly_write_request_units  WRU
            storage_gb  GB, default 1, as an example
            read_capacity  RCU
            write_capacity  WCU
            pitr_backup_storage_gb  GB
            on_demand_backup_storage_gb  GB
            monthly_data_restored_gb  GB
            monthly_streams_read_request_units  requests
            monthly_hours  hours, default 730, a whole month
            [environment_variables]  table
        "#]],
    );
    let values = |line: &str| labels(&[("a.ts", &unit("x = 1").replace("request_duration_ms = 100", line))]);
    assert_eq!(values("shape = \"$0\""), ["flat", "diurnal", "commute", "spiky"]);
    assert_eq!(values("arch = $0"), ["x86_64", "arm64"]);
    assert_eq!(values("memory_mb = $0"), [""; 0]);
    assert_eq!(values("wor$0king = 1").len(), 20);
}

#[test]
fn a_header_is_put_on_its_line() {
    let unit =
        |line: &str| format!("// @klotho::execution_unit {{\n//   id = \"a\"\n//   {line}\n// }}\n\nf();\n");
    assert_eq!(mended(&[("a.ts", &unit("$0"))], "[workload]"), unit("[workload]\n//   "));
    assert_eq!(mended(&[("a.ts", &unit("wor$0"))], "[workload]"), unit("[workload]\n//   "));
    assert_eq!(mended(&[("a.ts", &unit("[wor$0"))], "[workload]"), unit("[workload]"));
    assert_eq!(mended(&[("a.ts", &unit("[wo$0]"))], "[requires]"), unit("[requires]"));
    assert_eq!(labels(&[("a.ts", &unit("[$0"))]), ["[workload]", "[requires]"]);
}

#[test]
fn ids_come_from_the_configuration_and_the_project() {
    let config = ("klotho.yaml", "persisted:\n  carts:\n    type: dynamodb\n");
    check(
        &[("index.ts", &format!("// @klotho::persist {{ id = \"$0\" }}{STORE}")), config],
        expect![[r#"
        carts  an entry of klotho.yaml
        sessions  new
    "#]],
    );
    check(
        &[
            ("a.ts", "// @klotho::expose {\n//   id = $0\n//   target = \"public\"\n// }\napp.listen(1);\n"),
            (
                "b.js",
                "const express = require('express');\nconst app = express();\napp.get('/', f);\n// @klotho::expose {\n//  id = \"web\"\n//  target = \"public\"\n// }\napp.listen(1);\n",
            ),
            ("c.js", "// @klotho::execution_unit { id = \"c\" }\n\nrequire('./b');\n"),
        ],
        expect![[r#"
            web  gateway, shared
            app  new
        "#]],
    );
    // What it is called itself is no other's.
    assert_eq!(
        labels(&[("index.ts", &format!("// @klotho::persist {{ id = \"own$0\" }}{STORE}"))]),
        ["sessions"]
    );
    assert_eq!(
        mended(&[("index.ts", &format!("// @klotho::persist {{ id = \"$0\" }}{STORE}"))], "sessions"),
        format!("// @klotho::persist {{ id = \"sessions\" }}{STORE}")
    );
}

#[test]
fn flags_and_properties_are_offered() {
    let store = |line: &str| format!("// @klotho::persist {{\n//   id = \"a\"\n//   {line}\n// }}{STORE}");
    assert_eq!(labels(&[("index.ts", &store("secret = $0"))]), ["true", "false"]);
    assert_eq!(labels(&[("index.ts", &store("secret = t$0"))]), ["true", "false"]);
    check(
        &[("index.ts", &store("[environment_variables]\n//   HOST = \"$0\""))],
        expect![[r#"
        orm.connection_string
        redis_node.host
        redis_node.port
        redis_cluster.host
        redis_cluster.port
    "#]],
    );
    let text = store("[environment_variables]\n//   URL = $0");
    assert!(
        mended(
            &[("a.cs", &text.replace("const sessions = new Map();", "class A { }"))],
            "orm.connection_string"
        )
        .contains("URL = \"orm.connection_string\"")
    );
}

#[test]
fn patterns_go_folder_by_folder() {
    let files = |typed: &str, open: &str| {
        let comment = if open == "//" {
            format!("// @klotho::embed_assets {{ include = {typed} }}\nf();\n")
        } else {
            format!("/* @klotho::embed_assets {{ include = {typed} }} */\nf();\n")
        };
        [
            ("src/a.js", comment),
            ("src/assets/a.png", String::new()),
            ("src/assets/deep/b.css", String::new()),
            ("src/assets-2/c.txt", String::new()),
            ("top.txt", String::new()),
        ]
    };
    let told = |typed: &str, open: &str| {
        let files = files(typed, open);
        let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        labels(&files)
    };
    assert_eq!(told("\"$0\"", "//"), ["a.js", "assets-2/", "assets/", "*", "*.js", "**/*"]);
    assert_eq!(told("$0", "/*"), ["a.js", "assets-2/", "assets/", "*", "*.js"]);
    assert_eq!(told("\"assets/$0\"", "/*"), ["a.png", "deep/", "*", "*.png"]);
    assert_eq!(told("[\"x\", \"assets/de$0", "//"), ["a.png", "deep/", "*", "*.png", "**/*"]);
    assert_eq!(told("\"/$0\"", "/*"), ["src/", "top.txt", "*", "*.txt"]);
    assert_eq!(told("\"nowhere/$0\"", "//"), [""; 0]);
    let files = files("\"ass$0ets/a.png\"", "//");
    let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    assert_eq!(mended(&files, "assets/"), "// @klotho::embed_assets { include = \"assets/a.png\" }\nf();\n");
}

#[test]
fn who_wants_no_costs_is_offered_the_targets_as_they_stand_in_the_table() {
    let source =
        "// @klotho::execution_unit {\n//   id = \"a\"\n//   target = $0\n// }\nexport const x = 1;\n";
    let config = "execution_units:\n  a:\n    type: $0\n";
    for files in [
        &[("index.ts", source)][..],
        &[("klotho.yaml", config), ("index.ts", "// @klotho::execution_unit { id = \"a\" }\nx();\n")],
    ] {
        let fixture = Fixture::new(files);
        let found = |with_costs| {
            let found = fixture.snapshot.completions(&fixture.path, fixture.offset, with_costs);
            let details = found.items.into_iter().map(|item| item.detail.replace(", the default", ""));
            details.collect::<Vec<_>>()
        };
        assert_eq!(found(false)[..2], ["AWS Lambda", "ECS on Fargate"], "{files:?}");
        assert!(found(true)[0].contains(" a month at "), "{:?}", found(true));
    }
}

#[test]
fn the_head_of_an_annotation_starts_with_an_id_that_is_free() {
    let of = |text: &str| {
        let mut items = offered(&[("orders.ts", text)]).1.items.into_iter();
        let found = items.find(|item| item.label == "@klotho::execution_unit");
        found.and_then(|item| item.snippet).unwrap_or_default()
    };
    assert!(of("f();\n// @klo$0\n").contains("${1:orders}"));
    let taken = "/* @klotho::execution_unit {\n *   id = \"orders\"\n * }\n */\nf();\n// @klo$0\n";
    let snippet = of(taken);
    assert!(snippet.contains("${1:orders-2}"), "{snippet}");
}
