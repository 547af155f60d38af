//! The bare cost model from the command line.

use crate::command_line::{repository, run, text};
use crate::workspace::folder;
use serde_json::{Value, json};

fn published() -> String {
    repository().join("server/cost/tests/examples/published.json").to_str().expect("a path").to_owned()
}

#[test]
fn published_examples_cost_what_was_published() {
    let output = run(&["estimate", &published()], &repository());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let rows: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    let examples = std::fs::read_to_string(published()).expect("the examples");
    let examples: Value = serde_json::from_str(&examples).expect("JSON");
    let examples = examples["examples"].as_array().expect("a list").clone();
    assert_eq!(rows.len(), examples.len());
    for (row, example) in rows.iter().zip(&examples) {
        assert_eq!(row["id"], example["id"]);
        let (cost, published) = (&row["monthly_total"], &example["published"]["monthly_total"]);
        let amount = |value: &Value| value.as_f64().expect("an amount");
        assert!(
            (amount(cost) - amount(published)).abs() <= amount(&example["tolerance_usd"]) + 1e-9,
            "{row}"
        );
    }
}

#[test]
fn a_wrong_entry_says_why_and_does_not_stop_others() {
    let cases = r#"[
        { "id": "good", "target": "lambda", "region": "us-east-1", "inputs": { "requests": 1e6, "duration_ms": 100, "memory_mb": 512 } },
        { "id": "wrong", "target": "lambda", "region": "us-east-1", "inputs": { "requets": 1 } }
    ]"#;
    let folder = folder(&[("cases.json", cases)]);
    let output = run(&["estimate", "cases.json"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    expect_test::expect![[r#"
        klotho-ls: wrong: `requets` is not an input of this target; did you mean `requests`?
    "#]]
    .assert_eq(&text(&output.stderr));
    expect_test::expect![[r#"
        [
          {
            "id": "good",
            "monthly_total": 1.033335,
            "components": {
              "duration": 0.833335,
              "requests": 0.2
            },
            "missing": []
          },
          {
            "id": "wrong",
            "monthly_total": null,
            "components": {},
            "missing": [],
            "error": "wrong: `requets` is not an input of this target; did you mean `requests`?"
          }
        ]
    "#]]
    .assert_eq(&text(&output.stdout));
}

#[test]
fn what_can_be_estimated_is_listed_with_its_inputs() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(&["estimate", "--list"], folder.path());
    assert_eq!(output.status.code(), Some(0));
    let listed = text(&output.stdout);
    assert!(listed.starts_with("lambda\n    requests, duration_ms, memory_mb"), "{listed}");
    assert!(listed.contains("\ncloud_run_request_based\n"), "{listed}");
}

#[test]
fn an_estimate_is_followed_to_its_prices() {
    let case = r#"[{ "id": "api", "target": "apigateway_http", "region": "us-east-1", "inputs": { "requests": 400000000 } }]"#;
    let folder = folder(&[("cases.json", case)]);
    let output = run(&["estimate", "--explain", "cases.json"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let rows: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let ids: Vec<_> =
        rows[0]["prices"].as_array().expect("prices").iter().map(|price| price["id"].clone()).collect();
    expect_test::expect![[r#"
        [{"name":"gateway","monthly":"390","formula":"300,000,000 request x $0.000001 + 100,000,000 request x $0.0000009","prices":["aws.apigw.http.t1","aws.apigw.http.t2"]}]
        ["aws.apigw.http.t1","aws.apigw.http.t2"]"#]].assert_eq(&format!("{}\n{}", rows[0]["explained"], json!(ids)));
}
