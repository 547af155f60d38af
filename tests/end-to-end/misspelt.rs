//! A misspelt key of an annotation: what `check` says of it, in text and SARIF, what an editor underlines, and what `--fix` does and says.

use super::client::Client;
use super::command_line::text;
use super::workspace::{folder, greeting, uri};
use expect_test::expect;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const SOURCE: &str = "/* @klotho::execution_unit {\n *   id = \"main\"\n *   note = \"ours\"\n *   Id = \"a note too\"\n *   targt = \"ecs\"\n * }\n */\nexports.a = 1;\n";
const ASTRAL: &str = "/* 🎵e\u{301} @klotho::embed_assets { inclde = \"*.txt\" } */\nexports.a = 1;\n";

fn run(root: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_klotho-ls"));
    command.arg("check").args(arguments).current_dir(root).output().expect("it runs")
}

#[test]
fn it_is_said_where_it_stands_and_mended_with_what_that_moves() {
    let root = folder(&[("package.json", "{}"), ("index.js", SOURCE)]);
    expect![[r#"
        warning[unknown-directive]: The compiler and klotho-ls pass over `targt`, which is no key of `execution_unit`. Did you mean `target`?
         --> index.js:5:6
          |
        5 |  *   targt = "ecs"
          |      ^^^^^

        1 warning
        `--diff` shows what `--fix` would mend, if anything
    "#]].assert_eq(&text(&run(root.path(), &[]).stdout));
    let said = text(&run(root.path(), &["--fix"]).stderr);
    expect![[r#"
        klotho-ls: mended 1 of 1 finding in 1 file; 1 came to light by that, so 1 is left
        klotho-ls: main: $10.34 -> $18.02 a month (moved from AWS Lambda to ECS on Fargate)
    "#]]
    .assert_eq(&said);
    let mended = fs::read_to_string(root.path().join("index.js")).expect("text");
    assert_eq!(mended, SOURCE.replace("targt", "target"));
}

#[test]
fn its_place_is_that_of_the_key_in_units_of_utf_16() {
    let root = folder(&[("package.json", "{}"), ("index.js", ASTRAL)]);
    let sarif: Value =
        serde_json::from_slice(&run(root.path(), &["--format", "sarif"]).stdout).expect("JSON");
    let found = sarif["runs"][0]["results"].as_array().expect("results");
    let first = found.iter().find(|found| found["ruleId"] == "unknown-directive").expect("it is found");
    let region = &first["locations"][0]["physicalLocation"]["region"];
    let start = 1 + ASTRAL.split("inclde").next().expect("a start").encode_utf16().count();
    assert_eq!((&region["startLine"], &region["startColumn"]), (&json!(1), &json!(start)), "{region}");
    assert_eq!(region["endColumn"], json!(start + "inclde".len()), "{region}");

    let mut client = Client::greeted(greeting(&[&root], &json!({})));
    let file = uri(&root.path().join("index.js"));
    client.open(&file, "javascript", ASTRAL);
    let found = client.diagnostics(&file, 0);
    let shown = found.iter().find(|found| found["code"] == "unknown-directive").expect("it is shown");
    let range = json!({
        "start": { "line": 0, "character": start - 1 },
        "end": { "line": 0, "character": start - 1 + "inclde".len() },
    });
    assert_eq!(shown["range"], range);
}

#[test]
fn a_mark_is_said_where_no_file_holds_another_and_mended_by_decision() {
    let root = folder(&[("main.py", "# @klotho:execution_unit {\n#   id = \"a\"\n# }\nx = 1\n")]);
    expect![[r#"
        warning[mark-misspelt]: This is an ordinary comment to the compiler, which knows no `@klotho:`. For an annotation write `@klotho::execution_unit`.
         --> main.py:1:3
          |
        1 | # @klotho:execution_unit {
          |   ^^^^^^^^^^^^^^^^^^^^^^

        1 warning
        `--diff --unsafe-fixes` shows what can be mended where you decide
    "#]]
    .assert_eq(&text(&run(root.path(), &[]).stdout));
    run(root.path(), &["--fix"]);
    let kept = fs::read_to_string(root.path().join("main.py")).expect("a file");
    assert!(kept.starts_with("# @klotho:execution_unit"), "{kept}");
    run(root.path(), &["--fix", "--unsafe-fixes"]);
    let mended = fs::read_to_string(root.path().join("main.py")).expect("a file");
    assert!(mended.starts_with("# @klotho::execution_unit {"), "{mended}");
}
