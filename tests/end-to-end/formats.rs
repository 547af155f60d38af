//! What `check` writes for people and machines, on a project with planted mistakes.

use super::command_line::{repository, run, text};
use expect_test::expect_file;
use roxmltree::Node;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

const FORMATS: [&str; 9] =
    ["text", "concise", "json", "json-lines", "github", "gitlab", "sarif", "junit", "markdown"];

fn report(format: &str) -> String {
    let output = run(&["check", "--format", format, "mistakes"], &repository().join("tests/check"));
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn every_format_says_the_same_of_one_project() {
    for format in FORMATS {
        let report = report(format);
        // Nobody reads one line of 80 KB; where prices come from depends on the day.
        let report = match format {
            "sarif" => format!("{:#}\n", without_rules(&report)),
            "json" | "gitlab" => format!("{:#}\n", serde_json::from_str::<Value>(&report).expect("JSON")),
            _ => report,
        };
        expect_file![repository().join("tests/check/expected").join(format)].assert_eq(&report);
    }
}

/// The rules are the definitions of all findings, which docs/findings.md shows.
fn without_rules(report: &str) -> Value {
    let mut document: Value = serde_json::from_str(report).expect("JSON");
    let rules = document["runs"][0]["tool"]["driver"]["rules"].take();
    let all = rules.as_array().expect("rules");
    for result in document["runs"][0]["results"].as_array().expect("results") {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(all[index]["id"], result["ruleId"]);
    }
    document
}

/// The schema that the crate `serde-sarif` was made from.
fn sarif_schema() -> Value {
    let manifest = repository().join("Cargo.toml");
    let metadata = cargo_metadata::MetadataCommand::new().manifest_path(manifest).exec().expect("metadata");
    let package = metadata.packages.iter().find(|package| package.name.as_str() == "serde-sarif");
    let folder = package.expect("the package").manifest_path.parent().expect("a folder").to_owned();
    let schema = fs::read_to_string(folder.join("src/schema.json")).expect("the schema");
    let mut schema: Value = serde_json::from_str(&schema).expect("JSON");
    // The one pattern that it has for languages is no regular expression: a bracket is closed twice.
    for kind in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][kind]["properties"]["language"];
        language.as_object_mut().expect("a schema").remove("pattern");
    }
    schema
}

#[test]
fn sarif_is_valid_and_within_what_github_takes() {
    let document: Value = serde_json::from_str(&report("sarif")).expect("JSON");
    let validator = jsonschema::validator_for(&sarif_schema()).expect("a schema");
    let errors: Vec<_> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    let mut wrong = document.clone();
    wrong["runs"][0]["results"][0]["level"] = "bad".into();
    assert!(!validator.is_valid(&wrong), "the schema tells right from wrong");

    let run = &document["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    for result in run["results"].as_array().expect("results") {
        assert_eq!(result["partialFingerprints"]["klothoLs/v1"].as_str().map(str::len), Some(16), "{result}");
        let places = result["locations"].as_array().expect("places").iter();
        for place in places.chain(result["relatedLocations"].as_array().into_iter().flatten()) {
            let uri = place["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("a URI");
            assert!(uri.starts_with("mistakes/"), "relative to where the command was run: {uri}");
        }
    }
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let page = fs::read_to_string(repository().join("docs/findings.md")).expect("the page");
    for rule in rules {
        let (_, anchor) = rule["helpUri"].as_str().and_then(|uri| uri.split_once('#')).expect("an anchor");
        assert!(page.lines().any(|line| line.strip_prefix("## ") == Some(anchor)), "{anchor} is no heading");
    }
    assert!(
        rules.len() <= 25_000
            && rules.iter().all(|rule| rule["properties"]["tags"].as_array().map(Vec::len) <= Some(20))
    );
}

#[test]
fn junit_counts_what_it_holds_and_names_every_case() {
    let xml = report("junit");
    let document = roxmltree::Document::parse(&xml).expect("well-formed");
    let root = document.root_element();
    let number =
        |node: Node<'_, '_>, name: &str| node.descendants().filter(|it| it.has_tag_name(name)).count();
    let said = |node: Node<'_, '_>, key: &str| node.attribute(key).and_then(|said| said.parse().ok());
    assert!(root.has_tag_name("testsuites") && number(root, "testsuite") > 1);
    for node in document.descendants().filter(Node::is_element) {
        match node.tag_name().name() {
            "testsuites" | "testsuite" => {
                assert!(
                    node.attribute("name").is_some_and(|name| !name.is_empty() && !name.starts_with('/'))
                );
                for (key, name) in [("tests", "testcase"), ("failures", "failure"), ("errors", "error")] {
                    assert_eq!(said(node, key), Some(number(node, name)), "{key} of {node:?}");
                }
            }
            "testcase" => assert!(node.attribute("name").is_some_and(|name| !name.is_empty()), "{node:?}"),
            "failure" => {
                assert!(node.attribute("message").is_some() && node.attribute("type") == Some("error"))
            }
            name => assert_eq!(name, "system-out"),
        }
    }
    let rows: Value = serde_json::from_str(&report("json")).expect("JSON");
    let rows = rows["diagnostics"].as_array().expect("rows");
    let errors = rows.iter().filter(|row| row["severity"] == "error").count();
    assert_eq!((number(root, "testcase"), number(root, "failure")), (rows.len(), errors));
}

/// What GitLab says of its reports (docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format).
const GITLAB_SEVERITIES: [&str; 5] = ["info", "minor", "major", "critical", "blocker"];

#[test]
fn gitlab_has_every_field_that_its_documentation_requires() {
    let text = report("gitlab");
    assert!(!text.starts_with('\u{feff}'), "GitLab takes no byte order mark");
    let rows: Value = serde_json::from_str(&text).expect("JSON");
    let rows = rows.as_array().expect("one array");
    let mut prints = BTreeSet::new();
    for row in rows {
        for key in ["description", "check_name", "fingerprint", "severity"] {
            assert!(row[key].as_str().is_some_and(|said| !said.is_empty()), "{key} of {row}");
        }
        assert!(GITLAB_SEVERITIES.contains(&row["severity"].as_str().expect("a word")), "{row}");
        assert!(prints.insert(row["fingerprint"].as_str()), "twice: {row}");
        let path = row["location"]["path"].as_str().expect("a path");
        assert!(!path.starts_with(['/', '.']) && !path.contains('\\'), "relative to the repository: {path}");
        let lines = &row["location"]["lines"];
        let [begin, end] = ["begin", "end"].map(|key| lines[key].as_u64().expect("a line"));
        assert!(begin >= 1 && end >= begin, "{row}");
    }
    let other: Value = serde_json::from_str(&report("json")).expect("JSON");
    assert_eq!(rows.len(), other["diagnostics"].as_array().expect("rows").len());
}

#[test]
fn fingerprints_outlive_moved_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let prints = |source: &str| {
        fs::write(folder.path().join("index.js"), source).expect("written");
        let output = run(&["check", "--format", "gitlab"], folder.path());
        let rows: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        rows.as_array().expect("rows").iter().map(|row| row["fingerprint"].to_string()).collect::<Vec<_>>()
    };
    let source = "// @klotho::soon { id = \"a\" }\n\nrun();\n\n// @klotho::soon { id = \"b\" }\n\nrun();\n";
    let before = prints(source);
    assert_eq!(before.len(), 3, "two mistakes and the missing project file: {before:?}");
    assert_ne!(before[1], before[2]);
    assert_eq!(prints(&format!("\n\n{source}")), before);
}

#[test]
fn several_reports_are_written_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("index.js"), "// @klotho::soon\n\nrun();\n").expect("written");
    let arguments =
        ["check", "--format", "concise", "--output", "sarif=out/a.sarif", "--output", "text=b.txt"];
    let output = run(&arguments, folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("index.js:1:13: warning[unknown-capability]"));
    assert!(
        fs::read_to_string(folder.path().join("out/a.sarif")).expect("SARIF").starts_with("{\"$schema\"")
    );
    let plain = fs::read_to_string(folder.path().join("b.txt")).expect("text");
    assert!(plain.contains("warning[unknown-capability]") && !plain.contains('\u{1b}'), "{plain}");

    let refused = run(&["check", "--output", "sarif"], folder.path());
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("write FORMAT=FILE"), "{}", text(&refused.stderr));
}
