//! A unit of its own for a file, from its head.

use super::annotate::new_unit;
use super::written::{Written, after_head};
use super::{Asked, Offer};
use crate::TextEdit;
use crate::naming::{fresh_id, name_of_file};
use klotho_graph::Kind;
use klotho_text::Span;

/// The file as the start of a unit that is named after it, where the cursor is no further than its first statement.
pub(super) fn own_unit(asked: &Asked<'_>) -> Vec<Offer> {
    made(asked).into_iter().collect()
}

fn made(asked: &Asked<'_>) -> Option<Offer> {
    let document = asked.context.document?;
    let (language, text) = (document.language.filter(|it| it.is_program())?, &*document.text);
    let root = document.tree.as_ref()?.root_node();
    let comments = &language.kinds().comments;
    let first = root.named_children().find(|node| !comments.contains(&node.kind_id()))?;
    if document.lines.line_of(asked.span.start as usize) > first.start_position().row {
        return None;
    }
    let id = fresh_id(asked.context, &[Kind::ExecutionUnit], &name_of_file(asked.context))?;
    let written = Written::like(text, language, "");
    let annotation = written.forms("execution_unit", &[format!("id = \"{id}\"")]).pop()?;
    let at = after_head(text);
    let gap = if at == 0 { "" } else { written.newline };
    let text = format!("{gap}{annotation}{}", written.newline);
    new_unit(asked, &format!("Give this file its own unit, {id}"), TextEdit { span: Span::empty(at), text })
}
