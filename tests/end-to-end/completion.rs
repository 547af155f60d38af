//! What is offered at the cursor, in the forms that clients understand.

use crate::client::{Client, at};
use crate::workspace::{folder, greeting, uri};
use serde_json::{Value, json};

const TEXT: &str = "  /* 🎵 @klo */\n  const a = 1;\n/* @klotho::execution_unit {\n *   id = \"a\"\n *   target = \"l\n * } */\nexport const x = 1;\n";

/// A client that can do `item`, with the document open.
fn opened(item: &Value) -> (tempfile::TempDir, Client, String) {
    let root = folder(&[("a.ts", TEXT)]);
    let capabilities = json!({ "textDocument": { "completion": { "completionItem": item } } });
    let mut client = Client::greeted(greeting(&[&root], &capabilities));
    let file = uri(&root.path().join("a.ts"));
    client.open(&file, "typescript", TEXT);
    client.diagnostics(&file, 0);
    (root, client, file)
}

fn items(client: &mut Client, file: &str, line: u32, character: u32) -> Vec<Value> {
    let answer = client.request("textDocument/completion", at(file, line, character));
    assert_eq!(answer["result"]["isIncomplete"], false, "{answer}");
    answer["result"]["items"].as_array().expect("items").clone()
}

fn item<'a>(items: &'a [Value], label: &str) -> &'a Value {
    items.iter().find(|item| item["label"] == label).expect("it is offered")
}

fn range(line: u32, start: u32, end: u32) -> Value {
    json!({ "start": { "line": line, "character": start }, "end": { "line": line, "character": end } })
}

#[test]
fn a_target_is_offered_with_its_cost_and_resolved_with_the_comparison() {
    let able = json!({
        "snippetSupport": true,
        "insertReplaceSupport": true,
        "documentationFormat": ["markdown"],
        "resolveSupport": { "properties": ["documentation"] },
        "insertTextModeSupport": { "valueSet": [1, 2] },
    });
    let (_root, mut client, file) = opened(&able);
    let all = items(&mut client, &file, 4, 16);
    let first = item(&all, "lambda");
    assert!(
        first["detail"].as_str().is_some_and(|detail| detail.contains("a month at an assumed")),
        "{first}"
    );
    assert_eq!(first["sortText"], "0000");
    assert_eq!(first["textEdit"]["newText"], "lambda\"");
    assert_eq!(first["textEdit"]["insert"], range(4, 15, 16));
    assert_eq!(first["textEdit"]["replace"], range(4, 15, 16));
    assert_eq!(first.get("documentation"), None);
    let resolved = client.request("completionItem/resolve", first.clone())["result"].clone();
    let text = resolved["documentation"]["value"].as_str().expect("text");
    assert!(text.contains("| ECS on Fargate"), "{text}");
    assert_eq!(resolved["label"], "lambda");

    let all = items(&mut client, &file, 0, 12);
    let unit = item(&all, "@klotho::execution_unit");
    assert_eq!(unit["insertTextFormat"], 2);
    assert_eq!(unit["insertTextMode"], 2);
    assert_eq!(unit["textEdit"]["newText"], "@klotho::execution_unit {\n *   id = \"${1:a}\"\n * \\}");
    assert_eq!(unit["textEdit"]["replace"], range(0, 8, 12));
}

#[test]
fn a_client_that_can_do_nothing_gets_plain_text_and_all_documentation() {
    let (_root, mut client, file) = opened(&json!({ "documentationFormat": ["plaintext"] }));
    let all = items(&mut client, &file, 4, 16);
    let first = item(&all, "lambda");
    assert_eq!(first["textEdit"], json!({ "range": range(4, 15, 16), "newText": "lambda\"" }));
    assert_eq!(first["documentation"]["kind"], "plaintext");
    assert!(first["documentation"]["value"].as_str().is_some_and(|text| text.contains("ECS on Fargate")));
    let all = items(&mut client, &file, 0, 12);
    let unit = item(&all, "@klotho::execution_unit");
    assert_eq!(unit["textEdit"]["newText"], "@klotho::execution_unit {\n   *   id = \"a\"\n   * }");
    assert_eq!((unit.get("insertTextFormat"), unit.get("insertTextMode")), (None, None));
    // Nothing more is known of it.
    assert_eq!(client.request("completionItem/resolve", unit.clone())["result"], *unit);
    assert_eq!(items(&mut client, &file, 6, 3), [] as [Value; 0]);
}
