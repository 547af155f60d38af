//! Between the protocol's types and ours.

use super::capabilities::Client;
use klotho_ide::{
    CodeAction, Diagnostic, Encoding, FileEdit, FilePath, LineIndex, Position, Severity, Snapshot, Span,
    WorkspaceEdit,
};
use std::collections::HashMap;
use tower_lsp::ls_types as lsp;

/// The path by which the world knows a document: that of its file, or its whole URI when it has none.
pub(super) fn path(uri: &lsp::Uri) -> FilePath {
    let file = (uri.scheme().as_str() == "file").then(|| uri.to_file_path()).flatten();
    match file {
        Some(file) => file.to_string_lossy().replace('\\', "/").trim_end_matches('/').into(),
        None => uri.as_str().into(),
    }
}

/// The URI of a path.
pub(super) fn uri(path: &str) -> Option<lsp::Uri> {
    if path.starts_with('/') || path.get(1..3) == Some(":/") {
        return lsp::Uri::from_file_path(path);
    }
    path.parse().ok()
}

pub(super) fn position(position: lsp::Position) -> Position {
    Position { line: position.line, character: position.character }
}

pub(super) fn span(range: lsp::Range, lines: &LineIndex, encoding: Encoding) -> Span {
    let start = lines.offset(position(range.start), encoding);
    Span::new(start, lines.offset(position(range.end), encoding))
}

pub(super) fn range(span: Span, lines: &LineIndex, encoding: Encoding) -> lsp::Range {
    let (start, end) = lines.positions(span, encoding);
    let convert = |position: Position| lsp::Position { line: position.line, character: position.character };
    lsp::Range { start: convert(start), end: convert(end) }
}

pub(super) fn diagnostic(diagnostic: &Diagnostic, lines: &LineIndex, encoding: Encoding) -> lsp::Diagnostic {
    lsp::Diagnostic {
        range: range(diagnostic.span, lines, encoding),
        severity: Some(match diagnostic.severity {
            Severity::Error => lsp::DiagnosticSeverity::ERROR,
            Severity::Warning => lsp::DiagnosticSeverity::WARNING,
            Severity::Information => lsp::DiagnosticSeverity::INFORMATION,
            Severity::Hint => lsp::DiagnosticSeverity::HINT,
        }),
        code: Some(lsp::NumberOrString::String(diagnostic.code.name().to_owned())),
        source: Some("klotho".to_owned()),
        message: diagnostic.message.clone(),
        ..lsp::Diagnostic::default()
    }
}

/// An action as the client can show it; `None` when it cannot.
pub(super) fn action(action: &CodeAction, snapshot: &Snapshot, client: &Client) -> Option<lsp::CodeAction> {
    if action.disabled.is_some() && !client.disabled_actions {
        return None;
    }
    let fixes = action.fixes.iter().filter_map(|fixed| {
        let lines = snapshot.lines(fixed.path.as_deref()?)?;
        Some(diagnostic(fixed, &lines, client.encoding))
    });
    let fixes: Vec<_> = fixes.collect();
    let edit = match &action.disabled {
        Some(_) => None,
        None => Some(edit(&action.edit, snapshot, client)?),
    };
    Some(lsp::CodeAction {
        title: action.title.clone(),
        kind: Some(action.kind.to_owned().into()),
        diagnostics: (!fixes.is_empty()).then_some(fixes),
        is_preferred: action.is_preferred.then_some(true),
        disabled: action.disabled.clone().map(|reason| lsp::CodeActionDisabled { reason }),
        edit,
        ..lsp::CodeAction::default()
    })
}

/// All edits or none: half a switch would leave the files in disagreement.
fn edit(edit: &WorkspaceEdit, snapshot: &Snapshot, client: &Client) -> Option<lsp::WorkspaceEdit> {
    if client.document_changes {
        return versioned(edit, snapshot, client);
    }
    let files =
        edit.files.iter().map(|file| Some((uri(&file.path)?, text_edits(file, snapshot, client.encoding)?)));
    let changes: HashMap<_, _> = files.collect::<Option<_>>()?;
    Some(lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() })
}

fn versioned(edit: &WorkspaceEdit, snapshot: &Snapshot, client: &Client) -> Option<lsp::WorkspaceEdit> {
    let open: HashMap<_, _> = snapshot.open_documents().into_iter().collect();
    let mut operations = Vec::new();
    for file in &edit.files {
        let uri = uri(&file.path)?;
        if file.create && client.create_files {
            operations.push(lsp::DocumentChangeOperation::Op(lsp::ResourceOp::Create(lsp::CreateFile {
                uri: uri.clone(),
                options: None,
                annotation_id: None,
            })));
        }
        let edits = text_edits(file, snapshot, client.encoding)?;
        operations.push(lsp::DocumentChangeOperation::Edit(lsp::TextDocumentEdit {
            text_document: lsp::OptionalVersionedTextDocumentIdentifier {
                uri,
                version: open.get(&file.path).copied(),
            },
            edits: edits.into_iter().map(lsp::OneOf::Left).collect(),
        }));
    }
    Some(lsp::WorkspaceEdit {
        document_changes: Some(lsp::DocumentChanges::Operations(operations)),
        ..lsp::WorkspaceEdit::default()
    })
}

fn text_edits(file: &FileEdit, snapshot: &Snapshot, encoding: Encoding) -> Option<Vec<lsp::TextEdit>> {
    let lines = if file.create { LineIndex::default().into() } else { snapshot.lines(&file.path)? };
    let edits = file.edits.iter();
    Some(
        edits
            .map(|edit| lsp::TextEdit {
                range: range(edit.span, &lines, encoding),
                new_text: edit.text.clone(),
            })
            .collect(),
    )
}
