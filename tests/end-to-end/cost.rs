//! What a project costs, in every format, and how that differs from before.

use crate::command_line::{repository, run, text};
use crate::workspace::{folder, write};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const CONFIG: &str = "app: shop\nregion: us-east-1\nexecution_units:\n  cart: { type: eks }\n  catalogue: { type: eks }\n  mail: { type: lambda }\nexposed:\n  api: { type: alb }\n";

const CART: &str = r#"/* @klotho::execution_unit {
 *   id = "cart"
 *   target = "eks"
 *   [workload]
 *   monthly_requests = 5_000_000
 *   request_duration_ms = 40
 * }
 */
const express = require('express');
const events = require('events');
const app = express();
/* @klotho::persist {
 *   id = "carts"
 * }
 */
const carts = new Map();
/* @klotho::pubsub {
 *   id = "orders"
 * }
 */
const orders = new events.EventEmitter();
app.get('/cart', async (req, res) => { await carts.set('a', 1); orders.emit('placed', 1); res.send('x'); });
/* @klotho::expose {
 *   id = "api"
 *   target = "public"
 * }
 */
app.listen(3000);
exports.orders = orders;
"#;

const CATALOGUE: &str = r#"/* @klotho::execution_unit {
 *   id = "catalogue"
 *   target = "eks"
 *   [workload]
 *   monthly_requests = 20_000_000
 *   shape = "commute"
 * }
 */
const express = require('express');
const app = express();
app.get('/catalogue', (req, res) => res.send('x'));
/* @klotho::expose {
 *   id = "api"
 *   target = "public"
 * }
 */
app.listen(3000);
"#;

const MAIL: &str = r#"/* @klotho::execution_unit {
 *   id = "mail"
 * }
 */
const { orders } = require('./cart');
orders.on('placed', async (order) => order);
"#;

/// Two units on a cluster behind one gateway, a function, a store and a topic.
fn shop() -> TempDir {
    folder(&[
        ("package.json", "{ \"dependencies\": { \"express\": \"4\" } }"),
        ("klotho.yaml", CONFIG),
        ("cart.js", CART),
        ("catalogue.js", CATALOGUE),
        ("mail.js", MAIL),
    ])
}

/// What a command prints, and its exit code. Ages of prices change from day to day.
fn printed(arguments: &[&str], folder: &Path) -> (String, Option<i32>) {
    let output = run(arguments, folder);
    let said = text(&output.stdout);
    let said = said.split_once("Prices: ").map_or(said.as_str(), |(before, _)| before);
    (format!("{said}{}", text(&output.stderr)), output.status.code())
}

fn json(arguments: &[&str], folder: &Path) -> Value {
    let output = run(arguments, folder);
    let document = serde_json::from_slice(&output.stdout).expect("JSON");
    let schema = fs::read_to_string(repository().join("docs/cost.schema.json")).expect("the schema");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let wrong: Vec<_> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert_eq!(wrong, Vec::<String>::new());
    document
}

/// Writes the present cost where no project looks for it.
fn base(folder: &Path) -> TempDir {
    let output = run(&["cost", "--format", "json"], folder);
    let base = tempfile::tempdir().expect("a folder");
    fs::write(base.path().join("base.json"), output.stdout).expect("a file");
    base
}

/// The catalogue moves to functions and serves more, the mail goes, a store comes.
fn change(shop: &Path) {
    write(shop, "klotho.yaml", &CONFIG.replace("catalogue: { type: eks }", "catalogue: { type: lambda }"));
    let busier = CATALOGUE.replace("20_000_000", "30_000_000").replace("\"eks\"", "\"lambda\"");
    write(shop, "catalogue.js", &busier);
    fs::remove_file(shop.join("mail.js")).expect("a file");
}

#[test]
fn people_see_what_runs_where_what_it_costs_and_what_it_rests_on() {
    let shop = shop();
    let (said, code) = printed(&["cost"], shop.path());
    assert_eq!(code, Some(0), "{said}");
    assert!(said.lines().all(|line| line.chars().count() <= 100), "{said}");
    expect_test::expect![[r#"
        unit                  runs on                                       requests  a month
        cart                  EKS, 2 pods of 0.25 vCPU / 0.5 GB on Fargate        5M   $18.82
                                vcpu 14.78, memory 3.24, load balancer lcu 0.80
        catalogue             EKS, 9 pods of 0.25 vCPU / 0.5 GB on Fargate       20M   $84.29
                                vcpu 66.49, memory 14.60, load balancer lcu 3.20
        mail                  AWS Lambda, 512 MB                                10M*   $10.34
                                duration 8.34, requests 2.00

        resource              is                                                      a month
        persist_kv:carts      DynamoDB*                                                 $1.19
                                write request units 0.63, read request units 0.31, storage 0.25
        pubsub:orders         SNS*                                                      $2.50  requests 2.50

        shared                by                                                      a month
        cluster of EKS        cart, catalogue                                          $73.00
        load balancer of api  cart, catalogue                                          $16.43

        total                                                                         $206.56

        cart: AWS Lambda would be $4.67, what is shared aside
        catalogue: AWS Lambda would be $28.67, what is shared aside
        cart: Were it alone: At 5M requests a month AWS Lambda is cheapest: $21.1 against $35.2 on ECS on
          Fargate. ECS on Fargate becomes cheaper from 23.3M requests a month sized for the peak.
        catalogue: Were it alone: At 20M requests a month AWS Lambda is cheapest: $45.1 against $101 on ECS
          on Fargate. The shape decides, not the volume: sized for the 08:00 peak ECS on Fargate never
          becomes cheaper, autoscaled it does from 20.7M requests, and with flat traffic it would from
          14.2M.
        mail: At an assumed 10M requests a month AWS Lambda is cheapest: $10.3 against $18.0 on ECS on
          Fargate. The shape decides, not the volume: sized for the 14:00 peak ECS on Fargate never becomes
          cheaper, autoscaled it does from 32.8M requests, and with flat traffic it would from 17.5M.

        * assumed, since nobody states it in [workload]:
        cart: p99_duration_ms 200, memory_mb 512, cpu_ms 10, concurrency 32, shape diurnal, burst 1.5,
          target_utilization 0.6, min_instances 2, payload_kb 20, arch x86_64, package zip
        catalogue: request_duration_ms 100, p99_duration_ms 500, memory_mb 512, cpu_ms 25, concurrency 32,
          burst 1.5, target_utilization 0.6, min_instances 2, payload_kb 20, arch x86_64, package zip
        mail: monthly_requests 10M, request_duration_ms 100, p99_duration_ms 500, memory_mb 512, cpu_ms 25,
          concurrency 32, shape diurnal, burst 1.5, target_utilization 0.6, min_instances 2, payload_kb 20,
          arch x86_64, package zip
        persist_kv:carts: monthly_reads 5M, monthly_writes 1M, item_size_kb 1, storage_gb 1
        pubsub:orders: monthly_requests 5M, request_size_kb 1
        Region us-east-1. "#]]
    .assert_eq(&said);
}

#[test]
fn machines_get_every_key_and_the_same_bytes_anywhere() {
    let (shop, other) = (shop(), shop());
    let document = json(&["cost", "--format", "json"], shop.path());
    let again = run(&["cost", "--format", "json"], other.path());
    assert_eq!(text(&run(&["cost", "--format", "json"], shop.path()).stdout), text(&again.stdout));
    let part = |pointer: &str| format!("{pointer} {}\n", document.pointer(pointer).expect("a part"));
    let parts =
        ["/total", "/shared", "/units/0/components", "/units/0/alternatives", "/units/2", "/resources/1"];
    expect_test::expect![[r#"
        /total {"monthly":206.56,"known":206.56,"missing":[]}
        /shared [{"what":"cluster","of":"eks","name":"cluster of EKS","monthly":73,"units":["cart","catalogue"]},{"what":"load_balancer","of":"api","name":"load balancer of api","monthly":16.43,"units":["cart","catalogue"]}]
        /units/0/components [{"name":"vcpu","monthly":14.78,"formula":"1,460 task-hours x 0.25 vCPU = 365 vCPU-hour x $0.04048"},{"name":"memory","monthly":3.24,"formula":"1,460 task-hours x 0.5 GB = 730 GB-hour x $0.004445"},{"name":"load_balancer_lcu","monthly":0.8,"formula":"0.136986 LCU x 730 h = 100 LCU-hour x $0.008"}]
        /units/0/alternatives [{"target":"lambda","plan":"","name":"AWS Lambda","monthly":4.67,"fits":"yes","reasons":[]},{"target":"ecs","plan":"","name":"ECS on Fargate","monthly":18.82,"fits":"yes","reasons":[]}]
        /units/2 {"id":"mail","target":"lambda","plan":"","name":"AWS Lambda","obeyed":null,"entry":null,"gateway":null,"size":"512 MB","requests":10000000,"requests_assumed":true,"monthly":10.34,"components":[{"name":"duration","monthly":8.34,"formula":"10M x (100 ms + 0.040705 ms init) x 0.5 GB = 500,203.523 GB-second x $0.0000166667"},{"name":"requests","monthly":2,"formula":"10,000,000 request x $0.0000002"}],"cold_share":0.000287,"p99_ms":500,"inputs":[{"name":"monthly_requests","value":"10M","unit":"requests","origin":"assumed"},{"name":"request_duration_ms","value":"100","unit":"ms","origin":"assumed"},{"name":"p99_duration_ms","value":"500","unit":"ms","origin":"assumed"},{"name":"memory_mb","value":"512","unit":"MB","origin":"assumed"},{"name":"cpu_ms","value":"25","unit":"ms","origin":"assumed"},{"name":"concurrency","value":"32","unit":"requests","origin":"assumed"},{"name":"shape","value":"diurnal","unit":"","origin":"assumed"},{"name":"burst","value":"1.5","unit":"x","origin":"assumed"},{"name":"target_utilization","value":"0.6","unit":"","origin":"assumed"},{"name":"min_instances","value":"2","unit":"instances","origin":"assumed"},{"name":"payload_kb","value":"20","unit":"KB","origin":"assumed"},{"name":"arch","value":"x86_64","unit":"","origin":"assumed"},{"name":"package","value":"zip","unit":"","origin":"assumed"},{"name":"units that share the EKS cluster","value":"3","unit":"","origin":"assumed"}],"missing":[],"alternatives":[{"target":"ecs","plan":"","name":"ECS on Fargate","monthly":18.02,"fits":"yes","reasons":[]},{"target":"eks","plan":"","name":"EKS","monthly":18.02,"fits":"yes","reasons":[]}],"verdict":"At an assumed 10M requests a month AWS Lambda is cheapest: $10.3 against $18.0 on ECS on Fargate. The shape decides, not the volume: sized for the 14:00 peak ECS on Fargate never becomes cheaper, autoscaled it does from 32.8M requests, and with flat traffic it would from 17.5M."}
        /resources/1 {"kind":"pubsub","id":"orders","type":"sns","name":"SNS","monthly":2.5,"components":[{"name":"requests","monthly":2.5,"formula":"5,000,000 request x $0.0000005"}],"inputs":[{"name":"monthly_requests","value":"5M","unit":"messages","origin":"assumed"},{"name":"request_size_kb","value":"1","unit":"KB","origin":"assumed"}],"missing":[]}
    "#]].assert_eq(&parts.map(part).concat());
}

#[test]
fn every_app_has_a_document_that_fits_the_schema() {
    for entry in fs::read_dir(repository().join("tests/apps")).expect("apps").flatten() {
        if entry.path().is_dir() {
            json(&["cost", "--format", "json"], &entry.path());
            let (said, code) = printed(&["cost"], &entry.path());
            assert_eq!(code, Some(0), "{said}");
        }
    }
}

/// A changed shop, and the document of what it was before.
fn changed() -> (TempDir, TempDir, String) {
    let shop = shop();
    let base = base(shop.path());
    let path = base.path().join("base.json").to_str().expect("a path").to_owned();
    change(shop.path());
    (shop, base, path)
}

#[test]
fn what_changed_is_told_with_the_reason() {
    let (shop, _base, path) = changed();
    let (said, code) = printed(&["cost", "--compare", &path], shop.path());
    assert_eq!(code, Some(0), "{said}");
    expect_test::expect![[r#"
        $206.56 -> $154.94 a month (-$51.62)

                        before   after   change
        cluster of EKS  $73.00       -  -$73.00  no longer shared by cart, catalogue
        cart            $18.82  $91.82  +$73.00  no longer shares the cluster of EKS with catalogue
        catalogue       $84.29  $43.00  -$41.29
          moved from EKS to AWS Lambda; monthly_requests 20M -> 30M; no longer shares the cluster of EKS
          with cart
        mail            $10.34       -  -$10.34  removed

        3 other items are unchanged.

        Region us-east-1. "#]]
    .assert_eq(&said);
}

#[test]
fn machines_get_what_changed() {
    let (shop, _base, path) = changed();
    let document = json(&["cost", "--format", "json", "--compare", &path], shop.path());
    let comparison = &document["comparison"];
    let changes = comparison["changes"].as_array().expect("rows").iter();
    let changes: String = changes.map(|change| format!("{change}\n")).collect();
    let rest = ["before", "after", "change", "unchanged"].map(|key| format!("{key} {}\n", comparison[key]));
    expect_test::expect![[r#"
        before 206.56
        after 154.94
        change -51.62
        unchanged 3
        {"what":"shared","id":"cluster of EKS","way":"removed","before":73,"after":null,"change":-73,"reasons":["no longer shared by cart, catalogue"]}
        {"what":"unit","id":"cart","way":"changed","before":18.82,"after":91.82,"change":73,"reasons":["no longer shares the cluster of EKS with catalogue"]}
        {"what":"unit","id":"catalogue","way":"changed","before":84.29,"after":43,"change":-41.29,"reasons":["moved from EKS to AWS Lambda","monthly_requests 20M -> 30M","no longer shares the cluster of EKS with cart"]}
        {"what":"unit","id":"mail","way":"removed","before":10.34,"after":null,"change":-10.34,"reasons":["removed"]}
    "#]].assert_eq(&(rest.concat() + &changes));
}

#[test]
fn a_pull_request_gets_a_headline_and_the_rest_behind_folds() {
    let (shop, _base, path) = changed();
    let (said, _) = printed(&["cost", "--format", "markdown", "--compare", &path], shop.path());
    expect_test::expect![[r#"
        ### Costs: $206.56 → $154.94 a month (-$51.62)

        |                  | Before | After  | Change      | Why                                                                                                      |
        |------------------|--------|--------|-------------|----------------------------------------------------------------------------------------------------------|
        | `cluster of EKS` | $73.00 | -      | **-$73.00** | no longer shared by cart, catalogue                                                                      |
        | `cart`           | $18.82 | $91.82 | **+$73.00** | no longer shares the cluster of EKS with catalogue                                                       |
        | `catalogue`      | $84.29 | $43.00 | **-$41.29** | moved from EKS to AWS Lambda; monthly\_requests 20M → 30M; no longer shares the cluster of EKS with cart |
        | `mail`           | $10.34 | -      | **-$10.34** | removed                                                                                                  |

        3 other items are unchanged.

        <details><summary>What everything costs</summary>

        |                      | Is                                           | Requests | A month     |
        |----------------------|----------------------------------------------|----------|-------------|
        | `cart`               | EKS, 2 pods of 0.25 vCPU / 0.5 GB on Fargate | 5M       | $91.82      |
        | `catalogue`          | AWS Lambda, 512 MB                           | 30M      | $43.00      |
        | `persist_kv:carts`   | DynamoDB\*                                   |          | $1.19       |
        | `pubsub:orders`      | SNS\*                                        |          | $2.50       |
        | load balancer of api | shared by `cart`, `catalogue`                |          | $16.43      |
        | **Total**            |                                              |          | **$154.94** |


        \* assumed, since nobody states it in `[workload]`

        </details>

        <details><summary>What it rests on</summary>

        - `cart`: At 5M requests a month AWS Lambda is cheapest: $21.1 against $35.2 on ECS on Fargate. ECS on Fargate becomes cheaper from 23.3M requests a month sized for the peak.
          - control plane $73.00: 730 cluster-hour x $0.1
          - vcpu $14.78: 1,460 task-hours x 0.25 vCPU = 365 vCPU-hour x $0.04048
          - memory $3.24: 1,460 task-hours x 0.5 GB = 730 GB-hour x $0.004445
          - load balancer lcu $0.80: 0.136986 LCU x 730 h = 100 LCU-hour x $0.008
          - assumed: `p99_duration_ms = 200`, `memory_mb = 512`, `cpu_ms = 10`, `concurrency = 32`, `shape = diurnal`, `burst = 1.5`, `target_utilization = 0.6`, `min_instances = 2`, `payload_kb = 20`, `arch = x86_64`, `package = zip`, `units that share the EKS cluster = 1`
        - `catalogue`: At 30M requests a month AWS Lambda is cheapest: $59.4 against $138 on ECS on Fargate; with autoscaling ECS on Fargate would be $54.6. The shape decides, not the volume: sized for the 08:00 peak ECS on Fargate never becomes cheaper, autoscaled it does from 20.7M requests, and with flat traffic it would from 14.2M.
          - duration $25.00: 30M x (100 ms + 0.017456 ms init) x 0.5 GB = 1,500,261.838 GB-second x $0.0000166667
          - requests $6.00: 30,000,000 request x $0.0000002
          - load balancer lcu $12.00: 2.054795 LCU x 730 h = 1,500 LCU-hour x $0.008
          - assumed: `request_duration_ms = 100`, `p99_duration_ms = 500`, `memory_mb = 512`, `cpu_ms = 25`, `concurrency = 32`, `burst = 1.5`, `target_utilization = 0.6`, `min_instances = 2`, `payload_kb = 20`, `arch = x86_64`, `package = zip`, `units that share the EKS cluster = 2`
        - `persist_kv:carts`: assumed: `monthly_reads = 5M`, `monthly_writes = 1M`, `item_size_kb = 1`, `storage_gb = 1`
        - `pubsub:orders`: assumed: `monthly_requests = 5M`, `request_size_kb = 1`

        </details>

        Region us-east-1. "#]].assert_eq(&said);
}

#[test]
fn nothing_changed_is_said_too() {
    let shop = shop();
    let base = base(shop.path());
    let path = base.path().join("base.json");
    let (said, _) = printed(&["cost", "--compare", path.to_str().expect("a path")], shop.path());
    expect_test::expect![[r#"
        $206.56 -> $206.56 a month (no change)

        7 items are unchanged.

        Region us-east-1. "#]]
    .assert_eq(&said);
}

#[test]
fn names_are_never_more_than_text() {
    let shop = shop();
    let base = base(shop.path());
    let nasty = "a|b<img src=x>`@team`";
    write(shop.path(), "klotho.yaml", "app: shop\n");
    write(shop.path(), "cart.js", &CART.replace("id = \"cart\"", &format!("id = \"{nasty}\"")));
    let path = base.path().join("base.json");
    let arguments = ["cost", "--format", "markdown", "--compare", path.to_str().expect("a path")];
    let (said, _) = printed(&arguments, shop.path());
    let outside_code: String = said.split('`').step_by(2).collect();
    assert!(!outside_code.contains("<img") && !outside_code.contains("@team"), "{said}");
}

#[test]
fn what_is_no_earlier_cost_is_refused() {
    let shop = shop();
    let base = base(shop.path());
    let path = base.path().join("base.json");
    let good = fs::read_to_string(&path).expect("a file");
    let cases = [
        ("{}".to_owned(), "is not what `klotho-ls cost --format json` prints"),
        ("[1]".to_owned(), "is not what `klotho-ls cost --format json` prints"),
        (good.replace("\"version\":1", "\"version\":2"), "has version 2, and this program reads version 1"),
        (
            good.replace("\"provider\":\"aws\"", "\"provider\":\"gcp\""),
            "is of gcp, and the project is of aws",
        ),
        (good.replace("\"known\"", "\"other\""), "missing field `known`"),
    ];
    for (content, reason) in cases {
        fs::write(&path, content).expect("a file");
        let output = run(&["cost", "--compare", path.to_str().expect("a path")], shop.path());
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(reason), "{}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "");
    }
    let output = run(&["cost", "--compare", "nowhere.json"], shop.path());
    assert!(text(&output.stderr).starts_with("klotho-ls: cannot read nowhere.json: "));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_budget_that_does_not_hold_ends_with_one() {
    let shop = shop();
    write(shop.path(), "klotho.yaml", &format!("{CONFIG}budget:\n  monthly_usd: 150\n"));
    let output = run(&["cost"], shop.path());
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stdout);
    let end = said.split_once("\nBudget: ").map_or("", |(_, end)| end);
    expect_test::expect![[r#"
        What has a stated traffic costs $196 a month, over this budget of $150: `catalogue` ($84.3),
          `cart` ($18.8), `orders` ($2.50), `carts` ($1.19). `klotho-ls plan` says what could run for less;
          else raise the budget.
    "#]]
    .assert_eq(end);
    // The budget and the total are one sum: all but the unit whose traffic nobody stated.
    let document = json(&["cost", "--format", "json"], shop.path());
    let amount = |pointer: &str| document.pointer(pointer).and_then(Value::as_f64).expect("an amount");
    let stated = amount("/total/monthly") - amount("/units/2/monthly");
    assert!(end.contains(&format!("costs ${stated:.0} a month")), "{stated} {end}");
}

/// A copy of the music service whose playlists have moved to containers.
fn switched(from: &Path, to: &Path) {
    for path in [
        "klotho.yaml",
        "package.json",
        "playlists.ts",
        "store.ts",
        "tsconfig.json",
        "recommend/main.py",
        "recommend/requirements.txt",
    ] {
        let text = fs::read_to_string(from.join(path)).expect("a file");
        let text =
            text.replace("type: lambda", "type: ecs").replace("target = \"lambda\"", "target = \"ecs\"");
        write(to, path, &text);
    }
}

#[test]
fn addresses_of_the_usage_file_that_name_no_unit_are_told() {
    let shop = shop();
    let usage = "version: 0.1\nresource_usage:\n  aws_lambda_function.mail:\n    monthly_requests: 1000\n  aws_lambda_function.male:\n    monthly_requests: 1000\n";
    write(shop.path(), "infracost-usage.yml", usage);
    let (said, _) = printed(&["cost"], shop.path());
    assert!(said.contains("The usage file names what is no unit: aws_lambda_function.male\n"), "{said}");
    let document = json(&["cost", "--format", "json"], shop.path());
    assert_eq!(document["unmatched_usage"], serde_json::json!(["aws_lambda_function.male"]));
    assert_eq!(document["units"][2]["inputs"][0]["origin"], "usage");
}

#[test]
fn of_many_units_each_has_a_line() {
    let unit = |place: usize| {
        let text = format!(
            "/* @klotho::execution_unit {{\n *   id = \"unit-{place}\"\n * }}\n */\nexports.run = () => 1;\n"
        );
        (format!("unit{place}.js"), text)
    };
    let units: Vec<_> = (100..300).map(unit).collect();
    let mut files: Vec<_> = units.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("package.json", "{}"));
    let project = folder(&files);
    let (said, code) = printed(&["cost"], project.path());
    assert_eq!(code, Some(0), "{said}");
    assert!(said.lines().count() < 220, "{said}");
    let row = "unit-299  AWS Lambda, 512 MB      10M*";
    assert!(said.lines().any(|line| line.starts_with(row)), "{said}");
    assert!(said.lines().all(|line| line.chars().count() <= 100), "{said}");
}

#[test]
fn the_page_on_costs_shows_what_is_printed() {
    let shown_there = fs::read_to_string(repository().join("docs/costs.md")).expect("the page");
    let music = repository().join("tests/apps/music-service");
    let base = base(&music);
    let path = base.path().join("base.json");
    let copy = tempfile::tempdir().expect("a folder");
    switched(&music, copy.path());
    let all = printed(&["cost"], &music).0;
    let compared = printed(&["cost", "--compare", path.to_str().expect("a path")], copy.path()).0;
    for said in [all, compared] {
        let shown = said.split("\nRegion ").next().unwrap_or_default().trim_end();
        assert!(shown_there.contains(shown), "the page needs this:\n\n{shown}");
    }
}
