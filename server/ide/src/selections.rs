//! What to select around a place in an annotation.

use crate::anatomy::annotations;
use crate::snapshot::Context;
use klotho_annotation::{Entry, ValueKind};
use klotho_text::Span;

/// What to select around `offset`, from the whole comment inwards, each within the one before it.
pub(crate) fn selections(context: &Context<'_>, offset: usize) -> Vec<Span> {
    let mut around = annotations(context).iter().filter(|annotation| annotation.at.touches(offset));
    let Some(annotation) = around.next_back() else { return Vec::new() };
    let mut spans = vec![*annotation.comment, *annotation.at];
    let body = annotation.body.filter(|body| body.touches(offset));
    spans.extend(body.map(|body| *body));
    if body.is_some() {
        descend(&annotation.directives.entries, offset, &mut spans);
    } else if annotation.capability_at.touches(offset) {
        spans.push(*annotation.capability_at);
    }
    let mut last = None;
    spans.retain(|span| last.replace(*span).is_none_or(|outer: Span| outer.covers(*span) && outer != *span));
    spans
}

/// Adds the entries, keys and values around `offset`, from the outermost inwards.
fn descend(entries: &[Entry], offset: usize, spans: &mut Vec<Span>) {
    let mut entries = entries;
    while let Some(entry) = entries.iter().find(|entry| entry.key_at.join(*entry.value.at).touches(offset)) {
        spans.push(entry.key_at.join(*entry.value.at));
        entries = &[];
        let mut value = Some(&entry.value).filter(|value| value.at.touches(offset));
        if entry.key_at.touches(offset) {
            spans.push(*entry.key_at);
            value = value.filter(|value| matches!(value.kind, ValueKind::Table(_)));
        }
        while let Some(found) = value.take() {
            spans.push(*found.at);
            match &found.kind {
                ValueKind::Table(table) => entries = &table.entries,
                ValueKind::Array(values) => value = values.iter().find(|value| value.at.touches(offset)),
                // Between its quotes.
                ValueKind::String(_) if found.at.len() > 2 => {
                    spans.push(Span { start: found.at.start + 1, end: found.at.end - 1 });
                }
                _ => {}
            }
        }
    }
}
