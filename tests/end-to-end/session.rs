//! What an editor sees while someone works.

use crate::client::Client;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const BAD: &str = "/* 🎵 @klotho::execution_unit { id = users } */\r\nexport const x = 1;\r\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        fs::write(folder.path().join(path), text).expect("a file");
    }
    folder
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.canonicalize().expect("it is there").display())
}

fn greeting(folders: &[&TempDir], encodings: &[&str]) -> Value {
    let folders: Vec<_> =
        folders.iter().map(|folder| json!({ "uri": uri(folder.path()), "name": "x" })).collect();
    let literal = json!({ "codeActionKind": { "valueSet": ["quickfix", "refactor"] } });
    json!({
        "workspaceFolders": folders,
        "capabilities": {
            "general": { "positionEncodings": encodings },
            "textDocument": { "codeAction": { "codeActionLiteralSupport": literal } },
        },
    })
}

#[test]
fn columns_are_right_in_every_encoding() {
    // `users` stands after an astral character: four bytes, two UTF-16 units, one character.
    for (offered, start) in [(&["utf-8"][..], 39), (&[][..], 37), (&["utf-32"][..], 36)] {
        let root = folder(&[("a.ts", BAD)]);
        let mut client = Client::greeted(greeting(&[&root], offered));
        let file = uri(&root.path().join("a.ts"));
        client.open(&file, "typescript", BAD);
        let found = client.diagnostics(&file, 0);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0]["code"], "annotation-syntax");
        assert_eq!(found[0]["range"]["start"]["character"], start, "{offered:?}: {found:?}");
        client.edit(&file, 1, 0, start, start + 5, "\"users\"");
        assert_eq!(client.diagnostics(&file, 1), Vec::<Value>::new());
    }
}

#[test]
fn each_root_is_its_own_project() {
    let text = "// @klotho::execution_unit { id = \"a\" }\n\nexport const x = 1;\n";
    let one = folder(&[("a.js", text), ("klotho.yaml", "execution_units:\n  a:\n    type: ecs\n")]);
    let other = folder(&[("a.js", text)]);
    let mut client = Client::greeted(greeting(&[&one, &other], &[]));
    for (root, target) in [(&one, "ECS"), (&other, "Lambda")] {
        let file = uri(&root.path().join("a.js"));
        client.open(&file, "javascript", text);
        client.diagnostics(&file, 0);
        let at = json!({ "textDocument": { "uri": file }, "position": { "line": 0, "character": 8 } });
        // Until the folder has been read the file is a project by itself.
        let shows_target = (0..10_000).any(|_| {
            let hover = client.request("textDocument/hover", at.clone());
            hover["result"]["contents"]["value"].as_str().is_some_and(|text| text.contains(target))
        });
        assert!(shows_target, "{target}");
    }
}

#[test]
fn a_document_that_lies_nowhere_is_served() {
    let mut client = Client::greeted(greeting(&[], &[]));
    client.open("untitled:Untitled-1", "typescript", BAD);
    assert_eq!(client.diagnostics("untitled:Untitled-1", 0).len(), 1);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": "untitled:Untitled-1" } }));
    let cleared = client.wait(|message| message["params"]["diagnostics"] == json!([]));
    assert_eq!(cleared["params"]["uri"], "untitled:Untitled-1");
}
