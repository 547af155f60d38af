//! What the client can do, resolved once, and what the server offers it.

use super::configuration::Scoped;
use super::convert::LATE_KINDS;
use super::file_operations::FileOperations;
use super::reports::Reports;
use super::requests::klotho::METHODS;
use super::shows::Shows;
use klotho_ide::Encoding;
use serde_json::json;
use tower_lsp::ls_types::{
    CallHierarchyServerCapability, ClientCapabilities, CodeActionKind, CodeActionOptions,
    CodeActionProviderCapability, CompletionItemCapability, CompletionOptions, DeclarationCapability,
    GotoCapability, HoverProviderCapability, ImplementationProviderCapability, InsertTextMode, MarkupKind,
    OneOf, PositionEncodingKind, RenameOptions, ResourceOperationKind, ServerCapabilities,
    SymbolKindCapability, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

/// What the client can do, as far as it matters here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    pub(super) markdown: bool,
    pub(super) disabled_actions: bool,
    pub(super) preferred_actions: bool,
    pub(super) literal_actions: bool,
    /// Whether it asks what an action changes once it was chosen.
    pub(super) lazy_actions: bool,
    pub(super) document_changes: bool,
    pub(super) create_files: bool,
    pub(super) watches_files: bool,
    pub(super) shows_progress: bool,
    pub(super) reports: Reports,
    /// Whether it can be asked for its settings,
    pub(super) answers_settings: bool,
    /// and be told of which changes we want to know.
    pub(super) tells_settings: bool,
    pub(super) completion: Completion,
    pub(super) shows: Shows,
    pub(super) file_operations: FileOperations,
    pub(super) definition_links: bool,
    pub(super) declaration_links: bool,
    pub(super) implementation_links: bool,
    pub(super) nested_symbols: bool,
    /// Whether it knows the kinds of symbols that the protocol had later than others, in outlines
    pub(super) late_kinds: bool,
    /// and in what a search finds.
    pub(super) late_kinds_found: bool,
    pub(super) prepares_renames: bool,
    pub(super) shows_calls: bool,
    /// Whether it wants to know when graphs have changed.
    pub(super) follows_graphs: bool,
}

/// What the client can do with what is offered at its cursor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Completion {
    pub(super) snippets: bool,
    pub(super) insert_replace: bool,
    pub(super) markdown: bool,
    /// Whether it asks for documentation once it shows an item.
    pub(super) asks_for_documentation: bool,
    /// Whether it can be told to put the blanks of the cursor's line before the others,
    pub(super) adjusts_indentation: bool,
    /// and whether to take texts as they are.
    pub(super) takes_as_is: bool,
}

impl Completion {
    fn new(item: Option<&CompletionItemCapability>) -> Self {
        let modes = item.and_then(|item| item.insert_text_mode_support.as_ref());
        let has_mode = |mode| modes.is_some_and(|modes| modes.value_set.contains(&mode));
        let resolved = item.and_then(|item| item.resolve_support.as_ref());
        let formats = item.and_then(|item| item.documentation_format.as_ref());
        Self {
            snippets: item.is_some_and(|item| item.snippet_support == Some(true)),
            insert_replace: item.is_some_and(|item| item.insert_replace_support == Some(true)),
            markdown: formats.is_none_or(|formats| formats.contains(&MarkupKind::Markdown)),
            asks_for_documentation: resolved
                .is_some_and(|resolved| resolved.properties.iter().any(|name| name == "documentation")),
            adjusts_indentation: has_mode(InsertTextMode::ADJUST_INDENTATION),
            takes_as_is: has_mode(InsertTextMode::AS_IS),
        }
    }
}

impl Client {
    pub(super) fn new(capabilities: &ClientCapabilities) -> Self {
        let document = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let hover = document.and_then(|document| document.hover.as_ref()?.content_format.as_ref());
        let action = document.and_then(|document| document.code_action.as_ref());
        let symbols = document.and_then(|document| document.document_symbol.as_ref());
        let rename = document.and_then(|document| document.rename.as_ref());
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let operations = edit.and_then(|edit| edit.resource_operations.as_ref());
        let changed = workspace.and_then(|workspace| workspace.did_change_configuration);
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        let window = capabilities.window.as_ref();
        Self {
            encoding: encoding(capabilities),
            markdown: hover.is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            disabled_actions: action.is_some_and(|action| action.disabled_support == Some(true)),
            preferred_actions: action.is_some_and(|action| action.is_preferred_support == Some(true)),
            literal_actions: action.is_some_and(|action| action.code_action_literal_support.is_some()),
            lazy_actions: action.is_some_and(|action| {
                let resolved = action.resolve_support.as_ref();
                let asks = resolved.is_some_and(|found| found.properties.iter().any(|name| name == "edit"));
                asks && action.data_support == Some(true)
            }),
            document_changes: edit.is_some_and(|edit| edit.document_changes == Some(true)),
            create_files: operations.is_some_and(|found| found.contains(&ResourceOperationKind::Create)),
            watches_files: watched.is_some_and(|watched| watched.dynamic_registration == Some(true)),
            shows_progress: window.is_some_and(|window| window.work_done_progress == Some(true)),
            answers_settings: workspace.is_some_and(|workspace| workspace.configuration == Some(true)),
            tells_settings: changed.is_some_and(|changed| changed.dynamic_registration == Some(true)),
            completion: Completion::new(
                document.and_then(|document| document.completion.as_ref()?.completion_item.as_ref()),
            ),
            definition_links: document.is_some_and(|it| has_links(it.definition)),
            declaration_links: document.is_some_and(|it| has_links(it.declaration)),
            implementation_links: document.is_some_and(|it| has_links(it.implementation)),
            late_kinds: symbols.is_some_and(|it| has_late_kinds(it.symbol_kind.as_ref())),
            late_kinds_found: workspace
                .and_then(|it| it.symbol.as_ref())
                .is_some_and(|it| has_late_kinds(it.symbol_kind.as_ref())),
            nested_symbols: symbols.is_some_and(|it| it.hierarchical_document_symbol_support == Some(true)),
            prepares_renames: rename.is_some_and(|rename| rename.prepare_support == Some(true)),
            shows_calls: document.is_some_and(|document| document.call_hierarchy.is_some()),
            reports: Reports::new(capabilities),
            follows_graphs: false,
            shows: Shows::new(capabilities),
            file_operations: FileOperations::new(capabilities),
        }
    }
}

/// Whether the client shows of which words a link is made.
fn has_links(goto: Option<GotoCapability>) -> bool {
    goto.is_some_and(|goto| goto.link_support == Some(true))
}

/// Whether the client names all kinds of symbols that are used; without a list it knows those up to arrays.
fn has_late_kinds(named: Option<&SymbolKindCapability>) -> bool {
    let named = named.and_then(|named| named.value_set.as_ref());
    named.is_some_and(|named| LATE_KINDS.iter().all(|kind| named.contains(kind)))
}

/// UTF-8 where the client offers it, because then nothing has to be counted; UTF-16, the protocol's default, else.
fn encoding(capabilities: &ClientCapabilities) -> Encoding {
    let offered = capabilities.general.as_ref().and_then(|general| general.position_encodings.as_ref());
    let offers = |kind: &PositionEncodingKind| offered.is_some_and(|offered| offered.contains(kind));
    if offers(&PositionEncodingKind::UTF8) {
        Encoding::Utf8
    } else if offers(&PositionEncodingKind::UTF32) && !offers(&PositionEncodingKind::UTF16) {
        Encoding::Utf32
    } else {
        Encoding::Utf16
    }
}

/// What starts a name, a value, a header, a key below a key, and what goes on in a folder.
const COMPLETION_TRIGGERS: [&str; 7] = ["@", ":", "\"", "=", "[", ".", "/"];

/// The kinds of actions that there are.
const ACTION_KINDS: [&str; 4] = ["quickfix", "refactor.rewrite", "refactor.extract", "source.fixAll.klotho"];

/// What the server offers.
pub(super) fn server(client: &Client, settings: &Scoped) -> ServerCapabilities {
    let encoding = match client.encoding {
        Encoding::Utf8 => PositionEncodingKind::UTF8,
        Encoding::Utf16 => PositionEncodingKind::UTF16,
        Encoding::Utf32 => PositionEncodingKind::UTF32,
    };
    let offered = ServerCapabilities {
        position_encoding: Some(encoding),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(true.into()),
            ..TextDocumentSyncOptions::default()
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(COMPLETION_TRIGGERS.map(str::to_owned).into()),
            resolve_provider: Some(true),
            ..CompletionOptions::default()
        }),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(ACTION_KINDS.map(CodeActionKind::from).into()),
            resolve_provider: Some(client.lazy_actions),
            ..CodeActionOptions::default()
        })),
        definition_provider: Some(OneOf::Left(true)),
        declaration_provider: Some(DeclarationCapability::Simple(true)),
        implementation_provider: Some(ImplementationProviderCapability::Simple(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        rename_provider: Some(rename(client)),
        call_hierarchy_provider: client.shows_calls.then_some(CallHierarchyServerCapability::Simple(true)),
        experimental: Some(json!({ "klotho": { "requests": METHODS, "graphChanged": true } })),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: client.file_operations.offered(),
        }),
        ..ServerCapabilities::default()
    };
    client.reports.offer(client.shows.offer(offered, settings))
}

/// Whoever does not ask first must not be told that it can.
fn rename(client: &Client) -> OneOf<bool, RenameOptions> {
    if !client.prepares_renames {
        return OneOf::Left(true);
    }
    let work_done_progress_options = WorkDoneProgressOptions::default();
    OneOf::Right(RenameOptions { prepare_provider: Some(true), work_done_progress_options })
}
