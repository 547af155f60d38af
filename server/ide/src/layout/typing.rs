//! What follows from a character that was typed inside an annotation.

use super::layout;
use super::lines::{deeper, level};
use super::margin::{Margin, blanks, is_starred, line_start};
use crate::anatomy::within;
use crate::snapshot::Context;
use crate::{Span, TextEdit};
use klotho_annotation::{Anatomy, Part};

/// The edits that follow from typing `character`, behind which the cursor is now at `offset`.
pub(crate) fn typed(context: &Context<'_>, offset: usize, character: char) -> Vec<TextEdit> {
    match character {
        '}' => closed(context, offset),
        '\n' => entered(context, offset).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// A brace that closes a body has its line laid out, as far as the brace.
fn closed(context: &Context<'_>, offset: usize) -> Vec<TextEdit> {
    let Some(document) = context.document else { return Vec::new() };
    let closes = |anatomy: &Anatomy| {
        anatomy
            .parts
            .last()
            .is_some_and(|last| last.part == Part::BodyEnd && last.at().end as usize == offset)
    };
    if !within(context, Span::empty(offset)).iter().any(closes) {
        return Vec::new();
    }
    let line = Span::new(line_start(&document.text, offset), offset);
    let mut edits = layout(context, line);
    edits.retain(|edit| line.covers(edit.span));
    edits
}

/// A new line inside a body starts as the others do.
fn entered(context: &Context<'_>, offset: usize) -> Option<Vec<TextEdit>> {
    let text = &*context.document?.text;
    let start = line_start(text, offset);
    let above = text.get(..start)?.trim_end_matches(['\n', '\r', ' ', '\t']).len();
    let around = within(context, Span::empty(above));
    let anatomy = around.iter().rev().find(|anatomy| holds(anatomy, above, offset))?;
    let lines = Lines { text, anatomy, above };
    let lead = if anatomy.is_line { lines.line_comment(context)? } else { lines.block_comment() };
    let mut starts = vec![start];
    let below = text.get(start..)?;
    let next = below.find('\n').filter(|end| below[..*end].trim().is_empty()).map(|end| end + 1);
    // Between two braces editors make room for a line, and what was behind the cursor is on the one below.
    if let Some(next) =
        next.filter(|next| anatomy.is_line && anatomy.is_open && below[*next..].trim_start().starts_with('}'))
    {
        starts.push(start + next);
    }
    let edits = starts.into_iter().filter_map(|start| lines.started(&lead, start, offset));
    Some(edits.collect())
}

/// Whether a new line whose text starts at `offset` is a part of the body; the text above it ends at `above`.
fn holds(anatomy: &Anatomy, above: usize, offset: usize) -> bool {
    let part = |wanted| anatomy.parts.iter().find(|found| found.part == wanted).map(|found| found.at());
    let starts = part(Part::BodyStart).is_some_and(|at| at.end as usize <= above);
    starts && (anatomy.is_open || part(Part::BodyEnd).is_some_and(|at| offset <= at.start as usize))
}

/// How to start a line.
struct Lead {
    margin: Margin,
    /// What stands before the margin; empty where lines have no leader.
    leader: String,
    /// The leader without the blanks before it.
    marker: &'static str,
}

/// The lines of an annotation that is being written.
struct Lines<'a> {
    text: &'a str,
    anatomy: &'a Anatomy,
    above: usize,
}

impl Lines<'_> {
    /// As the line above, unless code stands before its comment.
    fn line_comment(&self, context: &Context<'_>) -> Option<Lead> {
        let marker = context.document?.language?.spec().comments.line;
        let line = self.text.get(line_start(self.text, self.above)..)?;
        let leader = line.get(..blanks(line) + marker.len()).filter(|leader| leader.ends_with(marker))?;
        Some(Lead { margin: Margin::of(self.text, self.anatomy), leader: leader.to_owned(), marker })
    }

    /// With a star where the comment has stars, or no second line yet.
    fn block_comment(&self) -> Lead {
        let comment = Span { end: self.above as u32, ..self.anatomy.comment };
        let mut others = comment.of(self.text).lines().skip(1).peekable();
        let with_star = others.peek().is_none() || others.any(is_starred);
        let (leader, marker) = if with_star { (" *", "*") } else { ("", "") };
        Lead { margin: Margin::of(self.text, self.anatomy), leader: leader.to_owned(), marker }
    }

    /// Has the line at `start` begin as it should. The editor may have begun it itself.
    fn started(&self, lead: &Lead, start: usize, offset: usize) -> Option<TextEdit> {
        let line = self.text.get(start..)?.lines().next().unwrap_or_default();
        let rest = line.trim_start_matches([' ', '\t']);
        let is_continued = rest.starts_with(lead.marker) && (self.anatomy.is_line || is_starred(rest));
        let rest = rest.get(lead.marker.len()..).filter(|_| is_continued).unwrap_or(rest);
        let rest = rest.trim_start_matches([' ', '\t']);
        let span = Span::new(start, start + line.len() - rest.len());
        let text = lead.margin.line(&lead.leader, self.level(offset, rest));
        (span.of(self.text) != text).then_some(TextEdit { span, text })
    }

    /// How far a line is indented that goes on with `rest`.
    fn level(&self, offset: usize, rest: &str) -> usize {
        let before = self.anatomy.parts.iter().take_while(|part| part.at().end as usize <= offset);
        let depth = before.fold(0, |depth, part| deeper(depth, part.part));
        let first = match rest.chars().next() {
            Some('}') if depth == 0 => Some(Part::BodyEnd),
            Some('}' | ']') => Some(Part::Close),
            _ => None,
        };
        level(depth, first)
    }
}
