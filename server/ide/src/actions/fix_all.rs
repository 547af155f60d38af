//! All fixes of one document at once, as far as each finding has one right answer.

use super::fixes;
use crate::config_edit::difference;
use crate::{Change, CodeAction, FileEdit, FilePath, Host, Snapshot, TextEdit, WorkspaceEdit};
use klotho_annotation::finding::Code;
use klotho_graph::Located;
use klotho_text::Span;
use std::sync::Arc;

/// The kind of the action.
pub(crate) const KIND: &str = "source.fixAll.klotho";

/// One fix may uncover the next finding; what is not settled after so many rounds is left as it is.
const ROUNDS: usize = 8;

/// Whether what to do is for a person to decide: where something runs, what a file belongs to.
fn is_decision(located: &Located) -> bool {
    match located.finding.code {
        Code::TargetConflict | Code::TargetNotInConfig | Code::TargetInfeasible | Code::CheaperTarget => true,
        Code::NoResource => located.finding.variant == "unreachable",
        _ => false,
    }
}

/// The action for an open document; none where there is nothing to fix. For a preview its edit is the first round alone.
pub(crate) fn action(snapshot: &Snapshot, path: &FilePath, is_preview: bool) -> Option<CodeAction> {
    let first = round(snapshot, path);
    if first.is_empty() {
        return None;
    }
    let edits = if is_preview { first } else { settled(snapshot, path, first)? };
    let edit = WorkspaceEdit { files: vec![FileEdit { path: Arc::clone(path), create: false, edits }] };
    Some(CodeAction {
        title: "Fix all Klotho findings that have one right answer".to_owned(),
        kind: KIND,
        is_preferred: false,
        disabled: None,
        fixes: Vec::new(),
        edit,
    })
}

/// The edits after which there is nothing to fix any more, beginning with the `first`.
fn settled(snapshot: &Snapshot, path: &FilePath, first: Vec<TextEdit>) -> Option<Vec<TextEdit>> {
    let document = snapshot.documents.get(path)?;
    let before = &document.text;
    let (mut text, mut rounds) = (applied(before, &first), 1);
    let mut host = Host::of(snapshot.clone());
    while rounds < ROUNDS {
        host.apply(Change::Open {
            path: Arc::clone(path),
            language: document.language,
            version: document.version,
            text: text.clone(),
        });
        host.settle();
        let next = round(&host.snapshot(), path);
        if next.is_empty() {
            break;
        }
        text = applied(&text, &next);
        rounds += 1;
    }
    Some(if rounds == 1 { first } else { vec![difference(before, &text)] })
}

/// The fixes of the findings that have one, as far as they do not touch each other.
fn round(snapshot: &Snapshot, path: &FilePath) -> Vec<TextEdit> {
    let Some(context) = snapshot.context(path).filter(|context| context.document.is_some()) else {
        return Vec::new();
    };
    let mut edits: Vec<TextEdit> = Vec::new();
    for located in context.project.shown_findings_of(&context.relative) {
        if is_decision(&located) {
            continue;
        }
        let mut right = fixes(&context, &located).into_iter().filter(|fix| fix.is_preferred);
        let (Some(fix), None) = (right.next(), right.next()) else { continue };
        let Ok([file]) = <[FileEdit; 1]>::try_from(fix.edit.files) else { continue };
        let touches = |edit: &TextEdit| edits.iter().any(|other| touch(edit.span, other.span));
        if file.path == *path && !file.create && !file.edits.iter().any(touches) {
            edits.extend(file.edits);
        }
    }
    edits.sort_by_key(|edit| edit.span.start);
    edits
}

fn touch(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}

fn applied(text: &str, edits: &[TextEdit]) -> String {
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        text.replace_range(edit.span.range(), &edit.text);
    }
    text
}
