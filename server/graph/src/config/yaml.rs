//! YAML to values with places. One document is read, as the compiler does.

use super::format::{Read, ReadError, Shared};
use klotho_annotation::{Entry, Table, Value, ValueKind};
use klotho_text::{Place, Span};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};
use std::collections::{HashMap, HashSet};

/// Deeper nesting is refused: no configuration needs it, and dropping or walking such a tree would exhaust the stack.
const DEPTH_LIMIT: usize = 64;

/// Aliases may multiply a document into the billions; beyond this many values it is refused.
const SIZE_LIMIT: usize = 100_000;

/// Reads the first document of `text`.
pub(super) fn read(text: &str) -> Result<Read, ReadError> {
    let places = Offsets::new(text);
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| places.error(&error))?;
        let at = places.place(span);
        let at =
            if let Event::Scalar(value, style, ..) = &event { trimmed(text, at, value, *style) } else { at };
        if builder.take(event, at)? {
            break;
        }
    }
    builder.shared.sort_by_key(|shared| shared.value.start);
    Ok(Read { root: builder.root, shared: builder.shared })
}

/// The scanner lets a scalar reach up to the next token; it ends where its own text does.
fn trimmed(text: &str, at: Place, value: &str, style: ScalarStyle) -> Place {
    let raw = at.of(text);
    let quote = match style {
        ScalarStyle::SingleQuoted => '\'',
        ScalarStyle::DoubleQuoted => '"',
        ScalarStyle::Plain if raw.starts_with(value) => {
            return (at.range().start..at.range().start + value.len()).into();
        }
        _ => return at,
    };
    let mut escaped = false;
    for (index, character) in raw.char_indices().skip(1) {
        if character == quote && !escaped && !(quote == '\'' && raw[index + 1..].starts_with(quote)) {
            return (at.range().start..at.range().start + index + 1).into();
        }
        let doubled = quote == '\'' && character == quote && !escaped;
        escaped = !escaped && (doubled || (quote == '"' && character == '\\'));
    }
    at
}

/// The scanner counts characters; we count bytes.
struct Offsets {
    /// Byte offset of each character, when they differ.
    of_character: Option<Vec<u32>>,
    len: usize,
}

impl Offsets {
    fn new(text: &str) -> Self {
        let of_character = (!text.is_ascii()).then(|| text.char_indices().map(|(at, _)| at as u32).collect());
        Self { of_character, len: text.len() }
    }

    fn byte(&self, character: usize) -> usize {
        match &self.of_character {
            Some(offsets) => offsets.get(character).map_or(self.len, |&at| at as usize),
            None => character.min(self.len),
        }
    }

    fn place(&self, span: saphyr_parser::Span) -> Place {
        Span::new(self.byte(span.start.index()), self.byte(span.end.index())).into()
    }

    fn error(&self, error: &ScanError) -> ReadError {
        let character = error.marker().index();
        let at = Span::new(self.byte(character), self.byte(character + 1));
        ReadError { reason: in_words(error.info()).to_owned(), at: at.into() }
    }
}

/// The parser's reason, where people do not know what it speaks of.
fn in_words(reason: &str) -> &str {
    let is_tab = ["tabs disallowed", "tab cannot", "a tab"].iter().any(|words| reason.contains(words));
    if is_tab {
        "a line is indented by blanks alone, and here is a tab; write two blanks in its place"
    } else {
        reason
    }
}

/// A collection that is still open.
enum Open {
    Array { values: Vec<Value>, start: Place, anchor: usize },
    Table { table: Table, keys: HashSet<String>, key: Option<(String, Place)>, start: Place, anchor: usize },
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, Value>,
    /// Those that are used, once for each use.
    shared: Vec<Shared>,
    size: usize,
    root: Option<Value>,
}

impl Builder {
    /// Takes one event; true when the document is complete.
    fn take(&mut self, event: Event<'_>, at: Place) -> Result<bool, ReadError> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let value = Value { kind: scalar(&text, style), at };
                self.add(value, anchor, Some(&text))?;
            }
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor).cloned().unwrap_or(Value { kind: ValueKind::Null, at });
                self.shared.push(Shared { value: value.at, alias: at });
                if self.is_merging() && !matches!(value.kind, ValueKind::Table(_)) {
                    return Err(not_merged(at));
                }
                self.size += count(&value);
                self.add(Value { at, ..value }, 0, None)?;
            }
            Event::SequenceStart(anchor, _) => {
                self.start(Open::Array { values: Vec::new(), start: at, anchor })?
            }
            Event::MappingStart(anchor, _) => {
                let (table, keys) = Default::default();
                self.start(Open::Table { table, keys, key: None, start: at, anchor })?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(at)?,
            Event::DocumentEnd => return Ok(true),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => {}
        }
        Ok(false)
    }

    fn start(&mut self, open: Open) -> Result<(), ReadError> {
        if self.open.len() >= DEPTH_LIMIT {
            let (Open::Array { start, .. } | Open::Table { start, .. }) = open;
            return Err(ReadError { reason: format!("nested deeper than {DEPTH_LIMIT} levels"), at: start });
        }
        self.open.push(open);
        Ok(())
    }

    fn end(&mut self, at: Place) -> Result<(), ReadError> {
        let (kind, start, anchor) = match self.open.pop() {
            Some(Open::Array { values, start, anchor }) => (ValueKind::Array(values), start, anchor),
            Some(Open::Table { mut table, mut keys, start, anchor, .. }) => {
                merge(&mut table, &mut keys)?;
                (ValueKind::Table(table), start, anchor)
            }
            None => return Ok(()),
        };
        self.add(Value { kind, at: start.join(*at).into() }, anchor, None)
    }

    /// Whether what comes next is the value of a merge key.
    fn is_merging(&self) -> bool {
        let key = match self.open.last() {
            Some(Open::Table { key, .. }) => key.as_ref(),
            _ => None,
        };
        key.is_some_and(|(key, at)| is_merge_key(key, *at))
    }

    /// Puts a finished value where it belongs. `text` is that of a scalar, which may be a key.
    fn add(&mut self, value: Value, anchor: usize, text: Option<&str>) -> Result<(), ReadError> {
        self.size += 1;
        if self.size > SIZE_LIMIT {
            return Err(ReadError { reason: format!("more than {SIZE_LIMIT} values"), at: value.at });
        }
        if anchor != 0 {
            self.anchors.insert(anchor, value.clone());
        }
        match self.open.last_mut() {
            None => self.root = Some(value),
            Some(Open::Array { values, .. }) => values.push(value),
            Some(Open::Table { table, keys, key, .. }) => match key.take() {
                Some((key, key_at)) => table.entries.push(Entry { key, key_at, value }),
                None => *key = Some((unique_key(keys, text, value.at)?, value.at)),
            },
        }
        Ok(())
    }
}

fn unique_key(keys: &mut HashSet<String>, text: Option<&str>, at: Place) -> Result<String, ReadError> {
    let Some(key) = text else {
        return Err(ReadError { reason: "a key must be plain text".to_owned(), at });
    };
    if !keys.insert(key.to_owned()) {
        return Err(ReadError { reason: format!("the key `{key}` stands here twice"), at });
    }
    Ok(key.to_owned())
}

/// The key whose value, a mapping or a list of these, gives the table around it the keys that this has not.
const MERGE_KEY: &str = "<<";

/// In quotes it is a key as any other.
fn is_merge_key(key: &str, at: Place) -> bool {
    key == MERGE_KEY && at.len() == MERGE_KEY.len()
}

fn not_merged(at: Place) -> ReadError {
    let reason = format!("`{MERGE_KEY}` takes a mapping or a list of mappings, and here is something else");
    ReadError { reason, at }
}

/// Puts what a table merges behind its own entries, as YAML merges: own keys win, and of a list the earlier ones. Each entry keeps
/// the place where it is written.
fn merge(table: &mut Table, keys: &mut HashSet<String>) -> Result<(), ReadError> {
    let merged = table.entries.iter().position(|entry| is_merge_key(&entry.key, entry.key_at));
    let Some(value) = merged.map(|index| table.entries.remove(index).value) else { return Ok(()) };
    let values = match value.kind {
        ValueKind::Array(values) => values,
        _ => vec![value],
    };
    for value in values {
        let ValueKind::Table(given) = value.kind else { return Err(not_merged(value.at)) };
        table.entries.extend(given.entries.into_iter().filter(|entry| keys.insert(entry.key.clone())));
    }
    Ok(())
}

fn count(value: &Value) -> usize {
    match &value.kind {
        ValueKind::Array(values) => 1 + values.iter().map(count).sum::<usize>(),
        ValueKind::Table(table) => 1 + table.entries.iter().map(|entry| count(&entry.value)).sum::<usize>(),
        _ => 1,
    }
}

/// What a scalar means: quoted ones are strings, plain ones follow YAML's core schema.
fn scalar(text: &str, style: ScalarStyle) -> ValueKind {
    if style != ScalarStyle::Plain {
        return ValueKind::String(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return ValueKind::Null,
        "true" | "True" | "TRUE" => return ValueKind::Boolean(true),
        "false" | "False" | "FALSE" => return ValueKind::Boolean(false),
        _ => {}
    }
    let digits = text.replace('_', "");
    if let Ok(number) = digits.parse::<i64>() {
        return ValueKind::Integer(number);
    }
    let numeric = digits.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first));
    match digits.parse::<f64>() {
        Ok(number) if numeric => ValueKind::Float(number),
        _ => ValueKind::String(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_fault_is_a_whole_character() {
        let text = "a: x\n\u{fffd}\n\u{e9}";
        let fault = read(text).err().map(|error| error.at.range()).unwrap_or_default();
        assert_eq!(text.get(fault), Some("\u{e9}"));
    }
}
