//! The blanks between the parts of one annotation.

use super::margin::{LEADERS, Margin, blanks};
use crate::{Span, TextEdit};
use klotho_annotation::{Anatomy, Part};

/// The edits that lay out an annotation, in document order.
pub(super) fn edits(text: &str, anatomy: &Anatomy) -> Vec<TextEdit> {
    let margin = Margin::of(text, anatomy);
    let (mut edits, mut depth) = (Vec::new(), 0_usize);
    for pair in anatomy.parts.windows(2) {
        let [before, after] = pair else { continue };
        depth = deeper(depth, before.part);
        let between = Span { start: before.at().end, end: after.at().start };
        let sides = (before.part, after.part);
        if between.of(text).contains('\n') {
            let level = level(depth, Some(after.part));
            edits.extend(between_lines(text, between, sides, &margin, level));
        } else if let Some(gap) = gap(sides).filter(|gap| *gap != between.of(text)) {
            let is_blank = blanks(between.of(text)) == between.len();
            edits.extend(is_blank.then(|| TextEdit { span: between, text: gap.to_owned() }));
        }
    }
    edits.into_iter().map(|edit| smallest(text, edit)).collect()
}

/// An edit without what it leaves as it is at its start and its end: code before a comment is not touched.
fn smallest(text: &str, edit: TextEdit) -> TextEdit {
    let old = edit.span.of(text);
    let alike = |(old, new): &(char, char)| old == new;
    let start: usize =
        old.chars().zip(edit.text.chars()).take_while(alike).map(|(same, _)| same.len_utf8()).sum();
    let (old, new) = (&old[start..], &edit.text[start..]);
    let end: usize =
        old.chars().rev().zip(new.chars().rev()).take_while(alike).map(|(same, _)| same.len_utf8()).sum();
    let from = edit.span.start as usize + start;
    TextEdit { span: Span::new(from, from + old.len() - end), text: new[..new.len() - end].to_owned() }
}

/// How many lists and tables are open behind a part.
pub(super) fn deeper(depth: usize, part: Part) -> usize {
    match part {
        Part::Open => depth + 1,
        Part::Close => depth.saturating_sub(1),
        _ => depth,
    }
}

/// How far a line is indented that starts with a part.
pub(super) fn level(depth: usize, first: Option<Part>) -> usize {
    match first {
        Some(Part::BodyStart | Part::BodyEnd) => 0,
        Some(Part::Close) => depth,
        _ => depth + 1,
    }
}

/// What stands between two parts of one line; `None` where that is the writer's choice.
fn gap(sides: (Part, Part)) -> Option<&'static str> {
    match sides {
        (_, Part::Comment) | (Part::Comma, Part::Close) | (Part::BodyStart, Part::BodyEnd) => None,
        (Part::Equals | Part::Comma | Part::BodyStart, _) => Some(" "),
        (Part::Capability, Part::BodyStart) | (_, Part::Equals | Part::BodyEnd) => Some(" "),
        (_, Part::Comma) => Some(""),
        _ => None,
    }
}

/// One line between two parts.
struct Row<'a> {
    start: usize,
    text: &'a str,
}

/// Lays out the end of one part's line, the empty lines after it and the start of the next part's.
fn between_lines(
    text: &str,
    between: Span,
    sides: (Part, Part),
    margin: &Margin,
    level: usize,
) -> Vec<TextEdit> {
    let mut start = between.start as usize;
    let mut rows: Vec<Row<'_>> = Vec::new();
    for line in between.of(text).split_inclusive('\n') {
        rows.push(Row { start, text: line.trim_end_matches(['\n', '\r']) });
        start += line.len();
    }
    if between.of(text).ends_with('\n') {
        rows.push(Row { start, text: "" });
    }
    let is_empty = |row: &Row<'_>| {
        row.text.trim_matches(LEADERS).trim_matches([' ', '\t']).trim_matches(LEADERS).is_empty()
    };
    let [first, empty @ .., last] = &rows[..] else { return Vec::new() };
    // Code may stand before a line comment.
    if !empty.iter().all(is_empty) {
        return Vec::new();
    }
    let kept = if sides.0 == Part::BodyStart || sides.1 == Part::BodyEnd { 0 } else { 1 };
    let mut edits = vec![changed(first, first.text.trim_end_matches([' ', '\t']).to_owned())];
    edits.extend(empty.iter().take(kept).map(|row| changed(row, margin.empty_line(row.text))));
    // A line that is one too many goes together with what stands before the part.
    let from = empty.get(kept).map_or(last.start, |row| row.start);
    let lead = margin.line(last.text, level);
    let until = Span::new(from, between.end as usize);
    edits.push((until.of(text) != lead).then_some(TextEdit { span: until, text: lead }));
    edits.into_iter().flatten().collect()
}

fn changed(row: &Row<'_>, text: String) -> Option<TextEdit> {
    let span = Span::new(row.start, row.start + row.text.len());
    (row.text != text).then_some(TextEdit { span, text })
}
