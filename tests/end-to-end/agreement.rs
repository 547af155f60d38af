//! The editor and the check say the same of the same text.

use crate::client::{Client, server};
use crate::workspace::{folder, greeting, uri};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Stdio;

/// Mistakes of several kinds in two projects, behind astral characters and every line ending.
const FILES: [(&str, &str); 8] = [
    ("one/klotho.yaml", "app: one\nexecution_units:\n  main:\n    type: lambda\n  nobody:\n    type: ecs\n"),
    (
        "one/index.js",
        "require('./store');\n// @klotho::execution_unit {\n//   id = \"main\"\n//   target = \"ecs\"\n// }\nmodule.exports = 1;\n",
    ),
    (
        "one/store.js",
        "const x = '🎵'; // é\r\n/* 🎵🎵 @klotho::persist { id = \"a b\" } */\r\nconst m = new Map();\r\n",
    ),
    ("one/odd.ts", "// 🎵 @klotho::nonsense\r\rexport const x = 1; /* 🎵 @klotho::persist { id = x } */\n"),
    ("two/klotho.yaml", "app: [two\n"),
    ("two/main.py", "# é @klotho::persist {\n#   id = \"cache\"\n# }\nx = 1\n"),
    (
        "two/long.go",
        "package a\n\n// @klotho::execution_unit { id = \"abcdefghijklmnopqrstuvwxyz\" }\nfunc f() {}\n",
    ),
    ("rest.js", "// @klotho::expose { id = \"api\" }\nconst x = 1;\n"),
];

/// What matters of a finding, in one line.
fn row(file: &str, severity: &str, found: &Value) -> String {
    format!("{file} {severity} {} {} {}", found["code"], found["range"], found["message"])
}

fn checked(root: &Path) -> Vec<String> {
    let mut check = server(&["check", "--format", "json"]);
    let output = check.current_dir(root).stdout(Stdio::piped()).output().expect("it runs");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let found = report["diagnostics"].as_array().expect("findings").iter();
    let in_files = found.filter_map(|found| Some((found["file"].as_str()?, found)));
    in_files.map(|(file, found)| row(file, found["severity"].as_str().expect("a severity"), found)).collect()
}

fn edited(root: &tempfile::TempDir) -> Vec<String> {
    let mut client = Client::greeted(greeting(&[root], &json!({})));
    let names: Vec<_> = FILES.iter().map(|(path, _)| (*path, uri(&root.path().join(path)))).collect();
    for ((path, text), (_, uri)) in FILES.iter().zip(&names) {
        let language = match path.rsplit('.').next() {
            Some("js") => "javascript",
            Some("ts") => "typescript",
            Some("py") => "python",
            other => other.unwrap_or_default(),
        };
        client.open(uri, language, text);
    }
    let severity = |found: &Value| {
        ["error", "warning", "information", "hint"]
            [found["severity"].as_u64().expect("a severity") as usize - 1]
    };
    let mut rows = Vec::new();
    for (path, uri) in &names {
        // The last publication counts: the first may have come before the other documents were open.
        let mut found = client.diagnostics(uri, 0);
        while let Some(later) = client.later_diagnostics(uri) {
            found = later;
        }
        rows.extend(found.iter().map(|found| row(path, severity(found), found)));
    }
    rows
}

#[test]
fn the_editor_and_the_check_find_the_same() {
    let root = folder(&FILES);
    let (mut checked, mut edited) = (checked(root.path()), edited(&root));
    checked.sort();
    edited.sort();
    assert!(checked.len() > 5, "{checked:#?}");
    assert_eq!(edited, checked);
}
