use crate::Span;

/// How a client counts columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: the protocol's default and the unit of the graph's JSON.
    Utf16,
    /// Characters (Unicode scalar values).
    Utf32,
}

/// A zero-based line and column, in some [`Encoding`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// Zero-based line.
    pub line: u32,
    /// Zero-based column.
    pub character: u32,
}

/// A zero-based row and byte column as tree-sitter counts them: only `\n` ends a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// Zero-based row.
    pub row: usize,
    /// Bytes from the start of the row.
    pub column: usize,
}

/// Where the lines of a text begin and where its wide characters are.
///
/// Lines end as the protocol says: at `\n`, `\r\n` or a lone `\r`. It answers without the text itself, so that
/// places in closed files can be shown after their text is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    len: u32,
    /// Start of each line; the first is 0.
    starts: Vec<u32>,
    /// End of each line before its terminator.
    ends: Vec<u32>,
    /// Start and UTF-8 length of each character that is not ASCII, in order.
    wide: Vec<(u32, u8)>,
}

impl Default for LineIndex {
    fn default() -> Self {
        Self::new("")
    }
}

impl LineIndex {
    /// Reads `text` once.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        let mut ends = Vec::new();
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let second_of_pair = bytes[at] == b'\n' && at > 0 && bytes[at - 1] == b'\r';
            if second_of_pair {
                // The `\r` before it has ended the line already; the next one starts after the pair.
                if let Some(start) = starts.last_mut() {
                    *start = at as u32 + 1;
                }
            } else {
                ends.push(at as u32);
                starts.push(at as u32 + 1);
            }
        }
        ends.push(bytes.len() as u32);
        Self { len: bytes.len() as u32, starts, ends, wide: wide_characters(text) }
    }

    /// Length of the text in bytes.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many lines there are: at least one.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The line that holds `offset`.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= offset).saturating_sub(1)
    }

    /// The bytes of `line` without its terminator; empty at the end of the text for a line beyond the last.
    pub fn line_span(&self, line: usize) -> Span {
        match (self.starts.get(line), self.ends.get(line)) {
            (Some(&start), Some(&end)) => Span { start, end },
            _ => Span::empty(self.len()),
        }
    }

    /// The position of `offset`; an offset beyond the text counts as its end, one inside a character as its start.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let offset = self.floor(offset.min(self.len()));
        let line = self.line_of(offset);
        let start = self.starts[line] as usize;
        let saved: usize = self.wide_between(start, offset).map(|&(_, len)| saved_units(len, encoding)).sum();
        Position { line: line as u32, character: (offset - start - saved) as u32 }
    }

    /// Both ends of `span`.
    pub fn positions(&self, span: Span, encoding: Encoding) -> (Position, Position) {
        (self.position(span.start as usize, encoding), self.position(span.end as usize, encoding))
    }

    /// The byte offset of `position`. As the protocol asks, a column beyond its line counts as the line's end; a
    /// line beyond the last counts as the end of the text. A column inside a character counts as its start.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let line = self.line_span(position.line as usize);
        let mut offset = line.start as usize;
        let mut left = position.character as usize;
        for &(at, len) in self.wide_between(line.start as usize, line.end as usize) {
            let narrow = at as usize - offset;
            let units = len as usize - saved_units(len, encoding);
            if left < narrow + units {
                return offset + left.min(narrow);
            }
            left -= narrow + units;
            offset = at as usize + len as usize;
        }
        (offset + left).min(line.end as usize)
    }

    /// The start of the character that holds the byte at `offset`.
    fn floor(&self, offset: usize) -> usize {
        let before = self.wide.partition_point(|&(at, _)| (at as usize) < offset);
        match before.checked_sub(1).map(|last| self.wide[last]) {
            Some((at, len)) if offset < at as usize + len as usize => at as usize,
            _ => offset,
        }
    }

    fn wide_between(&self, start: usize, end: usize) -> impl Iterator<Item = &(u32, u8)> {
        let from = self.wide.partition_point(|&(at, _)| (at as usize) < start);
        self.wide[from..].iter().take_while(move |&&(at, _)| (at as usize) < end)
    }
}

impl Point {
    /// The point of the byte at `offset` in `text`, as tree-sitter's edits want it.
    pub fn at(text: &str, offset: usize) -> Self {
        let before = &text.as_bytes()[..offset.min(text.len())];
        let start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
        Self { row: memchr::memchr_iter(b'\n', before).count(), column: before.len() - start }
    }
}

/// How many fewer units than bytes a character of `len` bytes takes.
fn saved_units(len: u8, encoding: Encoding) -> usize {
    let units = match encoding {
        Encoding::Utf8 => len,
        Encoding::Utf16 if len == 4 => 2,
        Encoding::Utf16 | Encoding::Utf32 => 1,
    };
    usize::from(len - units)
}

fn wide_characters(text: &str) -> Vec<(u32, u8)> {
    if text.is_ascii() {
        return Vec::new();
    }
    let wide = text.char_indices().filter(|(_, character)| !character.is_ascii());
    wide.map(|(at, character)| (at as u32, character.len_utf8() as u8)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str, offset: usize, encoding: Encoding) -> (u32, u32) {
        let position = LineIndex::new(text).position(offset, encoding);
        (position.line, position.character)
    }

    #[test]
    fn columns_differ_by_encoding() {
        let text = "a🎵é|";
        assert_eq!(at(text, 7, Encoding::Utf8), (0, 7));
        assert_eq!(at(text, 7, Encoding::Utf16), (0, 4));
        assert_eq!(at(text, 7, Encoding::Utf32), (0, 3));
    }

    #[test]
    fn every_line_ending_of_the_protocol_counts() {
        let text = "a\nb\r\nc\rd";
        assert_eq!([0, 2, 5, 7].map(|offset| at(text, offset, Encoding::Utf16).0), [0, 1, 2, 3]);
        assert_eq!(LineIndex::new(text).lines(), 4);
        assert_eq!(LineIndex::new(text).line_span(1).of(text), "b");
    }

    #[test]
    fn positions_beyond_the_text_are_clamped() {
        let index = LineIndex::new("ab\ncd");
        let offset = |line, character| index.offset(Position { line, character }, Encoding::Utf16);
        assert_eq!(offset(0, 99), 2);
        assert_eq!(offset(9, 0), 5);
        assert_eq!(index.position(99, Encoding::Utf16), Position { line: 1, character: 2 });
    }

    #[test]
    fn a_column_inside_a_surrogate_pair_is_the_characters_start() {
        let index = LineIndex::new("x🎵y");
        assert_eq!(index.offset(Position { line: 0, character: 2 }, Encoding::Utf16), 1);
        assert_eq!(index.offset(Position { line: 0, character: 3 }, Encoding::Utf16), 5);
    }

    #[test]
    fn an_offset_inside_a_character_is_the_characters_start() {
        for offset in 1..5 {
            assert_eq!(at("x🎵y", offset, Encoding::Utf16), (0, 1), "{offset}");
        }
        assert_eq!(at("x🎵y", 5, Encoding::Utf16), (0, 3));
    }

    #[test]
    fn points_count_only_newlines() {
        assert_eq!(Point::at("a\rb\nçd", 6), Point { row: 1, column: 2 });
    }

    proptest! {
        #[test]
        fn a_position_leads_back_to_its_offset(text in "[a🎵é\r\n]{0,40}") {
            let index = LineIndex::new(&text);
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                for (offset, _) in text.char_indices() {
                    let in_terminator = text[..offset].ends_with('\r') && text[offset..].starts_with('\n');
                    if !in_terminator {
                        prop_assert_eq!(index.offset(index.position(offset, encoding), encoding), offset);
                    }
                }
            }
        }
    }
}
