//! Files and folders that people make, rename and delete in their editor.

use crate::client::Client;
use crate::workspace::{folder, greeting, uri, write};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const PAGES: &str = "// @klotho::embed_assets {\n//   id = \"pages\"\n//   include = [\"pages/*.html\"]\n// }\nexports.x = 1;\n";

fn project() -> TempDir {
    folder(&[("package.json", "{}"), ("index.js", PAGES), ("pages/a.html", "")])
}

/// What an editor says that tells of all these.
fn operations() -> Value {
    let operations = json!({ "willRename": true, "didRename": true, "didCreate": true, "didDelete": true });
    json!({ "workspace": { "fileOperations": operations } })
}

fn moved(root: &Path, old: &str, new: &str) -> Value {
    json!({ "files": [{ "oldUri": uri(&root.join(old)), "newUri": uri(&root.join(new)) }] })
}

fn codes(found: &[Value]) -> Vec<&str> {
    found.iter().filter_map(|found| found["code"].as_str()).collect()
}

#[test]
fn only_what_the_client_says_is_asked_for() {
    let operations = |said: Value| {
        let mut client = Client::start();
        let root = folder(&[]);
        let capabilities =
            client.greet(greeting(&[&root], &json!({ "workspace": { "fileOperations": said } })));
        capabilities["workspace"]["fileOperations"].clone()
    };
    assert_eq!(operations(Value::Null), Value::Null);
    let filters = json!({ "filters": [{ "scheme": "file", "pattern": { "glob": "**/*" } }] });
    assert_eq!(operations(json!({ "willRename": true })), json!({ "willRename": filters }));
    let all = json!({
        "willRename": true, "didRename": true, "willCreate": true, "didCreate": true, "willDelete": true, "didDelete": true,
    });
    let told =
        json!({ "willRename": filters, "didRename": filters, "didCreate": filters, "didDelete": filters });
    assert_eq!(operations(all), told);
}

#[test]
fn what_names_a_folder_follows_it_and_nothing_is_found_to_be_wrong() {
    let root = project();
    let mut client = Client::greeted(greeting(&[&root], &operations()));
    let file = uri(&root.path().join("index.js"));
    client.open(&file, "javascript", PAGES);
    assert_eq!(codes(&client.diagnostics(&file, 0)), [""; 0]);
    let answer = client.request("workspace/willRenameFiles", moved(root.path(), "pages", "views"));
    let edits = &answer["result"]["changes"][&file];
    assert_eq!(edits.as_array().map(Vec::len), Some(1), "{answer}");
    assert_eq!(edits[0]["newText"], "views/*.html");
    client.change(&file, 1, &json!([{ "range": edits[0]["range"], "text": edits[0]["newText"] }]));
    fs::rename(root.path().join("pages"), root.path().join("views")).expect("it is there");
    client.notify("workspace/didRenameFiles", moved(root.path(), "pages", "views"));
    // Until the disk was looked at nothing lies at the new place.
    while codes(&client.diagnostics(&file, 1)) != [""; 0] {}
}

#[test]
fn a_rename_that_concerns_nobody_changes_nothing() {
    let root = project();
    let mut client = Client::greeted(greeting(&[&root], &operations()));
    let file = uri(&root.path().join("index.js"));
    client.open(&file, "javascript", PAGES);
    client.diagnostics(&file, 0);
    for (old, new) in [("pages/a.html", "pages/b.html"), ("other", "another"), ("pages", "pages")] {
        let answer = client.request("workspace/willRenameFiles", moved(root.path(), old, new));
        assert_eq!(answer["result"], Value::Null, "{old}");
    }
    let away =
        json!({ "files": [{ "oldUri": uri(&root.path().join("pages")), "newUri": "file:///elsewhere" }] });
    assert_eq!(client.request("workspace/willRenameFiles", away)["result"], Value::Null);
    let odd = json!({ "files": [{ "oldUri": "untitled:a", "newUri": uri(&root.path().join("a.js")) }] });
    assert_eq!(client.request("workspace/willRenameFiles", odd)["result"], Value::Null);
}

#[test]
fn files_that_come_and_go_count_though_nobody_watches() {
    let root = project();
    let mut client = Client::greeted(greeting(&[&root], &operations()));
    let file = uri(&root.path().join("index.js"));
    client.open(&file, "javascript", PAGES);
    client.diagnostics(&file, 0);
    let page = uri(&root.path().join("pages/a.html"));
    fs::remove_file(root.path().join("pages/a.html")).expect("it is there");
    client.notify("workspace/didDeleteFiles", json!({ "files": [{ "uri": page }] }));
    assert_eq!(codes(&client.diagnostics(&file, 0)), ["no-files-matched"]);
    write(root.path(), "pages/a.html", "");
    client.notify("workspace/didCreateFiles", json!({ "files": [{ "uri": page }] }));
    assert_eq!(codes(&client.diagnostics(&file, 0)), [""; 0]);
    // The pattern matches a file of another name no more.
    fs::rename(root.path().join("pages/a.html"), root.path().join("pages/a.txt")).expect("it is there");
    client.notify("workspace/didRenameFiles", moved(root.path(), "pages/a.html", "pages/a.txt"));
    assert_eq!(codes(&client.diagnostics(&file, 0)), ["no-files-matched"]);
}
