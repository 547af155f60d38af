//! Edits of a JSON configuration.

use super::yaml::{filled, first_key, replace, unquoted};
use crate::TextEdit;
use klotho_annotation::Value;
use klotho_graph::{Config, Kind};
use serde_json::json;

/// The edit that makes the entry of a resource say `"type": "NAME"`; none if it does.
pub(super) fn edit(config: &Config, kind: Kind, id: &str, name: &str) -> Option<TextEdit> {
    let section = config.names(kind).section;
    let Some(entries) = config.root.get(section) else {
        return Some(add_to_root(config, &pair(section, &object(&pair(id, &typed(name))))));
    };
    let Some(entry) = filled(entries).and_then(|table| table.entry(id)) else {
        return Some(add(config, entries, &pair(id, &typed(name))));
    };
    match filled(&entry.value).and_then(|settings| settings.get("type")) {
        None => Some(add(config, &entry.value, &pair("type", &json!(name).to_string()))),
        Some(stated) if config.scalar(stated) == Some(name) => None,
        Some(stated) if stated.as_str().is_some() => {
            Some(TextEdit { span: unquoted(*stated.at, &config.text), text: name.to_owned() })
        }
        Some(stated) => Some(TextEdit { span: *stated.at, text: json!(name).to_string() }),
    }
}

fn typed(name: &str) -> String {
    object(&pair("type", &json!(name).to_string()))
}

fn pair(key: &str, value: &str) -> String {
    format!("{}: {value}", json!(key))
}

fn object(pair: &str) -> String {
    format!("{{ {pair} }}")
}

/// Puts a pair first into an object, with the blanks that stand before its first key; into an empty one alone.
fn add(config: &Config, object_at: &Value, added: &str) -> TextEdit {
    match filled(object_at) {
        Some(table) => before(config, first_key(table), added),
        None => TextEdit { span: *object_at.at, text: object(added) },
    }
}

fn add_to_root(config: &Config, added: &str) -> TextEdit {
    if config.root.entries.is_empty() {
        let text = config.text.trim_end();
        let start = text.len() - text.trim_start().len();
        return replace(start, text.len(), &object(added));
    }
    before(config, first_key(&config.root), added)
}

fn before(config: &Config, at: usize, added: &str) -> TextEdit {
    let ahead = &config.text[..at];
    let blanks = &ahead[ahead.trim_end().len()..];
    let blanks = if blanks.is_empty() { " " } else { blanks };
    replace(at, at, &format!("{added},{blanks}"))
}
