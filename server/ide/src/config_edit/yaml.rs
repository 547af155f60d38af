//! Edits of a YAML configuration.

use crate::TextEdit;
use klotho_annotation::{Table, Value, ValueKind};
use klotho_graph::{Config, Kind};
use klotho_text::Span;

/// The edit that makes the entry of a resource say `type: NAME`; none if it does.
pub(super) fn edit(config: &Config, kind: Kind, id: &str, name: &str) -> Option<TextEdit> {
    let section = config.names(kind).section;
    let text = &*config.text;
    let Some(value) = config.root.get(section) else { return Some(new_section(text, section, id, name)) };
    let Some(entries) = filled(value) else { return Some(first_entry(config, section, id, name)) };
    let Some(entry) = entries.entry(id) else { return Some(new_entry(text, value, entries, id, name)) };
    let Some(settings) = filled(&entry.value) else {
        let colon = entry.key_at.end as usize + ":".len();
        let end = entry.value.at.end.max(colon as u32) as usize;
        return Some(replace(colon, end, &format!(" {{ type: {name} }}")));
    };
    match settings.entry("type") {
        Some(stated) if config.scalar(&stated.value) == Some(name) => None,
        Some(stated) if stated.value.kind == ValueKind::Null => {
            let colon = stated.key_at.end as usize + ":".len();
            Some(replace(colon, colon, &format!(" {name}")))
        }
        Some(stated) => Some(TextEdit { span: unquoted(*stated.value.at, text), text: name.to_owned() }),
        None => Some(new_setting(text, &entry.value, settings, name)),
    }
}

fn new_section(text: &str, section: &str, id: &str, name: &str) -> TextEdit {
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let newline = newline_of(text);
    let added = format!("{gap}{section}:\n  {}:\n    type: {name}\n", key(id)).replace('\n', newline);
    replace(text.len(), text.len(), &added)
}

/// A section that stands there with nothing in it.
fn first_entry(config: &Config, section: &str, id: &str, name: &str) -> TextEdit {
    let text = &*config.text;
    let (start, end) = config.root.entry(section).map_or((text.len(), text.len()), |entry| {
        let colon = entry.key_at.end as usize + ":".len();
        (colon, (entry.value.at.end as usize).max(colon))
    });
    let added = format!("\n  {}:\n    type: {name}", key(id)).replace('\n', newline_of(text));
    let kept = text.get(start..end).unwrap_or_default().trim();
    // `{}` and `null` give way; a comment behind the colon stays where it is.
    if kept.is_empty() { replace(start, start, &added) } else { replace(start, end, &added) }
}

fn new_entry(text: &str, section: &Value, entries: &Table, id: &str, name: &str) -> TextEdit {
    let at = first_key(entries);
    if is_flow(section, text) {
        return replace(at, at, &format!("{}: {{ type: {name} }}, ", key(id)));
    }
    let indent = indent_of(text, at);
    let added = format!("{}:\n{indent}  type: {name}\n{indent}", key(id)).replace('\n', newline_of(text));
    replace(at, at, &added)
}

fn new_setting(text: &str, entry: &Value, settings: &Table, name: &str) -> TextEdit {
    let at = first_key(settings);
    if is_flow(entry, text) {
        return replace(at, at, &format!("type: {name}, "));
    }
    let added = format!("type: {name}\n{}", indent_of(text, at)).replace('\n', newline_of(text));
    replace(at, at, &added)
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

fn indent_of(text: &str, at: usize) -> &str {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let indent = &text[line..at];
    let blanks = indent.len() - indent.trim_start_matches(' ').len();
    &indent[..blanks]
}

fn newline_of(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// The span within the quotes of a quoted value.
pub(crate) fn unquoted(span: Span, text: &str) -> Span {
    let quoted = span.of(text).starts_with(['"', '\'']) && span.len() >= 2;
    if quoted { Span { start: span.start + 1, end: span.end - 1 } } else { span }
}

/// An id as a YAML key: quoted unless it is plainly a word.
pub(super) fn key(id: &str) -> String {
    let is_word = id.starts_with(|first: char| first.is_ascii_alphabetic())
        && id.chars().all(|character| character.is_ascii_alphanumeric() || "-_./".contains(character));
    let means_else =
        ["true", "false", "null", "yes", "no", "on", "off"].contains(&id.to_ascii_lowercase().as_str());
    if is_word && !means_else { id.to_owned() } else { format!("\"{id}\"") }
}

pub(super) fn replace(start: usize, end: usize, text: &str) -> TextEdit {
    TextEdit { span: Span::new(start, end), text: text.to_owned() }
}
