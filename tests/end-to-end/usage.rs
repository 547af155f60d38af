//! Figures that stand in files beside the code, for the command line and for an editor.

use crate::client::Client;
use crate::command_line::{rows, run, text};
use crate::workspace::{folder, greeting, uri, write};
use serde_json::json;
use std::path::Path;

const UNIT: &str = "/* @klotho::execution_unit {
 *   id = \"orders\"
 *   [workload]
 *   power_tuning = \"tuning/orders.json\"
 * }
 */
exports.run = async () => 1;
";
const USAGE: &str = "resource_usage:\n  aws_lambda_function.orders:\n    monthly_requests: 5000000\n";
const TUNING: &str = r#"{"power": 512, "duration": 40, "stats": [{"value": 512, "averageDuration": 40}]}"#;

fn change(client: &mut Client, file: &Path, kind: i32) {
    let changes = json!([{ "uri": uri(file), "type": kind }]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
}

#[test]
fn hovers_follow_the_usage_file_and_the_measurement_on_the_disk() {
    let root = folder(&[
        ("index.js", UNIT),
        ("package.json", "{}"),
        ("infracost-usage.yml", USAGE),
        ("tuning/orders.json", TUNING),
    ]);
    let markdown = json!({ "textDocument": { "hover": { "contentFormat": ["markdown"] } } });
    let mut client = Client::greeted(greeting(&[&root], &markdown));
    let file = uri(&root.path().join("index.js"));
    client.open(&file, "javascript", UNIT);
    assert!(client.diagnostics(&file, 0).is_empty());
    let until = |client: &mut Client, part: &str| loop {
        let hover = client.hover(&file, 0, 8);
        if hover["result"]["contents"]["value"].as_str().is_some_and(|shown| shown.contains(part)) {
            break;
        }
    };
    until(&mut client, "At 5M requests a month");
    until(&mut client, "Measured: `request_duration_ms = 40`, at 512 MB\n");
    write(root.path(), "infracost-usage.yml", &USAGE.replace("5000000", "70000"));
    change(&mut client, &root.path().join("infracost-usage.yml"), 2);
    until(&mut client, "At 70k requests a month");
    write(root.path(), "tuning/orders.json", &TUNING.replace("40", "9"));
    change(&mut client, &root.path().join("tuning/orders.json"), 2);
    until(&mut client, "Measured: `request_duration_ms = 9`, at 512 MB\n");
    std::fs::remove_file(root.path().join("infracost-usage.yml")).expect("it is there");
    change(&mut client, &root.path().join("infracost-usage.yml"), 3);
    until(&mut client, "At an assumed 10M requests a month");
}

#[test]
fn the_check_and_the_editor_find_the_same_in_them() {
    let usage = USAGE.replace("5000000", "many");
    let root = folder(&[
        ("index.js", UNIT),
        ("package.json", "{}"),
        ("infracost-usage.yml", &usage),
        ("tuning/orders.json", "{}"),
    ]);
    let output = run(&["check", "--format", "json"], root.path());
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert_eq!(rows(&output.stdout), ["index.js workload-invalid 3", "infracost-usage.yml usage-invalid 2"]);
    let mut client = Client::greeted(greeting(&[&root], &json!({})));
    for (name, language, code) in
        [("index.js", "javascript", "workload-invalid"), ("infracost-usage.yml", "yaml", "usage-invalid")]
    {
        let path = root.path().join(name);
        client.open(&uri(&path), language, &std::fs::read_to_string(&path).expect("a file"));
        let found = client.diagnostics(&uri(&path), 0);
        assert_eq!(found.iter().map(|found| &found["code"]).collect::<Vec<_>>(), [code]);
    }
}

#[cfg(unix)]
#[test]
fn nothing_but_regular_files_of_the_project_is_read() {
    let secret = folder(&[("orders.json", TUNING), ("infracost-usage.yml", USAGE)]);
    let root = folder(&[("index.js", UNIT), ("package.json", "{}")]);
    std::os::unix::fs::symlink(secret.path(), root.path().join("tuning")).expect("a link");
    let usage = root.path().join("infracost-usage.yml");
    std::os::unix::fs::symlink(secret.path().join("infracost-usage.yml"), usage).expect("a link");
    let output = run(&["check", "--format", "json"], root.path());
    assert_eq!(rows(&output.stdout), ["index.js workload-invalid 3"]);
}

#[test]
fn a_budget_points_at_the_units_that_exceed_it() {
    let config = "budget:\n  monthly_usd: 1\n";
    let root = folder(&[
        ("index.js", UNIT),
        ("package.json", "{}"),
        ("klotho.yaml", config),
        ("infracost-usage.yml", USAGE),
        ("tuning/orders.json", TUNING),
    ]);
    let output = run(&["check", "--format", "json"], root.path());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(rows(&output.stdout), ["klotho.yaml budget-exceeded 1"]);
    let file = root.path().join("klotho.yaml");
    for (capabilities, pointed) in [
        (json!({ "textDocument": { "publishDiagnostics": { "relatedInformation": true } } }), true),
        (json!({}), false),
    ] {
        let mut client = Client::greeted(greeting(&[&root], &capabilities));
        client.open(&uri(&file), "yaml", config);
        let found = client.diagnostics(&uri(&file), 0);
        assert_eq!(found[0]["code"], "budget-exceeded");
        let place = &found[0]["relatedInformation"][0]["location"];
        let expected = uri(&root.path().join("index.js"));
        assert_eq!(place["uri"].as_str(), pointed.then_some(expected.as_str()), "{found:?}");
    }
}
