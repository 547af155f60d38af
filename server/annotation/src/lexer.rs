//! TOML cut into pieces, as far as strings, comments and brackets go.

use std::ops::Range;

/// What a piece of TOML is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Piece {
    /// A string in double quotes, which knows escapes; its end may be missing.
    Basic,
    /// A string in single quotes, which does not.
    Literal,
    /// From `#` to the line's end.
    Comment,
    /// One of `{ } [ ] ,` or a newline.
    Mark(u8),
    /// Blanks.
    Blank,
    /// Anything else.
    Word,
}

/// Cuts the text from `at` on.
pub fn pieces(text: &str, at: usize) -> impl Iterator<Item = (Piece, Range<usize>)> {
    let mut at = at;
    std::iter::from_fn(move || {
        let rest = text.as_bytes().get(at..).filter(|rest| !rest.is_empty())?;
        let (piece, len) = first_piece(rest);
        at += len;
        Some((piece, at - len..at))
    })
}

fn first_piece(rest: &[u8]) -> (Piece, usize) {
    match rest[0] {
        b'"' if rest.starts_with(b"\"\"\"") => (Piece::Basic, long_string(rest, b"\"\"\"", true)),
        b'\'' if rest.starts_with(b"'''") => (Piece::Literal, long_string(rest, b"'''", false)),
        b'"' => (Piece::Basic, short_string(rest, true)),
        b'\'' => (Piece::Literal, short_string(rest, false)),
        b'#' => (Piece::Comment, memchr::memchr(b'\n', rest).unwrap_or(rest.len())),
        mark @ (b'{' | b'}' | b'[' | b']' | b',' | b'\n') => (Piece::Mark(mark), 1),
        b' ' | b'\t' | b'\r' => (Piece::Blank, count(rest, |byte| matches!(byte, b' ' | b'\t' | b'\r'))),
        _ => (Piece::Word, count(rest, |byte| !b"\"'#{}[],\n \t\r".contains(&byte))),
    }
}

fn count(bytes: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|&&byte| belongs(byte)).count()
}

/// The length of a string that ends with its line at the latest.
fn short_string(rest: &[u8], escapes: bool) -> usize {
    let mut at = 1;
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'\n' => return at,
            b'\\' if escapes && rest.get(at + 1) != Some(&b'\n') => at += 1,
            byte if byte == rest[0] => return at + 1,
            _ => {}
        }
        at += 1;
    }
    rest.len()
}

/// The opening quotes of a string that may span lines and is never closed, if one starts at `at` or below.
pub(crate) fn unclosed_long_string(text: &str, at: usize) -> Option<Range<usize>> {
    let (piece, last) = pieces(text, at).last()?;
    let rest = &text.as_bytes()[last.clone()];
    let quotes = rest.first_chunk().filter(|quotes| [b"\"\"\"", b"'''"].contains(quotes))?;
    let is_open = long_string_end(rest, quotes, piece == Piece::Basic).is_none();
    is_open.then(|| last.start..last.start + quotes.len())
}

/// The length of a string that may span lines.
fn long_string(rest: &[u8], quotes: &[u8], escapes: bool) -> usize {
    long_string_end(rest, quotes, escapes).unwrap_or(rest.len())
}

fn long_string_end(rest: &[u8], quotes: &[u8], escapes: bool) -> Option<usize> {
    let mut at = quotes.len();
    while at < rest.len() {
        if rest[at..].starts_with(quotes) {
            // Up to two more quotes belong to the string.
            let more = count(&rest[at + quotes.len()..], |byte| byte == quotes[0]);
            return Some(at + quotes.len() + more.min(2));
        }
        at += if escapes && rest[at] == b'\\' { 2 } else { 1 };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_string_without_an_end_is_found_by_its_opening_quotes() {
        for (text, expected) in [
            ("a = \"\"\"b", Some(4..7)),
            ("a = '''b\n\n", Some(4..7)),
            ("a = \"\"\"b\\\"\"\"", Some(4..7)),
            ("a = \"\"\"", Some(4..7)),
            ("a = \"\"\"b\"\"\"", None),
            ("a = \"\"\"\"\"\"", None),
            ("a = \"b", None),
            ("", None),
        ] {
            assert_eq!(unclosed_long_string(text, 0), expected, "{text:?}");
        }
    }

    #[test]
    fn strings_and_comments_are_one_piece() {
        let text = "a = \"x\\\"{\" # }\nb = '''\n{''''' , \"open\n}";
        let found: Vec<_> = pieces(text, 0)
            .filter(|(piece, _)| *piece != Piece::Blank)
            .map(|(piece, at)| (piece, &text[at]))
            .collect();
        assert_eq!(
            found,
            [
                (Piece::Word, "a"),
                (Piece::Word, "="),
                (Piece::Basic, "\"x\\\"{\""),
                (Piece::Comment, "# }"),
                (Piece::Mark(b'\n'), "\n"),
                (Piece::Word, "b"),
                (Piece::Word, "="),
                (Piece::Literal, "'''\n{'''''"),
                (Piece::Mark(b','), ","),
                (Piece::Basic, "\"open"),
                (Piece::Mark(b'\n'), "\n"),
                (Piece::Mark(b'}'), "}"),
            ]
        );
    }
}
