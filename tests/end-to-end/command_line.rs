//! The commands, on the projects of `tests/apps` and on planted mistakes.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(crate) fn run(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_klotho-ls"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("it runs")
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// File, code and first line of each row of a report.
pub(crate) fn rows(report: &[u8]) -> Vec<String> {
    let report: Value = serde_json::from_slice(report).expect("JSON");
    let rows = report["diagnostics"].as_array().expect("rows").iter();
    let row = |row: &Value| {
        let word = |key: &str| row[key].as_str().unwrap_or("-").to_owned();
        format!("{} {} {}", word("file"), word("code"), row["range"]["start"]["line"])
    };
    rows.map(row).collect()
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
    write("package.json", b"{}");
    write("binary.ts", b"\0\x01\x02@klotho::persist\0");
    write("klotho.yaml", b"app: [x\n");
    write("large.ts", &vec![b' '; 20 << 20]);
    write("latin.ts", b"// caf\xe9\n// @klotho::execution_unit { id = \"a\" }\nexport const x = 1;\n");
    write("long.js", b"// @klotho::execution_unit { id = \"abcdefghijklmnopqrstuvwxyz\" }\n");
    write("open.js", b"// @klotho::execution_unit {\n//   id = \"b\"\n");
    write("toml.js", b"// @klotho::execution_unit { id = users }\n");
    let output = run(&["check", "--format", "json"], folder.path());
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert_eq!(
        rows(&output.stdout),
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
    assert!(all.contains("## target-conflict\n\n**Warning.** "));
    let one = text(&run(&["explain", "target-conflict"], &repository()).stdout);
    assert!(one.starts_with("## target-conflict\n") && all.contains(&one));
    assert!(!all.contains("xtask") && !all.contains('\0'));
    let nul = text(&run(&["explain", "file-skipped"], &repository()).stdout);
    assert!(nul.contains("`index.js`, where each `\\0` is a NUL byte"), "{nul}");
}

#[test]
fn a_code_that_is_written_otherwise_is_found() {
    for (written, meant) in [("Target-Conflict", "target-conflict"), ("FILE_SKIPPED", "file-skipped")] {
        let output = run(&["explain", written], &repository());
        assert!(text(&output.stdout).starts_with(&format!("## {meant}\n")), "{}", text(&output.stderr));
    }
    let output = run(&["explain", "target-conflct"], &repository());
    let reason = text(&output.stderr);
    assert!(reason.contains("\"target-conflct\". Did you mean `target-conflict`?"), "{reason}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_folder_without_annotations_is_not_called_clean() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("index.js"), "f();\n").expect("a file");
    let output = run(&["check"], folder.path());
    let said = text(&output.stdout);
    assert!(said.starts_with("Nothing to check: no source here holds an annotation"), "{said}");
    assert_eq!(output.status.code(), Some(0));
    let comment = text(&run(&["check", "--format", "markdown"], folder.path()).stdout);
    assert!(comment.starts_with("### klotho-ls: nothing to check\n"), "{comment}");
    // A configuration was read and found right.
    fs::write(folder.path().join("klotho.yaml"), "app: a\n").expect("a file");
    fs::write(folder.path().join("package.json"), "{}").expect("a file");
    assert_eq!(text(&run(&["check"], folder.path()).stdout), "No findings.\n");
}

#[test]
fn every_section_that_an_explanation_refers_to_is_there() {
    let reference = fs::read_to_string(repository().join("docs/klotho-reference.md")).expect("the reference");
    let all = text(&run(&["explain", "--all"], &repository()).stdout);
    let cited = all.split("(reference, ").skip(1).filter_map(|rest| rest.split(')').next());
    let sections = cited.flat_map(|cited| cited.split(", "));
    for section in sections.filter(|section| section.starts_with(|first: char| first.is_ascii_digit())) {
        let number = section.split(' ').next().unwrap_or_default();
        let first =
            |line: &str| line.trim_start_matches(['#', '*', ' ']).split(' ').next().map(str::to_owned);
        let is_there = |line: &str| first(line).is_some_and(|word| word.trim_end_matches('.') == number);
        assert!(reference.lines().any(is_there), "{section}");
    }
    let one = text(&run(&["explain", "id-required"], &repository()).stdout);
    assert!(one.contains("The reference is docs/klotho-reference.md"), "{one}");
}

#[test]
fn the_page_on_workloads_lists_the_keys_that_the_program_knows() {
    let shown_there = fs::read_to_string(repository().join("docs/workload.md")).expect("the page");
    for code in ["workload-invalid", "target-infeasible"] {
        let page = text(&run(&["explain", code], &repository()).stdout);
        let lists = page.find("Keys of `[workload]`").map(|at| page[at..].trim_end()).expect("the lists");
        assert!(shown_there.contains(lists), "docs/workload.md needs this text:\n\n{lists}");
    }
}

#[test]
fn shells_and_manuals_know_every_command() {
    let help = text(&run(&["--help"], &repository()).stdout);
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands: Vec<_> = commands
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next())
        .filter(|word| *word != "help" && help.contains(&format!("\n  {word} ")))
        .collect();
    assert!(commands.contains(&"check") && commands.contains(&"plan"), "{help}");
    let mut texts = vec![text(&run(&["man"], &repository()).stdout)];
    // There is one page: it refers to no other.
    assert!(!texts[0].contains("(1)") && texts[0].contains("\\fBklotho\\-ls check\\fR"), "{}", texts[0]);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        texts.push(text(&run(&["completions", shell], &repository()).stdout));
    }
    for script in texts {
        for command in &commands {
            assert!(script.contains(command), "{command} is missing in:\n{script}");
        }
    }
}
