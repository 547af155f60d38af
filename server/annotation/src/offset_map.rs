use klotho_text::{Place, Span};
use std::borrow::Cow;
use std::ops::Range;

/// The text of comments without their leaders, each byte of which knows where it stands in the document.
#[derive(Debug, Default)]
pub(crate) struct Stripped<'t> {
    /// As long as it is one stretch of the document, that stretch itself.
    text: Cow<'t, str>,
    /// In order; each piece goes on to the next one's start.
    pieces: Vec<Piece>,
}

/// A stretch of text that stands in the document as it stands here.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Where it starts in the text.
    at: usize,
    /// Where it starts in the document.
    from: usize,
    /// Whether the document has no such byte: the newline that joins two comments.
    joint: bool,
}

impl<'t> Stripped<'t> {
    /// The text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Appends text that stands at `from` in the document.
    pub(crate) fn push(&mut self, text: &'t str, from: usize) {
        if self.text.is_empty() && !text.is_empty() {
            self.begin_piece(from);
            self.text = Cow::Borrowed(text);
        } else {
            self.push_copy(text, from);
        }
    }

    fn push_copy(&mut self, text: &str, from: usize) {
        if !text.is_empty() {
            self.begin_piece(from);
            self.text.to_mut().push_str(text);
        }
    }

    /// What is appended next stands at `from`.
    fn begin_piece(&mut self, from: usize) {
        let continues = self
            .pieces
            .last()
            .is_some_and(|last| !last.joint && last.from + (self.text.len() - last.at) == from);
        if !continues {
            self.pieces.push(Piece { at: self.text.len(), from, joint: false });
        }
    }

    /// Appends a part of `other`.
    pub(crate) fn push_part(&mut self, other: &Stripped<'_>, part: Range<usize>) {
        let mut at = part.start;
        let mut next = other.piece_index(at);
        while at < part.end {
            let piece = other.pieces[next];
            let end = other.pieces.get(next + 1).map_or(other.text.len(), |piece| piece.at).min(part.end);
            self.push_copy(&other.text[at..end], piece.from + (at - piece.at));
            at = end;
            next += 1;
        }
    }

    /// Appends the newline between two comments; the first ends at `end` in the document.
    pub(crate) fn push_joint(&mut self, end: usize) {
        self.pieces.push(Piece { at: self.text.len(), from: end, joint: true });
        self.text.to_mut().push('\n');
    }

    /// Where a range of the text stands in the document: from its first byte to its last, whatever was removed between.
    pub(crate) fn place(&self, range: Range<usize>) -> Place {
        if range.is_empty() {
            let offset = self.offset(range.start);
            return (offset..offset).into();
        }
        (self.offset(range.start)..self.end(range.end)).into()
    }

    /// The stretches of the document that a range of the text consists of, each within one line and none empty.
    pub(crate) fn lines_of(&self, range: Range<usize>) -> Vec<Span> {
        let mut spans = Vec::new();
        let first = self.piece_index(range.start);
        for (index, piece) in self.pieces.iter().enumerate().skip(first) {
            let next = self.pieces.get(index + 1).map_or(self.text.len(), |piece| piece.at);
            let (mut at, end) = (piece.at.max(range.start), next.min(range.end));
            if piece.at >= range.end {
                break;
            }
            // To the protocol a lone `\r` ends a line as well.
            for line in self.text.get(at..end).unwrap_or_default().split_inclusive(['\n', '\r']) {
                let shown = line.trim_end_matches(['\n', '\r']).len();
                let from = piece.from + (at - piece.at);
                if shown > 0 && !piece.joint {
                    spans.push(Span::new(from, from + shown));
                }
                at += line.len();
            }
        }
        spans
    }

    /// Where the byte at `at` stands; for the end of the text, the end of its last byte.
    fn offset(&self, at: usize) -> usize {
        if at >= self.text.len() {
            return self.end(self.text.len());
        }
        let piece = self.pieces[self.piece_index(at)];
        piece.from + (at - piece.at)
    }

    /// Where the byte before `end` ends.
    fn end(&self, end: usize) -> usize {
        let Some(last) = end.checked_sub(1) else {
            return self.pieces.first().map_or(0, |piece| piece.from);
        };
        let piece = self.pieces[self.piece_index(last)];
        if piece.joint { piece.from } else { piece.from + (last - piece.at) + 1 }
    }

    fn piece_index(&self, at: usize) -> usize {
        self.pieces.partition_point(|piece| piece.at <= at).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Stripped<'static> {
        let mut stripped = Stripped::default();
        stripped.push("ab", 10);
        stripped.push("cd", 12);
        stripped.push("ef", 20);
        stripped.push_joint(22);
        stripped.push("gh", 30);
        stripped
    }

    #[test]
    fn ranges_stand_where_their_ends_stood() {
        let stripped = sample();
        assert_eq!(stripped.text(), "abcdef\ngh");
        assert_eq!(stripped.place(0..4), (10..14).into());
        assert_eq!(stripped.place(3..5), (13..21).into());
        assert_eq!(stripped.place(4..4), (20..20).into());
        assert_eq!(stripped.place(9..9), (32..32).into());
    }

    #[test]
    fn the_newline_between_comments_stands_at_the_firsts_end() {
        let stripped = sample();
        assert_eq!(stripped.place(6..7), (22..22).into());
        assert_eq!(stripped.place(5..7), (21..22).into());
        assert_eq!(stripped.place(6..8), (22..31).into());
    }

    #[test]
    fn parts_keep_their_places() {
        let mut part = Stripped::default();
        part.push_part(&sample(), 1..5);
        part.push_part(&sample(), 8..9);
        assert_eq!(part.text(), "bcdeh");
        assert_eq!(part.place(0..1), (11..12).into());
        assert_eq!(part.place(3..5), (20..32).into());
    }
}
