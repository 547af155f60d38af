//! Edits of a YAML configuration.

use crate::TextEdit;
use klotho_annotation::{Entry, Table, Value, ValueKind};
use klotho_graph::{Config, ConfigFormat};
use klotho_text::Span;

/// The edit that makes the configuration say a value at a path; none if it does.
pub(super) fn edit(config: &Config, path: &[&str], value: &str) -> Option<TextEdit> {
    let mut tables: Vec<(Option<&Value>, &Table)> = vec![(None, &config.root)];
    let mut rest = path;
    while let ([key, below @ ..], Some((around, table))) = (rest, tables.last()) {
        let Some(entry) = table.entry(key) else {
            return Some(insert(config, *around, table, (rest, value)));
        };
        match filled(&entry.value) {
            _ if below.is_empty() => return set(config, entry, value),
            Some(inner) => tables.push((Some(&entry.value), inner)),
            None => return Some(fill(config, entry, (below, value), tables.len() == 1)),
        }
        rest = below;
    }
    None
}

/// The edit that takes a key with its lines out of a block; none where it shares them or holds comments.
pub(super) fn removal(config: &Config, path: &[&str]) -> Option<TextEdit> {
    let (last, tables) = path.split_last()?;
    let table = tables.iter().try_fold(&config.root, |table, key| table.table(key))?;
    let (text, entry) = (&*config.text, table.entry(last)?);
    let start = own_line(text, entry.key_at.start as usize)?;
    let end = line_end(text, written_end(&entry.value).max(entry.key_at.end as usize + 1));
    let end = end + text.get(end..)?.find('\n').map_or(0, |newline| newline + 1);
    let lines = text.get(start..end)?;
    (config.format == ConfigFormat::Yaml && !lines.contains('#')).then(|| replace(start, end, ""))
}

/// Where what a value says ends: a block reaches over the comments behind it.
fn written_end(value: &Value) -> usize {
    let mut last = value;
    while let Some(entry) = filled(last).and_then(|table| table.entries.last()) {
        last = &entry.value;
    }
    last.at.end as usize
}

/// Keys that are not there yet, the outermost first, and the value of the innermost.
type Nested<'a> = (&'a [&'a str], &'a str);

/// Gives a key that is there its value.
fn set(config: &Config, stated: &Entry, value: &str) -> Option<TextEdit> {
    if config.scalar(&stated.value) == Some(value) {
        return None;
    }
    if stated.value.kind == ValueKind::Null {
        let colon = stated.key_at.end as usize + ":".len();
        return Some(replace(colon, colon, &format!(" {value}")));
    }
    Some(TextEdit { span: unquoted(*stated.value.at, &config.text), text: value.to_owned() })
}

/// Gives a key that is there, with nothing in it, its first content.
fn fill(config: &Config, entry: &Entry, nested: Nested<'_>, is_section: bool) -> TextEdit {
    let text = &*config.text;
    let colon = entry.key_at.end as usize + ":".len();
    let end = (entry.value.at.end as usize).max(colon);
    if !is_section {
        return replace(colon, end, &format!(" {{ {} }}", flow(nested)));
    }
    let added = format!("\n  {}", block(nested, "  ")).replace('\n', newline_of(text));
    let kept = text.get(colon..end).unwrap_or_default().trim();
    // `{}` and `null` give way; a comment behind the colon stays where it is.
    if kept.is_empty() { replace(colon, colon, &added) } else { replace(colon, end, &added) }
}

/// Puts keys into a table that has others: behind the type of a resource, else before all; new sections come last.
fn insert(config: &Config, around: Option<&Value>, table: &Table, nested: Nested<'_>) -> TextEdit {
    let text = &*config.text;
    let Some(around) = around else {
        let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        let added = format!("{gap}{}\n", block(nested, "")).replace('\n', newline_of(text));
        return replace(text.len(), text.len(), &added);
    };
    let at = first_key(table);
    if is_flow(around, text) {
        let behind = table.entry("type").map(|stated| stated.value.at.end as usize);
        return behind.map_or_else(
            || replace(at, at, &format!("{}, ", flow(nested))),
            |end| replace(end, end, &format!(", {}", flow(nested))),
        );
    }
    let indent = indent_of(text, at);
    let added = block(nested, indent);
    let (at, added) = match table.entry("type") {
        Some(stated) => (line_end(text, stated.value.at.end as usize), format!("\n{indent}{added}")),
        None => (above_comments(text, at), format!("{added}\n{indent}")),
    };
    replace(at, at, &added.replace('\n', newline_of(text)))
}

/// Where the comments above a key start that stand in its column; the key's own place where there are none.
pub(super) fn above_comments(text: &str, key: usize) -> usize {
    let indent = indent_of(text, key);
    let mut at = key;
    while let Some(line) =
        text.get(..at - indent.len()).and_then(|above| above.split_inclusive('\n').next_back())
    {
        if at - indent.len() > 0 && line.strip_prefix(indent).is_some_and(|line| line.starts_with('#')) {
            at -= line.len();
        } else {
            break;
        }
    }
    at
}

/// Keys on a line each; the first line is where the text is put, the others are indented.
fn block((keys, value): Nested<'_>, indent: &str) -> String {
    let mut text = String::new();
    for (depth, word) in keys.iter().enumerate() {
        if depth > 0 {
            text.push_str(&format!("\n{indent}{}", "  ".repeat(depth)));
        }
        text.push_str(&format!("{}:", key(word)));
    }
    format!("{text} {value}")
}

fn flow((keys, value): Nested<'_>) -> String {
    let mut keys = keys.iter().rev();
    let innermost = keys.next().map_or_else(String::new, |word| format!("{}: {value}", key(word)));
    keys.fold(innermost, |inner, word| format!("{}: {{ {inner} }}", key(word)))
}

/// Where the line ends that `at` lies on.
fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.lines().next().map_or(0, str::len)
}

/// The table of a value, unless it is empty or none at all.
pub(super) fn filled(value: &Value) -> Option<&Table> {
    match &value.kind {
        ValueKind::Table(table) if !table.entries.is_empty() => Some(table),
        _ => None,
    }
}

pub(super) fn first_key(table: &Table) -> usize {
    table.entries.first().map_or(0, |entry| entry.key_at.start as usize)
}

fn is_flow(value: &Value, text: &str) -> bool {
    value.at.of(text).starts_with('{')
}

pub(super) fn indent_of(text: &str, at: usize) -> &str {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let indent = &text[line..at];
    let blanks = indent.len() - indent.trim_start_matches(' ').len();
    &indent[..blanks]
}

/// Where the line of a key starts, if only blanks stand before the key.
pub(super) fn own_line(text: &str, key: usize) -> Option<usize> {
    let start = key - indent_of(text, key).len();
    let is_own = text.get(..start).is_some_and(|above| above.is_empty() || above.ends_with('\n'));
    is_own.then_some(start)
}

pub(super) fn newline_of(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// The span within the quotes of a quoted value.
pub(crate) fn unquoted(span: Span, text: &str) -> Span {
    let quoted = span.of(text).starts_with(['"', '\'']) && span.len() >= 2;
    if quoted { Span { start: span.start + 1, end: span.end - 1 } } else { span }
}

/// An id as a YAML key: quoted unless it is plainly a word.
pub(crate) fn key(id: &str) -> String {
    let is_word = id.starts_with(|first: char| first.is_ascii_alphabetic())
        && id.chars().all(|character| character.is_ascii_alphanumeric() || "-_./".contains(character));
    let means_else =
        ["true", "false", "null", "yes", "no", "on", "off"].contains(&id.to_ascii_lowercase().as_str());
    if is_word && !means_else { id.to_owned() } else { format!("\"{id}\"") }
}

pub(super) fn replace(start: usize, end: usize, text: &str) -> TextEdit {
    TextEdit { span: Span::new(start, end), text: text.to_owned() }
}
