//! The plan of a small project, printed, written down, and then followed.

use crate::command_line::{repository, run, text};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Waiting for others all day: a function pays for every millisecond of it, a container for none.
const BUSY: &str =
    "monthly_requests = 100_000_000\n *   request_duration_ms = 500\n *   cpu_ms = 5\n *   shape = \"flat\"";

const CONFIG: &str = "app: music # ours\nexecution_units:\n  web:\n    type: lambda # for now\n  jobs: { type: lambda }\n  list: { type: ecs }\n";

fn unit(id: &str, target: &str, workload: &str) -> String {
    format!(
        "/* @klotho::execution_unit {{\n *   id = \"{id}\"\n *   target = \"{target}\"\n *   [workload]\n *   {workload}\n * }}\n */\n"
    )
}

/// Two busy units behind one gateway, and one that does next to nothing.
fn project(folder: &Path) {
    let route = |id: &str| {
        format!(
            "const express = require('express');\nconst app = express();\napp.get('/{id}', (req, res) => res.send('x'));\n\
             // @klotho::expose {{\n//  id = \"api\"\n//  target = \"public\"\n// }}\napp.listen(3000);\n"
        )
    };
    let write = |name: &str, text: String| fs::write(folder.join(name), text).expect("a file");
    write("package.json", "{ \"dependencies\": { \"express\": \"4\" } }".to_owned());
    write("klotho.yaml", CONFIG.to_owned());
    write("web.js", unit("web", "lambda", &format!("memory_mb = 1024\n *   {BUSY}")) + &route("web"));
    write("list.js", unit("list", "ecs", BUSY) + &route("list"));
    write("jobs.js", unit("jobs", "lambda", "monthly_requests = 1000") + "exports.run = () => 1;\n");
}

#[test]
fn a_plan_is_printed_and_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    project(folder.path());
    let output = run(&["plan"], folder.path());
    expect_test::expect![[r#"
        unit                  now                                            then                                         a month
        jobs                  AWS Lambda, 512 MB                             stays                                        $0.00
        list                  ECS on Fargate, 2 tasks of 0.25 vCPU / 0.5 GB  stays                                        $50.45 -> $34.02
        web                   AWS Lambda, 1024 MB                            ECS on Fargate, 2 tasks of 0.25 vCPU / 1 GB  $1,203.36 -> $37.26
        load balancer of api                                                 list, web                                    $0.00 -> $16.43
        total                                                                                                             $1,253.81 -> $87.71

        jobs: AWS Lambda, 512 MB: <$0.01, cheapest of 3 that fit; ECS on Fargate $18.0, EKS $91.0

        list: ECS on Fargate, 2 tasks of 0.25 vCPU / 0.5 GB: $34.0, cheapest of 3 that fit; EKS $107, AWS Lambda $787

        web: ECS on Fargate, 2 tasks of 0.25 vCPU / 1 GB: $37.3, cheapest of 3 that fit; EKS $161, AWS Lambda $1,200

        List prices, no free tier; always-on targets have capacity for the peak all day.
        Stores, topics and all else that no target changes are left to klotho-ls cost.
        To change 1 unit: klotho-ls plan . --write
    "#]].assert_eq(&text(&output.stdout));
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(fs::read_to_string(folder.path().join("klotho.yaml")).expect("a file"), CONFIG);
}

#[test]
fn what_was_written_is_clean_and_leaves_nothing_to_change() {
    let folder = tempfile::tempdir().expect("a folder");
    project(folder.path());
    let output = run(&["plan", "--write"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.ends_with("Changed web in klotho.yaml, web.js.\n"), "{said}");
    expect_test::expect![[r#"
        app: music # ours
        execution_units:
          web:
            type: ecs # for now
            pulumi_params:
              memory: 1024
          jobs: { type: lambda }
          list: { type: ecs }
    "#]]
    .assert_eq(&fs::read_to_string(folder.path().join("klotho.yaml")).expect("a file"));
    assert_eq!(text(&run(&["check"], folder.path()).stdout), "No findings.\n");
    let again = run(&["plan", "--write"], folder.path());
    assert!(text(&again.stdout).ends_with("Nothing to change.\n"), "{}", text(&again.stdout));
    assert_eq!(again.status.code(), Some(0));
}

#[test]
fn what_waits_for_a_stated_volume_is_not_called_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = "const express = require('express');\nconst app = express();\napp.get('/', (req, res) => res.send('x'));\n\
                  // @klotho::expose {\n//  id = \"api\"\n//  target = \"public\"\n// }\napp.listen(3000);\n";
    fs::write(folder.path().join("index.js"), source).expect("a file");
    fs::write(folder.path().join("package.json"), "{}").expect("a file");
    const WAITING: &str = "Units marked * are not changed at an assumed volume: state it, or klotho-ls plan . --write --assume\n";
    let said = text(&run(&["plan"], folder.path()).stdout);
    assert!(said.ends_with(WAITING) && !said.contains("Nothing "), "{said}");
    let said = text(&run(&["plan", "--write"], folder.path()).stdout);
    let first = "Nothing was written: the traffic of main is assumed. State monthly_requests in [workload], or take the\n\
                 assumption with klotho-ls plan . --write --assume\n\nunit ";
    assert!(
        said.starts_with(first) && !said.contains("Nothing to change") && !said.contains(WAITING),
        "{said}"
    );
    let diff = run(&["plan", "--diff"], folder.path());
    let said = text(&diff.stderr);
    assert!(diff.stdout.is_empty() && said.contains("left alone: the traffic of main is assumed"), "{said}");
    let said = text(&run(&["plan", "--write", "--assume"], folder.path()).stdout);
    assert!(said.ends_with("Changed main in klotho.yaml.\n"), "{said}");
    let said = text(&run(&["plan", "--write"], folder.path()).stdout);
    assert!(said.ends_with("Nothing to change.\n"), "{said}");
}

/// Every key below a value.
fn keys(value: &Value) -> Vec<String> {
    let (mut found, mut left) = (Vec::new(), vec![value]);
    while let Some(value) = left.pop() {
        match value {
            Value::Object(fields) => {
                found.extend(fields.keys().cloned());
                left.extend(fields.values());
            }
            Value::Array(rows) => left.extend(rows),
            _ => {}
        }
    }
    found
}

#[test]
fn machines_get_cents() {
    let folder = tempfile::tempdir().expect("a folder");
    project(folder.path());
    let output = run(&["plan", "--write", "--format", "json"], folder.path());
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let part = |pointer: &str| format!("{pointer} {}\n", document.pointer(pointer).expect("a part"));
    let parts = ["/now_usd", "/then_usd", "/met", "/units/2/then", "/units/2/why", "/shared", "/written"];
    expect_test::expect![[r#"
        /now_usd 1253.81
        /then_usd 87.71
        /met true
        /units/2/then {"target":"ecs","name":"ECS on Fargate","size":"2 tasks of 0.25 vCPU / 1 GB","vcpu":0.25,"memory_mb":1024.0,"monthly_usd":37.26}
        /units/2/why "ECS on Fargate, 2 tasks of 0.25 vCPU / 1 GB: $37.3, cheapest of 3 that fit; EKS $161, AWS Lambda $1,200"
        /shared {"now":[],"then":[{"what":"load_balancer","of":"api","monthly_usd":16.43,"units":["list","web"]}]}
        /written {"files":["klotho.yaml","web.js"],"units":["web"],"by_hand":[]}
    "#]].assert_eq(&parts.map(part).concat());
    let documented = fs::read_to_string(repository().join("docs/plan-json.md")).expect("the page");
    for key in keys(&document) {
        assert!(documented.contains(&format!("`{key}`")) || key == "now" || key == "then", "{key}");
    }
}

#[test]
fn requirements_that_cannot_be_met_end_with_one() {
    let folder = tempfile::tempdir().expect("a folder");
    project(folder.path());
    let path = folder.path().join("web.js");
    let text_of = fs::read_to_string(&path).expect("a file");
    let poor =
        text_of.replace(" *   [workload]", " *   [requires]\n *   max_monthly_usd = 5\n *   [workload]");
    fs::write(&path, poor).expect("a file");
    let output = run(&["plan"], folder.path());
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    expect_test::expect![[r#"
        unit   now                                            then                 a month
        jobs   AWS Lambda, 512 MB                             stays                $0.00
        list   ECS on Fargate, 2 tasks of 0.25 vCPU / 0.5 GB  stays                $50.45
        web    AWS Lambda, 1024 MB                            nothing fits: stays  $1,203.36
        total                                                                      $1,253.81

        jobs: AWS Lambda, 512 MB: <$0.01, cheapest of 3 that fit; ECS on Fargate $18.0, EKS $91.0

        list: ECS on Fargate, 2 tasks of 0.25 vCPU / 0.5 GB: $50.4, cheapest of 3 that fit; EKS $123, AWS Lambda $787

        web: max_monthly_usd cannot be met; nearest: ECS on Fargate, 2 tasks of 0.25 vCPU / 1 GB at $53.7, $48.7 over max_monthly_usd
          not AWS Lambda: $1,200 a month is over $5.00
          not ECS on Fargate: $53.7 a month is over $5.00
          not EKS: $178 a month is over $5.00

        List prices, no free tier; always-on targets have capacity for the peak all day.
        Stores, topics and all else that no target changes are left to klotho-ls cost.
        Nothing to change.
    "#]].assert_eq(&text(&output.stdout));
}

#[test]
fn what_cannot_be_planned_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = run(&["plan", "nowhere"], folder.path());
    assert_eq!(missing.status.code(), Some(2));
    assert!(
        text(&missing.stderr).starts_with("klotho-ls: cannot read nowhere: "),
        "{}",
        text(&missing.stderr)
    );
}

#[test]
fn what_has_to_be_done_by_hand_is_said_and_nothing_of_it_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    project(folder.path());
    let config = "execution_units:\n  web: &all\n    type: lambda\n  jobs: *all\n  list: { type: ecs }\n";
    fs::write(folder.path().join("klotho.yaml"), config).expect("a file");
    let before = fs::read_to_string(folder.path().join("web.js")).expect("a file");
    let output = run(&["plan", "--write"], folder.path());
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
    expect_test::expect!["web is not changed: klotho.yaml is written so that only you can change it: set execution_units.web.type to ecs"].assert_eq(text(&output.stdout).lines().last().unwrap_or_default());
    assert_eq!(fs::read_to_string(folder.path().join("web.js")).expect("a file"), before);
    assert_eq!(fs::read_to_string(folder.path().join("klotho.yaml")).expect("a file"), config);
}
