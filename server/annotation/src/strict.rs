//! What our TOML parser reads and the compiler's, which knows TOML 1.0, does not.

use crate::lexer::{Piece, pieces};
use std::ops::Range;

/// The first thing in a valid document that TOML 1.0 does not know, and why.
pub(crate) fn newer_than_1_0(text: &str) -> Option<(&'static str, Range<usize>)> {
    let mut open = Vec::new();
    let mut comma = None;
    for (piece, at) in pieces(text, 0) {
        let table = open.last().filter(|(mark, _)| *mark == b'{');
        match (piece, table, &comma) {
            (Piece::Mark(b'\n'), Some((_, brace)), _) => {
                return Some(("a table in braces must stay on one line", *brace..brace + 1));
            }
            (Piece::Mark(b'}'), Some(_), Some(comma)) => {
                return Some(("a table in braces has no comma after its last value", Range::clone(comma)));
            }
            _ => {}
        }
        match piece {
            Piece::Mark(mark @ (b'{' | b'[')) => open.push((mark, at.start)),
            Piece::Mark(b'}' | b']') => drop(open.pop()),
            Piece::Basic => {
                if let Some(found) = new_escape(text, at.clone()) {
                    return Some(("the escapes `\\e` and `\\x` are not known to the compiler", found));
                }
            }
            Piece::Word if is_time_without_seconds(text[at.clone()].as_bytes()) => {
                return Some(("a time needs its seconds, as in `10:30:00`", at));
            }
            _ => {}
        }
        if !matches!(piece, Piece::Blank | Piece::Comment | Piece::Mark(b'\n')) {
            comma = (piece == Piece::Mark(b',')).then_some(at);
        }
    }
    None
}

/// A second `=` before a value. Our parser gives up itself where a key goes on that has one.
pub(crate) fn doubled_sign(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let is_doubled = |at: usize| {
        let blanks = bytes[at + 1..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        bytes.get(at + 1 + blanks) == Some(&b'=')
    };
    // Almost no text has two signs beside each other.
    memchr::memchr_iter(b'=', bytes).find(|at| is_doubled(*at))?;
    let mut last = None;
    for (piece, at) in pieces(text, 0) {
        match piece {
            Piece::Blank => continue,
            Piece::Word if bytes[at.start] == b'=' && last == Some(b'=') => {
                return Some(at.start..at.start + 1);
            }
            Piece::Word => {
                if let Some(second) = text[at.clone()].find("==") {
                    return Some(at.start + second + 1..at.start + second + 2);
                }
                last = Some(bytes[at.end - 1]);
            }
            _ => last = None,
        }
    }
    None
}

fn new_escape(text: &str, string: Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = string.start;
    while at + 1 < string.end {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        if matches!(bytes[at + 1], b'e' | b'x') {
            return Some(at..at + 2);
        }
        at += 2;
    }
    None
}

/// `10:30` or `2023-04-26T10:30`, with or without an offset.
fn is_time_without_seconds(word: &[u8]) -> bool {
    let time =
        word.iter().rposition(|byte| byte.eq_ignore_ascii_case(&b'T')).map_or(word, |at| &word[at + 1..]);
    let is_minutes = |at: usize| time.get(at).is_some_and(u8::is_ascii_digit);
    time.get(2) == Some(&b':')
        && [0, 1, 3, 4].into_iter().all(is_minutes)
        && !matches!(time.get(5), Some(b':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doubled_sign_is_found_where_it_is_none_of_a_string() {
        for (text, second) in [
            ("a = = 1", Some(4)),
            ("a == 1", Some(3)),
            ("a =\t=\nb = 2", Some(4)),
            ("a= =b", Some(3)),
            ("x = 1\na.b = =\na.b.c = 2", Some(12)),
            ("a = \"= =\"", None),
            ("a = 1 # = =", None),
            ("a = '=='", None),
            ("a =\n= 1", None),
            ("a = 1", None),
        ] {
            assert_eq!(doubled_sign(text).map(|at| at.start), second, "{text:?}");
        }
    }

    #[test]
    fn what_came_after_1_0_is_found() {
        for (text, offending) in [
            ("a = { b = 1,\n c = 2 }", "{"),
            ("a = { b = 1, }", ","),
            ("a = \"\\e\"", "\\e"),
            ("a = \"\\\\ \\x41\"", "\\x"),
            ("a = 10:30", "10:30"),
            ("a = 2023-04-26T10:30Z", "2023-04-26T10:30Z"),
        ] {
            let found = newer_than_1_0(text).map(|(_, at)| &text[at]);
            assert_eq!(found, Some(offending), "{text:?}");
            assert!(toml_edit::Document::parse(text).is_ok(), "the parser refuses {text:?} itself");
        }
    }

    #[test]
    fn what_1_0_knows_passes() {
        for text in [
            "a = { b = 1 }",
            "a = { b = [1,\n2,\n] }",
            "a = [\n1, # x }\n]",
            "a = '\\e' # {",
            "a = \"\\\\e\"",
            "a = 10:30:00\nb = 2023-04-26T10:30:00+01:00\nc = 2023-04-26 10:30:00",
            "a = \"\"\"\n{\n\"\"\"",
        ] {
            assert_eq!(newer_than_1_0(text), None, "{text:?}");
            assert!(toml_edit::Document::parse(text).is_ok(), "{text:?}");
        }
    }
}
