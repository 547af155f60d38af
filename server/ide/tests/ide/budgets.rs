//! What budgets and cheaper targets say, and what is offered.

use crate::support::{Disk, Fixture};
use std::fmt::Write;

fn unit(id: &str, lines: &[&str]) -> String {
    let body: String = lines.iter().map(|line| format!(" *   {line}\n")).collect();
    format!(
        "/* @klotho::execution_unit {{\n *   id = \"{id}\"\n{body} * }}\n */\nexports.run = async () => 1;\n"
    )
}

const BUSY: &[&str] = &["[workload]", "monthly_requests = 100_000_000"];

/// Each finding's line, code and message, and the places that it points at.
fn told(files: &[(&str, &str)]) -> String {
    let snapshot = Disk::new(files).snapshot();
    let mut text = String::new();
    for found in snapshot.project_diagnostics("/app").iter().filter(|found| found.path.is_some()) {
        let path = found.path.clone().unwrap_or_default();
        let line = |path: &str, at: u32| snapshot.lines(path).unwrap().line_of(at as usize) + 1;
        let at = line(&path, found.span.start);
        writeln!(text, "{path}:{at} {}: {}", found.code.name(), found.message).unwrap();
        for related in &found.related {
            let at = line(&related.path, related.span.start);
            writeln!(text, "  {}:{at} {}", related.path, related.message).unwrap();
        }
    }
    text
}

#[test]
fn messages_name_what_costs_most_and_the_way_out() {
    let (orders, jobs) = (unit("orders", BUSY), unit("jobs", &[]));
    let budget = "budget:\n  monthly_usd: 5\n  per_unit_usd: 1\n";
    expect_test::expect![[r#"
        /app/klotho.yaml:2 budget-exceeded: What has a stated traffic costs $103 a month, over this budget of $5.00: `orders` ($103). `klotho-ls plan` says what could run for less; else raise the budget.
          /app/a.js:1 orders costs $103 a month
        /app/klotho.yaml:3 budget-at-risk: Over this budget of $1.00 a month if their traffic is as assumed: `jobs` ($10.3). State `monthly_requests`.
          /app/b.js:1 jobs costs $10.3 a month
        /app/klotho.yaml:3 budget-exceeded: Over this budget of $1.00 a month: `orders` ($103). `klotho-ls plan` says what could run for less; else raise the budget.
          /app/a.js:1 orders costs $103 a month
    "#]]
    .assert_eq(&told(&[("a.js", &orders), ("b.js", &jobs), ("klotho.yaml", budget)]));
    let unpriced = "region: mars-1\nbudget:\n  monthly_usd: 5\n";
    expect_test::expect![[r#"
        /app/klotho.yaml:1 region-unknown: No price is known for the region `mars-1` of aws, so what units cost there is not known. Prices are known for `ap-northeast-1`, `ap-south-1`, `ap-southeast-1`, `ap-southeast-2`, `ca-central-1`, `eu-central-1`, `eu-west-1`, `eu-west-2`, `us-east-1`, `us-east-2` or `us-west-2`.
        /app/klotho.yaml:3 budget-at-risk: Whether this budget of $5.00 a month is met is not known: `orders` (a price is missing). What is known comes to $0.
          /app/a.js:1 orders: a price is missing
    "#]]
    .assert_eq(&told(&[("a.js", &orders), ("klotho.yaml", unpriced)]));
    let limit = |lines: &[&str]| unit("orders", &[lines, &["[requires]", "max_monthly_usd = 0.5"]].concat());
    expect_test::expect![[r#"
        /app/a.js:1 target-infeasible: `orders` cannot run on `lambda`: $103 a month is over $0.50. No target of aws can in the sizes that are assumed here: change what it requires, or see whether `klotho-ls plan` finds a size that can.
        /app/a.js:6 budget-exceeded: No target does `orders` for $0.50 a month: the cheapest, AWS Lambda, costs $103 at 100M requests. Raise the limit, or lower what the unit states.
        /app/a.js:4 budget-at-risk: At an assumed 10M requests a month `orders` costs $10.3, over these $0.50. State `monthly_requests`.
    "#]]
    .assert_eq(&(told(&[("a.js", &limit(BUSY))]) + &told(&[("a.js", &limit(&[]))])));
}

#[test]
fn many_units_over_a_budget_are_counted() {
    let units: Vec<_> =
        (0..9).map(|index| (format!("u{index}.js"), unit(&format!("u{index}"), BUSY))).collect();
    let mut files: Vec<_> = units.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("klotho.yaml", "budget:\n  per_unit_usd: 1\n"));
    let told = told(&files);
    assert!(told.contains(", 5 more. `klotho-ls plan`") && told.lines().count() == 5, "{told}");
}

#[test]
fn a_cheaper_target_has_one_fix_the_switch() {
    let orders = unit("orders", &["target = \"e$0cs\"", "[workload]", "monthly_requests = 100_000"]);
    let config = "execution_units:\n  orders:\n    type: ecs\n";
    let fixture = Fixture::new(&[("a.js", &orders), ("klotho.yaml", config)]);
    let fixes: Vec<_> = fixture.actions().into_iter().filter(|action| action.kind == "quickfix").collect();
    assert_eq!(fixes.len(), 1);
    assert_eq!(fixes[0].fixes[0].code.name(), "cheaper-target");
    let after = fixture.disk.edited(&fixes[0].edit);
    assert!(
        after.0["klotho.yaml"].contains("type: lambda") && after.0["a.js"].contains("target = \"lambda\"")
    );
    assert_eq!(after.findings(), Vec::<String>::new());
}

#[test]
fn a_load_balancer_that_units_share_is_paid_once() {
    let app = "const express = require(\"express\");\nconst app = express();\n";
    let route = |path: &str| format!("app.get(\"/{path}\", (req, res) => res.send(1));\n");
    let expose =
        "/* @klotho::expose {\n *   id = \"api\"\n *   target = \"public\"\n * }\n */\napp.listen(3000);\n";
    let one = format!("{}{app}{}{expose}", unit("one", BUSY), route("one"));
    let config = |budget: u32, api: &str| {
        format!(
            "execution_units:\n  one:\n    type: ecs\nexposed:\n  api:\n    type: {api}\nbudget:\n  monthly_usd: {budget}\n"
        )
    };
    // The sum of one unit is its own bill, whatever stands in front of it.
    for api in ["alb", "apigateway"] {
        let told = told(&[("index.js", &one), ("package.json", "{}"), ("klotho.yaml", &config(1, api))]);
        let sums: Vec<_> = told.split("traffic costs $").skip(1).map(|rest| rest.split(' ').next()).collect();
        let bill = told.split("`one` ($").nth(1).and_then(|rest| rest.split(')').next());
        assert_eq!(sums.first().copied().flatten(), bill, "{told}");
    }
}

#[test]
fn what_units_use_counts_for_the_application_and_for_no_unit() {
    let unit = unit("orders", &["[workload]", "monthly_requests = 1_000_000"]);
    let store = "/* @klotho::persist {\n *   id = \"users\"\n * }\n */\nexports.users = new Map();\n";
    let budget = "budget:\n  monthly_usd: 0\n  per_unit_usd: 0\n";
    let told = told(&[("a.js", &format!("{unit}{store}")), ("klotho.yaml", budget)]);
    let of = |code: &str, line: u32| {
        let found = told.lines().find(|found| found.starts_with(&format!("/app/klotho.yaml:{line} {code}")));
        found.unwrap_or_default().to_owned()
    };
    assert!(of("budget-exceeded", 2).contains("`users`"), "{told}");
    assert!(!of("budget-exceeded", 3).contains("`users`"), "{told}");
}
