//! What can be written at the cursor, and what becomes of the text.

use crate::support::{Disk, Fixture, ROOT, new_host};
use expect_test::{Expect, expect};
use klotho_ide::{Change, Completion, Completions, Documentation, Snapshot};

fn offered(files: &[(&str, &str)]) -> (Fixture, Completions) {
    let fixture = Fixture::new(files);
    let found = fixture.snapshot.completions(&fixture.path, fixture.offset);
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
    assert_eq!(values("wor$0king = 1").len(), 13);
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

const PROJECT: &str = "/* @klotho::execution_unit { id = \"api\" } */\n\n/* @klotho::persist { id = \"sessions\" } */\nconst m = new Map();\n";

#[test]
fn the_configuration_offers_its_keys() {
    check(
        &[("klotho.yaml", "app: x\n$0\nprovider: aws\n"), ("a.js", PROJECT)],
        expect![[r#"
        path  text
        out_dir  text
        region  text
        budget  keys and values
        defaults  keys and values
        execution_units  ids and their settings
        static_unit  ids and their settings
        exposed  ids and their settings
        persisted  ids and their settings
        pubsub  ids and their settings
        config  ids and their settings
    "#]],
    );
    check(
        &[("klotho.yaml", "execution_units:\n  api:\n    type: ecs\n    $0\n"), ("a.js", PROJECT)],
        expect![[r#"
            network_placement  text
            environment_variables  names and texts
            helm_chart_options  keys and values
            pulumi_params  keys and values
            workload  keys and values
            requires  keys and values
        "#]],
    );
    let both = |text: &str| labels(&[("klotho.yaml", text), ("a.js", PROJECT)]);
    assert_eq!(both("execution_units:\n  $0"), ["api"]);
    assert_eq!(both("persisted:\n  se$0"), ["sessions"]);
    assert_eq!(both("persisted:\n  sessions: {}\n  $0"), [""; 0]);
    assert_eq!(both("budget:\n  $0"), ["monthly_usd", "per_unit_usd"]);
    assert_eq!(
        both("defaults:\n  persist:\n    $0"),
        ["kv", "fs", "secret", "orm", "redis_node", "redis_cluster"]
    );
    assert_eq!(
        both("defaults:\n  expose:\n    $0"),
        ["kinddefaults", "api_type", "content_delivery_network"]
    );
    assert_eq!(both("nonsense:\n  $0"), [""; 0]);
}

#[test]
fn the_configuration_offers_its_values() {
    let expected = expect![[r#"
        lambda $10.3 a month at an assumed 10M requests, the cheapest
        ecs $18.0 a month at an assumed 10M requests
        eks $91.0 a month at an assumed 10M requests"#]];
    for typed in ["type: $0", "type:$0", "type: l$0\n    x", "type: \"$0\"", "type: \"$0"] {
        let config = format!("execution_units:\n  api:\n    {typed}\n");
        let (_, found) = offered(&[("klotho.yaml", &config), ("a.js", PROJECT)]);
        let told: Vec<_> = found.items.iter().map(|item| format!("{} {}", item.label, item.detail)).collect();
        expected.assert_eq(&told.join("\n"));
    }
    let both = |text: &str| labels(&[("klotho.yaml", text), ("a.js", PROJECT)]);
    assert_eq!(both("provider: $0"), ["aws", "gcp", "azure"]);
    assert_eq!(both("persisted:\n  sessions:\n    type: $0"), ["dynamodb"]);
    assert_eq!(both("exposed:\n  x:\n    api_type: $0"), ["REST", "HTTP"]);
    assert_eq!(both("region: $0")[0], "us-east-1");
    assert_eq!(both("provider: gcp\nregion: $0")[0], "us-central1");
    assert_eq!(
        both("execution_units:\n  api:\n    workload:\n      shape: $0"),
        ["flat", "diurnal", "commute", "spiky"]
    );
    assert_eq!(both("execution_units:\n  api:\n    requires:\n      gpu: $0"), ["true", "false"]);
    check(
        &[
            ("klotho.yaml", "execution_units:\n  api:\n    type: ecs\n    pulumi_params:\n      $0"),
            ("a.js", PROJECT),
        ],
        expect![[r#"
            memory  default 512
            cpu  default 256
        "#]],
    );
    check(
        &[("klotho.yaml", "persisted:\n  sessions:\n    workload:\n      $0"), ("a.js", PROJECT)],
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
        "#]],
    );
}

#[test]
fn what_is_chosen_in_the_configuration_can_be_read() {
    let both = |text: &str, label: &str| mended(&[("klotho.yaml", text), ("a.js", PROJECT)], label);
    // Keys that hold keys wait for these.
    let waiting = |text: &str, label: &str| {
        chosen(&[("klotho.yaml", text), ("a.js", PROJECT)], label).0["klotho.yaml"].clone()
    };
    assert_eq!(waiting("exec$0", "execution_units"), "execution_units:\n  ");
    assert_eq!(waiting("execution_units:\r\n  $0\r\n", "api"), "execution_units:\r\n  api:\r\n    \r\n");
    assert_eq!(
        both("execution_units:\n  api:\n    $0\n", "type"),
        "execution_units:\n  api:\n    type: lambda\n"
    );
    assert_eq!(
        both("execution_units:\n  api:\n    type:$0\n", "ecs"),
        "execution_units:\n  api:\n    type: ecs\n"
    );
    assert_eq!(
        both("execution_units:\n  api: { type: $0 }\n", "ecs"),
        "execution_units:\n  api: { type: ecs }\n"
    );
    let json = |text: &str, label: &str| mended(&[("klotho.json", text), ("a.js", PROJECT)], label);
    assert_eq!(json("{ $0 }", "execution_units"), "{ \"execution_units\": {  } }");
    assert_eq!(json("{ \"exec$0\" }", "execution_units"), "{ \"execution_units\": {  } }");
    assert_eq!(
        json("{ \"execution_units\": { \"$0\" } }", "api"),
        "{ \"execution_units\": { \"api\": {  } } }"
    );
    assert_eq!(
        json("{ \"execution_units\": { \"api\": { \"type\": $0 } } }", "ecs"),
        "{ \"execution_units\": { \"api\": { \"type\": \"ecs\" } } }"
    );
    let toml = |text: &str, label: &str| mended(&[("klotho.toml", text), ("a.js", PROJECT)], label);
    assert_eq!(toml("[execution_units.$0", "api"), "[execution_units.api]");
    assert_eq!(toml("[execution_units.api]\n$0", "type"), "[execution_units.api]\ntype = \"lambda\"");
    assert_eq!(toml("[execution_units.api]\ntype = $0", "ecs"), "[execution_units.api]\ntype = \"ecs\"");
    assert_eq!(toml("$0", "budget"), "[budget]\n");
}

/// Every place of a file in an editor.
fn each_offset(snapshot: &Snapshot, path: &str, text: &str) {
    for offset in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
        let found = snapshot.completions(path, offset);
        let line = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
        let end = offset + text[offset..].find(['\r', '\n']).unwrap_or(text.len() - offset);
        for item in &found.items {
            let (inserted, replaced) = (item.inserted.range(), item.replaced.range());
            assert_eq!((inserted.start, inserted.end), (replaced.start, offset), "{}", item.label);
            assert!(
                line <= replaced.start && offset <= replaced.end && replaced.end <= end,
                "{} {text:?}",
                item.label
            );
        }
    }
}

#[test]
fn no_place_of_a_broken_text_is_a_surprise() {
    for (file, text) in [
        (
            "klotho.json",
            "{ \"execution_units\": { \"é🎵\": { \"type\": \"a\nb\" 'x, [ { }, \"app\": \"x\\\" } # }",
        ),
        (
            "klotho.toml",
            "[[a.\"b\n]]\nx = \"\"\"\n a \n\"\"\" \n[execution_units.\"é🎵\"]\r\ntype = { a = [ \n b = '\n'\r\n= . =\n",
        ),
        (
            "klotho.yaml",
            "a: [b\n  - c: 'x\r\nexecution_units: {a: {type: \"\n\t x:\n  é🎵: \"a\"b\n? x\n: y\n--- \n'a: b\n:\n",
        ),
        (
            "a.ts",
            "/* @klotho::persist { id = \"\"\"\n * é🎵 = '\n [workload\r\n a.b. = {x = [\n **/\n// @klotho::\n// @klotho::expose { é🎵 = \"\n///* } @\n/* @klotho::config { a = \"\"\"b\n",
        ),
        ("a.py", "x = 1 # @klotho::persist { id = \"é🎵\n#\n  # [workload]\n#### a = {\n'''# @klotho::'''\n"),
    ] {
        for end in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            let text = &text[..end];
            let with_cursor = format!("{text}$0");
            let fixture = Fixture::new(&[(file, &with_cursor)]);
            each_offset(&fixture.snapshot, &fixture.path, text);
        }
    }
}

#[test]
fn no_place_of_the_example_applications_is_a_surprise() {
    let apps = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/apps");
    let mut files = Vec::new();
    let mut folders = vec![apps.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match std::fs::read_to_string(&path) {
                Ok(text) => {
                    files.push((path.strip_prefix(&apps).unwrap().to_str().unwrap().replace('\\', "/"), text))
                }
                Err(_) if path.is_dir() => folders.push(path),
                Err(_) => {}
            }
        }
    }
    for (path, text) in &files {
        let (app, relative) = path.split_once('/').unwrap_or_default();
        let own = files
            .iter()
            .filter_map(|(path, text)| Some((path.strip_prefix(app)?.strip_prefix('/')?, text.as_str())));
        let own: Vec<_> = own.collect();
        // As it stands, and with a line cut short: half of what is typed is on its way.
        let marks: Vec<_> = text.match_indices("@klotho").map(|(at, _)| at).collect();
        if marks.is_empty() && !relative.starts_with("klotho.") {
            continue;
        }
        let disk = Disk::new(&own);
        for cut in [None, Some(" = \""), Some("}"), Some("*/"), Some(": ")] {
            let text = cut.map_or_else(|| text.clone(), |cut| text.replacen(cut, "", 2));
            let mut host = new_host();
            disk.load(&mut host);
            let open = format!("{ROOT}/{relative}");
            let language = klotho_grammars::Language::of_path(relative);
            host.apply(Change::Open { path: open.as_str().into(), language, version: 1, text: text.clone() });
            disk.deliver(&mut host);
            each_offset(&host.snapshot(), &open, &text);
        }
    }
}
