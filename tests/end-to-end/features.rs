//! `docs/features.md` says of every method whether it is served: that is what the server advertises, and the methods are those
//! of the protocol.

use crate::client::Client;
use crate::command_line::repository;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs;

/// A row of the table.
struct Row {
    method: String,
    is_served: bool,
    /// The capability that says so, as keys.
    capability: Option<Vec<String>>,
}

fn rows() -> Vec<Row> {
    let page = fs::read_to_string(repository().join("docs/features.md")).expect("the page");
    let rows = page.lines().filter(|line| line.starts_with("| `")).map(|line| {
        let cells: Vec<_> =
            line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let keys = || cells[2].split('.').map(str::to_owned).collect();
        assert!(["yes", "partly", "no"].contains(&cells[1]), "{line}");
        assert!(cells[1] != "no" || !cells[3].is_empty(), "a reason is missing: {line}");
        let (method, is_served) = (cells[0].to_owned(), cells[1] != "no");
        Row { method, is_served, capability: (cells[2] != "–").then(keys) }
    });
    rows.collect()
}

/// A client that can show everything.
fn everything() -> Value {
    let document = [
        "hover",
        "completion",
        "codeAction",
        "codeLens",
        "inlayHint",
        "foldingRange",
        "selectionRange",
        "documentLink",
        "definition",
        "declaration",
        "implementation",
        "typeDefinition",
        "references",
        "documentHighlight",
        "documentSymbol",
        "callHierarchy",
        "typeHierarchy",
        "moniker",
        "linkedEditingRange",
        "colorProvider",
        "formatting",
        "rangeFormatting",
        "onTypeFormatting",
        "signatureHelp",
        "inlineValue",
        "diagnostic",
        "inlineCompletion",
    ];
    let mut document: Map<_, _> = document.into_iter().map(|name| (name.to_owned(), json!({}))).collect();
    document.insert("rename".to_owned(), json!({ "prepareSupport": true }));
    document.insert("inlayHint".to_owned(), json!({ "resolveSupport": { "properties": ["tooltip"] } }));
    document.insert(
        "semanticTokens".to_owned(),
        json!({ "requests": { "full": { "delta": true }, "range": true }, "tokenTypes": [], "tokenModifiers": [], "formats": ["relative"] }),
    );
    document.insert(
        "codeAction".to_owned(),
        json!({
            "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } },
            "dataSupport": true,
            "resolveSupport": { "properties": ["edit"] },
        }),
    );
    json!({
        "textDocument": document,
        "workspace": {
            "applyEdit": true,
            "configuration": true,
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "didChangeConfiguration": { "dynamicRegistration": true },
            "workspaceFolders": true,
            "fileOperations": {
                "willRename": true, "didRename": true, "willCreate": true, "didCreate": true, "willDelete": true, "didDelete": true,
            },
            "diagnostics": { "refreshSupport": true },
        },
    })
}

fn is_offered(capabilities: &Value, keys: &[String]) -> bool {
    let found = keys.iter().try_fold(capabilities, |place, key| place.get(key));
    found.is_some_and(|found| !matches!(found, Value::Null | Value::Bool(false)))
}

#[test]
fn the_table_says_what_is_advertised() {
    let mut client = Client::start();
    let capabilities = client.greet(json!({ "capabilities": everything() }));
    // Files and settings are told of by two requests, whichever comes first; the client has no settings.
    let registered: Vec<_> = (0..2)
        .flat_map(|_| client.serve("client/registerCapability")["registrations"].as_array().cloned())
        .flatten()
        .collect();
    client.serve_with("workspace/configuration", &json!([null]));
    let rows = rows();
    for row in &rows {
        if let Some(keys) = &row.capability {
            assert_eq!(is_offered(&capabilities, keys), row.is_served, "{}: {keys:?}", row.method);
        }
    }
    let providers = capabilities.as_object().expect("an object").keys();
    for provider in providers.filter(|name| name.ends_with("Provider")) {
        let is_it = |row: &Row| row.capability.as_ref().is_some_and(|keys| keys.first() == Some(provider));
        assert!(rows.iter().any(|row| is_it(row) && row.is_served), "{provider} is in no row");
    }
    for registration in &registered {
        let is_it = |row: &Row| registration["method"] == row.method.as_str() && row.is_served;
        assert!(rows.iter().any(is_it), "{registration}");
    }
}

/// Where the protocol's model is at hand, as `KLOTHO_META_MODEL` says, its methods are those of the table.
#[test]
fn the_table_has_every_method_of_the_protocol() {
    let rows = rows();
    let methods: BTreeSet<_> = rows.iter().map(|row| row.method.as_str()).collect();
    assert_eq!(methods.len(), rows.len(), "a method has two rows");
    let Some(path) = std::env::var_os("KLOTHO_META_MODEL") else { return };
    let model: Value = serde_json::from_str(&fs::read_to_string(path).expect("the model")).expect("JSON");
    let list = |key: &str| model[key].as_array().cloned().expect("a list");
    let all = [list("requests"), list("notifications")].concat();
    let all: BTreeSet<_> = all.iter().filter_map(|method| method["method"].as_str()).collect();
    assert_eq!(all.difference(&methods).collect::<Vec<_>>(), [] as [&&str; 0], "not in the table");
    assert_eq!(methods.difference(&all).collect::<Vec<_>>(), [] as [&&str; 0], "not in the protocol");
}
