//! What is drawn in a document: hints, lenses, colours, folds, selections, links; and how it is laid out.

use crate::client::{Client, at};
use crate::workspace::{folder, greeting, uri};
use serde_json::{Value, json};
use tempfile::TempDir;

const TEXT: &str = "/* 🎵 @klotho::execution_unit {\n *   id=\"é🎵\"\n *   target = \"lambda\"\n *   [workload]\n *   monthly_requests = \
                    10_000_000\n *   power_tuning = \"tuning.json\"\n * }\n */\nexport const x = 1;\n";

fn everything() -> Value {
    json!({
        "textDocument": {
            "inlayHint": { "resolveSupport": { "properties": ["tooltip"] } },
            "codeLens": {},
            "semanticTokens": { "requests": { "full": { "delta": true }, "range": true }, "tokenTypes": [], "tokenModifiers": [], "formats": ["relative"] },
            "foldingRange": { "rangeLimit": 10, "lineFoldingOnly": true },
            "selectionRange": {},
            "documentLink": {},
            "formatting": {},
            "rangeFormatting": {},
            "onTypeFormatting": {},
        },
    })
}

/// A client with everything, in whose folder one document is open.
fn client(capabilities: &Value, text: &str) -> (Client, String, TempDir) {
    client_of("lambda", capabilities, text)
}

/// The same where the configuration says this target.
fn client_of(target: &str, capabilities: &Value, text: &str) -> (Client, String, TempDir) {
    let config = format!("app: x\nprovider: aws\nexecution_units:\n  e:\n    type: {target}\n");
    let root = folder(&[("a.ts", text), ("tuning.json", "{}"), ("klotho.yaml", &config)]);
    let mut client = Client::greeted(greeting(&[&root], capabilities));
    let file = uri(&root.path().join("a.ts"));
    client.open(&file, "typescript", text);
    client.diagnostics(&file, 0);
    (client, file, root)
}

fn document(uri: &str) -> Value {
    json!({ "textDocument": { "uri": uri } })
}

fn with_range(uri: &str, lines: (u32, u32)) -> Value {
    let mut params = document(uri);
    params["range"] =
        json!({ "start": { "line": lines.0, "character": 0 }, "end": { "line": lines.1, "character": 0 } });
    params
}

#[test]
fn a_client_is_offered_what_it_can_show() {
    let root = folder(&[("a.ts", "")]);
    let providers = |capabilities: &Value| {
        let mut client = Client::start();
        let offered = client.greet(greeting(&[&root], capabilities));
        let mut names: Vec<_> = offered.as_object().expect("an object").keys().cloned().collect();
        names.retain(|name| name.ends_with("Provider"));
        names
    };
    let (least, all) = (providers(&json!({})), providers(&everything()));
    for name in [
        "inlayHintProvider",
        "codeLensProvider",
        "executeCommandProvider",
        "semanticTokensProvider",
        "foldingRangeProvider",
        "selectionRangeProvider",
        "documentLinkProvider",
        "documentFormattingProvider",
        "documentRangeFormattingProvider",
        "documentOnTypeFormattingProvider",
    ] {
        let holds = |names: &[String]| names.iter().any(|found| found == name);
        assert!(holds(&all) && !holds(&least), "{name} of {all:?} and {least:?}");
    }
}

#[test]
fn a_hint_says_what_a_unit_costs_and_its_tooltip_all_about_it() {
    let text = TEXT.replace("é🎵", "e");
    let (mut client, file, _root) = client(&everything(), &text);
    let hints = client.request("textDocument/inlayHint", with_range(&file, (0, 3)))["result"].clone();
    let hint = hints[0].clone();
    assert_eq!(hints.as_array().map(Vec::len), Some(1), "{hints}");
    // The note is two units of UTF-16.
    assert_eq!(hint["position"], json!({ "line": 0, "character": 31 }));
    assert!(hint["label"].as_str().is_some_and(|label| label.starts_with("Lambda $")), "{hint}");
    let resolved = client.request("inlayHint/resolve", hint.clone())["result"].clone();
    assert!(resolved["tooltip"]["value"].as_str().is_some_and(|text| text.contains("Execution unit")));
    client.edit(&file, 1, 0, 0, 0, " ");
    let stale = client.request("inlayHint/resolve", hint)["result"].clone();
    assert_eq!(stale.get("tooltip"), None);
    assert_eq!(client.request("textDocument/inlayHint", with_range(&file, (3, 4)))["result"], json!([]));
}

#[test]
fn a_lens_is_resolved_when_it_is_seen_and_its_command_shows_more() {
    let text = TEXT.replace("é🎵", "e");
    let (mut client, file, _root) = client(&everything(), &text);
    let lenses = client.request("textDocument/codeLens", document(&file))["result"].clone();
    assert_eq!(lenses.as_array().map(Vec::len), Some(1), "{lenses}");
    assert_eq!(lenses[0].get("command"), None);
    let lens = client.request("codeLens/resolve", lenses[0].clone())["result"].clone();
    let command = lens["command"].clone();
    assert!(
        command["title"].as_str().is_some_and(|title| title.starts_with("Compare targets (ECS on Fargate $")),
        "{lens}"
    );
    let params = json!({ "command": command["command"], "arguments": command["arguments"] });
    assert_eq!(client.request("workspace/executeCommand", params)["result"], Value::Null);
    let shown = client.wait(|message| message["method"] == "window/showMessage");
    assert!(
        shown["params"]["message"].as_str().is_some_and(|text| text.starts_with("Execution unit e")),
        "{shown}"
    );
    let wrong = client.request("workspace/executeCommand", json!({ "command": "rm" }));
    assert_eq!(wrong["error"]["code"], -32602);
}

/// A unit that would be far cheaper as a function, whatever the model may be wrong about.
const IDLE: &str = "/* @klotho::execution_unit {\n *   id = \"e\"\n *   [workload]\n *   monthly_requests = 100_000\n * }\n \
                    */\nexport const x = 1;\n";

#[test]
fn a_lens_switches_what_is_clearly_cheaper_elsewhere_where_the_client_makes_edits() {
    let resolved = |capabilities: &Value| {
        let (mut client, file, root) = client_of("ecs", capabilities, IDLE);
        let lenses = client.request("textDocument/codeLens", document(&file))["result"].clone();
        let lens = client.request("codeLens/resolve", lenses[0].clone())["result"].clone();
        (lens["command"].clone(), uri(root.path()))
    };
    let mut capabilities = everything();
    capabilities["workspace"] = json!({ "applyEdit": true });
    let (command, root) = resolved(&capabilities);
    let title = command["title"].as_str().unwrap_or_default();
    assert!(title.starts_with("Switch to AWS Lambda (saves $") && title.ends_with("/mo)"), "{title}");
    assert_eq!(command["command"], "klotho-ls.switchTarget");
    assert_eq!(command["arguments"], json!([{ "root": root, "unit": "e", "target": "lambda" }]));
    let (command, _) = resolved(&everything());
    assert_eq!(command["command"], "klotho-ls.show");
}

#[test]
fn a_client_that_can_asks_anew_when_the_graph_has_changed() {
    let mut capabilities = everything();
    capabilities["workspace"] = json!({
        "inlayHint": { "refreshSupport": true },
        "codeLens": { "refreshSupport": true },
    });
    let (mut client, file, _root) = client(&capabilities, TEXT);
    for method in ["workspace/inlayHint/refresh", "workspace/codeLens/refresh"] {
        client.serve(method);
    }
    client.edit(&file, 1, 2, 15, 21, "ecs");
    for method in ["workspace/inlayHint/refresh", "workspace/codeLens/refresh"] {
        client.serve(method);
    }
}

fn token_texts(text: &str, data: &Value) -> Vec<String> {
    let numbers: Vec<_> = data.as_array().expect("numbers").iter().filter_map(Value::as_u64).collect();
    let (mut line, mut start) = (0, 0);
    let tokens = numbers.chunks(5).map(|token| {
        start = if token[0] == 0 { start + token[1] } else { token[1] };
        line += token[0];
        let units: Vec<u16> = text.lines().nth(line as usize).expect("a line").encode_utf16().collect();
        let units = &units[start as usize..(start + token[2]) as usize];
        format!("{} {}", token[3], String::from_utf16(units).expect("whole characters"))
    });
    tokens.collect()
}

#[test]
fn tokens_are_sent_whole_in_part_and_as_what_differs() {
    let (mut client, file, _root) = client(&everything(), TEXT);
    let full = client.request("textDocument/semanticTokens/full", document(&file))["result"].clone();
    let texts = token_texts(TEXT, &full["data"]);
    assert_eq!(&texts[..5], ["0 @klotho::", "0 execution_unit", "2 id", "6 =", "3 \"é🎵\""]);
    let part =
        client.request("textDocument/semanticTokens/range", with_range(&file, (2, 3)))["result"].clone();
    assert_eq!(token_texts(TEXT, &part["data"]), ["2 target", "6 =", "3 \"lambda\""]);
    client.edit(&file, 1, 2, 15, 21, "ecs");
    let mut params = document(&file);
    params["previousResultId"] = full["resultId"].clone();
    let delta = client.request("textDocument/semanticTokens/full/delta", params.clone())["result"].clone();
    assert_eq!(delta["edits"], json!([{ "start": 35, "deleteCount": 5, "data": [0, 2, 5, 3, 0] }]));
    let whole = client.request("textDocument/semanticTokens/full/delta", params)["result"].clone();
    assert!(whole["data"].is_array(), "{whole}");
    // A document without annotations is left to others.
    client.change(&file, 2, &json!([{ "text": "x();" }]));
    assert_eq!(client.request("textDocument/semanticTokens/full", document(&file))["result"], Value::Null);
}

#[test]
fn folds_selections_and_links() {
    let (mut client, file, root) = client(&everything(), TEXT);
    let folds = client.request("textDocument/foldingRange", document(&file))["result"].clone();
    assert_eq!(folds, json!([{ "startLine": 0, "endLine": 5 }, { "startLine": 3, "endLine": 5 }]));
    let mut params = document(&file);
    params["positions"] = json!([{ "line": 1, "character": 10 }, { "line": 8, "character": 3 }]);
    let selections = client.request("textDocument/selectionRange", params.clone())["result"].clone();
    assert_eq!(selections[0]["range"]["start"], json!({ "line": 1, "character": 9 }));
    assert_eq!(selections[0]["parent"]["range"]["end"], json!({ "line": 1, "character": 13 }));
    assert_eq!(
        selections[1],
        json!({ "range": { "start": params["positions"][1], "end": params["positions"][1] } })
    );
    params["positions"] = json!([{ "line": 8, "character": 3 }]);
    assert_eq!(client.request("textDocument/selectionRange", params)["result"], Value::Null);
    let links = client.request("textDocument/documentLink", document(&file))["result"].clone();
    assert_eq!(links[0]["target"], uri(&root.path().join("tuning.json")), "{links}");
    assert_eq!(links[0]["range"]["start"], json!({ "line": 5, "character": 21 }));
}

#[test]
fn annotations_are_laid_out_whole_in_part_and_while_they_are_typed() {
    let (mut client, file, _root) = client(&everything(), TEXT);
    let options = json!({ "tabSize": 4, "insertSpaces": true });
    let ask = |client: &mut Client, method: &str, mut params: Value| {
        params["options"] = options.clone();
        client.request(method, params)["result"].clone()
    };
    let equals = json!([{
        "range": { "start": { "line": 1, "character": 7 }, "end": { "line": 1, "character": 7 } },
        "newText": " ",
    }, {
        "range": { "start": { "line": 1, "character": 8 }, "end": { "line": 1, "character": 8 } },
        "newText": " ",
    }]);
    assert_eq!(ask(&mut client, "textDocument/formatting", document(&file)), equals);
    assert_eq!(ask(&mut client, "textDocument/rangeFormatting", with_range(&file, (1, 2))), equals);
    assert_eq!(ask(&mut client, "textDocument/rangeFormatting", with_range(&file, (2, 3))), json!([]));
    client.edit(&file, 1, 1, 14, 14, "\n");
    let mut params = at(&file, 2, 0);
    params["ch"] = "\n".into();
    let line = json!([{
        "range": { "start": { "line": 2, "character": 0 }, "end": { "line": 2, "character": 0 } },
        "newText": " *   ",
    }]);
    assert_eq!(ask(&mut client, "textDocument/onTypeFormatting", params), line);
}
