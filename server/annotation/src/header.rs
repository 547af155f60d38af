use crate::leaders::is_blank;
use memchr::memmem::Finder;
use std::ops::Range;
use std::sync::LazyLock;

/// What every annotation starts with.
pub const MARK: &str = "@klotho::";

/// Made once: it is looked for in each of the comments that hold one.
static MARKS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(MARK));

/// One match of `@klotho::(\w+)\s*(\{)?` in the text of a comment block.
#[derive(Debug, PartialEq)]
pub(crate) struct Header {
    /// Where the `@` is.
    pub(crate) at: usize,
    /// The capability's name.
    pub(crate) name: Range<usize>,
    /// Where the body's brace is, if one follows.
    pub(crate) brace: Option<usize>,
}

/// Finds all annotations of a comment block (reference, 1.5). Nothing is required before the `@`.
pub(crate) fn headers(text: &str) -> Vec<Header> {
    MARKS.find_iter(text.as_bytes()).filter_map(|at| header(text.as_bytes(), at)).collect()
}

fn header(text: &[u8], at: usize) -> Option<Header> {
    let start = at + MARK.len();
    let end = start + text[start..].iter().take_while(|&&byte| is_word(byte)).count();
    if end == start {
        return None;
    }
    let next = end + text[end..].iter().take_while(|&&byte| is_blank(byte)).count();
    Some(Header { at, name: start..end, brace: (text.get(next) == Some(&b'{')).then_some(next) })
}

/// Whether Go's `\w` matches: ASCII only.
pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names found, with `{` where a body follows.
    fn found(text: &str) -> Vec<String> {
        let name = |header: &Header| text[header.name.clone()].to_owned();
        headers(text)
            .iter()
            .map(|header| name(header) + if header.brace.is_some() { "{" } else { "" })
            .collect()
    }

    #[test]
    fn headers_are_found_as_the_compiler_finds_them() {
        for (text, expected) in [
            ("@klotho::persist {", &["persist{"][..]),
            ("foo@klotho::persist", &["persist"]),
            ("@Klotho::x", &[]),
            ("@klotho:x", &[]),
            ("@klotho:: x", &[]),
            ("@ klotho::x", &[]),
            ("klotho::x", &[]),
            ("@klotho::execution-unit { }", &["execution"]),
            ("@klotho::persist\n\r\t {", &["persist{"]),
            ("@klotho::persist\u{b}{", &["persist"]),
            ("@klotho::persist\u{a0}{", &["persist"]),
            ("@klotho::persist some words {", &["persist"]),
            ("@klotho::café {", &["caf"]),
            ("@klotho::a{} @klotho::b", &["a{", "b"]),
            ("@klotho::a@klotho::b {", &["a", "b{"]),
            ("@klotho::@klotho::b", &["b"]),
            ("@klotho::", &[]),
        ] {
            assert_eq!(found(text), expected, "{text:?}");
        }
    }
}
