//! Levels of indentation: some parsers keep a list of them in a place of fixed size, and end the process where it is full.

use std::collections::BTreeSet;

/// How many levels a parser can take. A level is no deeper than the columns at which lines begin: where these are few, the
/// levels are.
#[derive(Clone, Copy, Debug)]
pub struct Levels {
    /// So many different columns.
    pub most: usize,
    /// The last column that it can count.
    pub widest: usize,
    /// How far a tab leads.
    pub tab: usize,
    /// What begins a level of its own in front of other things on a line, if a blank follows.
    pub marks: &'static [u8],
}

impl Levels {
    /// Whether a text has no more of them.
    pub(crate) fn hold(self, text: &str) -> bool {
        // Most texts have no line that is indented so far.
        let bytes = text.as_bytes();
        let (mut columns, mut at) = (BTreeSet::new(), 0);
        loop {
            at += self.head(bytes.get(at..).unwrap_or_default(), &mut columns);
            if columns.len() > self.most || columns.last().is_some_and(|column| *column > self.widest) {
                return false;
            }
            match bytes.get(at..).and_then(|rest| memchr::memchr3(b'\n', b'\r', 0x0c, rest)) {
                Some(end) => at += end + 1,
                None => return true,
            }
        }
    }

    /// Adds the columns at which something begins that may be a level, and returns how long the head of the line is.
    fn head(self, line: &[u8], columns: &mut BTreeSet<usize>) -> usize {
        let (mut column, mut at) = (0, 0);
        while let Some(byte) = line.get(at) {
            let next = line.get(at + 1).copied().unwrap_or(b'\n');
            match byte {
                b' ' => column += 1,
                b'\t' => column += self.tab,
                // A line that goes on is indented by both of its parts.
                b'\\' if matches!(next, b'\n' | b'\r') => at += 1,
                mark if self.marks.contains(mark) && next.is_ascii_whitespace() => {
                    columns.insert(column);
                    column += 1;
                }
                _ => break,
            }
            at += 1;
            if column > self.widest {
                break;
            }
        }
        columns.insert(column);
        at
    }
}

#[cfg(test)]
mod tests {
    use super::Levels;

    const LEVELS: Levels = Levels { most: 4, widest: 100, tab: 8, marks: b"-?" };

    #[test]
    fn columns_are_counted_once() {
        assert!(LEVELS.hold("a\n b\n  c\n b\n  c\na\n   d\n"));
        assert!(!LEVELS.hold("a\n b\n  c\n   d\n    e\n"));
        assert!(LEVELS.hold("- - a\n- - b - - - - c\n"));
        assert!(!LEVELS.hold("- ? - - - a"));
        assert!(!LEVELS.hold("a\r b\r  c\r\n   d\x0c        e"));
    }

    #[test]
    fn wide_lines_are_refused_and_empty_texts_are_not() {
        assert!(LEVELS.hold("") && LEVELS.hold("\n\n\n"));
        assert!(!LEVELS.hold(&" ".repeat(101)) && LEVELS.hold(&" ".repeat(100)));
        assert!(!LEVELS.hold(&" \\\n".repeat(101)) && !LEVELS.hold(&"\t".repeat(13)));
    }
}
