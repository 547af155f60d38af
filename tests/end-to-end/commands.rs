//! Commands that change files through the client.

use crate::client::Client;
use crate::workspace::{folder, named, uri};
use serde_json::{Value, json};
use tempfile::TempDir;

const UNIT: &str = "/* @klotho::execution_unit {\n *   id = \"web\"\n *   target = \"lambda\"\n *   [workload]\n *   monthly_requests = \
                    100_000_000\n *   request_duration_ms = 500\n *   cpu_ms = 5\n *   shape = \"flat\"\n * }\n */\nexport const x = 1;\n";

const CONFIG: &str = "app: x\nexecution_units:\n  web:\n    type: lambda # for now\n";

/// A client that is asked to change files, in whose folder one document is open.
fn client() -> (Client, TempDir, String) {
    let root = folder(&[("a.ts", UNIT), ("klotho.yaml", CONFIG), ("package.json", "{}")]);
    let capabilities =
        json!({ "workspace": { "applyEdit": true, "workspaceEdit": { "documentChanges": true } } });
    let mut client = Client::greeted(json!({
        "workspaceFolders": [named(root.path())],
        "capabilities": capabilities,
    }));
    let file = uri(&root.path().join("a.ts"));
    client.open(&file, "typescript", UNIT);
    client.diagnostics(&file, 0);
    let root_uri = uri(root.path());
    (client, root, root_uri)
}

fn ask(client: &mut Client, command: &str, argument: &Value) -> i64 {
    client.ask("workspace/executeCommand", json!({ "command": command, "arguments": [argument] }))
}

/// What the server wants changed; the client answers it with `answer`.
fn wanted(client: &mut Client, answer: &Value) -> Value {
    let request = client.wait(|message| message["method"] == "workspace/applyEdit");
    client.send(json!({ "id": request["id"], "result": answer }));
    request["params"].clone()
}

#[test]
fn a_switch_changes_every_place_and_says_what_it_did() {
    let (mut client, _root, root) = client();
    let argument = json!({ "root": root, "unit": "web", "target": "ecs" });
    let id = ask(&mut client, "klotho-ls.switchTarget", &argument);
    let edit = wanted(&mut client, &json!({ "applied": true }));
    let answer = client.answer(id)["result"].clone();
    assert_eq!((&answer["applied"], &answer["message"]), (&json!(true), &edit["label"]));
    assert!(edit["label"].as_str().is_some_and(|label| label.starts_with("Switch web to ECS on Fargate: $")));
    let changes = edit["edit"]["documentChanges"].as_array().expect("changes");
    let change = |name: &str| {
        let is_it = |change: &&Value| change["textDocument"]["uri"] == format!("{root}/{name}");
        changes.iter().find(is_it).cloned().expect("a change")
    };
    assert_eq!(change("a.ts")["textDocument"]["version"], 0);
    assert_eq!(change("a.ts")["edits"][0]["newText"], "ecs");
    assert_eq!(change("klotho.yaml")["textDocument"]["version"], Value::Null);
    assert_eq!(change("klotho.yaml")["edits"][0]["newText"], "ecs");
}

#[test]
fn traffic_is_stated_where_it_stands() {
    let (mut client, _root, root) = client();
    let argument = json!({ "root": root, "unit": "web", "workload": { "monthly_requests": 2_000_000 } });
    let id = ask(&mut client, "klotho-ls.setWorkload", &argument);
    let edit = wanted(&mut client, &json!({ "applied": true }));
    assert_eq!(client.answer(id)["result"]["message"], "State monthly_requests of web");
    let changes = &edit["edit"]["documentChanges"];
    assert_eq!(changes.as_array().map(Vec::len), Some(1), "{changes}");
    assert_eq!(changes[0]["textDocument"], json!({ "uri": format!("{root}/a.ts"), "version": 0 }));
    let wrong = json!({ "root": root, "unit": "web", "workload": { "burst": 0.5 } });
    let id = ask(&mut client, "klotho-ls.setWorkload", &wrong);
    let error = client.answer(id)["error"].clone();
    assert!(
        error["message"].as_str().is_some_and(|text| text.contains("`burst` must be between")),
        "{error}"
    );
}

#[test]
fn a_change_that_the_editor_refuses_is_reported() {
    let (mut client, _root, root) = client();
    let id = ask(&mut client, "klotho-ls.applyPlan", &json!({ "root": root }));
    let edit = wanted(&mut client, &json!({ "applied": false, "failureReason": "it is read-only" }));
    assert!(
        edit["label"].as_str().is_some_and(|label| label.starts_with("Apply the plan to web: ")),
        "{edit}"
    );
    let answer = client.answer(id)["result"].clone();
    assert_eq!(answer["applied"], false);
    assert_eq!(answer["message"], "the editor did not apply the change: it is read-only");
}

#[test]
fn a_document_without_a_project_has_no_configuration_to_say_a_target() {
    let (mut client, _root, _) = client();
    let source = "/* @klotho::execution_unit {\n *   id = \"web\"\n *   target = \"ecs\"\n * }\n */\nexports.run = () => 1;\n";
    client.open("untitled:web.js", "javascript", source);
    let argument = json!({ "root": "untitled:web.js", "unit": "web", "target": "ecs" });
    let id = ask(&mut client, "klotho-ls.switchTarget", &argument);
    let error = client.answer(id)["error"].clone();
    let said = "there is no configuration that could say where web runs";
    assert!(error["message"].as_str().is_some_and(|message| message.contains(said)), "{error}");
}

#[test]
fn what_cannot_be_done_is_answered_with_the_reason() {
    let (mut client, _root, root) = client();
    let targets = "`fargate` is no target of aws to which web can be switched; these are: ecs (ECS on Fargate), eks (EKS)";
    for (command, argument, code, reason) in [
        (
            "switchTarget",
            json!({ "root": root, "unit": "web", "target": "lambda" }),
            -32803,
            "web runs on lambda already",
        ),
        ("switchTarget", json!({ "root": root, "unit": "web", "target": "fargate" }), -32803, targets),
        (
            "switchTarget",
            json!({ "root": root, "unit": "no", "target": "ecs" }),
            -32803,
            "the project has no unit `no`",
        ),
        ("switchTarget", json!({ "root": "file:///nowhere" }), -32602, "missing field `unit`"),
        ("applyPlan", json!({ "root": "file:///nowhere" }), -32803, "/nowhere is no project that is open"),
        ("applyPlan", json!(1), -32602, "the command takes one argument, { root }"),
    ] {
        let id = ask(&mut client, &format!("klotho-ls.{command}"), &argument);
        let error = client.answer(id)["error"].clone();
        assert_eq!(error["code"], code, "{error}");
        assert!(error["message"].as_str().is_some_and(|message| message.contains(reason)), "{error}");
    }
}

#[test]
fn only_a_client_that_changes_files_is_offered_the_commands() {
    let mut client = Client::start();
    let offered = client.greet(json!({ "capabilities": {} }));
    assert_eq!(offered.get("executeCommandProvider"), None);
    let argument = json!({ "root": "file:///x", "unit": "web", "target": "ecs" });
    let id = ask(&mut client, "klotho-ls.switchTarget", &argument);
    assert_eq!(client.answer(id)["error"]["code"], -32803);
}
