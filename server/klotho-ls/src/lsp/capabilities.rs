//! What the client can do, resolved once, and what the server offers it.

use klotho_ide::Encoding;
use tower_lsp::ls_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability,
    HoverProviderCapability, MarkupKind, OneOf, PositionEncodingKind, ResourceOperationKind,
    ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

/// What the client can do, as far as it matters here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    pub(super) markdown: bool,
    pub(super) disabled_actions: bool,
    pub(super) literal_actions: bool,
    pub(super) document_changes: bool,
    pub(super) create_files: bool,
    pub(super) watches_files: bool,
    pub(super) related_places: bool,
}

impl Client {
    pub(super) fn new(capabilities: &ClientCapabilities) -> Self {
        let document = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let hover = document.and_then(|document| document.hover.as_ref()?.content_format.as_ref());
        let action = document.and_then(|document| document.code_action.as_ref());
        let findings = document.and_then(|document| document.publish_diagnostics.as_ref());
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let operations = edit.and_then(|edit| edit.resource_operations.as_ref());
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        Self {
            encoding: encoding(capabilities),
            markdown: hover.is_none_or(|formats| formats.contains(&MarkupKind::Markdown)),
            disabled_actions: action.is_some_and(|action| action.disabled_support == Some(true)),
            literal_actions: action.is_some_and(|action| action.code_action_literal_support.is_some()),
            document_changes: edit.is_some_and(|edit| edit.document_changes == Some(true)),
            create_files: operations.is_some_and(|found| found.contains(&ResourceOperationKind::Create)),
            watches_files: watched.is_some_and(|watched| watched.dynamic_registration == Some(true)),
            related_places: findings.is_some_and(|findings| findings.related_information == Some(true)),
        }
    }
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

/// What the server offers.
pub(super) fn server(client: &Client) -> ServerCapabilities {
    let encoding = match client.encoding {
        Encoding::Utf8 => PositionEncodingKind::UTF8,
        Encoding::Utf16 => PositionEncodingKind::UTF16,
        Encoding::Utf32 => PositionEncodingKind::UTF32,
    };
    ServerCapabilities {
        position_encoding: Some(encoding),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(true.into()),
            ..TextDocumentSyncOptions::default()
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR_REWRITE]),
            ..CodeActionOptions::default()
        })),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            ..WorkspaceServerCapabilities::default()
        }),
        ..ServerCapabilities::default()
    }
}
