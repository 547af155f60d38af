//! Actions and hovers in the forms that clients understand.

use crate::client::Client;
use crate::workspace::{folder, greeting, uri};
use serde_json::{Value, json};

const TEXT: &str =
    "// @klotho::execution_unit {\n//   id = \"a\"\n//   target = \"ecs\"\n// }\nexport const x = 1;\n";

fn literal() -> Value {
    json!({ "codeActionKind": { "valueSet": ["quickfix", "refactor"] } })
}

/// The actions on the target that the annotation names, while `config` is the text of `klotho.yaml`.
fn actions(config: Option<&str>, capabilities: &Value, only: &Value) -> Vec<Value> {
    let mut files = vec![("a.ts", TEXT)];
    files.extend(config.map(|text| ("klotho.yaml", text)));
    let root = folder(&files);
    let mut client = Client::greeted(greeting(&[&root], capabilities));
    let file = uri(&root.path().join("a.ts"));
    client.open(&file, "typescript", TEXT);
    let found = client.diagnostics(&file, 0);
    assert_eq!(found.len(), 1, "{found:?}");
    let mut context = json!({ "diagnostics": &found });
    if !only.is_null() {
        context["only"] = only.clone();
    }
    let range = found[0]["range"].clone();
    let params = json!({ "textDocument": { "uri": file }, "range": range, "context": context });
    let answer = client.request("textDocument/codeAction", params);
    // Paths differ from run to run.
    let text = answer["result"].to_string().replace(&uri(root.path()), "ROOT");
    serde_json::from_str::<Option<Vec<Value>>>(&text).expect("a list").unwrap_or_default()
}

fn capabilities(edit: &Value) -> Value {
    json!({
        "textDocument": { "codeAction": { "codeActionLiteralSupport": literal(), "disabledSupport": true, "isPreferredSupport": true } },
        "workspace": { "workspaceEdit": edit },
    })
}

fn fix(actions: &[Value]) -> &Value {
    actions.iter().find(|action| action["kind"] == "quickfix").expect("a fix")
}

#[test]
fn a_file_that_has_to_be_made_is_made_by_a_resource_operation() {
    let edit = json!({ "documentChanges": true, "resourceOperations": ["create"] });
    let actions = actions(None, &capabilities(&edit), &Value::Null);
    let fix = fix(&actions);
    assert_eq!(fix["diagnostics"][0]["code"], "target-not-in-config");
    assert_eq!(fix["isPreferred"], true);
    let operations = fix["edit"]["documentChanges"].as_array().expect("operations");
    assert_eq!(operations[0], json!({ "kind": "create", "uri": "ROOT/klotho.yaml" }));
    assert_eq!(operations[1]["textDocument"], json!({ "uri": "ROOT/klotho.yaml", "version": null }));
    assert!(operations[1]["edits"][0]["newText"].as_str().is_some_and(|text| text.contains("type: ecs")));
}

#[test]
fn a_client_without_resource_operations_gets_plain_changes() {
    for edit in [json!({}), json!({ "documentChanges": true })] {
        let actions = actions(None, &capabilities(&edit), &Value::Null);
        let edit = &fix(&actions)["edit"];
        assert_eq!(edit.get("documentChanges"), None);
        let text = edit["changes"]["ROOT/klotho.yaml"][0]["newText"].as_str().expect("text");
        assert!(text.contains("type: ecs"), "{text}");
    }
}

#[test]
fn edits_of_open_documents_name_the_version() {
    let config = "execution_units:\n  a:\n    type: lambda\n";
    let actions = actions(Some(config), &capabilities(&json!({ "documentChanges": true })), &Value::Null);
    let changes: Vec<_> = actions
        .iter()
        .filter(|action| action["kind"] == "quickfix")
        .map(|action| &action["edit"]["documentChanges"][0]["textDocument"])
        .collect();
    assert!(changes.contains(&&json!({ "uri": "ROOT/a.ts", "version": 0 })), "{changes:?}");
    assert!(changes.contains(&&json!({ "uri": "ROOT/klotho.yaml", "version": null })), "{changes:?}");
}

#[test]
fn only_the_kinds_that_are_asked_for_are_offered() {
    let capabilities = capabilities(&json!({}));
    let kinds = |only: Value| {
        let found = actions(None, &capabilities, &only);
        let mut kinds: Vec<_> =
            found.iter().filter_map(|action| action["kind"].as_str().map(str::to_owned)).collect();
        kinds.dedup();
        kinds
    };
    assert_eq!(kinds(json!(["quickfix"])), ["quickfix"]);
    assert_eq!(kinds(json!(["source"])), [] as [&str; 0]);
    assert_eq!(kinds(json!(["quick"])), [] as [&str; 0]);
    assert!(!kinds(json!(["refactor"])).contains(&"quickfix".to_owned()));
    assert!(kinds(json!([""])).contains(&"quickfix".to_owned()));
}

#[test]
fn the_traffic_of_a_unit_is_stated_in_its_annotation() {
    let actions = actions(None, &capabilities(&json!({})), &json!(["refactor.rewrite"]));
    let starts = |action: &&Value| {
        action["title"]
            .as_str()
            .is_some_and(|title| title.starts_with("State the traffic of a as it is assumed"))
    };
    let action = actions.iter().find(starts).expect("an action");
    let edits = action["edit"]["changes"]["ROOT/a.ts"].as_array().expect("edits");
    assert_eq!(edits.len(), 1, "{edits:?}");
    let stated = "[workload]\n//   monthly_requests = 10_000_000\n";
    assert!(edits[0]["newText"].as_str().is_some_and(|text| text.contains(stated)), "{edits:?}");
    assert_eq!(edits[0]["range"]["start"], edits[0]["range"]["end"]);
}

#[test]
fn what_cannot_be_done_is_shown_only_where_it_can_be_greyed() {
    let mut without = capabilities(&json!({}));
    without["textDocument"]["codeAction"]["disabledSupport"] = false.into();
    for action in actions(None, &without, &Value::Null) {
        assert_eq!(action.get("disabled"), None, "{action}");
    }
    // Whoever cannot show literals can show nothing of ours.
    assert_eq!(actions(None, &json!({}), &Value::Null), [] as [Value; 0]);
}

/// What a client says that asks what an action changes once it was chosen.
fn lazy() -> Value {
    let mut capabilities = capabilities(&json!({}));
    let action = &mut capabilities["textDocument"]["codeAction"];
    action["dataSupport"] = true.into();
    action["resolveSupport"] = json!({ "properties": ["edit"] });
    capabilities["textDocument"]["publishDiagnostics"] = json!({ "dataSupport": true });
    capabilities
}

/// The actions on a document's first line.
fn listed(client: &mut Client, uri: &str, context: &Value) -> Vec<Value> {
    let zero = json!({ "line": 0, "character": 0 });
    let range = json!({ "start": zero, "end": zero });
    let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": context });
    client.request("textDocument/codeAction", params)["result"].as_array().expect("a list").clone()
}

/// A store whose one mistake has one right answer.
const STORE: &str = "// @klotho::presist { id = \"a\" }\nexport const a = new Map<string, string>();\n";

#[test]
fn what_an_action_changes_is_told_when_it_is_chosen_and_not_once_the_text_is_another() {
    let mut client = Client::start();
    let offered = client.greet(greeting(&[], &lazy()));
    assert_eq!(offered["codeActionProvider"]["resolveProvider"], true);
    let (uri, text) = ("untitled:1", STORE);
    client.open(uri, "typescript", text);
    let found = client.diagnostics(uri, 0);
    let actions = listed(&mut client, uri, &json!({ "diagnostics": found }));
    let kinds: Vec<_> = actions.iter().map(|action| action["kind"].as_str().expect("a kind")).collect();
    assert_eq!(
        kinds,
        ["quickfix", "quickfix", "refactor.rewrite", "refactor.rewrite", "source.fixAll.klotho"]
    );
    let mends = |action: &&Value| action["isPreferred"] == true || action["kind"] == "source.fixAll.klotho";
    for action in actions.iter().filter(mends) {
        assert!(action.get("edit").is_none() && action["data"].is_object(), "{action}");
        let chosen = client.request("codeAction/resolve", action.clone())["result"].clone();
        assert_eq!(chosen["title"], action["title"]);
        assert_eq!(chosen["edit"]["changes"][uri][0]["newText"], "persist");
    }
    client.edit(uri, 1, 0, 0, 0, "\n");
    let refused = client.request("codeAction/resolve", actions[0].clone());
    assert_eq!(refused["error"]["code"], -32801);
    assert!(refused["error"]["message"].as_str().is_some_and(|text| text.contains("changed since")));
    let foreign = client.request("codeAction/resolve", json!({ "title": "x" }));
    assert_eq!(foreign["error"]["code"], -32602);
    // The finding went on to another line, and the client still names it where it was.
    let context = json!({ "diagnostics": found, "only": ["quickfix"] });
    let actions = listed(&mut client, uri, &context);
    let chosen = client.request("codeAction/resolve", actions[0].clone())["result"].clone();
    assert_eq!(chosen["edit"]["changes"][uri][0]["range"]["start"]["line"], 1);
}

#[test]
fn an_editor_that_asks_by_itself_gets_no_actions_on_the_whole_file() {
    let mut client = Client::greeted(greeting(&[], &capabilities(&json!({}))));
    let uri = "untitled:1";
    client.open(uri, "typescript", STORE);
    for (context, whole) in [
        (json!({ "diagnostics": [], "triggerKind": 2 }), false),
        (json!({ "diagnostics": [], "triggerKind": 1 }), true),
        (json!({ "diagnostics": [], "triggerKind": 2, "only": ["source.fixAll"] }), true),
        (json!({ "diagnostics": [], "only": ["source.fixAll.other"] }), false),
        (json!({ "diagnostics": [], "only": ["source"] }), true),
    ] {
        let actions = listed(&mut client, uri, &context);
        let is_offered = actions.iter().any(|action| action["kind"] == "source.fixAll.klotho");
        assert_eq!(is_offered, whole, "{context}: {actions:?}");
        assert!(actions.iter().all(|action| action["edit"].is_object()), "{actions:?}");
    }
}

#[test]
fn a_hover_is_markdown_or_plain_as_the_client_shows_it() {
    for (formats, kind) in
        [(json!(["markdown", "plaintext"]), "markdown"), (json!(["plaintext"]), "plaintext")]
    {
        let root = folder(&[("a.ts", TEXT)]);
        let hover = json!({ "textDocument": { "hover": { "contentFormat": formats } } });
        let mut client = Client::greeted(greeting(&[&root], &hover));
        let file = uri(&root.path().join("a.ts"));
        client.open(&file, "typescript", TEXT);
        client.diagnostics(&file, 0);
        let hover = client.hover(&file, 0, 8)["result"]["contents"].clone();
        assert_eq!(hover["kind"], kind);
        let text = hover["value"].as_str().expect("text");
        assert_eq!(text.contains("**") || text.contains('`'), kind == "markdown", "{text}");
    }
}
