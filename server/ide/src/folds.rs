//! What can be folded in annotations.

use crate::anatomy::annotations;
use crate::snapshot::Context;
use klotho_annotation::{Value, ValueKind};
use klotho_text::{LineIndex, Span};

/// No file folds in more places than this.
const MOST: usize = 5_000;

/// What can be folded: bodies, tables and values over several lines. A line that only closes something stays in sight.
pub(crate) fn folds(context: &Context<'_>) -> Vec<Span> {
    let Some(document) = context.document else { return Vec::new() };
    let mut found = Vec::new();
    for annotation in annotations(context).iter().filter(|annotation| annotation.body.is_some()) {
        found.push(*annotation.at);
        let mut rest: Vec<&Value> = annotation.directives.entries.iter().map(|entry| &entry.value).collect();
        while let Some(value) = rest.pop() {
            found.push(*value.at);
            rest.extend(inside(value));
        }
    }
    let mut folds: Vec<_> =
        found.into_iter().filter_map(|at| fold(&document.text, &document.lines, at)).collect();
    folds.sort_by_key(|fold| (fold.start, std::cmp::Reverse(fold.end)));
    folds.dedup();
    folds.truncate(MOST);
    folds
}

fn inside(value: &Value) -> Vec<&Value> {
    match &value.kind {
        ValueKind::Table(table) => table.entries.iter().map(|entry| &entry.value).collect(),
        ValueKind::Array(values) => values.iter().collect(),
        _ => Vec::new(),
    }
}

fn fold(text: &str, lines: &LineIndex, at: Span) -> Option<Span> {
    let first = lines.line_of(at.start as usize);
    let last = lines.line_of(at.end as usize);
    let before = text.get(lines.line_span(last).start as usize..at.end as usize)?;
    let closes_alone = before.trim_matches([' ', '\t', '*', '/', '#', '}', ']']).is_empty();
    let last = if closes_alone { last.checked_sub(1)? } else { last };
    let end = if closes_alone { lines.line_span(last).end } else { at.end };
    (first < last).then_some(Span { start: at.start, end })
}
