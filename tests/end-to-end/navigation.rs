//! Places, symbols, renames and calls in the forms that clients understand.

use crate::client::Client;
use crate::workspace::{folder, greeting, uri};
use serde_json::{Value, json};
use tempfile::TempDir;

const ORDERS: &str = "// 🎵 @klotho::execution_unit { id = \"orders\" }\n\nimport { find } from './users';\nexport async function place(id: string) {\n  return await find(id);\n}\n";
const USERS: &str = "// @klotho::execution_unit { id = \"users\" }\n\nexport async function find(id: string) {\n  return id;\n}\n";
const CONFIG: &str = "execution_units:\n  orders:\n    type: ecs\n  users:\n    type: lambda\n";

struct Session {
    client: Client,
    root: TempDir,
}

impl Session {
    fn new(capabilities: &Value) -> Self {
        let files =
            [("orders.ts", ORDERS), ("users.ts", USERS), ("klotho.yaml", CONFIG), ("package.json", "{}")];
        let root = folder(&files);
        let mut client = Client::greeted(greeting(&[&root], capabilities));
        let file = uri(&root.path().join("orders.ts"));
        client.open(&file, "typescript", ORDERS);
        client.diagnostics(&file, 0);
        Self { client, root }
    }

    /// Asks about a place in `orders.ts`. Paths differ from run to run.
    fn ask(&mut self, method: &str, line: u32, character: u32, more: &Value) -> Value {
        let file = uri(&self.root.path().join("orders.ts"));
        let mut params =
            json!({ "textDocument": { "uri": file }, "position": { "line": line, "character": character } });
        for (key, value) in more.as_object().into_iter().flatten() {
            params[key] = value.clone();
        }
        self.request(method, params)
    }

    fn request(&mut self, method: &str, params: Value) -> Value {
        let answer = self.client.request(method, params);
        let text = answer.to_string().replace(&uri(self.root.path()), "ROOT");
        let answer: Value = serde_json::from_str(&text).expect("JSON");
        if answer.get("error").is_some() { answer["error"].clone() } else { answer["result"].clone() }
    }
}

fn range(line: u32, start: u32, end: u32) -> Value {
    json!({ "start": { "line": line, "character": start }, "end": { "line": line, "character": end } })
}

#[test]
fn a_definition_is_a_link_where_the_client_shows_links() {
    let mut plain = Session::new(&json!({}));
    let found = plain.ask("textDocument/definition", 4, 16, &Value::Null);
    let places = json!([
        { "uri": "ROOT/users.ts", "range": range(0, 35, 40) },
        { "uri": "ROOT/users.ts", "range": range(2, 22, 26) },
    ]);
    assert_eq!(found, places);
    let mut linked = Session::new(&json!({ "textDocument": { "definition": { "linkSupport": true } } }));
    let found = linked.ask("textDocument/definition", 4, 16, &Value::Null);
    assert_eq!(found[1]["originSelectionRange"], range(4, 15, 19));
    assert_eq!(found[1]["targetUri"], "ROOT/users.ts");
    assert_eq!(found[1]["targetSelectionRange"], range(2, 22, 26));
    assert_eq!(linked.ask("textDocument/implementation", 0, 40, &Value::Null)[0]["range"], range(3, 22, 27));
    let stated = linked.ask("textDocument/declaration", 0, 40, &Value::Null);
    assert_eq!(stated[0], json!({ "uri": "ROOT/klotho.yaml", "range": range(1, 2, 8) }));
}

#[test]
fn references_and_highlights_are_places() {
    let mut session = Session::new(&json!({}));
    let with = |is: bool| json!({ "context": { "includeDeclaration": is } });
    let config = json!({ "uri": "ROOT/klotho.yaml", "range": range(1, 2, 8) });
    let own = json!({ "uri": "ROOT/orders.ts", "range": range(0, 38, 44) });
    assert_eq!(session.ask("textDocument/references", 0, 40, &with(true)), json!([config, own]));
    assert_eq!(session.ask("textDocument/references", 0, 40, &with(false)), json!([config]));
    let highlights = session.ask("textDocument/documentHighlight", 0, 40, &Value::Null);
    assert_eq!(highlights, json!([{ "range": range(0, 38, 44), "kind": 3 }]));
    assert_eq!(session.ask("textDocument/documentHighlight", 4, 2, &Value::Null), Value::Null);
}

#[test]
fn a_rename_is_one_edit_or_a_reason() {
    let capabilities = json!({
        "textDocument": { "rename": { "prepareSupport": true } },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
    });
    let mut session = Session::new(&capabilities);
    let prepared = session.ask("textDocument/prepareRename", 0, 38, &Value::Null);
    assert_eq!(prepared, json!({ "range": range(0, 38, 44), "placeholder": "orders" }));
    assert_eq!(session.ask("textDocument/prepareRename", 4, 2, &Value::Null), Value::Null);
    let edit = session.ask("textDocument/rename", 0, 38, &json!({ "newName": "sales" }));
    let change = |file: &str, version: Value, range: Value| json!({ "textDocument": { "uri": format!("ROOT/{file}"), "version": version }, "edits": [{ "range": range, "newText": "sales" }] });
    let changes =
        [change("klotho.yaml", Value::Null, range(1, 2, 8)), change("orders.ts", json!(0), range(0, 38, 44))];
    assert_eq!(edit, json!({ "documentChanges": changes }));
    let refused = session.ask("textDocument/rename", 0, 38, &json!({ "newName": "users" }));
    assert_eq!(refused["code"], -32803);
    assert_eq!(refused["message"], "users.ts:1 has the id `users` already");
}

#[test]
fn symbols_are_nested_where_the_client_nests_them() {
    let mut flat = Session::new(&json!({}));
    let file = uri(&flat.root.path().join("orders.ts"));
    let params = json!({ "textDocument": { "uri": file } });
    let found = flat.request("textDocument/documentSymbol", params.clone());
    assert_eq!(found[0]["location"], json!({ "uri": "ROOT/orders.ts", "range": range(0, 6, 47) }));
    let nests =
        json!({ "textDocument": { "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } } });
    let mut nested = Session::new(&nests);
    let file = uri(&nested.root.path().join("orders.ts"));
    let found = nested.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": file } }));
    let detail = "execution unit → ECS on Fargate";
    assert_eq!((&found[0]["name"], &found[0]["detail"]), (&json!("orders"), &json!(detail)));
    assert_eq!(found[0]["selectionRange"], range(0, 37, 45));
    let found = nested.request("workspace/symbol", json!({ "query": "ORD" }));
    let place = json!({ "uri": "ROOT/orders.ts", "range": range(0, 38, 44) });
    assert_eq!(found, json!([{ "name": "orders", "kind": 2, "containerName": detail, "location": place }]));
}

#[test]
fn calls_lead_from_unit_to_unit_and_back() {
    let mut session = Session::new(&json!({ "textDocument": { "callHierarchy": {} } }));
    let items = session.ask("textDocument/prepareCallHierarchy", 0, 40, &Value::Null);
    assert_eq!(items[0]["data"], json!({ "kind": "execution_unit", "id": "orders" }));
    let with_path = |session: &Session, item: &Value| {
        let text = item.to_string().replace("ROOT", &uri(session.root.path()));
        json!({ "item": serde_json::from_str::<Value>(&text).expect("JSON") })
    };
    let params = with_path(&session, &items[0]);
    let outgoing = session.request("callHierarchy/outgoingCalls", params);
    assert_eq!(outgoing[0]["to"]["name"], "users");
    assert_eq!(outgoing[0]["fromRanges"], json!([range(4, 15, 19)]));
    let params = with_path(&session, &outgoing[0]["to"]);
    let incoming = session.request("callHierarchy/incomingCalls", params);
    assert_eq!(incoming[0]["from"]["name"], "orders");
    assert_eq!(incoming[0]["fromRanges"], json!([range(4, 15, 19)]));
}
