use crate::offset_map::Stripped;
use klotho_grammars::Leaders;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// Made once: a file may have thousands of comments.
static SLASHES: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("//"));

/// The compiler's reader slices out of bounds on this comment and crashes.
#[derive(Debug, PartialEq)]
pub(crate) struct Crash;

/// Removes the leaders of one comment, which stands at `from` in the document, as the compiler does (reference, 1.4).
///
/// Its quirks are kept: `//` goes wherever it stands, strings included, and blank lines of a block comment vanish.
pub(crate) fn strip(leaders: Leaders, comment: &str, from: usize) -> Result<Stripped<'_>, Crash> {
    let dropped = match leaders {
        Leaders::Hash => return Ok(without_hash(comment, from)),
        Leaders::JavaScript => 2,
        Leaders::Slashes => 1,
    };
    let stripped = without_slashes(comment, from);
    if stripped.text().starts_with("/*") { without_margins(&stripped, dropped) } else { Ok(stripped) }
}

/// Whether Go's `\s` matches: no vertical tab, nothing beyond ASCII.
pub(crate) fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

/// `^#\s*` deleted.
fn without_hash(comment: &str, from: usize) -> Stripped<'_> {
    let start = match comment.strip_prefix('#') {
        Some(rest) => 1 + blanks(rest.as_bytes()),
        None => 0,
    };
    let mut stripped = Stripped::default();
    stripped.push(&comment[start..], from + start);
    stripped
}

/// Every `//\s*` deleted.
fn without_slashes(comment: &str, from: usize) -> Stripped<'_> {
    let mut stripped = Stripped::default();
    let mut kept = 0;
    for marker in SLASHES.find_iter(comment.as_bytes()) {
        stripped.push(&comment[kept..marker], from + kept);
        kept = marker + 2 + blanks(&comment.as_bytes()[marker + 2..]);
    }
    stripped.push(&comment[kept..], from + kept);
    stripped
}

/// `dropped` bytes gone from each end, then every `(?m)^\s*[*]*[ \t]*` deleted.
fn without_margins(comment: &Stripped<'_>, dropped: usize) -> Result<Stripped<'static>, Crash> {
    let text = comment.text();
    if text.len() < 2 * dropped {
        return Err(Crash);
    }
    // The cut may fall inside a character of a line comment that starts with `/*`; then all of it goes.
    let mut end = text.len() - dropped;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let mut stripped = Stripped::default();
    let mut at = dropped;
    while at < end {
        at += margin(&text.as_bytes()[at..]);
        let line = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(end, |newline| at + newline + 1);
        stripped.push_part(comment, at..line);
        at = line;
    }
    Ok(stripped)
}

/// How much of a line's start `\s*[*]*[ \t]*` matches; the blanks may span lines.
fn margin(line: &[u8]) -> usize {
    let blank = blanks(line);
    let stars = line[blank..].iter().take_while(|&&byte| byte == b'*').count();
    let after = &line[blank + stars..];
    blank + stars + after.iter().take_while(|&&byte| matches!(byte, b' ' | b'\t')).count()
}

fn blanks(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|&&byte| is_blank(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(leaders: Leaders, comment: &str) -> String {
        strip(leaders, comment, 0).expect("no crash").text().to_owned()
    }

    #[test]
    fn javascript() {
        for (comment, expected) in [
            ("// a", "a"),
            ("//a", "a"),
            ("// u = \"https://a.b//c\"", "u = \"https:a.bc\""),
            ("//* a", "* a"),
            ("/// a", "/ a"),
            ("//// a", "a"),
            ("/* a */", "a "),
            ("/** a */", "a "),
            ("/**\n * a\n * b\n */", "\na\nb\n"),
            ("/*\n *a\n\t*\tb\nc\n   ** d\n*/", "a\nb\nc\nd\n"),
            ("/*\n * a\n\n *\n * b */", "a\n\nb "),
            ("/* a\n\n\n b */", "a\nb "),
            ("// /* a */", "a "),
            ("/* see http:// \n * b */", "see http:* b "),
            ("/**/", ""),
            ("//", ""),
        ] {
            assert_eq!(stripped(Leaders::JavaScript, comment), expected, "{comment:?}");
        }
    }

    #[test]
    fn slashes_leave_a_star_at_each_end_of_a_block() {
        for (comment, expected) in [
            ("// a", "a"),
            ("/// a", "/ a"),
            ("/* a */", "a *"),
            ("/** a */", "a *"),
            ("/*\n * a\n */", "\na\n"),
            ("// /*", ""),
            ("/**/", ""),
        ] {
            assert_eq!(stripped(Leaders::Slashes, comment), expected, "{comment:?}");
        }
    }

    #[test]
    fn one_hash_at_the_start() {
        for (comment, expected) in [
            ("# a", "a"),
            ("#a # b", "a # b"),
            ("## a", "# a"),
            ("#", ""),
            ("#\t a", "a"),
            ("#\u{b}a", "\u{b}a"),
        ] {
            assert_eq!(stripped(Leaders::Hash, comment), expected, "{comment:?}");
        }
    }

    #[test]
    fn a_short_rest_that_opens_a_block_crashes_javascript_only() {
        for comment in ["// /*", "// /**", "///*", "///*x"] {
            assert_eq!(strip(Leaders::JavaScript, comment, 0).err(), Some(Crash), "{comment:?}");
            assert!(strip(Leaders::Slashes, comment, 0).is_ok(), "{comment:?}");
        }
        assert!(strip(Leaders::JavaScript, "// /* x", 0).is_ok());
        assert!(strip(Leaders::JavaScript, "// /* é", 0).is_ok());
    }
}
