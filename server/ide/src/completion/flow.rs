//! Where in JSON, or in what YAML writes like it, the cursor is, however little of it can be read yet.

use super::place::{Place, Quote, Spot, quoted};
use std::ops::Range;

/// Reads `text` from `start` on, where `table` leads to. `is_json` says that keys are quoted.
pub(super) fn scan(text: &str, start: usize, cursor: usize, table: Vec<String>) -> Option<Place> {
    let mut scanner = Scanner {
        text,
        cursor,
        open: Vec::new(),
        key: String::new(),
        root: table,
        phase: Phase::Value,
        found: None,
    };
    let mut at = start;
    while let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let end = scanner.piece(next, at);
        scanner.decide_between(at, end);
        if scanner.take(next, at..end) {
            break;
        }
        at = end;
    }
    scanner.decide(cursor..cursor, None);
    scanner.found.flatten()
}

/// A table or list that is open.
struct Open {
    path: Vec<String>,
    is_list: bool,
    keys: Vec<String>,
    /// Whether the cursor is right in it.
    is_found: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Key,
    BehindKey,
    Value,
    BehindValue,
}

struct Scanner<'a> {
    text: &'a str,
    cursor: usize,
    open: Vec<Open>,
    key: String,
    root: Vec<String>,
    phase: Phase,
    /// What was found, once the cursor is passed.
    found: Option<Option<Place>>,
}

impl Scanner<'_> {
    /// Where the piece ends that starts with `first` at `at`.
    fn piece(&self, first: char, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let length = match first {
            '"' | '\'' => string(rest, first),
            '{' | '}' | '[' | ']' | ':' | ',' => 1,
            '#' => rest.find('\n').unwrap_or(rest.len()),
            _ if first.is_whitespace() => rest.find(|next: char| !next.is_whitespace()).unwrap_or(rest.len()),
            _ => rest
                .find(|next: char| next.is_whitespace() || "{}[]:,\"".contains(next))
                .unwrap_or(rest.len()),
        };
        at + length.max(first.len_utf8())
    }

    /// The cursor stands where no word is.
    fn decide_between(&mut self, at: usize, end: usize) {
        let next = self.text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
        let is_word = !next.is_whitespace() && !"{}[]:,#\"'".contains(next);
        let is_quoted = matches!(next, '"' | '\'');
        let is_before = at == self.cursor && !is_word;
        let is_within = at < self.cursor && self.cursor < end && !is_word && !is_quoted;
        if is_before || is_within {
            self.decide(self.cursor..self.cursor, None);
        }
    }

    /// Takes a piece in; true when nothing that follows matters.
    fn take(&mut self, first: char, at: Range<usize>) -> bool {
        match first {
            '{' | '[' => self.enter(first == '['),
            '}' | ']' => return self.leave(),
            ':' => {
                if self.phase == Phase::BehindKey {
                    self.phase = Phase::Value;
                }
            }
            ',' => {
                let is_list = self.open.last().is_some_and(|open| open.is_list);
                self.phase = if is_list { Phase::Value } else { Phase::Key };
            }
            '#' => {}
            _ if first.is_whitespace() => {}
            _ => self.word(first, at),
        }
        false
    }

    fn enter(&mut self, is_list: bool) {
        let mut path = self.path();
        if !self.key.is_empty() {
            path.push(std::mem::take(&mut self.key));
        }
        self.open.push(Open { path, is_list, keys: Vec::new(), is_found: false });
        self.phase = if is_list { Phase::Value } else { Phase::Key };
    }

    fn leave(&mut self) -> bool {
        if let Some(open) = self.open.pop().filter(|open| open.is_found) {
            if let Some(Some(place)) = &mut self.found {
                place.used = open.keys;
            }
            return true;
        }
        self.phase = Phase::BehindValue;
        self.open.is_empty()
    }

    fn path(&self) -> Vec<String> {
        self.open.last().map_or_else(|| self.root.clone(), |open| open.path.clone())
    }

    fn word(&mut self, first: char, at: Range<usize>) {
        let is_quoted = matches!(first, '"' | '\'');
        let is_at = self.found.is_none()
            && self.cursor <= at.end
            && (self.cursor > at.start || !is_quoted && self.cursor == at.start);
        if is_at {
            match is_quoted.then(|| quoted(self.text, &at, self.cursor)) {
                Some(Some((contents, quote))) => self.decide(contents, Some(quote)),
                Some(None) => {}
                None => self.decide(at.clone(), None),
            }
        }
        if self.phase == Phase::Key {
            let key = self.text.get(at).unwrap_or_default().trim_matches(['"', '\'']).to_owned();
            if let Some(open) = self.open.last_mut().filter(|_| !is_at) {
                open.keys.push(key.clone());
            }
            self.key = key;
            self.phase = Phase::BehindKey;
        } else {
            self.phase = Phase::BehindValue;
        }
    }

    fn decide(&mut self, word: Range<usize>, quote: Option<Quote>) {
        if self.found.is_some() || self.open.is_empty() {
            return;
        }
        let behind = word.end + usize::from(quote.is_some_and(|quote| quote.is_closed));
        let spot = match self.phase {
            Phase::Key => {
                Some(Spot::Key { has_value: self.goes_on_with(behind, ':'), starts_line: false, quote })
            }
            Phase::Value => Some(Spot::Value {
                key: self.key.clone(),
                quote,
                in_list: self.open.last().is_some_and(|open| open.is_list),
                is_glued: quote.is_none() && self.text.get(..word.start).is_some_and(|it| it.ends_with(':')),
            }),
            Phase::BehindKey | Phase::BehindValue => None,
        };
        let used = self.open.last().map(|open| open.keys.clone()).unwrap_or_default();
        self.found = Some(spot.map(|spot| Place { table: self.path(), spot, word, used }));
        if let Some(open) = self.open.last_mut() {
            open.is_found = true;
        }
    }

    fn goes_on_with(&self, at: usize, mark: char) -> bool {
        self.text.get(at..).is_some_and(|rest| rest.trim_start().starts_with(mark))
    }
}

/// The length of a string, which ends with its line at the latest.
fn string(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, next) in text.char_indices().skip(1) {
        match next {
            '\n' | '\r' => return at,
            _ if is_escaped => is_escaped = false,
            '\\' if quote == '"' => is_escaped = true,
            _ if next == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let cursor = text.find('|').unwrap();
        let text = text.replacen('|', "", 1);
        let Some(place) = scan(&text, 0, cursor, Vec::new()) else { return "nothing".to_owned() };
        let spot = match &place.spot {
            Spot::Key { has_value, quote, .. } => format!("key value={has_value} quoted={}", quote.is_some()),
            Spot::Value { key, quote, .. } => format!("value of {key} quoted={}", quote.is_some()),
            Spot::Header => String::new(),
        };
        format!("{:?} {spot} {:?} beside {:?}", place.table, &text[place.word], place.used)
    }

    #[test]
    fn half_typed_text_has_a_place() {
        for (text, expected) in [
            ("{|}", r#"[] key value=false quoted=false "" beside []"#),
            (r#"{ "a": 1, "|", "b": 2 }"#, r#"[] key value=false quoted=true "" beside ["a", "b"]"#),
            (r#"{ "x": { "ty|pe": "a" } }"#, r#"["x"] key value=true quoted=true "type" beside []"#),
            (r#"{ "x": { "type": "|" }, "y": 1"#, r#"["x"] value of type quoted=true "" beside ["type"]"#),
            (r#"{ "x": { "type": |"#, r#"["x"] value of type quoted=false "" beside ["type"]"#),
            ("{ type: la| }", r#"[] value of type quoted=false "la" beside ["type"]"#),
            (r#"{ "a": 1 | }"#, "nothing"),
            (r#"{ "a" | }"#, "nothing"),
            ("|", "nothing"),
            ("{} |", "nothing"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}
