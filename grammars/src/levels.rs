//! Levels of indentation: some parsers keep a list of them in a place of fixed size, and end the process where it is full.

use std::collections::BTreeSet;

/// How many levels a parser can take. Each level has a column of its own, where a line begins or behind a mark: where these
/// columns are few, the levels are.
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
    /// What begins or ends a document at the start of a line, which goes on behind it, if a blank follows.
    pub fences: &'static [&'static [u8]],
    /// After so many rows, or columns of one row, it may take a place for an earlier one, and have its levels once more.
    pub lap: usize,
}

impl Levels {
    /// Whether a text has no more of them.
    pub(crate) fn hold(self, text: &str) -> bool {
        // A parser passes over the mark of the encoding.
        let bytes = text.strip_prefix('\u{feff}').unwrap_or(text).as_bytes();
        let mut found = Found { levels: self, columns: BTreeSet::new(), rows: 0, wide: 0 };
        let (mut at, mut row) = (0, 0);
        loop {
            at += found.head(bytes.get(at..).unwrap_or_default());
            let end = memchr::memchr3(b'\n', b'\r', 0x0c, bytes.get(at..).unwrap_or_default());
            let end = end.map_or(bytes.len(), |end| at + end);
            // A form feed ends the indentation, and no row.
            if bytes.get(end) != Some(&0x0c) {
                found.row(bytes.get(row..end).unwrap_or_default());
                row = end + 1;
            }
            if found.are_too_many() {
                return false;
            }
            if end == bytes.len() {
                return true;
            }
            at = end + 1;
        }
    }
}

/// The columns that may be levels.
struct Found {
    levels: Levels,
    columns: BTreeSet<usize>,
    rows: usize,
    /// How many rows are longer than a lap.
    wide: usize,
}

impl Found {
    fn are_too_many(&self) -> bool {
        let again = self.wide + self.rows / self.levels.lap;
        self.columns.len() * (again + 1) > self.levels.most
            || self.columns.last().is_some_and(|column| *column > self.levels.widest)
    }

    /// Adds the columns at which something begins that may be a level, and returns how long the head of the line is.
    fn head(&mut self, line: &[u8]) -> usize {
        let fence = self.levels.fences.iter().find(|fence| line.starts_with(fence));
        let mut at = fence.map_or(0, |fence| fence.len());
        let mut column = at;
        while let Some(byte) = line.get(at) {
            let rest = line.get(at + 1..).unwrap_or_default();
            match byte {
                b' ' => column += 1,
                b'\t' => column += self.levels.tab,
                // A line that goes on is indented by both of its parts.
                b'\\' if rest.starts_with(b"\r\n") => at += 2,
                b'\\' if matches!(rest.first(), None | Some(b'\n')) => at += 1,
                mark if self.levels.marks.contains(mark)
                    && rest.first().is_none_or(u8::is_ascii_whitespace) =>
                {
                    self.columns.insert(column);
                    column += 1;
                }
                _ => break,
            }
            at += 1;
            if column > self.levels.widest {
                break;
            }
        }
        self.columns.insert(column);
        at.min(line.len())
    }

    /// Counts a row. Where it is so long that its columns begin anew, what stands there may be taken for the start of a line.
    fn row(&mut self, row: &[u8]) {
        self.rows += 1;
        if row.len() < self.levels.lap {
            return;
        }
        self.wide += 1;
        for fence in self.levels.fences {
            for at in memchr::memmem::find_iter(row, fence) {
                self.head(row.get(at..).unwrap_or_default());
                if self.are_too_many() {
                    return;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Levels;

    const LEVELS: Levels =
        Levels { most: 4, widest: 100, tab: 8, marks: b"-?", fences: &[b"..."], lap: 1_000 };

    #[test]
    fn columns_are_counted_once() {
        assert!(LEVELS.hold("a\n b\n  c\n b\n  c\na\n   d\n"));
        assert!(!LEVELS.hold("a\n b\n  c\n   d\n    e\n"));
        assert!(LEVELS.hold("- - a\n- - b - - - - c\n"));
        assert!(!LEVELS.hold("- ? - - - a"));
        assert!(!LEVELS.hold("a\r b\r  c\r\n   d\x0c        e"));
    }

    #[test]
    fn a_line_that_goes_on_is_indented_by_all_its_parts() {
        for end in ["\n", "\r\n"] {
            let lines =
                |most| -> String { (0..most).map(|b| format!("  \\{end}{}a{end}", " ".repeat(b))).collect() };
            assert!(LEVELS.hold(&lines(3)) && !LEVELS.hold(&lines(5)), "{end:?}");
        }
    }

    #[test]
    fn a_line_begins_behind_the_mark_of_the_encoding_and_behind_the_end_of_a_document() {
        for before in ["\u{feff}", "... ", "...\t", "a\n... "] {
            assert!(!LEVELS.hold(&format!("{before}{}", "- ".repeat(6))), "{before:?}");
        }
        assert!(LEVELS.hold("\u{feff}a") && LEVELS.hold("a... - - - - - -"));
        assert!(!LEVELS.hold(&format!("a{}... - - - - - -", " ".repeat(1_000))));
    }

    #[test]
    fn where_places_are_counted_anew_levels_may_come_again() {
        let three = "a\n b\n  c\n";
        assert!(LEVELS.hold(&format!("{three}{}", "\n".repeat(900))));
        assert!(!LEVELS.hold(&format!("{three}{}", "\n".repeat(1_000))));
        assert!(!LEVELS.hold(&format!("{three}{}", "x".repeat(1_000))));
    }

    #[test]
    fn wide_lines_are_refused_and_empty_texts_are_not() {
        assert!(LEVELS.hold("") && LEVELS.hold("\n\n\n"));
        assert!(!LEVELS.hold(&" ".repeat(101)) && LEVELS.hold(&" ".repeat(100)));
        assert!(!LEVELS.hold(&" \\\n".repeat(101)) && !LEVELS.hold(&"\t".repeat(13)));
    }
}
