//! Which methods a server offers with which of its capabilities.

use serde_json::Value;

/// A method that a client may use only when it is offered, and what offers it in the server's capabilities.
const OFFERS: [(&str, &str); 45] = [
    ("textDocument/hover", "/hoverProvider"),
    ("textDocument/completion", "/completionProvider"),
    ("completionItem/resolve", "/completionProvider/resolveProvider"),
    ("textDocument/signatureHelp", "/signatureHelpProvider"),
    ("textDocument/declaration", "/declarationProvider"),
    ("textDocument/definition", "/definitionProvider"),
    ("textDocument/typeDefinition", "/typeDefinitionProvider"),
    ("textDocument/implementation", "/implementationProvider"),
    ("textDocument/references", "/referencesProvider"),
    ("textDocument/documentHighlight", "/documentHighlightProvider"),
    ("textDocument/documentSymbol", "/documentSymbolProvider"),
    ("textDocument/codeAction", "/codeActionProvider"),
    ("codeAction/resolve", "/codeActionProvider/resolveProvider"),
    ("textDocument/codeLens", "/codeLensProvider"),
    ("codeLens/resolve", "/codeLensProvider/resolveProvider"),
    ("textDocument/documentLink", "/documentLinkProvider"),
    ("documentLink/resolve", "/documentLinkProvider/resolveProvider"),
    ("textDocument/documentColor", "/colorProvider"),
    ("textDocument/formatting", "/documentFormattingProvider"),
    ("textDocument/rangeFormatting", "/documentRangeFormattingProvider"),
    ("textDocument/onTypeFormatting", "/documentOnTypeFormattingProvider"),
    ("textDocument/rename", "/renameProvider"),
    ("textDocument/prepareRename", "/renameProvider/prepareProvider"),
    ("textDocument/foldingRange", "/foldingRangeProvider"),
    ("textDocument/selectionRange", "/selectionRangeProvider"),
    ("textDocument/prepareCallHierarchy", "/callHierarchyProvider"),
    ("callHierarchy/incomingCalls", "/callHierarchyProvider"),
    ("callHierarchy/outgoingCalls", "/callHierarchyProvider"),
    ("textDocument/prepareTypeHierarchy", "/typeHierarchyProvider"),
    ("textDocument/semanticTokens/full", "/semanticTokensProvider/full"),
    ("textDocument/semanticTokens/full/delta", "/semanticTokensProvider/full/delta"),
    ("textDocument/semanticTokens/range", "/semanticTokensProvider/range"),
    ("textDocument/linkedEditingRange", "/linkedEditingRangeProvider"),
    ("textDocument/moniker", "/monikerProvider"),
    ("textDocument/inlayHint", "/inlayHintProvider"),
    ("inlayHint/resolve", "/inlayHintProvider/resolveProvider"),
    ("textDocument/inlineValue", "/inlineValueProvider"),
    ("textDocument/diagnostic", "/diagnosticProvider"),
    ("workspace/diagnostic", "/diagnosticProvider/workspaceDiagnostics"),
    ("workspace/symbol", "/workspaceSymbolProvider"),
    ("workspaceSymbol/resolve", "/workspaceSymbolProvider/resolveProvider"),
    ("workspace/executeCommand", "/executeCommandProvider"),
    ("workspace/willCreateFiles", "/workspace/fileOperations/willCreate"),
    ("workspace/willRenameFiles", "/workspace/fileOperations/willRename"),
    ("workspace/willDeleteFiles", "/workspace/fileOperations/willDelete"),
];

/// Whether a client may use `method` of a server with these capabilities. What nothing offers may always be used.
pub(crate) fn is_offered(method: &str, server: &Value) -> bool {
    let needed = OFFERS.iter().find(|(offered, _)| *offered == method);
    let found = needed.map(|(_, path)| server.pointer(path));
    found.is_none_or(|found| found.is_some_and(|found| !found.is_null() && *found != false))
}

#[cfg(test)]
mod tests {
    use super::is_offered;
    use serde_json::json;

    #[test]
    fn what_is_absent_null_or_false_is_not_offered() {
        for server in [json!({}), json!({ "hoverProvider": null }), json!({ "hoverProvider": false })] {
            assert!(!is_offered("textDocument/hover", &server), "{server}");
        }
        assert!(is_offered("textDocument/hover", &json!({ "hoverProvider": true })));
        assert!(is_offered("textDocument/hover", &json!({ "hoverProvider": {} })));
        assert!(!is_offered("completionItem/resolve", &json!({ "completionProvider": {} })));
        assert!(is_offered("shutdown", &json!({})));
    }
}
