//! A body's directives, or in words why it has none.

use crate::Table;
use crate::amount::amount;
use crate::block::Block;
use crate::finding::{Code, Finding};
use crate::header::Header;
use crate::lexer::{Piece, pieces, unclosed_long_string};
use crate::quirks;
use crate::toml::{self, Fault};
use klotho_grammars::{Leaders, Spec};
use klotho_text::Span;
use std::ops::Range;

/// How the names of keys end whose values are no numbers of things.
const MEASURES: [&str; 5] = ["_mb", "_kb", "_gb", "_ms", "_s"];

/// Reads the bodies of one block.
///
/// Annotations can nest, so that a body may be read once for each level around it and the rest of the block searched
/// for the cause of each fault. The budget bounds both; honest comments never come near it.
pub(crate) struct Bodies<'a> {
    spec: &'static Spec,
    document: &'a str,
    block: &'a Block<'a>,
    budget: usize,
}

impl<'a> Bodies<'a> {
    pub(crate) fn new(spec: &'static Spec, document: &'a str, block: &'a Block<'a>) -> Self {
        let budget = 4096 + 16 * block.stripped.text().len();
        Self { spec, document, block, budget }
    }

    /// The directives between the header's braces; `body` is none where they are not closed.
    pub(crate) fn directives(
        &mut self,
        header: &Header,
        body: Option<Range<usize>>,
    ) -> Result<Table, Finding> {
        let Some(open) = header.brace else { return Ok(Table::default()) };
        let Some(body) = body else { return Err(self.unclosed(open)) };
        if !self.can_afford(body.len()) {
            return Err(self.finding("nested", open..body.end));
        }
        toml::parse(&self.block.stripped, body.clone()).map_err(|fault| self.explain(open, body, &fault))
    }

    fn can_afford(&mut self, bytes: usize) -> bool {
        let can = self.budget >= bytes;
        self.budget = self.budget.saturating_sub(bytes);
        can
    }

    /// A finding about a range of the block's text, drawn so that it can be seen.
    fn finding(&self, variant: &'static str, at: Range<usize>) -> Finding {
        let at = visible(self.block.stripped.text(), at);
        Finding::new(Code::AnnotationSyntax, variant, self.block.stripped.place(at))
    }

    fn unclosed(&mut self, open: usize) -> Finding {
        let text = self.block.stripped.text();
        if self.can_afford(2 * (text.len() - open)) {
            // Where the comment ends right after a character of a string, it is a pattern that ended it.
            let ends_apart = self.block.is_line || text.ends_with(char::is_whitespace);
            if let Some(quotes) = unclosed_long_string(text, open).filter(|_| ends_apart) {
                return self.finding("unclosed-string", quotes.clone()).with("quotes", &text[quotes]);
            }
            let meant = as_meant(text, open);
            if let Some(brace) = meant.close.and(unmatched(text, &meant.quoted)) {
                return self.quoted_brace(open, brace);
            }
            let end = self.block.at.end as usize;
            // The comment may lack its end.
            if self.document[..end].ends_with("*/") && self.ends_inside_string(open) {
                return Finding::new(Code::AnnotationSyntax, "glob", end - 2..end);
            }
        }
        let variant = if self.goes_on_below() { "split" } else { "unclosed" };
        self.finding(variant, open..text.len())
    }

    /// A brace in a string or comment of a body that starts at `open`.
    fn quoted_brace(&self, open: usize, brace: usize) -> Finding {
        let text = self.block.stripped.text();
        let finding = self.finding("brace", brace..brace + 1).with("brace", &text[brace..=brace]);
        finding.with("around", quirks::surroundings_at(text, open, brace))
    }

    /// Whether the block comment ends in a string: by the `*/` of a pattern, as a rule.
    fn ends_inside_string(&self, open: usize) -> bool {
        let text = self.block.stripped.text();
        let string = pieces(text, open).filter(|(piece, _)| *piece != Piece::Blank).last();
        let is_open = |(piece, at): (Piece, Range<usize>)| {
            let quoted = &text[at];
            matches!(piece, Piece::Basic | Piece::Literal)
                && (quoted.len() == 1 || quoted[1..].find(&quoted[..1]).is_none())
        };
        !self.block.is_line && string.is_some_and(is_open)
    }

    /// Whether another line comment follows after nothing but blank lines.
    fn goes_on_below(&self) -> bool {
        let below = &self.document[self.block.at.end as usize..];
        self.block.is_line && below.trim_start().starts_with(self.spec.comments.line)
    }

    fn explain(&mut self, open: usize, body: Range<usize>, fault: &Fault) -> Finding {
        let text = self.block.stripped.text();
        if self.can_afford(2 * (text.len() - open)) {
            if let Some(quotes) =
                unclosed_long_string(text, open).filter(|quotes| body.contains(&quotes.start))
            {
                return self.finding("unclosed-string", quotes.clone()).with("quotes", &text[quotes]);
            }
            if as_meant(text, open).quoted.contains(&body.end) {
                return self.quoted_brace(open, body.end);
            }
        }
        let line = line_start(text, fault.at.start).max(body.start);
        let lead = body.end - text[line..body.end].trim_start_matches([' ', '\t']).len();
        if self.has_leftover_leader(lead) && lead <= fault.at.start {
            return self.finding("leader", lead..lead + 1).with("leader", &text[lead..=lead]);
        }
        match self.slash_comment(&fault.at, body.end) {
            Some(comment) => Finding::new(Code::AnnotationSyntax, "comment", comment),
            None => self.explain_reason(lead, &body, fault),
        }
    }

    /// Whether a line comment's leader was longer than what is stripped of it.
    fn has_leftover_leader(&self, line: usize) -> bool {
        let is_slashed = self.block.is_line && self.spec.leaders != Leaders::Hash;
        is_slashed && matches!(self.block.stripped.text().as_bytes()[line], b'/' | b'*')
    }

    /// Where a comment after a value starts with `//`, be that stripped or not, and ends with its line.
    fn slash_comment(&self, fault: &Range<usize>, end: usize) -> Option<Span> {
        let stripped = &self.block.stripped;
        let text = stripped.text();
        let line = line_start(text, fault.start);
        let before = line + text[line..fault.start].trim_end().len();
        if before == line {
            return None;
        }
        let from = stripped.place(before - 1..before).end as usize;
        let rest = stripped.place(rest_of_line(text, fault.start, end));
        let suspect = self.document.get(from..rest.end as usize)?;
        let slashes = suspect.find("//").filter(|&at| at == 0 || suspect[..at].ends_with([' ', '\t']))?;
        Some(Span::new(from + slashes, rest.end as usize))
    }

    fn explain_reason(&self, line: usize, body: &Range<usize>, fault: &Fault) -> Finding {
        let text = self.block.stripped.text();
        let at = fault.at.clone();
        let offending = &text[at.clone()];
        if let Some(number) = self.number(line, body.end, at.start) {
            return number;
        }
        let reason = fault.reason.split(", expected").next().unwrap_or_default();
        let starts_word =
            offending.starts_with(|first: char| !first.is_ascii_digit() && !"+-.".contains(first));
        match reason {
            "duplicate key" => self.finding("duplicate", at.clone()).with("key", offending),
            "string values must be quoted" if offending.trim().is_empty() => self.finding("no-value", at),
            "invalid boolean" => self.finding("boolean", at.clone()).with("value", offending),
            "string values must be quoted" | "invalid float" if starts_word => self.unquoted(at),
            "unexpected key or value" if is_pair(&text[at.start..body.end]) => {
                self.finding("pairs", rest_of_line(text, at.start, body.end))
            }
            "key with no value" if colon_after_key(&text[line..body.end]).is_some() => {
                let colon = line + colon_after_key(&text[line..body.end]).unwrap_or_default();
                self.finding("colon", colon..colon + 1)
            }
            "missing escaped value" => self.finding("escape", at.start.saturating_sub(1)..at.start),
            "invalid basic string" | "invalid literal string" if at.is_empty() => {
                self.finding("unterminated", at)
            }
            "integer number overflowed" if matches!(offending, "0x" | "0o" | "0b") => self
                .finding("toml", at.clone())
                .with("reason", format!("the digits after `{offending}` are missing")),
            _ => self.finding("toml", at).with("reason", in_words(&fault.reason)),
        }
    }

    /// The value of a line, where that is a number to people and none in TOML. Behind the name of a measure letters are its unit.
    fn number(&self, line: usize, end: usize, fault: usize) -> Option<Finding> {
        let text = self.block.stripped.text();
        let pair = &text[rest_of_line(text, line, end)];
        let equals = pair.find('=')? + 1;
        let written = pair[equals..].split('#').next()?.trim();
        let key = pair[..equals - 1].trim_end();
        let is_measured = MEASURES.iter().any(|unit| key.ends_with(unit));
        let is_lettered = written.ends_with(|last: char| last.is_ascii_alphabetic());
        let number = amount(written).filter(|_| !(is_measured && is_lettered))?;
        let start = line + equals + pair[equals..].find(written)?;
        if fault < start {
            return None;
        }
        let finding = self.finding("number", start..start + written.len());
        Some(finding.with("value", written).with("number", number))
    }

    fn unquoted(&self, at: Range<usize>) -> Finding {
        let value = self.block.stripped.text()[at.clone()].trim_end();
        let bare = value.trim_matches(['“', '”', '„', '‘', '’', '`']);
        self.finding("unquoted", at.start..at.start + value.len()).with("value", value).with("quoted", bare)
    }
}

/// How a person reads a body: braces in strings and comments do not count.
struct AsMeant {
    /// Where the brace that closes the body is.
    close: Option<usize>,
    /// The braces in strings and comments before it.
    quoted: Vec<usize>,
}

/// Where the body that starts with the brace at `open` ends for someone who reads it: braces in strings and comments do
/// not count.
pub fn meant_end(text: &str, open: usize) -> Option<usize> {
    as_meant(text, open).close
}

fn as_meant(text: &str, open: usize) -> AsMeant {
    let mut meant = AsMeant { close: None, quoted: Vec::new() };
    let mut depth = 0;
    for (piece, at) in pieces(text, open) {
        match piece {
            Piece::Mark(b'{') => depth += 1,
            Piece::Mark(b'}') => depth -= 1,
            Piece::Basic | Piece::Literal | Piece::Comment => {
                let braces = memchr::memchr2_iter(b'{', b'}', &text.as_bytes()[at.clone()]);
                meant.quoted.extend(braces.map(|brace| at.start + brace));
            }
            _ => {}
        }
        if depth == 0 {
            meant.close = Some(at.start);
            return meant;
        }
    }
    meant
}

/// The first opening brace among `braces` that none of them closes.
fn unmatched(text: &str, braces: &[usize]) -> Option<usize> {
    let mut open = Vec::new();
    for &brace in braces {
        if text.as_bytes()[brace] == b'{' {
            open.push(brace);
        } else {
            open.pop();
        }
    }
    open.first().copied()
}

/// Widens an empty range to the character at it, or before it where the line ends.
fn visible(text: &str, at: Range<usize>) -> Range<usize> {
    let covered = &text[at.clone()];
    if !covered.trim().is_empty() {
        return at;
    }
    match text[at.start..].chars().next().filter(|next| !next.is_whitespace()) {
        Some(next) => at.start..at.start + next.len_utf8(),
        None => {
            let before = text[..at.start].trim_end();
            let last = before.chars().next_back().map_or(0, char::len_utf8);
            before.len() - last..before.len()
        }
    }
}

fn line_start(text: &str, at: usize) -> usize {
    memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |newline| newline + 1)
}

/// From `at` to the last character of its line, within the body.
fn rest_of_line(text: &str, at: usize, end: usize) -> Range<usize> {
    let line = text[at..end].lines().next().unwrap_or_default().trim_end();
    at..at + line.len()
}

/// Whether the text goes on with another pair, or with what people put between two.
fn is_pair(text: &str) -> bool {
    let after_key = text.trim_start_matches(|c: char| c.is_alphanumeric() || "_-.\"'".contains(c));
    text.starts_with([',', ';']) || (after_key.len() < text.len() && after_key.trim_start().starts_with('='))
}

/// Where a colon stands instead of the `=` after the line's key.
fn colon_after_key(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(|c: char| c.is_alphanumeric() || "_-.\"'".contains(c));
    let colon = line.len() - rest.trim_start_matches([' ', '\t']).len();
    (rest.len() < line.len() && line[colon..].starts_with(':')).then_some(colon)
}

/// The parser's reason without its jargon.
fn in_words(reason: &str) -> String {
    match reason {
        "invalid key-value pair, expected key" => "a key is missing here".to_owned(),
        "key with no value, expected `=`" => "this key has no value; write `key = value`".to_owned(),
        _ if reason.starts_with("unquoted keys cannot be empty") => {
            "the key before `=` is missing".to_owned()
        }
        _ if reason.starts_with("invalid unquoted key") => {
            "a key consists of letters, digits, `-` and `_`; any other needs quotes".to_owned()
        }
        "unexpected key or value, expected newline, `#`" => "nothing more may follow on this line".to_owned(),
        "integer number overflowed" => "the number is too large".to_owned(),
        "recursion limit" | "cannot recurse further; max recursion depth met" => {
            "it is nested too deeply".to_owned()
        }
        _ => reason.replace(", expected nothing", "").replace(", expected ", "; expected "),
    }
}
