//! What the compiler reads otherwise than it looks.

use crate::block::Block;
use crate::catalogue::{ValueType, capability};
use crate::finding::{Code, Finding};
use crate::header::Header;
use crate::lexer::{Piece, pieces};
use crate::{Annotation, Table, Value, ValueKind};
use klotho_grammars::{Leaders, Spec};
use std::ops::Range;

/// The end of a body that a comment's brace ended is looked for in so many pieces of text.
const FARTHEST_END: usize = 256;

/// Longer values are shown by their start.
const LONGEST_SHOWN: usize = 60;

/// Where text stands that TOML does not read as such, in the words of the finding's parameters.
fn surroundings(piece: Piece) -> Option<&'static str> {
    match piece {
        Piece::Basic => Some("basic"),
        Piece::Literal => Some("literal"),
        Piece::Comment => Some("comment"),
        _ => None,
    }
}

/// The piece of TOML that covers `at`, in text of which a piece starts at `from`.
fn piece_at(text: &str, from: usize, at: usize) -> Option<(Piece, Range<usize>)> {
    pieces(text, from).find(|(_, piece)| piece.end > at)
}

/// What covers `at` in a body that starts at `open`.
pub(crate) fn surroundings_at(text: &str, open: usize, at: usize) -> &'static str {
    piece_at(text, open, at).and_then(|(piece, _)| surroundings(piece)).unwrap_or_default()
}

/// The body that an annotation may stand in, and how far it was looked at: bodies do not overlap, so that a block is looked
/// at once.
#[derive(Default)]
pub(crate) struct Around {
    end: usize,
    /// The piece that was found last.
    last: Option<(Piece, Range<usize>)>,
}

impl Around {
    pub(crate) fn holds(&self, at: usize) -> bool {
        at < self.end
    }

    /// Goes on with the body between two braces.
    pub(crate) fn enter(&mut self, open: usize, end: usize) {
        *self = Self { end, last: Some((Piece::Blank, open..open)) };
    }

    /// The piece of the body that covers `at`, which lies behind whatever was asked for before.
    fn piece_at(&mut self, text: &str, at: usize) -> Option<Piece> {
        let (_, last) = self.last.as_ref()?;
        if last.end <= at {
            self.last = piece_at(text, last.end, at);
        }
        self.last.as_ref().map(|(piece, _)| *piece)
    }
}

/// What is asked of the annotations of one block.
pub(crate) struct Quirks<'a> {
    pub(crate) spec: &'static Spec,
    pub(crate) document: &'a str,
    pub(crate) block: &'a Block<'a>,
}

impl Quirks<'_> {
    fn finding(&self, variant: &'static str, at: Range<usize>) -> Finding {
        Finding::new(Code::BodyQuirk, variant, self.block.stripped.place(at))
    }

    /// An annotation that stands in the body of another.
    pub(crate) fn nested(&self, around: &mut Around, header: &Header, takes_node: bool) -> Finding {
        let around = around.piece_at(self.block.stripped.text(), header.at);
        let around = around.and_then(surroundings).unwrap_or_default();
        let variant = if takes_node { "nested-node" } else { "nested" };
        self.finding(variant, header.at..header.name.end).with("around", around)
    }

    /// A TOML comment whose brace ends the body, which can be read all the same.
    pub(crate) fn early_end(&self, open: usize, body: &Range<usize>) -> Option<Finding> {
        let text = self.block.stripped.text();
        let line = memchr::memrchr(b'\n', &text.as_bytes()[..body.end]).map_or(0, |newline| newline + 1);
        // Almost no brace has a comment before it.
        memchr::memchr(b'#', text.get(line.max(open)..body.end)?.as_bytes())?;
        let (piece, comment) = piece_at(text, open, body.end)?;
        let closes = |(piece, _): &(Piece, Range<usize>)| *piece == Piece::Mark(b'}');
        // Without another brace below the comment's own is the one that was meant.
        let is_early =
            piece == Piece::Comment && pieces(text, comment.end).take(FARTHEST_END).any(|it| closes(&it));
        is_early.then(|| self.finding("brace", body.end..body.end + 1).with("around", "comment"))
    }

    /// Keys after the name of a capability, without the brace that would make a body of them. `next` is where the annotation
    /// can reach at most.
    pub(crate) fn unopened(&self, header: &Header, annotation: &Annotation, next: usize) -> Option<Finding> {
        let rest =
            self.block.stripped.text().get(header.name.end..next).filter(|_| header.brace.is_none())?;
        let known = capability(&annotation.capability)?;
        let start = rest.find(|next: char| !next.is_whitespace() && next != '(')?;
        let pair = rest.get(start..)?.lines().next()?;
        let (key, _) = pair.split_once('=')?;
        known.directives.iter().find(|directive| directive.name == key.trim_end())?;
        let at = header.name.end + start;
        let finding = self.finding("unopened", at..at + pair.trim_end().len());
        Some(finding.with("capability", &annotation.capability))
    }

    /// What is read of an annotation's values otherwise than it is written.
    pub(crate) fn of_values(&self, annotation: &Annotation, findings: &mut Vec<Finding>) {
        findings.extend(elements(annotation));
        if self.spec.leaders == Leaders::Hash {
            return;
        }
        let mut own = values(&annotation.directives);
        let mut open: Vec<&Value> = Vec::new();
        while let Some(value) = open.pop().or_else(|| own.next()) {
            match &value.kind {
                ValueKind::String(text) if has_slashes(value.at.of(self.document)) => {
                    let finding = Finding::new(Code::BodyQuirk, "slashes", value.at);
                    findings.push(finding.with("value", format!("\"{}\"", start_of(text).escape_debug())));
                }
                ValueKind::Array(elements) => open.extend(elements),
                ValueKind::Table(table) => open.extend(values(table)),
                _ => {}
            }
        }
    }

    /// A comment behind code that moves the annotation of `header` to what follows it.
    pub(crate) fn stolen(&self, header: &Header, annotation: &Annotation) -> Option<Finding> {
        if !is_bound(annotation) {
            return None;
        }
        let after = self.block.lines.partition_point(|line| line.start <= header.at);
        let own = after.checked_sub(1).and_then(|own| self.block.lines.get(own));
        if own.is_some_and(|line| line.is_behind_code) {
            return Some(Finding::new(Code::TargetStolen, "behind", annotation.at));
        }
        let thief = self.block.lines.get(after..)?.iter().find(|line| line.is_behind_code)?;
        thief.takes_target.then(|| Finding::new(Code::TargetStolen, "", thief.at))
    }
}

/// Whether what an annotation does depends on the code below it.
fn is_bound(annotation: &Annotation) -> bool {
    let works_on_code = capability(&annotation.capability)
        .is_some_and(|capability| capability.support.iter().any(|support| !support.on.is_empty()));
    works_on_code && annotation.directives.get("environment_variables").is_none()
}

fn values(table: &Table) -> impl Iterator<Item = &Value> {
    table.entries.iter().map(|entry| &entry.value)
}

/// Whether slashes stand in a string other than the leaders of its lines.
fn has_slashes(written: &str) -> bool {
    let is_leader = |character| matches!(character, '/' | '*' | ' ' | '\t');
    let mut lines = written.lines();
    lines.next().is_some_and(|first| first.contains("//"))
        || lines.any(|line| line.trim_start_matches(is_leader).contains("//"))
}

/// Elements of a list of strings that are none: the compiler passes over them.
fn elements(annotation: &Annotation) -> Vec<Finding> {
    let known = capability(&annotation.capability).map_or(&[][..], |capability| capability.directives);
    let lists = known.iter().filter(|directive| directive.types.contains(&ValueType::Strings));
    let found = lists.filter_map(|directive| {
        match annotation.directives.get(directive.name).map(|value| &value.kind) {
            Some(ValueKind::Array(elements)) => Some((directive.name, elements)),
            _ => None,
        }
    });
    let wrong = found.flat_map(|(key, elements)| {
        elements.iter().filter(|element| element.as_str().is_none()).map(move |element| {
            let shown = element.to_json().to_string();
            let finding = Finding::new(Code::BodyQuirk, "element", element.at);
            finding.with("key", key).with("value", format!("`{}`", start_of(&shown)))
        })
    });
    wrong.collect()
}

fn start_of(text: &str) -> String {
    match text.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
