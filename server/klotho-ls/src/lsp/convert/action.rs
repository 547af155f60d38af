//! Actions and edits, in the form that the client understands.

use super::{Promise, diagnostic, range, uri};
use crate::lsp::capabilities::Client;
use klotho_ide::{CodeAction, Diagnostic, Encoding, FileEdit, LineIndex, Snapshot, TextEdit, WorkspaceEdit};
use std::collections::HashMap;
use tower_lsp::ls_types as lsp;

/// The kind of what does nothing but mend a finding.
const QUICK_FIX: &str = "quickfix";

/// An action as the client can show it; `None` when it cannot, and for fixes of findings that are not `shown`. With a promise
/// what it changes is left for later.
pub(crate) fn action(
    action: &CodeAction,
    snapshot: &Snapshot,
    client: &Client,
    promise: Option<Promise>,
    shown: impl Fn(Vec<Diagnostic>) -> Vec<Diagnostic>,
) -> Option<lsp::CodeAction> {
    if action.disabled.is_some() && !client.disabled_actions {
        return None;
    }
    let fixed = shown(action.fixes.clone());
    if fixed.is_empty() && !action.fixes.is_empty() && action.kind == QUICK_FIX {
        return None;
    }
    let fixes = fixed.iter().filter_map(|fixed| {
        let lines = snapshot.lines(fixed.path.as_deref()?)?;
        Some(diagnostic(fixed, snapshot, &lines, client))
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
        is_preferred: (action.is_preferred && client.preferred_actions).then_some(true),
        disabled: action.disabled.clone().map(|reason| lsp::CodeActionDisabled { reason }),
        data: promise.as_ref().filter(|_| edit.is_some()).and_then(Promise::to_data),
        edit: edit.filter(|_| promise.is_none()),
        ..lsp::CodeAction::default()
    })
}

/// All edits or none: half a switch would leave the files in disagreement.
pub(crate) fn edit(edit: &WorkspaceEdit, snapshot: &Snapshot, client: &Client) -> Option<lsp::WorkspaceEdit> {
    // Without resource operations a file can only be made by writing into it: in the plain form clients open what is
    // not there, in the versioned one some refuse.
    let creates = edit.files.iter().any(|file| file.create);
    if client.document_changes && (client.create_files || !creates) {
        return versioned(edit, snapshot, client);
    }
    let files =
        edit.files.iter().map(|file| Some((uri(&file.path)?, file_edits(file, snapshot, client.encoding)?)));
    let changes: HashMap<_, _> = files.collect::<Option<_>>()?;
    Some(lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() })
}

fn versioned(edit: &WorkspaceEdit, snapshot: &Snapshot, client: &Client) -> Option<lsp::WorkspaceEdit> {
    let open: HashMap<_, _> = snapshot.open_documents().into_iter().collect();
    let mut operations = Vec::new();
    for file in &edit.files {
        let uri = uri(&file.path)?;
        if file.create {
            operations.push(lsp::DocumentChangeOperation::Op(lsp::ResourceOp::Create(lsp::CreateFile {
                uri: uri.clone(),
                options: None,
                annotation_id: None,
            })));
        }
        let edits = file_edits(file, snapshot, client.encoding)?;
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

fn file_edits(file: &FileEdit, snapshot: &Snapshot, encoding: Encoding) -> Option<Vec<lsp::TextEdit>> {
    let lines = if file.create { LineIndex::default().into() } else { snapshot.lines(&file.path)? };
    Some(text_edits(&file.edits, &lines, encoding))
}

/// The edits of one file.
pub(crate) fn text_edits(edits: &[TextEdit], lines: &LineIndex, encoding: Encoding) -> Vec<lsp::TextEdit> {
    let convert = |edit: &TextEdit| lsp::TextEdit {
        range: range(edit.span, lines, encoding),
        new_text: edit.text.clone(),
    };
    edits.iter().map(convert).collect()
}
