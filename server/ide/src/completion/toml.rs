//! Where in TOML the cursor is, however little of it can be read yet.

use super::place::{Place, Quote, Spot, quoted};
use klotho_annotation::{Piece, pieces};
use std::ops::Range;

/// What is known of a stretch of TOML.
pub(super) struct Scan {
    /// Where the cursor is; `None` where nothing can be offered.
    pub(super) place: Option<Place>,
    /// What is being written at the cursor, from its key on: without it the rest may be readable.
    pub(super) statement: usize,
    /// Where the brace is that ends it.
    pub(super) end: Option<usize>,
    /// The tables and keys at its top, but for the one at the cursor.
    pub(super) top: Vec<String>,
}

/// Reads `text` from `start` on. `is_body`: up to the brace that ends a body.
pub(super) fn scan(text: &str, start: usize, cursor: usize, is_body: bool) -> Scan {
    let mut scanner = Scanner {
        text,
        start,
        cursor,
        header: Vec::new(),
        open: Vec::new(),
        key: Vec::new(),
        key_at: start,
        phase: Phase::Key,
        seen: Vec::new(),
        found: None,
        is_decided: false,
        statement: None,
        first: start,
    };
    let mut end = None;
    for (piece, at) in pieces(text, start) {
        if is_body && piece == Piece::Mark(b'}') && scanner.open.is_empty() {
            scanner.decide_before(piece, &at);
            end = Some(at.start);
            break;
        }
        scanner.take(piece, at);
    }
    if end.is_none() && cursor >= start {
        scanner.decide(cursor..cursor, None);
    }
    let statement = scanner.statement.unwrap_or(scanner.first);
    let top = scanner.top();
    Scan { place: scanner.place(), statement, end, top }
}

/// What is open around the place that has been read.
enum Open {
    List,
    /// With the keys that lead to it.
    Table(Vec<String>),
}

#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Key,
    /// Behind a key without `=`.
    BehindKey,
    Value,
    /// Nothing more may follow on the line, but for what closes.
    BehindValue,
    Header,
}

struct Scanner<'a> {
    text: &'a str,
    start: usize,
    cursor: usize,
    header: Vec<String>,
    open: Vec<Open>,
    /// The parts of the key, as far as it has been read.
    key: Vec<String>,
    key_at: usize,
    phase: Phase,
    /// Keys and the tables that have them, with where they stand.
    seen: Vec<(Vec<String>, String, usize)>,
    found: Option<Place>,
    is_decided: bool,
    /// Where the statement starts that the cursor is in,
    statement: Option<usize>,
    /// and the one that is being read.
    first: usize,
}

impl Scanner<'_> {
    fn take(&mut self, piece: Piece, at: Range<usize>) {
        self.decide_before(piece, &at);
        match piece {
            Piece::Word => self.words(at),
            Piece::Basic | Piece::Literal => {
                if self.touches(&at) {
                    self.in_string(&at);
                }
                self.string(&at);
            }
            Piece::Comment => self.is_decided |= at.start < self.cursor && self.cursor <= at.end,
            Piece::Mark(mark) => self.mark(mark, at.end),
            Piece::Blank => {}
        }
    }

    /// The cursor stands before a piece, and what is before that takes no more.
    fn decide_before(&mut self, piece: Piece, at: &Range<usize>) {
        if self.is_decided || at.start < self.cursor {
            return;
        }
        match piece {
            // A word is decided when it is taken, quoted ones are not entered.
            Piece::Word if at.start == self.cursor => {}
            _ => self.decide(self.cursor..self.cursor, None),
        }
    }

    /// Whether the cursor is in a string, or at the end of one that is not closed.
    fn touches(&self, at: &Range<usize>) -> bool {
        !self.is_decided && at.start < self.cursor && self.cursor <= at.end
    }

    fn in_string(&mut self, at: &Range<usize>) {
        match quoted(self.text, at, self.cursor) {
            Some((contents, quote)) => self.decide(contents, Some(quote)),
            None => self.is_decided |= self.cursor < at.end,
        }
    }

    fn decide(&mut self, word: Range<usize>, quote: Option<Quote>) {
        if std::mem::replace(&mut self.is_decided, true) {
            return;
        }
        self.statement = Some(self.first);
        let spot = match self.phase {
            Phase::Key => Spot::Key {
                has_value: self
                    .goes_on_with(word.end + usize::from(quote.is_some_and(|it| it.is_closed)), '='),
                starts_line: self.starts_line(word.start) && self.open.is_empty() && self.key.is_empty(),
                quote,
            },
            Phase::Header => Spot::Header,
            Phase::Value => Spot::Value {
                key: self.key.last().cloned().unwrap_or_default(),
                quote,
                in_list: matches!(self.open.last(), Some(Open::List)),
                is_glued: quote.is_none() && self.text.get(..word.start).is_some_and(|it| it.ends_with('=')),
            },
            Phase::BehindKey | Phase::BehindValue => return,
        };
        let table = match spot {
            Spot::Key { .. } => self.table().into_iter().chain(self.key.iter().cloned()).collect(),
            Spot::Header => self.key.clone(),
            Spot::Value { .. } => {
                let above = self.key.split_last().map_or(&[][..], |(_, above)| above);
                self.table().into_iter().chain(above.iter().cloned()).collect()
            }
        };
        self.found = Some(Place { table, spot, word, used: Vec::new() });
    }

    fn goes_on_with(&self, at: usize, mark: char) -> bool {
        self.text.get(at..).is_some_and(|rest| rest.trim_start_matches([' ', '\t']).starts_with(mark))
    }

    fn starts_line(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |newline| newline + 1);
        line >= self.start && before.get(line..).is_some_and(|blanks| blanks.trim().is_empty())
    }

    /// The keys that lead to the innermost table around.
    fn table(&self) -> Vec<String> {
        let inner = self.open.iter().rev().find_map(|open| match open {
            Open::Table(path) => Some(path),
            Open::List => None,
        });
        inner.unwrap_or(&self.header).clone()
    }

    /// A word may hold a key, its `=` and its value.
    fn words(&mut self, at: Range<usize>) {
        let mut start = at.start;
        for part in self.text.get(at).unwrap_or_default().split_inclusive('=') {
            let word = part.trim_end_matches('=');
            if !word.is_empty() {
                self.word(start..start + word.len());
            }
            if word.len() < part.len() {
                self.assign();
            }
            start += part.len();
        }
    }

    fn word(&mut self, at: Range<usize>) {
        if !matches!(self.phase, Phase::Key | Phase::Header) {
            if !self.is_decided && at.start <= self.cursor && self.cursor <= at.end {
                self.decide(at, None);
            }
            self.pass_value();
            return;
        }
        let mut start = at.start;
        let parts: Vec<_> = self.text.get(at).unwrap_or_default().split('.').map(str::to_owned).collect();
        for (index, part) in parts.into_iter().enumerate() {
            let end = start + part.len();
            if index > 0 || self.key.is_empty() {
                self.key_at = start;
            }
            if !self.is_decided && start <= self.cursor && self.cursor <= end {
                self.decide(start..end, None);
            }
            if !part.is_empty() {
                self.key.push(part);
            }
            start = end + 1;
        }
        if self.phase == Phase::Key {
            self.phase = Phase::BehindKey;
        }
    }

    fn string(&mut self, at: &Range<usize>) {
        let text = self.text.get(at.clone()).unwrap_or_default();
        match self.phase {
            Phase::Key | Phase::Header => {
                self.key_at = at.start + 1;
                self.key.push(text.trim_matches(['"', '\'']).to_owned());
                if self.phase == Phase::Key {
                    self.phase = Phase::BehindKey;
                }
            }
            _ => self.pass_value(),
        }
    }

    fn pass_value(&mut self) {
        if self.phase == Phase::Value {
            self.phase = Phase::BehindValue;
        }
    }

    fn assign(&mut self) {
        if !matches!(self.phase, Phase::BehindKey | Phase::Key) {
            return;
        }
        self.phase = Phase::Value;
        let Some((last, above)) = self.key.split_last() else { return };
        let table = self.table().into_iter().chain(above.iter().cloned()).collect();
        self.seen.push((table, last.clone(), self.key_at));
    }

    fn mark(&mut self, mark: u8, end: usize) {
        match (mark, self.phase) {
            (b'\n', _) => self.newline(end),
            (b'[', Phase::Key) if self.open.is_empty() && self.key.is_empty() => self.phase = Phase::Header,
            (b'[', Phase::Value) => self.open.push(Open::List),
            (b']', Phase::Header) => {
                self.header = std::mem::take(&mut self.key);
                self.seen_header();
                self.phase = Phase::BehindValue;
            }
            (b'{', Phase::Value) => {
                let path = self.table().into_iter().chain(self.key.drain(..)).collect();
                self.open.push(Open::Table(path));
                self.phase = Phase::Key;
            }
            (b']' | b'}', _) => {
                self.open.pop();
                self.phase = Phase::BehindValue;
            }
            (b',', _) => match self.open.last() {
                Some(Open::List) => self.phase = Phase::Value,
                Some(Open::Table(_)) => {
                    self.key.clear();
                    self.phase = Phase::Key;
                }
                None => {}
            },
            _ => {}
        }
    }

    /// A table that has a header is a key of the table that holds it.
    fn seen_header(&mut self) {
        if let Some((last, above)) = self.header.split_last() {
            self.seen.push((above.to_vec(), last.clone(), self.key_at));
        }
    }

    /// Only a list goes on below, and one that nobody closed not beyond the next key.
    fn newline(&mut self, end: usize) {
        let is_list = matches!(self.open.last(), Some(Open::List));
        if is_list && !self.is_statement(end) {
            return;
        }
        if self.phase == Phase::Header {
            self.header = std::mem::take(&mut self.key);
        }
        self.open.clear();
        self.key.clear();
        self.phase = Phase::Key;
        self.first = end;
    }

    fn is_statement(&self, at: usize) -> bool {
        let line = self.text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or_default().trim_start();
        let name = line.trim_start_matches('[');
        let after = name.trim_start_matches(|next: char| next.is_alphanumeric() || "_-.".contains(next));
        let is_named = after.len() < name.len();
        let is_header =
            name.len() < line.len() && after.starts_with(']') && name.starts_with(char::is_alphabetic);
        is_named && (is_header || after.trim_start().starts_with('='))
    }

    fn top(&self) -> Vec<String> {
        let at_cursor = self.found.as_ref().map(|place| place.word.start);
        let seen = self.seen.iter().filter(|(table, _, at)| table.is_empty() && Some(*at) != at_cursor);
        seen.map(|(_, key, _)| key.clone()).collect()
    }

    /// What was found, with the keys beside it.
    fn place(self) -> Option<Place> {
        let mut place = self.found?;
        let others =
            self.seen.into_iter().filter(|(table, _, at)| *table == place.table && *at != place.word.start);
        place.used = others.map(|(_, key, _)| key).collect();
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let cursor = text.find('|').unwrap();
        let text = text.replacen('|', "", 1);
        let found = scan(&text, 0, cursor, true);
        let Some(place) = found.place else { return "nothing".to_owned() };
        let spot = match &place.spot {
            Spot::Key { has_value, starts_line, .. } => format!("key value={has_value} line={starts_line}"),
            Spot::Header => "header".to_owned(),
            Spot::Value { key, quote, in_list, .. } => {
                format!("value of {key} quote={:?} list={in_list}", quote.map(|it| (it.mark, it.is_closed)))
            }
        };
        format!("{:?} {spot} {:?} beside {:?}", place.table, &text[place.word], place.used)
    }

    #[test]
    fn half_typed_text_has_a_place() {
        for (text, expected) in [
            ("|", r#"[] key value=false line=true "" beside []"#),
            ("\n  i|d", r#"[] key value=false line=true "id" beside []"#),
            (
                "\nid = \"x\"\n|\n[workload]\na = 1 }",
                r#"[] key value=false line=true "" beside ["id", "workload"]"#,
            ),
            (
                "\nid = |\ntarget = \"a\"",
                r#"[] value of id quote=None list=false "" beside ["id", "target"]"#,
            ),
            ("\nid=\"a|b\" }", r#"[] value of id quote=Some(('"', true)) list=false "ab" beside ["id"]"#),
            ("\nid = \"ab| }", r#"[] value of id quote=Some(('"', false)) list=false "ab" beside ["id"]"#),
            ("\nta|rget = \"x\"", r#"[] key value=true line=true "target" beside []"#),
            (
                "\n[workload]\nshape = 'fl|'",
                r#"["workload"] value of shape quote=Some(('\'', true)) list=false "fl" beside ["shape"]"#,
            ),
            ("\nworkload.|", r#"["workload"] key value=false line=false "" beside []"#),
            ("\nworkload = { a = 1, b| }", r#"["workload"] key value=false line=false "b" beside ["a"]"#),
            ("\n[wor|", r#"[] header "wor" beside []"#),
            ("\n[wor|]\n", r#"[] header "wor" beside []"#),
            (
                "\nfiles = [\"a\", \"b/|\"]",
                r#"[] value of files quote=Some(('"', true)) list=true "b/" beside ["files"]"#,
            ),
            (
                "\nfiles = [\"a\",\n  |\nid = 1",
                r#"[] value of files quote=None list=true "" beside ["files", "id"]"#,
            ),
            ("\nid = \"x\" |", "nothing"),
            ("\nid |", "nothing"),
            ("\n# x|", "nothing"),
            ("id = 1 } |", "nothing"),
        ] {
            assert_eq!(told(text), expected, "{text:?}");
        }
    }
}
