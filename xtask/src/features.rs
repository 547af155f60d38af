//! The table of `docs/features.md`: every method of the protocol, and what the server makes of it. A test holds it against what
//! the server advertises and against the protocol's own list.

use std::fmt::Write;

/// Whether a method is served.
#[derive(Clone, Copy)]
enum Served {
    Yes,
    Partly,
    No,
}
use Served::{No, Partly, Yes};

impl Served {
    fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::No => "no",
        }
    }
}

/// A method: its name, whether it is served, the capability that says so, and on what, or why not.
type Row = (&'static str, Served, &'static str, &'static str);

/// Methods under a heading.
type Group = (&'static str, &'static [Row]);

const GROUPS: &[Group] = &[
    ("The session", SESSION),
    ("Documents", DOCUMENTS),
    ("What is shown", SHOWN),
    ("Getting around", AROUND),
    ("Changing things", CHANGES),
    ("The workspace", WORKSPACE),
    ("What the server asks of the client", CLIENT),
];

const SESSION: &[Row] = &[
    ("initialize", Yes, "", "positions in UTF-8, UTF-16 or UTF-32; offers only what the client can show"),
    ("initialized", Yes, "", ""),
    ("shutdown", Yes, "", ""),
    ("exit", Yes, "", "the process ends with 0 after `shutdown`, else with 1"),
    ("$/cancelRequest", Yes, "", "every request"),
    (
        "$/progress",
        Yes,
        "",
        "while a folder is read for the first time, once that takes longer than a moment; no partial results",
    ),
    ("$/setTrace", No, "", "logs go to standard error, see `KLOTHO_LS_LOG`"),
    ("$/logTrace", No, "", "the same"),
    ("telemetry/event", No, "", "there is no telemetry"),
];

const DOCUMENTS: &[Row] = &[
    (
        "textDocument/didOpen",
        Yes,
        "textDocumentSync.openClose",
        "annotated languages, the configuration, the usage file",
    ),
    ("textDocument/didChange", Yes, "textDocumentSync.change", "incremental"),
    ("textDocument/didSave", Yes, "textDocumentSync.save", "long documents are parsed from scratch"),
    ("textDocument/didClose", Yes, "textDocumentSync.openClose", "the disk counts again"),
    ("textDocument/willSave", No, "textDocumentSync.willSave", "nothing is prepared before saving"),
    (
        "textDocument/willSaveWaitUntil",
        No,
        "textDocumentSync.willSaveWaitUntil",
        "nothing is changed on saving; editors can format on save",
    ),
    ("notebookDocument/didOpen", No, "notebookDocumentSync", "the compiler does not read notebooks"),
    ("notebookDocument/didChange", No, "notebookDocumentSync", "the same"),
    ("notebookDocument/didSave", No, "notebookDocumentSync", "the same"),
    ("notebookDocument/didClose", No, "notebookDocumentSync", "the same"),
];

const SHOWN: &[Row] = &[
    (
        "textDocument/publishDiagnostics",
        Partly,
        "",
        "open documents, versioned, with related places where the client shows them",
    ),
    (
        "textDocument/diagnostic",
        Yes,
        "diagnosticProvider",
        "sources and the configuration, to clients that can be told to ask anew; others are sent findings",
    ),
    (
        "workspace/diagnostic",
        Yes,
        "diagnosticProvider.workspaceDiagnostics",
        "the findings of all files, open or not; the answer is held until something differs",
    ),
    (
        "textDocument/hover",
        Yes,
        "hoverProvider",
        "annotations, the code that they stand on, functions, calls between units, the configuration",
    ),
    (
        "textDocument/completion",
        Yes,
        "completionProvider",
        "annotations, keys, values, ids, files; the configuration",
    ),
    ("completionItem/resolve", Yes, "completionProvider.resolveProvider", "documentation"),
    (
        "textDocument/signatureHelp",
        No,
        "signatureHelpProvider",
        "annotations have no calls; completion and hover tell what a key takes",
    ),
    (
        "textDocument/inlayHint",
        Yes,
        "inlayHintProvider",
        "where a unit runs and what it costs, routes, users of a store",
    ),
    ("inlayHint/resolve", Yes, "inlayHintProvider.resolveProvider", "the tooltip"),
    ("textDocument/codeLens", Yes, "codeLensProvider", "the same words as hints"),
    ("codeLens/resolve", Yes, "codeLensProvider.resolveProvider", "the title"),
    ("textDocument/semanticTokens/full", Yes, "semanticTokensProvider.full", "bodies of annotations"),
    ("textDocument/semanticTokens/full/delta", Yes, "semanticTokensProvider.full.delta", ""),
    ("textDocument/semanticTokens/range", Yes, "semanticTokensProvider.range", ""),
    ("textDocument/foldingRange", Yes, "foldingRangeProvider", "bodies of annotations and their tables"),
    ("textDocument/selectionRange", Yes, "selectionRangeProvider", "value, entry, table, body, comment"),
    ("textDocument/documentLink", Yes, "documentLinkProvider", "patterns and paths that name one file"),
    ("documentLink/resolve", No, "documentLinkProvider.resolveProvider", "links are complete at once"),
    (
        "textDocument/documentColor",
        No,
        "colorProvider",
        "there are no colours in annotations or the configuration",
    ),
    ("textDocument/colorPresentation", No, "colorProvider", "the same"),
    (
        "textDocument/inlineValue",
        No,
        "inlineValueProvider",
        "values of a program that is being debugged; nothing runs here",
    ),
    (
        "textDocument/inlineCompletion",
        No,
        "inlineCompletionProvider",
        "nothing is guessed: what can be written is finite, and completion offers it",
    ),
];

const AROUND: &[Row] = &[
    (
        "textDocument/definition",
        Yes,
        "definitionProvider",
        "ids, variables that hold stores, routes, calls of other units, files",
    ),
    ("textDocument/declaration", Yes, "declarationProvider", "all places that state a resource"),
    ("textDocument/implementation", Yes, "implementationProvider", "the code behind a resource"),
    (
        "textDocument/typeDefinition",
        No,
        "typeDefinitionProvider",
        "resources have no types in the source; `definition` and `declaration` lead to what there is",
    ),
    (
        "textDocument/references",
        Yes,
        "referencesProvider",
        "annotations, configuration, uses in code, calls, routes",
    ),
    ("textDocument/documentHighlight", Yes, "documentHighlightProvider", "the same in one file"),
    (
        "textDocument/documentSymbol",
        Yes,
        "documentSymbolProvider",
        "annotations with their directives, routes, the configuration",
    ),
    ("workspace/symbol", Yes, "workspaceSymbolProvider", "resources and routes of all projects"),
    (
        "workspaceSymbol/resolve",
        No,
        "workspaceSymbolProvider.resolveProvider",
        "symbols are complete at once",
    ),
    ("textDocument/prepareCallHierarchy", Yes, "callHierarchyProvider", "resources"),
    ("callHierarchy/incomingCalls", Yes, "callHierarchyProvider", "who calls, uses or publishes"),
    ("callHierarchy/outgoingCalls", Yes, "callHierarchyProvider", "whom a unit calls, uses or listens to"),
    (
        "textDocument/prepareTypeHierarchy",
        No,
        "typeHierarchyProvider",
        "resources have no types above or below them",
    ),
    ("typeHierarchy/supertypes", No, "typeHierarchyProvider", "the same"),
    ("typeHierarchy/subtypes", No, "typeHierarchyProvider", "the same"),
    (
        "textDocument/moniker",
        No,
        "monikerProvider",
        "ids belong to one project; no index of others would hold them",
    ),
];

const CHANGES: &[Row] = &[
    ("textDocument/codeAction", Yes, "codeActionProvider", "fixes, switches of the target, the plan"),
    (
        "codeAction/resolve",
        Yes,
        "codeActionProvider.resolveProvider",
        "what an action changes, to clients that ask for it; others get it at once",
    ),
    (
        "textDocument/rename",
        Yes,
        "renameProvider",
        "ids, in annotations, the configuration and the usage file",
    ),
    ("textDocument/prepareRename", Yes, "renameProvider.prepareProvider", ""),
    (
        "textDocument/linkedEditingRange",
        No,
        "linkedEditingRangeProvider",
        "an id that is half typed would leave its other places in other files and the configuration behind; rename changes all of them or none",
    ),
    ("textDocument/formatting", Yes, "documentFormattingProvider", "annotations; nothing else of a file"),
    ("textDocument/rangeFormatting", Yes, "documentRangeFormattingProvider", ""),
    (
        "textDocument/rangesFormatting",
        No,
        "documentRangeFormattingProvider.rangesSupport",
        "one range at a time",
    ),
    (
        "textDocument/onTypeFormatting",
        Yes,
        "documentOnTypeFormattingProvider",
        "Enter and `}` in annotations",
    ),
    ("workspace/executeCommand", Yes, "executeCommandProvider", "see [protocol.md](protocol.md)"),
];

const WORKSPACE: &[Row] = &[
    ("workspace/didChangeWorkspaceFolders", Yes, "workspace.workspaceFolders.changeNotifications", ""),
    ("workspace/didChangeWatchedFiles", Yes, "", "registered when the client watches files"),
    ("workspace/didChangeConfiguration", Yes, "", "settings count at once, pushed or to be asked for"),
    (
        "workspace/willCreateFiles",
        No,
        "workspace.fileOperations.willCreate",
        "nothing follows from a new file",
    ),
    (
        "workspace/willRenameFiles",
        Yes,
        "workspace.fileOperations.willRename",
        "patterns and paths in annotations and the configuration follow",
    ),
    (
        "workspace/willDeleteFiles",
        No,
        "workspace.fileOperations.willDelete",
        "what named the file is a finding, which is for people to decide",
    ),
    (
        "workspace/didCreateFiles",
        Yes,
        "workspace.fileOperations.didCreate",
        "the file counts, also where nobody watches files",
    ),
    ("workspace/didRenameFiles", Yes, "workspace.fileOperations.didRename", "the same"),
    ("workspace/didDeleteFiles", Yes, "workspace.fileOperations.didDelete", "the same"),
    (
        "workspace/textDocumentContent",
        No,
        "workspace.textDocumentContent",
        "there are no documents that only the server has",
    ),
];

const CLIENT: &[Row] = &[
    ("client/registerCapability", Yes, "", "watched files"),
    ("client/unregisterCapability", No, "", "what is registered holds as long as the session"),
    ("window/showMessage", Yes, "", "what a lens tells; imported prices that cannot be read"),
    ("window/showMessageRequest", No, "", "nothing is asked of the person"),
    ("window/logMessage", No, "", "logs go to standard error"),
    ("window/showDocument", No, "", "links and locations are enough"),
    ("window/workDoneProgress/create", Yes, "", "for the first reading of a folder"),
    ("window/workDoneProgress/cancel", No, "", "reading cannot be cancelled: without it nothing is known"),
    ("workspace/applyEdit", Yes, "", "commands that change files"),
    ("workspace/configuration", Yes, "", "the settings of each folder"),
    ("workspace/workspaceFolders", No, "", "folders are told by `initialize` and by notifications"),
    ("workspace/inlayHint/refresh", Yes, "", "when the graph has changed"),
    ("workspace/codeLens/refresh", Yes, "", "the same"),
    ("workspace/semanticTokens/refresh", Yes, "", "when a setting turns them on or off"),
    ("workspace/foldingRange/refresh", No, "", "folds follow from the document alone"),
    ("workspace/inlineValue/refresh", No, "", "there are no inline values"),
    ("workspace/diagnostic/refresh", Yes, "", "when what was answered is true no more"),
    ("workspace/textDocumentContent/refresh", No, "", "there is nothing to refresh"),
];

/// The page.
pub(crate) fn page() -> String {
    let mut page = "# Methods of the protocol\n\nEvery method of the language server protocol, 3.17 and what is drafted for 3.18, \
                    and what klotho-ls makes of it. What has a capability is offered only to clients that can show it.\n"
        .to_owned();
    for (title, rows) in GROUPS {
        let _ = write!(
            page,
            "\n## {title}\n\n| method | served | capability | on what, or why not |\n|---|---|---|---|\n"
        );
        for (method, served, capability, about) in *rows {
            let capability = if capability.is_empty() { "–".to_owned() } else { format!("`{capability}`") };
            let _ = writeln!(page, "| `{method}` | {} | {capability} | {about} |", served.name());
        }
    }
    page
}
