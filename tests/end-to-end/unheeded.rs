//! A target that only an annotation names: the compiler does not obey it, and no command is silent about that.

use crate::command_line::{run, text};
use crate::workspace::folder;
use expect_test::{Expect, expect};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const SOURCE: &str = "/* @klotho::execution_unit {\n *   id = \"web\"\n *   target = \"ecs\"\n *   [workload]\n *   monthly_requests = 300_000_000\n *   request_duration_ms = 500\n *   cpu_ms = 5\n * }\n */\nexports.run = () => 1;\n";

fn project() -> TempDir {
    folder(&[("package.json", "{}"), ("index.js", SOURCE)])
}

/// The lines of what a command prints that speak of the compiler, or of what is to do.
fn said(arguments: &[&str], folder: &Path, expected: &Expect) {
    let output = run(arguments, folder);
    let printed = text(&output.stdout);
    let about = ["compiler", "the configuration", "writes", "To change", "written", "Changed", "Nothing"];
    let lines: Vec<_> = printed.lines().filter(|line| about.iter().any(|word| line.contains(word))).collect();
    expected.assert_eq(&lines.join("\n"));
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
}

fn configuration(folder: &Path) -> String {
    fs::read_to_string(folder.join("klotho.yaml")).unwrap_or_default()
}

#[test]
fn costs_say_what_the_compiler_will_use() {
    let folder = project();
    let folder = folder.path();
    said(
        &["cost"],
        folder,
        &expect![[r#"
        Note: web: the compiler will use AWS Lambda, $1,310.03 a month, until the configuration says ECS on
          Fargate, which `klotho-ls switch web ecs` writes there"#]],
    );
    said(
        &["cost", "--format", "markdown"],
        folder,
        &expect![
            "**Note:** web: the compiler will use AWS Lambda, $1,310.03 a month, until the configuration says ECS on Fargate, which `klotho-ls switch web ecs` writes there"
        ],
    );
    let document: Value =
        serde_json::from_slice(&run(&["cost", "--format", "json"], folder).stdout).expect("a document");
    assert_eq!(document["units"][0]["obeyed"], "lambda");
}

#[test]
fn the_plan_writes_down_what_stays_and_is_not_obeyed() {
    let folder = project();
    let folder = folder.path();
    said(
        &["plan"],
        folder,
        &expect![[r#"
            web    ECS on Fargate, 11 tasks of 0.25 vCPU / 0.5 GB  to be written down  $99.11
              as it is, the compiler will use lambda: it does not obey the annotation
            To change 1 unit: klotho-ls plan . --write"#]],
    );
    let diff = run(&["plan", "--diff"], folder);
    assert_eq!(
        text(&diff.stdout),
        "--- /dev/null\n+++ klotho.yaml\n@@ -0,0 +1,3 @@\n+execution_units:\n+  web:\n+    type: ecs\n"
    );
    assert_eq!(configuration(folder), "");
    said(
        &["plan", "--write"],
        folder,
        &expect![[r#"
            web    ECS on Fargate, 11 tasks of 0.25 vCPU / 0.5 GB  to be written down  $99.11
              as it is, the compiler will use lambda: it does not obey the annotation
            Changed web in klotho.yaml."#]],
    );
    assert_eq!(configuration(folder), "execution_units:\n  web:\n    type: ecs\n");
    said(&["plan", "--write"], folder, &expect!["Nothing to change."]);
}

#[test]
fn to_switch_to_what_the_annotation_names_writes_it_to_the_configuration() {
    let folder = project();
    let folder = folder.path();
    said(
        &["switch", "web", "ECS on Fargate"],
        folder,
        &expect![[r#"
        Switched web to ecs in klotho.yaml as well, without which the compiler would use lambda.
        Changed klotho.yaml."#]],
    );
    assert_eq!(configuration(folder), "execution_units:\n  web:\n    type: ecs\n");
    assert_eq!(fs::read_to_string(folder.join("index.js")).expect("a file"), SOURCE);
    let output = run(&["switch", "web", "ecs"], folder);
    assert_eq!(text(&output.stdout), "web runs on ecs already.\n");
}

#[test]
fn what_cannot_run_there_is_not_written_down() {
    let unit = |rest: &str| {
        format!(
            "/* @klotho::execution_unit {{\n *   id = \"web\"\n{rest} * }}\n */\nexports.run = () => 1;\n"
        )
    };
    let unknown = unit(" *   target = \"mainframe\"\n");
    let barred = unit(" *   target = \"ecs\"\n *   [requires]\n *   scale_to_zero = true\n");
    let c_sharp = unit(" *   target = \"ecs\"\n").replace("exports.run = () => 1;", "public class A {}");
    for (file, source, target, reason) in [
        ("index.js", &unknown, "mainframe", "web cannot run on mainframe: it is no target of aws"),
        ("index.js", &barred, "ecs", "web cannot run on ecs: "),
        ("A.cs", &c_sharp, "ecs", "web cannot run on ecs: the compiler does not build csharp for it"),
    ] {
        let root = folder(&[("package.json", "{}"), ("a.csproj", "<Project/>"), (file, source)]);
        let refused = run(&["switch", "web", target], root.path());
        let said = text(&refused.stderr);
        assert!(refused.status.code() == Some(2) && said.contains(reason), "{said}");
        assert_eq!(configuration(root.path()), "");
        let costs = text(&run(&["cost"], root.path()).stdout);
        let note = costs.split("Note: ").nth(1).expect("a note").replace("\n  ", " ");
        assert!(
            note.contains("is among the findings of klotho-ls check") && !note.contains("switch"),
            "{note}"
        );
    }
}

#[test]
fn what_is_only_to_be_written_down_waits_for_no_traffic() {
    let config = "defaults:\n  execution_unit:\n    type: ecs\n";
    let source = "/* @klotho::execution_unit {\n *   id = \"web\"\n *   target = \"lambda\"\n * }\n */\nexports.run = () => 1;\n";
    let root = folder(&[("package.json", "{}"), ("index.js", source), ("klotho.yaml", config)]);
    let root = root.path();
    assert!(text(&run(&["plan"], root).stdout).ends_with("To change 1 unit: klotho-ls plan . --write\n"));
    assert!(text(&run(&["plan", "--write"], root).stdout).ends_with("Changed web in klotho.yaml.\n"));
    let written = configuration(root);
    assert!(written.contains("web:\n    type: lambda\n"), "{written}");
    assert!(text(&run(&["plan", "--write"], root).stdout).ends_with("Nothing to change.\n"));
}
