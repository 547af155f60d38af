//! The commands, on the projects of `tests/apps` and on planted mistakes.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_klotho-ls"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("it runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn apps() -> Vec<PathBuf> {
    let entries = fs::read_dir(repository().join("tests/apps")).expect("apps").flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

fn graph(folder: &Path) -> Vec<u8> {
    let output = run(&["graph", "--format", "json"], folder);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    output.stdout
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

#[test]
fn every_app_is_clean_and_its_graph_fits_the_schema() {
    let schema = fs::read_to_string(repository().join("docs/graph.schema.json")).expect("the schema");
    let schema: Value = serde_json::from_str(&schema).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    for app in apps() {
        let document: Value = serde_json::from_slice(&graph(&app)).expect("JSON");
        let errors: Vec<_> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new(), "{}", app.display());
        let report = run(&["--check", "--format", "json", "."], &app);
        assert_eq!(text(&report.stdout), "{\"version\":1,\"diagnostics\":[]}\n", "{}", app.display());
        let check = run(&["--check"], &app);
        assert_eq!(text(&check.stdout), "No findings.\n", "{}", app.display());
        assert_eq!(check.status.code(), Some(0));
    }
}

#[test]
fn the_same_project_gives_the_same_bytes_elsewhere() {
    for app in apps() {
        let elsewhere = tempfile::tempdir().expect("a folder");
        copy(&app, &elsewhere.path().join("deeper/in"));
        assert_eq!(text(&graph(&app)), text(&graph(&elsewhere.path().join("deeper/in"))));
    }
}

#[test]
fn bad_input_is_a_finding_at_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a file");
    write("binary.ts", b"\0\x01\x02@klotho::persist\0");
    write("klotho.yaml", b"app: [x\n");
    write("large.ts", &vec![b' '; 20 << 20]);
    write("latin.ts", b"// caf\xe9\n// @klotho::execution_unit { id = \"a\" }\nexport const x = 1;\n");
    write("long.js", b"// @klotho::execution_unit { id = \"abcdefghijklmnopqrstuvwxyz\" }\n");
    write("open.js", b"// @klotho::execution_unit {\n//   id = \"b\"\n");
    write("toml.js", b"// @klotho::execution_unit { id = users }\n");
    let output = run(&["check", "--format", "json"], folder.path());
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let rows = report["diagnostics"].as_array().expect("rows").iter();
    let found: Vec<_> = rows
        .map(|row| {
            format!(
                "{} {} {}",
                row["file"].as_str().unwrap_or("-"),
                row["code"].as_str().unwrap_or("-"),
                row["range"]["start"]["line"]
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            "binary.ts file-skipped 0",
            "klotho.yaml config-syntax 1",
            "large.ts file-skipped 0",
            "latin.ts file-skipped 0",
            "long.js id-invalid 0",
            "open.js annotation-syntax 0",
            "toml.js annotation-syntax 0",
        ]
    );
    let shown = text(&run(&["check"], folder.path()).stdout);
    assert!(shown.contains("toml.js:1:35"), "{shown}");
}

#[test]
fn wrong_usage_ends_with_two_and_says_why() {
    for arguments in [
        &["check", "no/such/folder"][..],
        &["graph", "no/such/folder"],
        &["explain", "nothing"],
        &["--wrong"],
    ] {
        let output = run(arguments, &repository());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn every_finding_is_explained() {
    let all = text(&run(&["explain", "--all"], &repository()).stdout);
    assert!(all.contains("## target-conflict (warning)"));
    let one = text(&run(&["explain", "target-conflict"], &repository()).stdout);
    assert!(one.starts_with("## target-conflict (warning)") && all.contains(&one));
}
