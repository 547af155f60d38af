//! What stands behind the figures of `klotho-ls cost`.

use crate::command_line::{repository, run, text};
use crate::workspace::folder;
use serde_json::Value;
use std::fs;

#[test]
fn every_figure_is_followed_to_its_prices() {
    let music = repository().join("tests/apps/music-service");
    let output = run(&["cost", "--explain", "playlists"], &music);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    let (figures, prices) = said.split_once("\nPrices\n").expect("prices");
    // The others are shown as this one is.
    let (figures, crossings) = figures.split_once("\nEKS: ").expect("the last target");
    let (_, crossings) = crossings.split_once("\nBreak-evens").expect("break-evens");
    assert!(crossings.contains("autoscaled: "), "{crossings}");
    expect_test::expect![[r#"
        playlists (AWS Lambda) in us-east-1: $17.34 a month
        At 10M requests a month AWS Lambda is cheapest: $17.3 against $46.9 on ECS on Fargate. The shape
        decides, not the volume: sized for the 08:00 peak ECS on Fargate never becomes cheaper, autoscaled
        it does from 32.6M requests, and with flat traffic it would from 28.8M.

        Inputs
          monthly_requests                  10M requests  playlists.ts:5
          request_duration_ms               80 ms         playlists.ts:6
          p99_duration_ms                   400 ms        assumed
          memory_mb                         512 MB        playlists.ts:7
          cpu_ms                            20 ms         playlists.ts:8
          concurrency                       32 requests   assumed
          shape                             commute       playlists.ts:9
          burst                             1.5 x         assumed
          target_utilization                0.6           assumed
          min_instances                     2 instances   assumed
          payload_kb                        20 KB         assumed
          arch                              arm64         playlists.ts:10
          package                           zip           assumed
          units that share the EKS cluster  1             assumed

        AWS Lambda, now: $17.34 a month
          duration $5.34: 10M x (80 ms + 0.030745 ms init) x 0.5 GB = 400,153.725 GB-second x $0.0000133334
            (aws.lambda.duration.arm64.t1)
          requests $2.00: 10,000,000 request x $0.0000002 (aws.lambda.requests)
          gateway $10.00: 10,000,000 request x $0.000001 (aws.apigw.http.t1)
          cold start: 1 in 4,000 waits 126-169 ms; a share of 0.000245 from 3.81 requests/s of 80 ms on
            average, 0.304 in flight, an idle environment kept for 6 min, none is kept ready
          99 of 100 requests take less than 400 ms
          note: Cold starts are those of a hello-world: imports come on top.

        ECS on Fargate: $46.86 a month
          vcpu $23.64: 1,460 task-hours x 0.5 vCPU = 730 vCPU-hour x $0.03238 (aws.fargate.vcpu.arm64)
          memory $5.20: 1,460 task-hours x 1 GB = 1,460 GB-hour x $0.00356 (aws.fargate.memory.arm64)
          load balancer hour $16.43: 730 hour x $0.0225 (aws.alb.hour)
          load balancer lcu $1.60: 0.273973 LCU x 730 h = 200 LCU-hour x $0.008 (aws.alb.lcu)
          99 of 100 requests take less than 400 ms
          until there is more capacity: alarm, task start and health checks, 3-5 min
          sizing: 2 tasks of 0.5 vCPU / 1 GB at the peak; instances needed: 2 all day
          note: A NAT gateway for private tasks, $32.85 a month each and $0.045 a GB, is not included.
    "#]]
    .assert_eq(figures);
    assert!(prices.contains("  aws.lambda.requests in us-east-1: $0.0000002 per request\n"), "{prices}");
}

#[test]
fn a_resource_is_followed_too() {
    let music = repository().join("tests/apps/music-service");
    let output = run(&["cost", "--explain", "persist_kv:playlist-store"], &music);
    let alone = run(&["cost", "--explain", "playlist-store"], &music);
    assert_eq!(text(&alone.stdout), text(&output.stdout));
    let said = text(&output.stdout);
    let (figures, _) = said.split_once("\nPrices\n").expect("prices");
    expect_test::expect![[r#"
        playlist-store (DynamoDB) in us-east-1: $2.13 a month
        Billing: pays per use.

        Inputs
          monthly_reads   10M reads  assumed
          monthly_writes  2M writes  assumed
          item_size_kb    1 KB       assumed
          storage_gb      1 GB       assumed

        DynamoDB, now: $2.13 a month
          write request units $1.25: 2M x 1 units = 2,000,000 WRU x $0.000000625 (aws.dynamodb.wru)
          read request units $0.63: 10M x 0.5 units = 5,000,000 RRU x $0.000000125 (aws.dynamodb.rru)
          storage $0.25: 1 GB-month x $0.25 (aws.dynamodb.storage)
    "#]]
    .assert_eq(figures);
}

const SERVER: &str = "const express = require(\"express\");\nconst app = express();\napp.get(\"/\", (req, res) => {});\n\
                      /* @klotho::expose {\n *   id = \"api\"\n *   target = \"public\"\n * }\n */\napp.listen(3000);\n";

/// What `cost` says of the parts of the only unit that stand before it, and what a gateway's explanation says.
fn both(target: &str) -> (Vec<(String, String)>, Value) {
    let config = format!("app: x\nprovider: aws\nexecution_units:\n  main:\n    type: {target}\n");
    let root = folder(&[("index.js", SERVER), ("package.json", "{}"), ("klotho.yaml", &config)]);
    let explained = |named: &str| -> Value {
        let output = run(&["cost", "--explain", named, "--format", "json"], root.path());
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output.stderr)))
    };
    let unit = explained("main");
    let targets = unit["targets"].as_array().expect("targets").iter();
    let now = targets.clone().find(|target| target["now"] == true).expect("where it runs");
    let parts = now["components"].as_array().expect("components").iter();
    let parts =
        parts.filter(|part| part["name"] == "gateway" || part["name"].to_string().contains("load_balancer"));
    let parts = parts.map(|part| (part["name"].to_string(), part["monthly"].to_string()));
    (parts.collect(), explained("gateway:api"))
}

#[test]
fn a_gateway_is_what_the_units_behind_it_pay_for_it() {
    for (target, title) in [("lambda", "API Gateway"), ("ecs", "Application Load Balancer")] {
        let (paid, gateway) = both(target);
        assert_eq!(gateway["name"], title, "{gateway}");
        let parts = gateway["targets"][0]["components"].as_array().expect("components");
        let parts: Vec<_> = parts.iter().map(|part| part["monthly"].to_string()).collect();
        let paid: Vec<_> = paid.into_iter().map(|(_, monthly)| monthly).collect();
        assert_eq!(parts, paid, "{target}: {gateway}");
        assert!(gateway["verdict"].to_string().contains("on the bill of the units behind it"), "{gateway}");
    }
}

#[test]
fn an_explanation_is_data_too_and_documented() {
    let music = repository().join("tests/apps/music-service");
    let output = run(&["cost", "--explain", "playlists", "--format", "json"], &music);
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let documented = fs::read_to_string(repository().join("docs/cost-json.md")).expect("the page");
    let mut left = vec![&document];
    while let Some(value) = left.pop() {
        if let Value::Object(fields) = value {
            for key in fields.keys() {
                assert!(documented.contains(&format!("`{key}`")), "{key} is not documented");
            }
            left.extend(fields.values());
        } else if let Value::Array(rows) = value {
            left.extend(rows);
        }
    }
    let known: Vec<_> =
        document["prices"].as_array().expect("prices").iter().map(|price| &price["id"]).collect();
    for target in document["targets"].as_array().expect("targets") {
        for component in target["components"].as_array().expect("components") {
            for id in component["prices"].as_array().expect("ids") {
                assert!(known.contains(&id), "{id}");
            }
        }
    }
}

#[test]
fn an_id_that_several_have_is_not_enough() {
    let source = "/* @klotho::persist {\n *   id = \"api\"\n * } */\nconst m = new Map();\nconst events = require('events');\n/* @klotho::pubsub {\n *   id = \"api\"\n * } */\nconst orders = new events.EventEmitter();\nexports.orders = orders;\n";
    let root = folder(&[("index.js", source), ("package.json", "{}")]);
    let output = run(&["cost", "--explain", "api"], root.path());
    let said = text(&output.stderr);
    assert!(said.contains("several are called `api`: persist_kv:api, pubsub:api"), "{said}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn what_cannot_be_explained_names_the_nearest() {
    let music = repository().join("tests/apps/music-service");
    for (named, said) in [
        ("plalists", "klotho-ls: no unit or resource is called `plalists`. Did you mean `playlists`?\n"),
        (
            "zzz",
            "klotho-ls: no unit or resource is called `zzz`. There are playlists, recommendations, persist_kv:playlist-store, persist_kv:recent-plays, gateway:music-api, gateway:recommend-api.\n",
        ),
    ] {
        let output = run(&["cost", "--explain", named], &music);
        assert_eq!((text(&output.stderr).as_str(), output.status.code()), (said, Some(2)));
    }
}
