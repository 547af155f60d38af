//! What can be written in the configuration.

use super::{check, chosen, labels, mended, offered};
use expect_test::expect;
use klotho_graph::{Era, Kind};

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
            findings  codes of findings, each with how bad it is
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
        lambda $10.3 a month at an assumed 10M requests, the cheapest, the default
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

/// What is put in for each parameter of a type, and told of it.
fn parameters(era: Era, kind: Kind, type_name: &str) -> Vec<String> {
    let by_type = era.type_parameters_key();
    let keys = ["defaults"].into_iter().chain(kind.names(era).defaults.iter().copied());
    let keys = keys.chain([by_type, type_name]).enumerate();
    let config: String = keys.map(|(depth, key)| format!("{}{key}:\n", "  ".repeat(depth))).collect();
    let depth = config.lines().count();
    let config = format!("{config}{}$0\n", "  ".repeat(depth));
    let items = offered(&[("klotho.yaml", &config), ("a.js", PROJECT)]).1.items;
    items.iter().map(|item| format!("{}  {}", item.text, item.detail).trim_end().to_owned()).collect()
}

#[test]
fn no_words_about_a_default_are_put_in_for_a_value() {
    for era in [Era::Classic, Era::Constructs] {
        for kind in Kind::all() {
            for type_name in kind.names(era).types {
                for item in parameters(era, kind, type_name) {
                    let (text, _) = item.split_once("  ").unwrap_or((&item, ""));
                    let value = text.split_once(':').map_or("", |(_, value)| value.trim());
                    assert!(!value.contains([' ', ',']) && value != "none", "{type_name}: {item}");
                }
            }
        }
    }
    // What stands beside the parameters has no effect among them.
    assert_eq!(parameters(Era::Classic, Kind::Gateway, "apigateway"), [""; 0]);
    let told = parameters(Era::Classic, Kind::PersistOrm, "rds_postgres").join("\n");
    expect![[r#"
        instanceClass: db.t4g.micro  default db.t4g.micro
        allocatedStorage: 20  default 20
        skipFinalSnapshot: false  default true
        engineVersion: 13.7  default 13.7
        engine: postgres  default postgres
        multiAz: true  default false
        storageType: gp3  default gp3
        iops:   default those that come with it"#]]
    .assert_eq(&told);
}
