//! Ways to make a file that no entry point reaches part of a unit (reference, 9, Q19).

use super::quick_fix;
use crate::assists::after_head;
use crate::document::Document;
use crate::placement::UNITS_SHOWN;
use crate::snapshot::Context;
use crate::{CodeAction, FileEdit, TextEdit, WorkspaceEdit};
use klotho_graph::Located;
use klotho_text::Span;

/// An annotation that keeps the file: for each of the first units that annotations declare, or else for every unit, since
/// an id would take the place of the one that is there without any.
pub(super) fn fixes(context: &Context<'_>, located: &Located) -> Vec<CodeAction> {
    let Some(document) = context.document else { return Vec::new() };
    let units = context.project.derived().units.iter();
    let declared = units.filter(|(_, unit)| !unit.declared.is_empty()).map(|(id, _)| id).take(UNITS_SHOWN);
    let mut choices: Vec<_> = declared
        .map(|id| (format!("Make this file part of the unit `{id}`"), format!("id = \"{id}\"")))
        .collect();
    if choices.is_empty() {
        choices.push(("Keep this file in every unit".to_owned(), "all_units = true".to_owned()));
    }
    let is_only = choices.len() == 1;
    let fix = |(title, directive): (String, String)| {
        let edits = vec![annotation(document, &directive)?];
        let file = FileEdit { path: context.absolute(&context.relative), create: false, edits };
        Some(quick_fix(context, located, title, WorkspaceEdit { files: vec![file] }, is_only))
    };
    choices.into_iter().filter_map(fix).collect()
}

/// An `execution_unit` at the top of the file, apart from the comments that may follow.
fn annotation(document: &Document, directive: &str) -> Option<TextEdit> {
    let marker = document.language?.spec().comments.line;
    let newline = if document.text.contains("\r\n") { "\r\n" } else { "\n" };
    let text = format!("{marker} @klotho::execution_unit {{ {directive} }}{newline}{newline}");
    let at = after_head(&document.text);
    let text = if at == 0 { text } else { format!("{newline}{text}") };
    Some(TextEdit { span: Span::empty(at), text })
}
