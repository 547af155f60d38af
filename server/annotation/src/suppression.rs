//! Comments that say that a finding is meant as it is: `klotho-ls: allow(missing-await) the caller waits`.
//!
//! They are found by their text, in every language and in the configuration, so that one rule holds everywhere.

use crate::finding::{Code, Finding};
use crate::suggestion;
use klotho_text::{Place, Span};

/// What begins one. The compiler reads no comment without `@klotho::`.
const MARK: &str = "klotho-ls:";

/// One finding that is allowed.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Suppression {
    /// Which finding.
    pub code: Code,
    /// Its name in the comment.
    pub at: Place,
    /// Where it is allowed: findings that start here.
    pub covers: Place,
}

/// The suppressions of a text, in order, and what is wrong with others.
#[derive(Debug, Default)]
pub struct Suppressions {
    /// What is allowed.
    pub list: Vec<Suppression>,
    /// What is written like a suppression and is none.
    pub findings: Vec<Finding>,
}

/// Finds the suppressions of a text. One behind code or an entry covers its own line; one that has a line for itself covers
/// the next line that is neither blank nor another of its kind; `allow-file` covers the whole file.
pub fn suppressions(text: &str) -> Suppressions {
    let mut found = Suppressions::default();
    let marks: Vec<_> = memchr::memmem::find_iter(text.as_bytes(), MARK).collect();
    let (mut below, mut last, mut end) = (None, None, text.len());
    for at in marks.into_iter().rev() {
        // A line may hold many of them.
        let line = last.filter(|line: &Line| line.start <= at).unwrap_or_else(|| Line::around(text, at));
        last = Some(line);
        let is_alone = line.is_alone(text, at);
        let covered = if is_alone { next(text, line, &mut below) } else { line.span() };
        Comment { text, at, end: end.min(line.end), covered }.read(&mut found);
        end = at;
    }
    found.list.reverse();
    found.findings.reverse();
    found
}

/// A line, without what ends it.
#[derive(Clone, Copy)]
struct Line {
    start: usize,
    end: usize,
}

impl Line {
    fn around(text: &str, at: usize) -> Self {
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
        Self { start, end }
    }

    fn span(self) -> Span {
        Span::new(self.start, self.end)
    }

    /// Whether nothing but the beginning of a comment stands before `at`.
    fn is_alone(self, text: &str, at: usize) -> bool {
        let blank = |c: char| c.is_whitespace() || c == '\u{feff}' || "/*#-<!;".contains(c);
        text[self.start..at].chars().all(blank)
    }
}

/// The line that a comment on `line` is about. `below` is what the comment found last is about, with its line: the walk goes
/// up, so that a pile of comments is gone through once.
fn next(text: &str, line: Line, below: &mut Option<(usize, Span)>) -> Span {
    let mut start = (line.end + 1).min(text.len());
    let covered = loop {
        let candidate = Line::around(text, start);
        if let Some((_, covered)) = below.filter(|(other, _)| *other == candidate.start) {
            break covered;
        }
        let is_blank = text[candidate.start..candidate.end]
            .trim_matches(|c: char| c.is_whitespace() || "*/".contains(c));
        if !is_blank.is_empty() || candidate.end >= text.len() {
            break candidate.span();
        }
        start = candidate.end + 1;
    };
    *below = Some((line.start, covered));
    covered
}

/// One comment.
struct Comment<'a> {
    text: &'a str,
    /// Where the mark begins,
    at: usize,
    /// where its line ends, or the next mark begins,
    end: usize,
    /// and what it is about.
    covered: Span,
}

impl Comment<'_> {
    fn read(&self, found: &mut Suppressions) {
        let said = &self.text[self.at + MARK.len()..self.end];
        let Some(rest) = said.trim_start().strip_prefix("allow") else { return };
        let (covers, rest) = match rest.strip_prefix("-file") {
            Some(rest) => (Span::new(0, self.text.len()), rest),
            None => (self.covered, rest),
        };
        let whole = Span::new(self.at, self.at + said.trim_end().len() + MARK.len());
        let invalid = |variant| Finding::new(Code::SuppressionInvalid, variant, whole);
        let Some((codes, reason)) = rest.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(')'))
        else {
            found.findings.push(invalid("form"));
            return;
        };
        if codes.split(',').count() > Code::ALL.len() {
            found.findings.push(invalid("form"));
            return;
        }
        if !reason.chars().any(char::is_alphanumeric) {
            found.findings.push(invalid("reason"));
            return;
        }
        let mut start = self.end - reason.len() - 1 - codes.len();
        // Backwards, as the whole list is turned round in the end.
        let mut own = Vec::new();
        for word in codes.split(',') {
            let name = word.trim();
            let from = start + (word.len() - word.trim_start().len());
            start += word.len() + 1;
            own.push((name, Span::new(from, from + name.len())));
        }
        for (name, at) in own.into_iter().rev() {
            match Code::named(name) {
                Some(code) => found.list.push(Suppression { code, at: at.into(), covers: covers.into() }),
                None => found.findings.push(unknown(name, at)),
            }
        }
    }
}

fn unknown(name: &str, at: Span) -> Finding {
    let near = suggestion(name, Code::ALL.iter().map(|code| code.name()));
    Finding::new(Code::SuppressionInvalid, "code", at).with("name", name).with("suggestion", near)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each code with the text that it covers, then what is wrong.
    fn read(text: &str) -> Vec<String> {
        let found = suppressions(text);
        let list = found.list.iter().map(|one| {
            assert_eq!(one.at.of(text), one.code.name());
            format!("{}: {}", one.code.name(), one.covers.of(text).trim())
        });
        let wrong =
            found.findings.iter().map(|finding| format!("{} {}", finding.variant, finding.at.of(text)));
        list.chain(wrong).collect()
    }

    #[test]
    fn a_comment_covers_its_line_or_the_next() {
        assert_eq!(
            read("a(); // klotho-ls: allow(missing-await) fire and forget\nb();"),
            ["missing-await: a(); // klotho-ls: allow(missing-await) fire and forget"]
        );
        assert_eq!(
            read("# klotho-ls: allow(id-reused, id-shared) one name for both\n\n  a: 1\nb: 2"),
            ["id-reused: a: 1", "id-shared: a: 1"]
        );
        assert_eq!(read("/*\n * klotho-ls: allow(id-reused) so\n */\nb"), ["id-reused: b"]);
        assert_eq!(read("\u{feff}// klotho-ls: allow(id-reused) so\r\nb"), ["id-reused: b"]);
    }

    #[test]
    fn comments_may_be_piled_up() {
        let text = "// klotho-ls: allow(id-reused) so\n// klotho-ls: allow(id-shared) so\n\ncode\nmore";
        assert_eq!(read(text), ["id-reused: code", "id-shared: code"]);
    }

    #[test]
    fn a_whole_file_can_be_covered() {
        assert_eq!(
            read("x\n// klotho-ls: allow-file(id-reused) so"),
            ["id-reused: x\n// klotho-ls: allow-file(id-reused) so"]
        );
    }

    #[test]
    fn many_on_one_line_are_told_apart() {
        let text = format!("{}a,b) x", "klotho-ls:allow(".repeat(2000));
        assert_eq!(read(&text).len(), 2001);
        assert_eq!(read(&format!("klotho-ls:allow({}) x", "a,".repeat(15_000))).len(), 1);
    }

    #[test]
    fn what_is_no_suppression_is_said() {
        assert_eq!(
            read("// klotho-ls: allow(id-reused)\n// klotho-ls: allow id-reused\n"),
            ["reason klotho-ls: allow(id-reused)", "form klotho-ls: allow id-reused"]
        );
        assert_eq!(read("// klotho-ls: allow(id-resued, ) so"), ["code id-resued", "code "]);
        assert_eq!(read("// klotho-ls: a language server"), Vec::<String>::new());
    }
}
