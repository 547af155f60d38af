//! What changes behind the editor's back: with a client that watches files, and with one that does not.

use crate::client::Client;
use crate::workspace::{folder, greeting, uri, write};
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

const NAMES: [&str; 3] = ["a", "b", "c"];

/// A unit that says itself where it runs.
fn unit(id: &str) -> String {
    format!(
        "// @klotho::execution_unit {{\n//   id = \"{id}\"\n//   target = \"ecs\"\n// }}\nexports.x = 1;\n"
    )
}

fn config(of_a: &str) -> String {
    format!("execution_units:\n  a:\n    type: {of_a}\n  b:\n    type: ecs\n  c:\n    type: ecs\n")
}

fn project() -> TempDir {
    let root = folder(&[("package.json", "{}"), ("klotho.yaml", &config("ecs"))]);
    for name in NAMES {
        write(root.path(), &format!("{name}.js"), &unit(name));
    }
    root
}

fn file(root: &TempDir, name: &str) -> String {
    uri(&root.path().join(name))
}

fn codes(found: &[Value]) -> Vec<&str> {
    found.iter().filter_map(|found| found["code"].as_str()).collect()
}

/// A client with all units open, and their first findings read: none.
fn client(root: &TempDir, capabilities: &Value) -> Client {
    let mut client = Client::greeted(greeting(&[root], capabilities));
    for name in NAMES {
        let uri = file(root, &format!("{name}.js"));
        client.open(&uri, "javascript", &unit(name));
        assert_eq!(client.diagnostics(&uri, 0), [] as [Value; 0]);
    }
    client
}

fn watched(client: &mut Client, path: &Path, kind: u32) {
    let changes = json!([{ "uri": uri(path), "type": kind }]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
}

/// What the hint on a unit says.
fn hint(client: &mut Client, uri: &str) -> String {
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let hints =
        client.request("textDocument/inlayHint", json!({ "textDocument": { "uri": uri }, "range": range }));
    hints["result"][0]["label"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_configuration_that_changes_on_disk_moves_what_it_is_about_and_nothing_else() {
    let root = project();
    let mut client = client(&root, &json!({ "textDocument": { "inlayHint": {}, "codeLens": {} } }));
    let (a, b) = (file(&root, "a.js"), file(&root, "b.js"));
    assert!(hint(&mut client, &a).starts_with("Fargate"));
    write(root.path(), "klotho.yaml", &config("lambda"));
    watched(&mut client, &root.path().join("klotho.yaml"), 2);
    assert_eq!(codes(&client.diagnostics(&a, 0)), ["target-conflict"]);
    assert!(hint(&mut client, &a).starts_with("Lambda"), "the configuration is obeyed");
    assert!(hint(&mut client, &b).starts_with("Fargate"));
    // Told again of what is known already, nothing is said again.
    watched(&mut client, &root.path().join("klotho.yaml"), 2);
    write(root.path(), "klotho.yaml", &config("ecs"));
    watched(&mut client, &root.path().join("klotho.yaml"), 2);
    assert_eq!(client.diagnostics(&a, 0), [] as [Value; 0]);
    assert_eq!(client.unread_publications(), 0);
}

#[test]
fn a_configuration_that_is_edited_moves_what_it_is_about_and_nothing_else() {
    let root = project();
    let mut client = client(&root, &json!({}));
    let (a, yaml) = (file(&root, "a.js"), file(&root, "klotho.yaml"));
    client.open(&yaml, "yaml", &config("ecs"));
    assert_eq!(client.diagnostics(&yaml, 0), [] as [Value; 0]);
    client.edit(&yaml, 1, 2, 10, 13, "lambda");
    assert_eq!(codes(&client.diagnostics(&a, 0)), ["target-conflict"]);
    client.diagnostics(&yaml, 1);
    client.edit(&yaml, 2, 2, 10, 16, "ecs");
    assert_eq!(client.diagnostics(&a, 0), [] as [Value; 0]);
    client.diagnostics(&yaml, 2);
    client.request("shutdown", Value::Null);
    assert_eq!(client.unread_publications(), 0);
}

#[test]
fn a_new_source_file_counts_and_nothing_else_is_said() {
    let root = project();
    let mut client = client(&root, &json!({}));
    let yaml = file(&root, "klotho.yaml");
    let more = format!("{}  d:\n    type: ecs\n", config("ecs"));
    client.open(&yaml, "yaml", &more);
    assert_eq!(codes(&client.diagnostics(&yaml, 0)), ["config-unknown-resource"]);
    write(root.path(), "deep/d.js", &unit("d"));
    watched(&mut client, &root.path().join("deep/d.js"), 1);
    assert_eq!(client.diagnostics(&yaml, 0), [] as [Value; 0]);
    std::fs::remove_file(root.path().join("deep/d.js")).expect("it is there");
    watched(&mut client, &root.path().join("deep/d.js"), 3);
    assert_eq!(codes(&client.diagnostics(&yaml, 0)), ["config-unknown-resource"]);
    assert_eq!(client.unread_publications(), 0);
}

#[test]
fn a_client_that_watches_nothing_is_believed_to_have_changed_the_disk_when_it_saves() {
    let root = project();
    let mut client = client(&root, &json!({}));
    let a = file(&root, "a.js");
    write(root.path(), "klotho.yaml", &config("lambda"));
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": file(&root, "b.js") } }));
    assert_eq!(codes(&client.diagnostics(&a, 0)), ["target-conflict"]);
    assert_eq!(client.unread_publications(), 0);
}

#[test]
fn and_when_it_opens_a_file() {
    let root = project();
    let mut client = client(&root, &json!({}));
    let (a, b) = (file(&root, "a.js"), file(&root, "b.js"));
    client.close(&b);
    write(root.path(), "klotho.yaml", &config("lambda"));
    client.open(&b, "javascript", &unit("b"));
    assert_eq!(codes(&client.diagnostics(&a, 0)), ["target-conflict"]);
    assert_eq!(client.diagnostics(&b, 0), [] as [Value; 0]);
    assert_eq!(client.unread_publications(), 0);
}

#[test]
fn a_file_that_is_renamed_while_it_is_open_is_there_once() {
    const STORE: &str =
        "// @klotho::persist { id = \"notes\" }\nconst notes = new Map();\nexports.notes = notes;\n";
    let root = folder(&[
        ("package.json", "{}"),
        ("index.js", "require('./old');\nrequire('./new');\n"),
        ("old.js", STORE),
    ]);
    let mut client = Client::greeted(greeting(&[&root], &json!({})));
    let (old, new) = (file(&root, "old.js"), file(&root, "new.js"));
    client.open(&old, "javascript", STORE);
    assert_eq!(client.diagnostics(&old, 0), [] as [Value; 0]);
    std::fs::rename(root.path().join("old.js"), root.path().join("new.js")).expect("it is there");
    let changes = json!([{ "uri": old, "type": 3 }, { "uri": new, "type": 1 }]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    client.open(&new, "javascript", STORE);
    assert_eq!(client.diagnostics(&new, 0), [] as [Value; 0]);
    let found = client.request("workspace/symbol", json!({ "query": "notes" }));
    assert!(found["result"].to_string().contains("new.js"), "{found}");
    // The buffer that is left goes on working, by itself.
    client.edit(&old, 1, 2, 0, 0, "// @klotho::nonsense\n");
    assert_eq!(codes(&client.diagnostics(&old, 1)), ["unknown-capability"]);
    let hover = client.hover(&old, 0, 8);
    assert!(hover["result"].to_string().contains("notes"), "{hover}");
    let references = json!({ "context": { "includeDeclaration": true }, "textDocument": { "uri": new }, "position": { "line": 1, "character": 7 } });
    let found = client.request("textDocument/references", references)["result"].to_string();
    assert!(found.contains("new.js") && !found.contains("old.js"), "{found}");
}
