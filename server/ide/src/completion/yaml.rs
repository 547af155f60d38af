//! Where in YAML the cursor is, by its indentation, however little of it can be read yet.

use super::flow;
use super::place::{Place, Quote, Spot, open_end};
use std::ops::Range;

/// Where the cursor is.
pub(super) fn scan(text: &str, cursor: usize) -> Option<Place> {
    let start = text.get(..cursor)?.rfind('\n').map_or(0, |newline| newline + 1);
    let before = text.get(start..cursor)?;
    let (line, end) = (Line::at(text, start), start + without_end(text.get(start..)?));
    let indent = if line.content.is_empty() { before.len() } else { line.indent };
    if before.len() < indent || is_comment(before) || line.content.starts_with("- ") || line.content == "-" {
        return None;
    }
    let (mut table, used) = around(text, start, indent)?;
    let first = start + indent;
    let typed = text.get(first..cursor)?;
    let Some(colon) = colon(typed) else {
        if let Some(open) = typed.find('{').filter(|open| *open == 0) {
            return flow::scan(text, first + open, cursor, table);
        }
        return key(text, first, cursor, end, (table, used));
    };
    let key = unquoted(typed.get(..colon)?);
    let behind = first + colon + 1;
    if let Some(open) = text.get(behind..cursor)?.find('{') {
        table.push(key);
        return flow::scan(text, behind + open, cursor, table);
    }
    let (word, quote) = value(text, behind, cursor, end)?;
    let is_glued = quote.is_none() && word.start == behind;
    let spot = Spot::Value { key, quote, in_list: false, is_glued };
    Some(Place { table, spot, word, used })
}

/// One line, as far as it says where it belongs.
struct Line<'a> {
    indent: usize,
    /// Without what surrounds it; empty for a comment.
    content: &'a str,
}

impl<'a> Line<'a> {
    fn at(text: &'a str, start: usize) -> Self {
        let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        Self { indent, content: if content.starts_with('#') { "" } else { content.trim_end() } }
    }

    /// Its key, and what stands behind that.
    fn pair(&self) -> Option<(String, &'a str)> {
        let colon = colon(self.content)?;
        let (key, value) = self.content.split_at_checked(colon)?;
        Some((unquoted(key), value.get(1..)?.trim()))
    }
}

/// The keys that lead to the lines with an indentation around one, and the keys of the other lines; `None` below what can
/// hold no keys.
fn around(text: &str, start: usize, indent: usize) -> Option<(Vec<String>, Vec<String>)> {
    let mut used = Vec::new();
    let mut table = Vec::new();
    let mut inner = indent;
    for line in lines_above(text, start) {
        if line.content.starts_with("---") {
            break;
        }
        if inner == indent && line.indent == indent {
            used.extend(line.pair().map(|(key, _)| key));
        }
        if line.indent < inner {
            let (key, value) = line.pair()?;
            if !value.is_empty() && !value.starts_with(['#', '&', '!']) {
                return None;
            }
            table.push(key);
            inner = line.indent;
        }
    }
    table.reverse();
    used.reverse();
    let mut at = start + text.get(start..)?.find('\n').map_or(text.len(), |newline| newline + 1);
    while at < text.len() {
        let line = Line::at(text, at);
        if !line.content.is_empty() && (line.indent < indent || line.content.starts_with("---")) {
            break;
        }
        if line.indent == indent {
            used.extend(line.pair().map(|(key, _)| key));
        }
        at += text.get(at..)?.find('\n').map_or(text.len(), |newline| newline + 1);
    }
    Some((table, used))
}

/// The lines above that say something, from below to above.
fn lines_above(text: &str, start: usize) -> impl Iterator<Item = Line<'_>> {
    let above = text.get(..start).unwrap_or_default();
    above.lines().rev().map(|line| Line::at(line, 0)).filter(|line| !line.content.is_empty())
}

fn key(
    text: &str,
    first: usize,
    cursor: usize,
    end: usize,
    (table, used): (Vec<String>, Vec<String>),
) -> Option<Place> {
    let line = text.get(first..end)?;
    let typed = text.get(first..cursor)?;
    if typed.contains(char::is_whitespace) {
        return None;
    }
    let length = colon(line).unwrap_or_else(|| line.find(char::is_whitespace).unwrap_or(line.len()));
    let has_value = line.get(length..).is_some_and(|rest| rest.starts_with(':'));
    let spot = Spot::Key { has_value, starts_line: true, quote: None };
    Some(Place { table, spot, word: first..first + length, used })
}

/// The value behind a colon, where the cursor is in it.
fn value(text: &str, behind: usize, cursor: usize, end: usize) -> Option<(Range<usize>, Option<Quote>)> {
    let rest = text.get(behind..end)?;
    let start = (behind + rest.len() - rest.trim_start().len()).min(cursor.max(behind));
    let typed = text.get(start..cursor)?;
    let Some(mark) = typed.chars().next().filter(|mark| matches!(mark, '"' | '\'')) else {
        let is_word =
            !typed.contains(char::is_whitespace) && !typed.starts_with(['[', '|', '>', '&', '*', '!']);
        let after = text.get(cursor..end)?;
        let length = after.find(char::is_whitespace).unwrap_or(after.len());
        return is_word.then_some((start..cursor + length, None));
    };
    let contents = text.get(start + 1..end)?;
    match contents.find(mark) {
        Some(length) if start + 1 + length < cursor => None,
        Some(length) => Some((start + 1..start + 1 + length, Some(Quote { mark, is_closed: true }))),
        None => Some((start + 1..open_end(text, cursor).min(end), Some(Quote { mark, is_closed: false }))),
    }
}

/// Whether a comment starts in the line before the cursor.
fn is_comment(before: &str) -> bool {
    before.trim_start().starts_with('#') || before.contains(" #")
}

/// Where the colon behind a key is.
fn colon(line: &str) -> Option<usize> {
    let start = match line.chars().next()? {
        quote @ ('"' | '\'') => line.get(1..)?.find(quote)? + 2,
        _ => 0,
    };
    let rest = line.get(start..)?;
    let ends = |at: usize| {
        rest.get(at + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r']))
    };
    rest.match_indices(':').map(|(at, _)| at).find(|at| ends(*at)).map(|at| start + at)
}

fn unquoted(key: &str) -> String {
    key.trim().trim_matches(['"', '\'']).to_owned()
}

/// The length of the first line without what ends it.
fn without_end(text: &str) -> usize {
    text.lines().next().map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let cursor = text.find('|').unwrap();
        let text = text.replacen('|', "", 1);
        let Some(place) = scan(&text, cursor) else { return "nothing".to_owned() };
        let spot = match &place.spot {
            Spot::Key { has_value, .. } => format!("key value={has_value}"),
            Spot::Value { key, quote, is_glued, .. } => {
                format!("value of {key} quoted={} glued={is_glued}", quote.is_some())
            }
            Spot::Header => String::new(),
        };
        format!("{:?} {spot} {:?} beside {:?}", place.table, &text[place.word], place.used)
    }

    #[test]
    fn half_typed_text_has_a_place() {
        for (text, expected) in [
            ("|", r#"[] key value=false "" beside []"#),
            ("app: x\nre|\n", r#"[] key value=false "re" beside ["app"]"#),
            ("execution_units:\n  |\n", r#"["execution_units"] key value=false "" beside []"#),
            (
                "execution_units:\r\n  a:\r\n    |\r\n  b:\r\n",
                r#"["execution_units", "a"] key value=false "" beside []"#,
            ),
            (
                "u:\n  a:\n    type: x\n    wo|\n    q: 1\n",
                r#"["u", "a"] key value=false "wo" beside ["type", "q"]"#,
            ),
            ("u:\n  a:\n    type: |\n", r#"["u", "a"] value of type quoted=false glued=false "" beside []"#),
            ("u:\n  a:\n    type:|\n", r#"["u", "a"] value of type quoted=false glued=true "" beside []"#),
            (
                "u:\n  a:\n    type: 'e|cs' # x\n",
                r#"["u", "a"] value of type quoted=true glued=false "ecs" beside []"#,
            ),
            (
                "u:\n  a: { type: e| }\n",
                r#"["u", "a"] value of type quoted=false glued=false "e" beside ["type"]"#,
            ),
            ("u:\n  a:\n    type: x\n      |\n", "nothing"),
            ("# a|", "nothing"),
            ("a: x # b|", "nothing"),
            ("a: x y|", "nothing"),
            ("- |", "nothing"),
            ("a\n  b|", "nothing"),
        ] {
            assert_eq!(told(text), expected, "{text:?}");
        }
    }
}
