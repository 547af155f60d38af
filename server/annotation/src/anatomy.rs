//! Annotations cut into the parts that editors colour, fold and align, be they well formed or not.

use crate::block::{Block, blocks};
use crate::body::Braces;
use crate::comments::comments;
use crate::header::{Header, MARK, headers};
use crate::lexer::{Piece, pieces};
use klotho_grammars::{Language, Tree};
use klotho_text::Span;
use std::ops::Range;

/// One annotation and its parts, in document order.
#[derive(Clone, Debug, PartialEq)]
pub struct Anatomy {
    /// From the `@` to the end of the body's `}`; of a body that is not closed, to the end of its comment.
    pub at: Span,
    /// The comment, or run of line comments, that holds it.
    pub comment: Span,
    /// Whether it stands in line comments.
    pub is_line: bool,
    /// Whether it has a body that nothing closes.
    pub is_open: bool,
    /// Its parts without the blanks between them.
    pub parts: Vec<PartAt>,
}

/// A part and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct PartAt {
    /// What it is.
    pub part: Part,
    /// At least one stretch within a line each: what a comment's leaders take out of a text lies between two.
    pub pieces: Vec<Span>,
}

/// What a part of an annotation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// `@klotho::`.
    Mark,
    /// The name after it.
    Capability,
    /// The brace that opens the body.
    BodyStart,
    /// The brace that closes it.
    BodyEnd,
    /// A bracket around the name of a table.
    Header,
    /// That name.
    Table,
    /// A key.
    Key,
    /// `=`.
    Equals,
    /// A string.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A date or a time.
    Time,
    /// What is no value.
    Unknown,
    /// A comment inside the body.
    Comment,
    /// `,`.
    Comma,
    /// A bracket or brace that opens a list or a table.
    Open,
    /// One that closes it.
    Close,
}

impl PartAt {
    /// From its first byte to its last.
    pub fn at(&self) -> Span {
        let ends = self.pieces.first().zip(self.pieces.last());
        ends.map_or_else(Span::default, |(first, last)| first.join(*last))
    }
}

/// The annotations of a parsed file that start within `within`. One inside another's body is a part of that.
pub fn anatomies(language: Language, text: &str, tree: &Tree, within: Span) -> Vec<Anatomy> {
    let spec = language.spec();
    let marks = memchr::memmem::find_iter(within.of(text).as_bytes(), MARK);
    let hits: Vec<_> = marks.map(|at| within.start as usize + at).collect();
    if hits.is_empty() {
        return Vec::new();
    }
    // What is wrong with the comments is told by whoever reads them.
    let blocks = blocks(spec, text, comments(spec, text, tree, &hits).comments, &mut Vec::new());
    let all = blocks.iter().flat_map(of_block);
    all.filter(|anatomy| hits.binary_search(&(anatomy.at.start as usize)).is_ok()).collect()
}

fn of_block(block: &Block<'_>) -> Vec<Anatomy> {
    let text = block.stripped.text();
    let braces = Braces::of(text);
    let mut found = Vec::new();
    let mut end = 0;
    for header in headers(text) {
        if header.at < end {
            continue;
        }
        let close = header.brace.and_then(|open| braces.close_of(open));
        end = match (header.brace, close) {
            (None, _) => header.name.end,
            (Some(_), Some(close)) => close + 1,
            (Some(_), None) => text.len(),
        };
        found.push(Anatomy {
            at: *block.stripped.place(header.at..end),
            comment: block.at,
            is_line: block.is_line,
            is_open: header.brace.is_some() && close.is_none(),
            parts: parts(block, &header, close),
        });
    }
    found
}

fn parts(block: &Block<'_>, header: &Header, close: Option<usize>) -> Vec<PartAt> {
    let text = block.stripped.text();
    let mut ranges =
        vec![(Part::Mark, header.at..header.name.start), (Part::Capability, header.name.clone())];
    if let Some(open) = header.brace {
        ranges.push((Part::BodyStart, open..open + 1));
        let end = close.unwrap_or(text.len());
        let mut reader = Reader { text: &text[..end], parts: ranges, open: Vec::new(), state: State::Line };
        for (piece, at) in pieces(&text[..end], open + 1) {
            reader.take(piece, at);
        }
        ranges = reader.parts;
        ranges.extend(close.map(|close| (Part::BodyEnd, close..close + 1)));
    }
    let placed =
        ranges.into_iter().map(|(part, range)| PartAt { part, pieces: block.stripped.lines_of(range) });
    placed.filter(|part| !part.pieces.is_empty()).collect()
}

/// What may come next in a body.
#[derive(Clone, Copy, PartialEq)]
enum State {
    /// A header or a key.
    Line,
    /// The rest of a header.
    Header,
    /// A key.
    Key,
    /// A value.
    Value,
}

/// Tells what the pieces of a body are by what stands before them.
struct Reader<'a> {
    text: &'a str,
    parts: Vec<(Part, Range<usize>)>,
    /// The lists and tables around.
    open: Vec<u8>,
    state: State,
}

impl Reader<'_> {
    fn take(&mut self, piece: Piece, at: Range<usize>) {
        match piece {
            Piece::Blank => {}
            Piece::Comment => {
                let end = at.start + self.text[at.clone()].trim_end().len();
                self.parts.push((Part::Comment, at.start..end));
            }
            Piece::Mark(mark) => self.mark(mark, at),
            Piece::Basic | Piece::Literal => self.quoted(at),
            Piece::Word => self.word(at),
        }
    }

    fn mark(&mut self, mark: u8, at: Range<usize>) {
        let part = match (mark, self.state) {
            (b'\n', _) if self.open.is_empty() => {
                self.state = State::Line;
                return;
            }
            (b'\n', _) => return,
            (b',', _) => {
                let is_table = self.open.last() == Some(&b'{');
                self.state = if is_table { State::Key } else { State::Value };
                Part::Comma
            }
            (b'[', State::Line | State::Header) => {
                self.state = State::Header;
                Part::Header
            }
            (b'[' | b'{', _) => {
                self.open.push(mark);
                self.state = if mark == b'{' { State::Key } else { State::Value };
                Part::Open
            }
            (_, State::Header) => Part::Header,
            _ => {
                self.open.pop();
                self.state = State::Value;
                Part::Close
            }
        };
        self.parts.push((part, at));
    }

    fn quoted(&mut self, at: Range<usize>) {
        let part = self.name().unwrap_or(Part::Text);
        self.parts.push((part, at));
    }

    /// What a name would be here, where one may stand.
    fn name(&mut self) -> Option<Part> {
        match self.state {
            State::Header => Some(Part::Table),
            State::Line | State::Key => {
                self.state = State::Key;
                Some(Part::Key)
            }
            State::Value => None,
        }
    }

    /// Neither a bare key nor a bare value holds a `=`.
    fn word(&mut self, at: Range<usize>) {
        let mut start = at.start;
        let word = &self.text[at.clone()];
        if let Some(equals) = word.find('=').filter(|_| matches!(self.state, State::Line | State::Key)) {
            let equals = at.start + equals;
            if equals > start {
                self.parts.push((Part::Key, start..equals));
            }
            self.parts.push((Part::Equals, equals..equals + 1));
            self.state = State::Value;
            start = equals + 1;
        }
        if start < at.end {
            let part = self.name().unwrap_or_else(|| scalar(&self.text[start..at.end]));
            self.parts.push((part, start..at.end));
        }
    }
}

/// What a bare value is, by what it looks like.
fn scalar(word: &str) -> Part {
    let digits = word.trim_start_matches(['+', '-']);
    let is_number =
        digits.starts_with(|first: char| first.is_ascii_digit()) || matches!(digits, "inf" | "nan");
    let is_time = word.contains(':') || word.as_bytes().get(4) == Some(&b'-');
    match word {
        "true" | "false" => Part::Boolean,
        _ if is_number && is_time => Part::Time,
        _ if is_number => Part::Number,
        _ => Part::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use klotho_grammars::parse;

    /// The parts of all annotations of a text, one a line.
    fn shown(language: Language, text: &str) -> String {
        let tree = parse(language, text, None).unwrap();
        let all = anatomies(language, text, &tree, Span::new(0, text.len()));
        let mut lines = Vec::new();
        for anatomy in &all {
            lines.push(format!("{}{:?}", if anatomy.is_open { "open " } else { "" }, anatomy.at.of(text)));
            for part in &anatomy.parts {
                let pieces: Vec<_> = part.pieces.iter().map(|piece| piece.of(text)).collect();
                lines.push(format!("  {:?} {}", part.part, pieces.join(" | ")));
            }
        }
        lines.join("\n")
    }

    #[test]
    fn every_part_is_what_it_looks_like() {
        let text = "# @klotho::persist {\n#   id=\"ü🎵\" # why\n#   \"a b\".c = [1, # }\n#     -2.5,\n#     true]\n#   \
                    t = { x = 1979-05-27, y = 07:32:00 }\n#   [environment_variables]\n#   A = oops\n# }\n";
        expect_test::expect![[r#"
            "@klotho::persist {\n#   id=\"ü🎵\" # why\n#   \"a b\".c = [1, # }"
              Mark @klotho::
              Capability persist
              BodyStart {
              Key id
              Equals =
              Text "ü🎵"
              Comment # why
              Key "a b"
              Key .c
              Equals =
              Open [
              Number 1
              Comma ,
              Comment #
              BodyEnd }"#]]
        .assert_eq(&shown(Language::Python, text));
        expect_test::expect![[r#"
            "@klotho::persist {\n#   id=\"ü🎵\" # why\n#   \"a b\".c = [1,\n#     -2.5,\n#     true]\n#   t = { x = 1979-05-27, y = 07:32:00 }\n#   [environment_variables]\n#   A = oops\n# }"
              Mark @klotho::
              Capability persist
              BodyStart {
              Key id
              Equals =
              Text "ü🎵"
              Comment # why
              Key "a b"
              Key .c
              Equals =
              Open [
              Number 1
              Comma ,
              Number -2.5
              Comma ,
              Boolean true
              Close ]
              Key t
              Equals =
              Open {
              Key x
              Equals =
              Time 1979-05-27
              Comma ,
              Key y
              Equals =
              Time 07:32:00
              Close }
              Header [
              Table environment_variables
              Header ]
              Key A
              Equals =
              Unknown oops
              BodyEnd }"#]]
        .assert_eq(&shown(Language::Python, &text.replace(" # }", "")));
    }

    #[test]
    fn leaders_are_no_part_of_a_string_over_several_lines() {
        let text = "/* @klotho::persist {\r\n * id = \"\"\"a\r\n * https://b\"\"\" } */\r\nx();";
        expect_test::expect![[r#"
            "@klotho::persist {\r\n * id = \"\"\"a\r\n * https://b\"\"\" }"
              Mark @klotho::
              Capability persist
              BodyStart {
              Key id
              Equals =
              Text """a | https: | b"""
              BodyEnd }"#]]
        .assert_eq(&shown(Language::JavaScript, text));
    }

    #[test]
    fn a_body_that_nothing_closes_reaches_to_the_end_of_its_comment() {
        let text =
            "// @klotho::persist {\n//  id = \"a\"\n\n// }\n/* @klotho::a { @klotho::b { } } @klotho::c */\n";
        expect_test::expect![[r#"
            open "@klotho::persist {\n//  id = \"a\""
              Mark @klotho::
              Capability persist
              BodyStart {
              Key id
              Equals =
              Text "a"
            "@klotho::a { @klotho::b { } }"
              Mark @klotho::
              Capability a
              BodyStart {
              Key @klotho::b
              Open {
              Close }
              BodyEnd }
            "@klotho::c"
              Mark @klotho::
              Capability c"#]]
        .assert_eq(&shown(Language::TypeScript, text));
    }
}
