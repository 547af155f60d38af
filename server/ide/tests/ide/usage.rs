//! Figures in files beside the code: the usage file and measurements.

use crate::support::{Disk, Fixture, ROOT, new_host};
use klotho_ide::{Change, Contents, contents_of};

const ORDERS: &str = "// @klotho::execution_$0unit { id = \"my-orders\" }\nexports.run = async () => 1;\n";

fn orders() -> String {
    ORDERS.replace("$0", "")
}

const USAGE: &str = "version: 0.1
resource_type_default_usage:
  aws_lambda_function:
    request_duration_ms: 500
resource_usage:
  module.shop.aws_lambda_function.my_orders[0]:
    monthly_requests: 5000000
    memory_mb: 256
";

fn hover(files: &[(&str, &str)]) -> String {
    let hover = Fixture::new(files).hover();
    hover.split_once("Assumed: ").map_or(hover.clone(), |(stated, _)| stated.to_owned())
}

#[test]
fn the_usage_file_tells_the_traffic_of_the_unit_with_the_resources_name() {
    let hover = hover(&[("index.js", ORDERS), ("infracost-usage.yml", USAGE)]);
    assert!(hover.contains("At 5M requests a month"), "{hover}");
    let own = "From infracost-usage.yml: `monthly_requests = 5M`, `memory_mb = 256`\n";
    let of_type = "From infracost-usage.yml, for the type of resource: `request_duration_ms = 500`\n";
    assert!(hover.contains(own) && hover.contains(of_type), "{hover}");
}

#[test]
fn whoever_is_nearer_to_the_unit_is_believed_first() {
    let unit = "/* @klotho::execution_$0unit {\n id = \"my-orders\"\n [workload]\n monthly_requests = 1000\n} */\nexports.run = 1;\n";
    let config =
        "defaults:\n  execution_unit:\n    workload:\n      memory_mb: 1024\n      request_duration_ms: 7\n";
    let hover = hover(&[("index.js", unit), ("infracost-usage.yml", USAGE), ("klotho.yaml", config)]);
    assert!(hover.contains("At 1k requests a month"), "{hover}");
    assert!(hover.contains("From infracost-usage.yml: `memory_mb = 256`\n"), "{hover}");
    assert!(!hover.contains("type of resource"), "{hover}");
}

#[test]
fn faults_of_the_usage_file_stand_at_their_places() {
    let usage = "version: 3\nresource_usage:\n  aws_lambda_function.my-orders:\n    monthly_request: 5\n    request_duration_ms: x\n    zone: 1\n";
    let disk = Disk::new(&[("index.js", &orders()), ("infracost-usage.yml", usage)]);
    let lines = ["1", "4", "5"].map(|line| format!("infracost-usage.yml:{line} usage-invalid"));
    assert_eq!(disk.findings(), lines);
    let snapshot = disk.snapshot();
    let messages: Vec<_> = snapshot.diagnostics("/app/infracost-usage.yml");
    let messages: Vec<_> = messages.iter().map(|found| found.message.as_str()).collect();
    expect_test::expect![[r#"
        `version` must be 0.1, the one that Infracost has, not 3. It counts as not said.
        No key `monthly_request` of a unit's resource is known, so it counts as not said. Did you mean `monthly_requests`?
        `request_duration_ms` must be a number of ms, not a text. It counts as not said."#]]
    .assert_eq(&messages.join("\n"));
    let broken = Disk::new(&[("index.js", &orders()), ("infracost-usage.yml", "a: [\n")]);
    assert_eq!(broken.findings(), ["infracost-usage.yml:2 usage-invalid"]);
}

#[test]
fn a_usage_file_is_no_source_wherever_it_lies() {
    let usage = "# @klotho::execution_unit { id = \"x\" }\nversion: 0.1\n";
    let disk = Disk::new(&[
        ("index.js", &orders()),
        ("infracost-usage.yml", usage),
        ("a/infracost-usage.yml", "x: [\n"),
    ]);
    assert_eq!(disk.findings(), Vec::<String>::new());
    assert_eq!(disk.snapshot().project(ROOT).unwrap().derived().units.len(), 1);
}

#[test]
fn what_names_no_unit_can_be_listed() {
    let disk = Disk::new(&[("index.js", &orders()), ("infracost-usage.yml", USAGE)]);
    assert_eq!(disk.snapshot().unmatched_usage(ROOT), Vec::<String>::new());
    let other = orders().replace("my-orders", "orders");
    let disk = Disk::new(&[("index.js", &other), ("infracost-usage.yml", USAGE)]);
    assert_eq!(disk.snapshot().unmatched_usage(ROOT), ["module.shop.aws_lambda_function.my_orders[0]"]);
}

fn tuned(named: &str) -> String {
    format!(
        "/* @klotho::execution_$0unit {{\n id = \"orders\"\n [workload]\n memory_mb = 1024\n power_tuning = \"{named}\"\n}} */\n\
         exports.run = 1;\n"
    )
}

const TUNING: &str = r#"{"power": 512, "cost": 1e-7, "duration": 40, "stats": [
    {"value": 512, "averageDuration": 40}, {"value": 1024, "averageDuration": 22.5}]}"#;

#[test]
fn a_measurement_tells_the_duration_where_nobody_states_one() {
    let unit = tuned("tuning/orders.json");
    let measured = hover(&[("index.js", &unit), ("tuning/orders.json", TUNING)]);
    assert!(measured.contains("Measured: `request_duration_ms = 22.5`, at 1024 MB\n"), "{measured}");
    let other = unit.replace("1024", "300");
    let nearest = hover(&[("index.js", &other), ("tuning/orders.json", TUNING)]);
    let text = "`request_duration_ms = 40`, at 512 MB, the nearest size that was measured\n";
    assert!(nearest.contains(text), "{nearest}");
    let stated = unit.replace(" memory_mb", " request_duration_ms = 9\n memory_mb");
    assert!(!hover(&[("index.js", &stated), ("tuning/orders.json", TUNING)]).contains("Measured"));
}

#[test]
fn a_measurement_that_cannot_be_used_is_said_where_it_is_named() {
    let message = |named: &str| {
        let unit = tuned(named).replace("$0", "");
        let files =
            [("index.js", unit.as_str()), ("a.json", "{}"), ("b.ts", "export {};\n"), ("package.json", "{}")];
        let all = Disk::new(&files).snapshot().diagnostics("/app/index.js");
        all.into_iter().map(|found| found.message).collect::<Vec<_>>().join("\n")
    };
    let outside = "`power_tuning` must name a JSON file inside the project, by its path from the root.";
    for named in ["../a.json", "/etc/passwd", "b.ts", "a/../../x.json", ""] {
        assert_eq!(message(named), outside, "{named}");
    }
    assert_eq!(message("no.json"), "there is no file `no.json` in the project.");
    assert_eq!(
        message("a.json"),
        "`a.json` is no result of AWS Lambda Power Tuning: it holds neither `power` and `duration` nor `stats`."
    );
}

#[test]
fn edits_of_such_files_count_in_the_editor_and_on_the_disk() {
    let unit = tuned("t.json").replace("$0", "");
    let disk =
        Disk::new(&[("index.js", &unit), ("t.json", TUNING), ("infracost-usage.yml", "version: 0.1\n")]);
    let mut host = new_host();
    disk.load(&mut host);
    let shown = |host: &mut klotho_ide::Host| {
        disk.deliver(host);
        host.snapshot().hover("/app/index.js", 5).unwrap().markdown
    };
    assert!(shown(&mut host).contains("request_duration_ms = 22.5"));
    let text = TUNING.replace("22.5", "11");
    let contents = contents_of("t.json", text.clone().into_bytes());
    host.apply(Change::Read { path: "/app/t.json".into(), contents });
    assert!(shown(&mut host).contains("request_duration_ms = 11"));
    host.apply(Change::Open { path: "/app/t.json".into(), language: None, version: 1, text: TUNING.into() });
    assert!(shown(&mut host).contains("request_duration_ms = 22.5"));
    let usage = "resource_usage:\n  aws_lambda_function.orders: { monthly_requests: 77 }\n".to_owned();
    host.apply(Change::Open {
        path: "/app/infracost-usage.yml".into(),
        language: None,
        version: 1,
        text: usage,
    });
    assert!(shown(&mut host).contains("At 77 requests a month"));
    host.apply(Change::Close { path: "/app/infracost-usage.yml".into() });
    assert!(shown(&mut host).contains("an assumed 10M requests"));
    host.apply(Change::Read { path: "/app/t.json".into(), contents: Contents::Missing });
    host.apply(Change::Close { path: "/app/t.json".into() });
    assert!(shown(&mut host).contains("request_duration_ms = 22.5"), "the disk counts again");
    host.apply(Change::Read { path: "/app/t.json".into(), contents: Contents::Missing });
    disk.deliver(&mut host);
    let found = host.snapshot().diagnostics("/app/index.js");
    assert!(found.iter().any(|found| found.message.starts_with("there is no file `t.json`")), "{found:?}");
}

#[test]
fn a_document_that_is_open_before_it_is_named_counts_once_it_is() {
    let unit = tuned("t.json").replace("$0", "");
    let disk = Disk::new(&[("index.js", "exports.run = 1;\n"), ("t.json", "{}")]);
    let mut host = new_host();
    disk.load(&mut host);
    host.apply(Change::Open { path: "/app/t.json".into(), language: None, version: 1, text: TUNING.into() });
    disk.deliver(&mut host);
    for text in [unit.as_str(), "exports.run = 1;\n", unit.as_str()] {
        let contents = contents_of("index.js", text.to_owned().into_bytes());
        host.apply(Change::Read { path: "/app/index.js".into(), contents });
        disk.deliver(&mut host);
    }
    let hover = host.snapshot().hover("/app/index.js", 5).unwrap().markdown;
    assert!(hover.contains("request_duration_ms = 22.5"), "{hover}");
}
