//! The editor, told or asking, and the check say the same of the same text.

use crate::client::{Client, server};
use crate::workspace::{folder, greeting, uri, write};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;
use tempfile::TempDir;

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

/// What is written somewhere into a file, and makes or breaks something there.
const PIECES: [&str; 8] =
    ["", "\"", "}", "🎵\r\n", "// @klotho::persist { id = \"a\" }\n", "@klotho::", "\n", "  main: 1\n"];

/// Findings by file; the file is empty for a project as a whole. Of each what matters, in one line.
type Rows = BTreeMap<String, Vec<String>>;

fn row(severity: &str, found: &Value, place: &Value) -> String {
    format!("{severity} {} {} {}", found["code"], place, found["message"])
}

fn checked(root: &Path) -> Rows {
    let mut check = server(&["check", "--format", "json"]);
    let output = check.current_dir(root).stdout(Stdio::piped()).output().expect("it runs");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let mut rows = Rows::new();
    for found in report["diagnostics"].as_array().expect("findings") {
        let file = found["file"].as_str().unwrap_or_default().to_owned();
        let severity = found["severity"].as_str().expect("a severity");
        rows.entry(file).or_default().push(row(severity, found, &found["range"]));
    }
    rows.values_mut().for_each(|rows| rows.sort());
    rows
}

/// What the editor shows in the files, with what the check says of the projects as a whole taken out to where the check
/// has it: the editor shows it in a first line.
fn shown<'a>(files: impl IntoIterator<Item = (&'a str, &'a [Value])>, whole: &[String]) -> Rows {
    let (mut rows, mut whole) = (Rows::new(), whole.to_vec());
    for (file, found) in files {
        for found in found {
            let number = found["severity"].as_u64().expect("a severity") as usize;
            let severity = ["error", "warning", "information", "hint"][number - 1];
            let of_project = row(severity, found, &Value::Null);
            let is_first = found["range"]["start"] == json!({ "line": 0, "character": 0 });
            let (file, row) = match whole.iter().position(|row| *row == of_project) {
                Some(index) if is_first => (String::new(), whole.remove(index)),
                _ => (file.to_owned(), row(severity, found, &found["range"])),
            };
            rows.entry(file).or_default().push(row);
        }
    }
    rows.values_mut().for_each(|rows| rows.sort());
    rows
}

/// One way to come by the findings of open documents.
struct Editor {
    client: Client,
    pulls: bool,
    names: Vec<(&'static str, String)>,
    versions: Vec<i64>,
}

impl Editor {
    fn new(root: &TempDir, texts: &[String], pulls: bool) -> Self {
        let mut capabilities = json!({});
        if pulls {
            capabilities["textDocument"]["diagnostic"] = json!({});
            capabilities["workspace"]["diagnostics"]["refreshSupport"] = true.into();
        }
        let mut client = Client::greeted(greeting(&[root], &capabilities));
        let names: Vec<_> = FILES.iter().map(|(path, _)| (*path, uri(&root.path().join(path)))).collect();
        for ((path, uri), text) in names.iter().zip(texts) {
            let language = match path.rsplit('.').next() {
                Some("js") => "javascript",
                Some("ts") => "typescript",
                Some("py") => "python",
                other => other.unwrap_or_default(),
            };
            client.open(uri, language, text);
        }
        Self { client, pulls, versions: vec![0; names.len()], names }
    }

    fn set(&mut self, file: usize, text: &str) {
        self.versions[file] += 1;
        let change = json!([{ "text": text }]);
        self.client.change(&self.names[file].1, self.versions[file], &change);
    }

    /// Waits until it shows what is `expected`: a client that is told never again shows it forever.
    fn shows(&mut self, expected: &Rows) {
        let whole = expected.get("").cloned().unwrap_or_default();
        let mut found: Vec<Vec<Value>> = vec![Vec::new(); self.names.len()];
        loop {
            if self.pulls {
                for (index, (_, uri)) in self.names.iter().enumerate() {
                    let asked = json!({ "textDocument": { "uri": uri } });
                    let report = self.client.request("textDocument/diagnostic", asked);
                    found[index] = report["result"]["items"].as_array().expect("items").clone();
                }
            }
            let files = self.names.iter().zip(&found).map(|((path, _), found)| (*path, found.as_slice()));
            if shown(files, &whole) == *expected {
                return;
            }
            let awaited = match self.pulls {
                true => "workspace/diagnostic/refresh",
                false => "textDocument/publishDiagnostics",
            };
            let message = self.client.wait(|message| message["method"] == awaited);
            if self.pulls {
                self.client.send(json!({ "id": message["id"], "result": null }));
            } else if let Some(index) =
                self.names.iter().position(|(_, uri)| message["params"]["uri"] == **uri)
            {
                found[index] = message["params"]["diagnostics"].as_array().expect("findings").clone();
            }
        }
    }

    /// What is still told after the end is of no interest.
    fn leave(mut self) {
        self.client.request("shutdown", Value::Null);
        self.client.forget("workspace/diagnostic/refresh");
    }
}

fn write_all(root: &Path, texts: &[String]) {
    for ((path, _), text) in FILES.iter().zip(texts) {
        write(root, path, text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn the_editor_and_the_check_find_the_same(
        edits in prop::collection::vec((0..FILES.len(), 0.0..1.0_f64, 0..9_usize, 0..PIECES.len()), 0..12)
    ) {
        let (before, after) = (folder(&FILES), folder(&[]));
        let mut texts: Vec<String> = FILES.iter().map(|(_, text)| (*text).to_owned()).collect();
        let mut editors = [false, true].map(|pulls| Editor::new(&before, &texts, pulls));
        for (file, share, length, piece) in edits {
            let text = &mut texts[file];
            let floor = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
            let start = floor((share * text.len() as f64) as usize).unwrap_or_default();
            let end = floor(start + length).unwrap_or(start).max(start);
            text.replace_range(start..end, PIECES[piece]);
            for editor in &mut editors {
                editor.set(file, text);
            }
        }
        write_all(after.path(), &texts);
        let expected = checked(after.path());
        for mut editor in editors {
            editor.shows(&expected);
            editor.leave();
        }
    }
}

#[test]
fn the_mistakes_are_found_at_all() {
    let root = folder(&FILES);
    let found: usize = checked(root.path()).values().map(Vec::len).sum();
    assert!(found > 5, "{found}");
}
