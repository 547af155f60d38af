//! Annotations of one unit in several files that do not agree.

use crate::support::{Fixture, ROOT};

fn unit(id: &str, body: &str) -> String {
    let lines: String = body.lines().map(|line| format!(" *   {line}\n")).collect();
    format!("/* @klotho::execution_unit {{\n *   id = \"{id}\"\n{lines} * }}\n */\nexports.run = () => 1;\n")
}

/// The messages about a project with two units' files, and what the model takes for the first unit's memory and requests.
fn told(first: &str, second: &str, config: &str) -> (Vec<String>, String) {
    let (first, second) = (unit("a", first) + "$0", unit("a", second));
    let files = [
        ("package.json", "{}"),
        ("a.js", &*first),
        ("b.js", &second),
        ("c.js", &unit("c", "")),
        ("klotho.yaml", config),
    ];
    let fixture = Fixture::new(&files);
    let found = fixture.snapshot.project_diagnostics(ROOT).into_iter();
    let found = found.filter(|found| found.code.name() == "workload-conflict");
    let told = found.map(|found| {
        let path = found.path.clone().unwrap_or_default();
        let text = fixture.snapshot.text(&path).map(|text| text.to_string());
        let text = text.unwrap_or_else(|| fixture.disk.0[path.trim_start_matches("/app/")].clone());
        format!("{} {}: {}", path.trim_start_matches("/app/"), &text[found.span.range()], found.message)
    });
    (told.collect(), fixture.snapshot.unit_cost(ROOT, "a").unwrap())
}

#[test]
fn the_value_that_counts_is_named_at_the_other() {
    let low = "[workload]\nmonthly_requests = 1_000_000\nmemory_mb = 512";
    let high = "[workload]\nmonthly_requests = 2_000_000\nmemory_mb = 512\n[requires]\nmax_request_s = 5";
    let (found, cost) = told(low, high, "app: a\n");
    let expected = "b.js 2_000_000: `monthly_requests` of `a` is 1000000 in a.js, which counts, and this is passed over. State it in \
                    one place alone.";
    assert_eq!(found, [expected]);
    assert!(cost.contains("at 1M requests"), "{cost}");
    let (found, cost) = told(high, low, "app: a\n");
    assert_eq!(found.len(), 1);
    assert!(cost.contains("at 2M requests"), "{cost}");
}

#[test]
fn what_agrees_or_is_settled_is_not_told() {
    let one = "[workload]\nmonthly_requests = 1_000_000";
    let (found, _) = told(one, "[workload]\nmonthly_requests = 1000000", "app: a\n");
    assert_eq!(found, [""; 0]);
    let (found, _) = told(one, "[workload]\nmemory_mb = 1024", "app: a\n");
    assert_eq!(found, [""; 0]);
    let settled = "execution_units:\n  a:\n    workload:\n      monthly_requests: 3000000\n";
    let (found, cost) = told(one, "[workload]\nmonthly_requests = 2_000_000", settled);
    assert_eq!(found, [""; 0]);
    assert!(cost.contains("at 3M requests"), "{cost}");
}
