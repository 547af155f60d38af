//! Whether a client is told only what it says that it can show, as one table.

use serde_json::Value;

/// What is opaque: it goes back to where it came from, or names things that only commands know.
const OPAQUE: [&str; 3] = ["data", "arguments", "experimental"];

/// What of a property needs a capability.
enum What {
    /// That it is there.
    Anything,
    /// That it is this text.
    Text(&'static str),
    /// That it is this number.
    Number(i64),
    /// Numbers need to be listed by the capability; without one those up to this are known.
    ListedNumber(i64),
    /// Texts need to be listed by the capability. A client without one is told whatever there was before.
    ListedText,
}
use What::{Anything, ListedNumber, ListedText, Number, Text};

/// Every client knows this, whatever else it lists: the unit of columns that the protocol began with.
const ALWAYS: &str = "utf-16";

/// A property, at any depth, of what the server says under a method, and the capability that it needs.
struct Rule(&'static str, &'static str, What, &'static str);

const EDITS: &str = "textDocument/rename textDocument/codeAction codeAction/resolve workspace/applyEdit \
                     workspace/willRenameFiles workspace/willCreateFiles workspace/willDeleteFiles";
const COMPLETION: &str = "textDocument/completion completionItem/resolve";
const ACTION: &str = "textDocument/codeAction codeAction/resolve";
const SYMBOLS: &str = "textDocument/documentSymbol";
const FINDINGS: &str = "textDocument/publishDiagnostics textDocument/diagnostic workspace/diagnostic";

const RULES: [Rule; 64] = [
    // What is offered: each of these came with a capability by which clients say that they know it.
    Rule("initialize", "inlayHintProvider", Anything, "/textDocument/inlayHint"),
    Rule("initialize", "codeLensProvider", Anything, "/textDocument/codeLens"),
    Rule("initialize", "documentLinkProvider", Anything, "/textDocument/documentLink"),
    Rule("initialize", "foldingRangeProvider", Anything, "/textDocument/foldingRange"),
    Rule("initialize", "selectionRangeProvider", Anything, "/textDocument/selectionRange"),
    Rule("initialize", "semanticTokensProvider", Anything, "/textDocument/semanticTokens"),
    Rule("initialize", "callHierarchyProvider", Anything, "/textDocument/callHierarchy"),
    Rule("initialize", "typeHierarchyProvider", Anything, "/textDocument/typeHierarchy"),
    Rule("initialize", "documentFormattingProvider", Anything, "/textDocument/formatting"),
    Rule("initialize", "documentRangeFormattingProvider", Anything, "/textDocument/rangeFormatting"),
    Rule("initialize", "documentOnTypeFormattingProvider", Anything, "/textDocument/onTypeFormatting"),
    Rule("initialize", "colorProvider", Anything, "/textDocument/colorProvider"),
    Rule("initialize", "linkedEditingRangeProvider", Anything, "/textDocument/linkedEditingRange"),
    Rule("initialize", "inlineValueProvider", Anything, "/textDocument/inlineValue"),
    Rule("initialize", "monikerProvider", Anything, "/textDocument/moniker"),
    Rule("initialize", "diagnosticProvider", Anything, "/textDocument/diagnostic"),
    Rule("initialize", "prepareProvider", Anything, "/textDocument/rename/prepareSupport"),
    Rule("initialize", "range", Anything, "/textDocument/semanticTokens/requests/range"),
    Rule("initialize", "delta", Anything, "/textDocument/semanticTokens/requests/full/delta"),
    Rule("initialize", "willRename", Anything, "/workspace/fileOperations/willRename"),
    Rule("initialize", "didRename", Anything, "/workspace/fileOperations/didRename"),
    Rule("initialize", "willCreate", Anything, "/workspace/fileOperations/willCreate"),
    Rule("initialize", "didCreate", Anything, "/workspace/fileOperations/didCreate"),
    Rule("initialize", "willDelete", Anything, "/workspace/fileOperations/willDelete"),
    Rule("initialize", "didDelete", Anything, "/workspace/fileOperations/didDelete"),
    Rule("initialize", "positionEncoding", ListedText, "/general/positionEncodings"),
    // What is shown.
    Rule("textDocument/hover", "kind", Text("markdown"), "/textDocument/hover/contentFormat"),
    Rule("textDocument/hover", "kind", ListedText, "/textDocument/hover/contentFormat"),
    Rule(COMPLETION, "kind", ListedText, "/textDocument/completion/completionItem/documentationFormat"),
    Rule(COMPLETION, "kind", ListedNumber(18), "/textDocument/completion/completionItemKind/valueSet"),
    Rule(COMPLETION, "insertTextFormat", Number(2), "/textDocument/completion/completionItem/snippetSupport"),
    Rule(COMPLETION, "insert", Anything, "/textDocument/completion/completionItem/insertReplaceSupport"),
    Rule(
        COMPLETION,
        "insertTextMode",
        ListedNumber(0),
        "/textDocument/completion/completionItem/insertTextModeSupport/valueSet",
    ),
    Rule(COMPLETION, "tags", Anything, "/textDocument/completion/completionItem/tagSupport"),
    Rule(COMPLETION, "deprecated", Anything, "/textDocument/completion/completionItem/deprecatedSupport"),
    Rule(COMPLETION, "preselect", Anything, "/textDocument/completion/completionItem/preselectSupport"),
    Rule(
        COMPLETION,
        "commitCharacters",
        Anything,
        "/textDocument/completion/completionItem/commitCharactersSupport",
    ),
    Rule(COMPLETION, "labelDetails", Anything, "/textDocument/completion/completionItem/labelDetailsSupport"),
    Rule(COMPLETION, "itemDefaults", Anything, "/textDocument/completion/completionList/itemDefaults"),
    Rule(ACTION, "title", Anything, "/textDocument/codeAction/codeActionLiteralSupport"),
    Rule(ACTION, "disabled", Anything, "/textDocument/codeAction/disabledSupport"),
    Rule(ACTION, "isPreferred", Anything, "/textDocument/codeAction/isPreferredSupport"),
    Rule(EDITS, "documentChanges", Anything, "/workspace/workspaceEdit/documentChanges"),
    Rule(EDITS, "changeAnnotations", Anything, "/workspace/workspaceEdit/changeAnnotationSupport"),
    Rule("textDocument/definition", "targetUri", Anything, "/textDocument/definition/linkSupport"),
    Rule("textDocument/declaration", "targetUri", Anything, "/textDocument/declaration/linkSupport"),
    Rule("textDocument/implementation", "targetUri", Anything, "/textDocument/implementation/linkSupport"),
    Rule("textDocument/typeDefinition", "targetUri", Anything, "/textDocument/typeDefinition/linkSupport"),
    Rule(
        SYMBOLS,
        "selectionRange",
        Anything,
        "/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport",
    ),
    Rule(SYMBOLS, "kind", ListedNumber(18), "/textDocument/documentSymbol/symbolKind/valueSet"),
    Rule(SYMBOLS, "tags", Anything, "/textDocument/documentSymbol/tagSupport"),
    Rule("workspace/symbol", "kind", ListedNumber(18), "/workspace/symbol/symbolKind/valueSet"),
    Rule(
        "textDocument/foldingRange",
        "collapsedText",
        Anything,
        "/textDocument/foldingRange/foldingRange/collapsedText",
    ),
    Rule("textDocument/documentLink", "tooltip", Anything, "/textDocument/documentLink/tooltipSupport"),
    Rule(FINDINGS, "relatedInformation", Anything, "/textDocument/publishDiagnostics/relatedInformation"),
    Rule(FINDINGS, "tags", Anything, "/textDocument/publishDiagnostics/tagSupport"),
    Rule(FINDINGS, "codeDescription", Anything, "/textDocument/publishDiagnostics/codeDescriptionSupport"),
    // What the client is asked to do.
    Rule("workspace/applyEdit", "edit", Anything, "/workspace/applyEdit"),
    Rule("workspace/configuration", "items", Anything, "/workspace/configuration"),
    Rule("window/workDoneProgress/create", "token", Anything, "/window/workDoneProgress"),
    Rule("window/showDocument", "uri", Anything, "/window/showDocument/support"),
    Rule("klotho/graphChanged", "roots", Anything, "/experimental/klotho/graphChanged"),
    Rule(
        "client/registerCapability",
        "watchers",
        Anything,
        "/workspace/didChangeWatchedFiles/dynamicRegistration",
    ),
    Rule(
        "client/registerCapability",
        "section",
        Anything,
        "/workspace/didChangeConfiguration/dynamicRegistration",
    ),
];

/// Requests of the server without parameters, and the capability that each needs.
const ASKED: [(&str, &str); 6] = [
    ("workspace/inlayHint/refresh", "/workspace/inlayHint/refreshSupport"),
    ("workspace/codeLens/refresh", "/workspace/codeLens/refreshSupport"),
    ("workspace/semanticTokens/refresh", "/workspace/semanticTokens/refreshSupport"),
    ("workspace/diagnostic/refresh", "/workspace/diagnostics/refreshSupport"),
    ("workspace/foldingRange/refresh", "/workspace/foldingRange/refreshSupport"),
    ("workspace/workspaceFolders", "/workspace/workspaceFolders"),
];

/// The kinds of operation on files in an edit.
const OPERATIONS: [&str; 3] = ["create", "rename", "delete"];

/// What a client with these capabilities is told under `method` and cannot show.
pub(crate) fn faults(method: &str, told: &Value, client: &Value) -> Vec<String> {
    let asked = ASKED.iter().filter(|(name, path)| *name == method && !has(client, path));
    let mut faults: Vec<_> = asked.map(|(_, path)| format!("is asked without {path}")).collect();
    let rules = RULES.iter().filter(|rule| rule.0.split(' ').any(|name| name == method));
    for Rule(_, key, what, path) in rules {
        let found = occurrences(told, key);
        let wrong = found.into_iter().filter(|value| !is_shown(value, what, client, path));
        faults.extend(wrong.take(1).map(|value| format!("`{key}` is {value}, which needs {path}")));
    }
    if EDITS.split(' ').any(|name| name == method) {
        let path = "/workspace/workspaceEdit/resourceOperations";
        let kinds = occurrences(told, "kind").into_iter().filter_map(Value::as_str);
        let wrong =
            kinds.filter(|kind| OPERATIONS.contains(kind) && !lists(client, path, &Value::from(*kind)));
        faults.extend(wrong.map(|kind| format!("`{kind}` of a file needs {path}")));
    }
    faults
}

fn is_shown(value: &Value, what: &What, client: &Value, path: &str) -> bool {
    let listed = |client: &Value| client.pointer(path).is_some_and(Value::is_array);
    match what {
        Anything => value.is_null() || *value == false || has(client, path),
        Text(text) => value != text || has(client, path),
        Number(number) => value != number || has(client, path),
        ListedNumber(usual) => value.as_i64().is_none_or(|number| match listed(client) {
            true => lists(client, path, value),
            false => number <= *usual,
        }),
        ListedText => !value.is_string() || value == ALWAYS || !listed(client) || lists(client, path, value),
    }
}

/// Whether a client says that it can do this.
fn has(client: &Value, path: &str) -> bool {
    client.pointer(path).is_some_and(|found| !found.is_null() && *found != false)
}

fn lists(client: &Value, path: &str, value: &Value) -> bool {
    client.pointer(path).and_then(Value::as_array).is_some_and(|values| values.contains(value))
}

/// Every value under `key`, at any depth, in what is not opaque.
fn occurrences<'a>(told: &'a Value, key: &str) -> Vec<&'a Value> {
    let (mut found, mut rest) = (Vec::new(), vec![told]);
    while let Some(value) = rest.pop() {
        match value {
            Value::Array(items) => rest.extend(items),
            Value::Object(fields) => {
                found.extend(fields.get(key));
                rest.extend(
                    fields.iter().filter(|(name, _)| !OPAQUE.contains(&name.as_str())).map(|it| it.1),
                );
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::faults;
    use serde_json::{Value, json};

    /// A client that names this one capability.
    fn client(path: &str, value: Value) -> Value {
        let mut whole = value;
        for name in path.rsplit('/').filter(|name| !name.is_empty()) {
            whole = json!({ name: whole });
        }
        whole
    }

    #[test]
    fn what_needs_a_capability_is_a_fault_without_it() {
        let snippet = "/textDocument/completion/completionItem/snippetSupport";
        let operations = "/workspace/workspaceEdit/resourceOperations";
        let symbols = "/textDocument/documentSymbol/symbolKind/valueSet";
        let cases = [
            (
                "textDocument/completion",
                json!({ "items": [{ "insertTextFormat": 2 }] }),
                snippet,
                json!(true),
            ),
            (
                "textDocument/hover",
                json!({ "contents": { "kind": "markdown" } }),
                "/textDocument/hover/contentFormat",
                json!(["markdown"]),
            ),
            (
                "textDocument/documentSymbol",
                json!([{ "kind": 5, "children": [{ "kind": 24 }] }]),
                symbols,
                json!([5, 24]),
            ),
            ("workspace/inlayHint/refresh", Value::Null, "/workspace/inlayHint/refreshSupport", json!(true)),
            ("workspace/applyEdit", json!({ "x": [{ "kind": "create" }] }), operations, json!(["create"])),
            (
                "initialize",
                json!({ "capabilities": { "codeLensProvider": {} } }),
                "/textDocument/codeLens",
                json!({}),
            ),
        ];
        for (method, told, path, capability) in cases {
            assert_eq!(faults(method, &told, &json!({})).len(), 1, "{method}");
            assert_eq!(faults(method, &told, &client(path, json!(false))).len(), 1, "{method}");
            assert_eq!(faults(method, &told, &client(path, capability)), [] as [&str; 0], "{method}");
        }
    }

    #[test]
    fn a_list_without_the_value_does_not_do() {
        let told = json!({ "contents": { "kind": "markdown" } });
        let plain = client("/textDocument/hover/contentFormat", json!(["plaintext"]));
        assert_eq!(faults("textDocument/hover", &told, &plain).len(), 1);
    }

    #[test]
    fn what_everyone_understands_needs_nothing() {
        let told = json!({ "items": [{ "insertTextFormat": 1, "kind": 18, "deprecated": false, "data": { "tags": [1] } }] });
        assert_eq!(faults("textDocument/completion", &told, &json!({})), [] as [&str; 0]);
        assert_eq!(
            faults("textDocument/documentSymbol", &json!([{ "kind": 18 }]), &json!({})),
            [] as [&str; 0]
        );
    }
}
