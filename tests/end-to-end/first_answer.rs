//! The first moments: the folder is still being listed, which a hook holds up for as long as a test wants.

use crate::client::Client;
use crate::workspace::{folder, named, uri, write};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const UNIT: &str = "// @klotho::execution_unit { id = \"a\" }\n\n// @klotho::nonsense\nexport const x = 1;\n";
const CONFIG: &str = "execution_units:\n  a:\n    type: ecs\n  lost:\n    type: ecs\n";

const HELD: &str = "held-folder";

/// A folder whose listing waits until it is let go, with a project in it.
struct Held {
    /// Removed when the test ends.
    _root: TempDir,
    folder: PathBuf,
}

impl Held {
    fn new() -> Self {
        let root = folder(&[]);
        let held = root.path().join(HELD);
        write(&held, "b/src/a.js", UNIT);
        write(&held, "b/klotho.yaml", CONFIG);
        write(&held, "b/package.json", "{}");
        Self { folder: held, _root: root }
    }

    fn client(&self, capabilities: &Value) -> Client {
        Client::greeted(json!({ "workspaceFolders": [named(&self.folder)], "capabilities": capabilities }))
    }

    fn file(&self, path: &str) -> String {
        uri(&Path::new(&self.folder).join(path))
    }
}

fn let_go(client: &mut Client) {
    client.notify("klotho/test/release", json!({}));
}

fn hover(client: &mut Client, file: &str) -> String {
    let hover = client.hover(file, 0, 8);
    hover["result"]["contents"]["value"].as_str().unwrap_or_default().to_owned()
}

fn codes(found: &[Value]) -> Vec<&str> {
    found.iter().filter_map(|found| found["code"].as_str()).collect()
}

#[test]
fn an_open_file_is_answered_with_its_configuration_while_the_folder_is_read() {
    let held = Held::new();
    let mut client = held.client(&json!({ "textDocument": { "inlayHint": {} } }));
    let file = held.file("b/src/a.js");
    client.open(&file, "javascript", UNIT);
    let shown = hover(&mut client, &file);
    assert!(shown.contains("ECS on Fargate") && shown.contains("still being read"), "{shown}");
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let whole = json!({ "textDocument": { "uri": file }, "range": range });
    let hints = client.request("textDocument/inlayHint", whole);
    assert!(hints.to_string().contains("Fargate"), "{hints}");
    let outline = client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": file } }));
    assert_eq!(outline["result"][0]["name"], "a", "{outline}");
    // What is wrong in the file whatever its project is; nothing that only the whole can tell.
    assert_eq!(codes(&client.diagnostics(&file, 0)), ["unknown-capability"]);
    let config = held.file("b/klotho.yaml");
    client.open(&config, "yaml", CONFIG);
    assert_eq!(client.diagnostics(&config, 0), [] as [Value; 0]);
    let_go(&mut client);
    assert_eq!(codes(&client.diagnostics(&config, 0)), ["config-unknown-resource"]);
    let shown = hover(&mut client, &file);
    assert!(shown.contains("ECS on Fargate") && !shown.contains("still being read"), "{shown}");
}

#[test]
fn hints_and_lenses_are_asked_for_anew_when_the_rest_is_known() {
    let held = Held::new();
    let refresh = json!({ "inlayHint": { "refreshSupport": true }, "codeLens": { "refreshSupport": true } });
    let mut client = held.client(&json!({ "workspace": refresh }));
    let file = held.file("b/src/a.js");
    client.open(&file, "javascript", UNIT);
    client.diagnostics(&file, 0);
    for _ in ["of the part", "of the whole"] {
        client.serve("workspace/inlayHint/refresh");
        client.serve("workspace/codeLens/refresh");
        let_go(&mut client);
    }
}

#[test]
fn a_file_that_is_open_already_is_answered_so_when_its_folder_comes() {
    let held = Held::new();
    let mut client = Client::greeted(json!({ "capabilities": {} }));
    let file = held.file("b/src/a.js");
    client.open(&file, "javascript", UNIT);
    assert!(hover(&mut client, &file).contains("Lambda"));
    let event = json!({ "event": { "added": [named(&held.folder)], "removed": [] } });
    client.notify("workspace/didChangeWorkspaceFolders", event);
    let shown = hover(&mut client, &file);
    assert!(shown.contains("ECS on Fargate") && shown.contains("still being read"), "{shown}");
    let_go(&mut client);
}

#[test]
fn a_folder_that_goes_while_it_is_read_leaves_nothing_behind() {
    let held = Held::new();
    let mut client = held.client(&json!({}));
    let file = held.file("b/src/a.js");
    client.open(&file, "javascript", UNIT);
    assert!(hover(&mut client, &file).contains("ECS"));
    let event = json!({ "event": { "added": [], "removed": [named(&held.folder)] } });
    client.notify("workspace/didChangeWorkspaceFolders", event);
    let shown = hover(&mut client, &file);
    assert!(shown.contains("Lambda") && !shown.contains("still being read"), "{shown}");
    let_go(&mut client);
    assert!(hover(&mut client, &file).contains("Lambda"));
}

fn token_of(message: &Value) -> &Value {
    &message["params"]["token"]
}

/// The next progress of that kind.
fn progress(client: &mut Client, kind: &str) -> Value {
    client.wait(|message| message["method"] == "$/progress" && message["params"]["value"]["kind"] == kind)
}

#[test]
fn a_reading_that_takes_its_time_is_shown_to_clients_that_can_and_ends() {
    let held = Held::new();
    let mut client = held.client(&json!({ "window": { "workDoneProgress": true } }));
    let created = client.serve("window/workDoneProgress/create");
    let begin = progress(&mut client, "begin");
    assert_eq!(*token_of(&begin), created["token"]);
    assert_eq!(begin["params"]["value"]["title"], "Klotho: reading files");
    assert_eq!(begin["params"]["value"]["percentage"], Value::Null);
    let_go(&mut client);
    assert_eq!(*token_of(&progress(&mut client, "end")), created["token"]);
}

#[test]
fn a_reading_that_never_ends_is_no_longer_shown_after_goodbye() {
    let held = Held::new();
    let mut client = held.client(&json!({ "window": { "workDoneProgress": true } }));
    client.serve("window/workDoneProgress/create");
    progress(&mut client, "begin");
    client.request("shutdown", Value::Null);
    progress(&mut client, "end");
}

#[test]
fn a_folder_that_goes_ends_the_progress_of_its_reading() {
    let held = Held::new();
    let mut client = held.client(&json!({ "window": { "workDoneProgress": true } }));
    client.serve("window/workDoneProgress/create");
    progress(&mut client, "begin");
    let event = json!({ "event": { "added": [], "removed": [named(&held.folder)] } });
    client.notify("workspace/didChangeWorkspaceFolders", event);
    progress(&mut client, "end");
    let_go(&mut client);
}

#[test]
fn a_client_that_refuses_to_show_progress_is_not_asked_again() {
    let held = Held::new();
    let mut client = held.client(&json!({ "window": { "workDoneProgress": true } }));
    let file = held.file("b/src/a.js");
    client.open(&file, "javascript", UNIT);
    client.refuse("window/workDoneProgress/create");
    // The reading goes on meanwhile, and is told of in steps.
    for version in 1..=50 {
        client.edit(&file, version, 1, 0, 0, " ");
        client.diagnostics(&file, version);
    }
    let_go(&mut client);
    client.hover(&file, 0, 8);
    assert_eq!(client.unread("window/workDoneProgress/create"), 0);
}
