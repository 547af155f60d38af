//! Which findings count: levels, what is known already, what is new since a revision.

use super::command_line::{run, text};
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const MISTAKE: &str = "// @klotho::soon\n\nrun();\n";
const WORSE: &str = "// @klotho::soon\n\nrun();\n\n// @klotho::execution_unit { id = \"a b\" }\n\nrun();\n";

fn project(source: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("package.json"), "{}").expect("written");
    fs::write(folder.path().join("index.js"), source).expect("written");
    folder
}

/// The exit code and the codes of the findings.
fn check(folder: &Path, arguments: &[&str]) -> (i32, Vec<String>) {
    let output = run(&[&["check", "--format", "concise"], arguments].concat(), folder);
    let code = output.status.code().expect("it ends");
    assert_ne!(code, 2, "{}", text(&output.stderr));
    let word = |line: &str| Some(line.split_once('[')?.1.split_once(']')?.0.to_owned());
    (code, text(&output.stdout).lines().filter_map(word).collect())
}

#[test]
fn levels_are_given_by_code_and_by_group() {
    let folder = project(MISTAKE);
    let folder = folder.path();
    let found = vec!["unknown-capability".to_owned()];
    assert_eq!(check(folder, &[]), (0, found.clone()));
    assert_eq!(check(folder, &["--deny", "warnings"]), (1, found.clone()));
    assert_eq!(check(folder, &["--deny", "all", "--warn", "unknown-capability"]), (0, found));
    assert_eq!(check(folder, &["--allow", "unknown-capability"]), (0, Vec::new()));
    for wrong in [&["--deny", "unknown-capabilty"][..], &["--deny", "all", "--allow", "all"]] {
        let output = run(&[&["check"], wrong].concat(), folder);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        let said = text(&output.stderr);
        assert!(
            said.contains("Did you mean `unknown-capability`?") || said.contains("given two levels"),
            "{said}"
        );
    }
}

#[test]
fn only_what_is_new_counts() {
    let folder = project(MISTAKE);
    let folder = folder.path();
    let written = run(&["check", "--write-baseline", "known.json"], folder);
    assert_eq!(written.status.code(), Some(0), "{}", text(&written.stderr));
    assert_eq!(check(folder, &["--deny", "all", "--baseline", "known.json"]), (0, Vec::new()));
    fs::write(folder.join("index.js"), format!("\n{WORSE}")).expect("written");
    assert_eq!(check(folder, &["--baseline", "known.json"]), (1, vec!["id-invalid".to_owned()]));
    fs::write(folder.join("known.json"), "[]").expect("written");
    assert_eq!(run(&["check", "--baseline", "known.json"], folder).status.code(), Some(2));
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]).args(arguments);
    let output = command.output().expect("git");
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
}

#[test]
fn what_was_there_at_a_revision_is_known() {
    let folder = project(MISTAKE);
    let folder = folder.path();
    let inner = folder.join("services/one");
    fs::create_dir_all(&inner).expect("folders");
    fs::rename(folder.join("index.js"), inner.join("index.js")).expect("moved");
    fs::rename(folder.join("package.json"), inner.join("package.json")).expect("moved");
    git(folder, &["init", "-q"]);
    let early = run(&["check", "--changed"], folder);
    assert_eq!(early.status.code(), Some(2));
    assert!(text(&early.stderr).contains("has no commit yet"), "{}", text(&early.stderr));
    git(folder, &["add", "."]);
    git(folder, &["commit", "-q", "-m", "first"]);
    let status = |folder: &Path| {
        let output = Command::new("git").current_dir(folder).args(["status", "--porcelain"]).output();
        text(&output.expect("git").stdout)
    };
    fs::write(inner.join("index.js"), WORSE).expect("written");
    let before = status(folder);
    let new = (1, vec!["id-invalid".to_owned()]);
    assert_eq!(check(&inner, &["--changed"]), new);
    assert_eq!(check(folder, &["--since", "HEAD", "services/one"]), new);
    assert_eq!(status(folder), before, "neither files nor the index are touched");
    let unknown = run(&["check", "--since", "no-such"], &inner);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("git knows no revision \"no-such\""), "{}", text(&unknown.stderr));
}

#[test]
fn costs_are_compared_with_a_revision() {
    let folder = project("// @klotho::execution_unit { id = \"a\" }\nexports.run = () => {};\n");
    let folder = folder.path();
    git(folder, &["init", "-q"]);
    git(folder, &["add", "."]);
    git(folder, &["commit", "-q", "-m", "first"]);
    fs::write(folder.join("klotho.yaml"), "execution_units:\n  a:\n    type: ecs\n").expect("written");
    let output = run(&["cost", "--since", "HEAD"], folder);
    assert!(
        text(&output.stdout).contains("moved from AWS Lambda to ECS on Fargate"),
        "{}",
        text(&output.stdout)
    );
    let comment = run(&["check", "--since", "HEAD", "--format", "markdown"], folder);
    assert!(
        text(&comment.stdout).contains("moved from AWS Lambda to ECS on Fargate"),
        "{}",
        text(&comment.stdout)
    );
}

#[test]
fn an_editor_can_check_what_is_not_saved() {
    let folder = project(MISTAKE);
    let mut command = Command::new(env!("CARGO_BIN_EXE_klotho-ls"));
    command.current_dir(folder.path()).args(["check", "--format", "concise", "--stdin-filename", "index.js"]);
    command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), WORSE.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("index.js:5:35: error[id-invalid]"), "{}", text(&output.stdout));
}
