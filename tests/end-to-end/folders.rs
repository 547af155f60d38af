//! Several roots, none, and roots that come and go.

use crate::client::Client;
use crate::workspace::{folder, greeting, named, uri, write};
use serde_json::{Value, json};
use std::path::Path;

const UNIT: &str = "// @klotho::execution_unit { id = \"a\" }\n\nexport const x = 1;\n";
const ECS: &str = "execution_units:\n  a:\n    type: ecs\n";

/// Asks until the hover on the unit in `file` names `target`: until its folder has been read the file is a project by
/// itself.
fn runs_on(client: &mut Client, file: &Path, target: &str) {
    let file = uri(file);
    client.open(&file, "javascript", UNIT);
    // Findings come only when the folder is known.
    client.diagnostics(&file, 0);
    let hover = client.hover(&file, 0, 8);
    let shown = hover["result"]["contents"]["value"].as_str().unwrap_or_default();
    assert!(shown.contains(target), "{shown:?} does not name {target}");
    client.close(&file);
}

/// Someone may have opened a whole disk, whose listing takes its time.
#[cfg(feature = "test-hooks")]
#[test]
fn findings_do_not_wait_for_ever_for_a_folder() {
    let root = folder(&[("held-folder/a.js", "// @klotho::nonsense\nexport const x = 1;\n")]);
    let held = root.path().join("held-folder");
    let mut client = Client::greeted(json!({ "workspaceFolders": [named(&held)], "capabilities": {} }));
    let file = uri(&held.join("a.js"));
    client.open(&file, "javascript", "// @klotho::nonsense\nexport const x = 1;\n");
    assert_eq!(client.diagnostics(&file, 0).len(), 1);
    client.notify("klotho/test/release", json!({}));
}

#[test]
fn each_root_is_its_own_project() {
    let one = folder(&[("a.js", UNIT), ("klotho.yaml", ECS)]);
    let other = folder(&[("a.js", UNIT)]);
    let mut client = Client::greeted(greeting(&[&one, &other], &json!({})));
    runs_on(&mut client, &one.path().join("a.js"), "ECS");
    runs_on(&mut client, &other.path().join("a.js"), "Lambda");
}

#[test]
fn a_root_without_configuration_is_split_at_those_below_it() {
    let root = folder(&[("a.js", UNIT), ("b/a.js", UNIT), ("b/klotho.yaml", ECS)]);
    let mut client = Client::greeted(greeting(&[&root], &json!({})));
    runs_on(&mut client, &root.path().join("b/a.js"), "ECS");
    runs_on(&mut client, &root.path().join("a.js"), "Lambda");
}

#[test]
fn a_client_without_workspace_folders_names_its_root_by_uri() {
    let root = folder(&[("a.js", UNIT), ("klotho.yaml", ECS)]);
    let mut client = Client::greeted(json!({ "rootUri": uri(root.path()), "capabilities": {} }));
    runs_on(&mut client, &root.path().join("a.js"), "ECS");
}

#[test]
fn a_file_outside_every_root_is_served() {
    let root = folder(&[]);
    let elsewhere = folder(&[("a.js", UNIT)]);
    let mut client = Client::greeted(greeting(&[&root], &json!({})));
    runs_on(&mut client, &elsewhere.path().join("a.js"), "Lambda");
}

fn change(client: &mut Client, added: &[Value], removed: &[Value]) {
    let event = json!({ "event": { "added": added, "removed": removed } });
    client.notify("workspace/didChangeWorkspaceFolders", event);
}

#[test]
fn what_is_open_in_a_root_that_goes_is_served_on() {
    let root = folder(&[("a.js", UNIT), ("klotho.yaml", ECS)]);
    let mut client = Client::greeted(greeting(&[&root], &json!({})));
    let file = uri(&root.path().join("a.js"));
    client.open(&file, "javascript", UNIT);
    client.diagnostics(&file, 0);
    change(&mut client, &[], &[named(root.path())]);
    let hover = client.hover(&file, 0, 8);
    let shown = hover["result"]["contents"]["value"].as_str().unwrap_or_default();
    assert!(shown.contains("Lambda"), "{hover}");
}

#[test]
fn roots_come_and_go() {
    let root = folder(&[("a.js", UNIT), ("klotho.yaml", ECS)]);
    let file = root.path().join("a.js");
    let mut client = Client::greeted(greeting(&[], &json!({})));
    runs_on(&mut client, &file, "Lambda");
    let folder = [named(root.path())];
    change(&mut client, &folder, &[]);
    runs_on(&mut client, &file, "ECS");
    change(&mut client, &[], &folder);
    runs_on(&mut client, &file, "Lambda");
}

#[test]
fn a_project_that_appears_inside_a_root_is_found() {
    let root = folder(&[("b/a.js", UNIT)]);
    let file = root.path().join("b/a.js");
    let mut client = Client::greeted(greeting(&[&root], &json!({})));
    let uri_of_file = uri(&file);
    runs_on(&mut client, &file, "Lambda");
    client.open(&uri_of_file, "javascript", UNIT);
    write(root.path(), "b/klotho.yaml", ECS);
    let changes = json!([{ "uri": uri(&root.path().join("b/klotho.yaml")), "type": 1 }]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    loop {
        let hover = client.hover(&uri_of_file, 0, 8);
        if hover["result"]["contents"]["value"].as_str().is_some_and(|shown| shown.contains("ECS")) {
            break;
        }
    }
}

#[cfg(unix)]
#[test]
fn a_root_reached_through_a_link_is_the_root_that_the_client_named() {
    let real = folder(&[("a.js", UNIT), ("klotho.yaml", ECS)]);
    let links = folder(&[]);
    let link = links.path().join("link");
    std::os::unix::fs::symlink(real.path(), &link).expect("a link");
    let mut client = Client::greeted(json!({ "workspaceFolders": [named(&link)], "capabilities": {} }));
    runs_on(&mut client, &link.join("a.js"), "ECS");
}

#[test]
fn a_uri_with_bare_characters_is_understood() {
    let root = folder(&[("[slug].js", UNIT), ("klotho.yaml", ECS)]);
    let mut client = Client::greeted(greeting(&[&root], &json!({})));
    let bare = uri(&root.path().join("[slug].js"));
    let escaped = bare.replace('[', "%5B").replace(']', "%5D");
    client.expect(&escaped);
    client.open(&bare, "javascript", UNIT);
    client.diagnostics(&escaped, 0);
    let hover = client.hover(&bare, 0, 8);
    assert!(
        hover["result"]["contents"]["value"].as_str().is_some_and(|shown| shown.contains("ECS")),
        "{hover}"
    );
}
