//! Edits of a JSON configuration.

use super::word;
use super::yaml::{filled, first_key, replace, unquoted};
use crate::TextEdit;
use klotho_annotation::Value;
use klotho_graph::Config;
use serde_json::{Value as Json, json};

/// The edit that makes the configuration say a value at a path; none if it does.
pub(super) fn edit(config: &Config, path: &[&str], value: &Json) -> Option<TextEdit> {
    let [first, below @ ..] = path else { return None };
    let Some(mut stated) = config.root.get(first) else {
        return Some(add_to_root(config, &nested(path, value)));
    };
    let mut rest = below;
    while let [key, below @ ..] = rest {
        let Some(inner) = filled(stated).and_then(|table| table.get(key)) else {
            return Some(add(config, stated, &nested(rest, value)));
        };
        (stated, rest) = (inner, below);
    }
    if config.scalar(stated) == Some(&*word(value)) {
        return None;
    }
    match (stated.as_str(), value.as_str()) {
        (Some(_), Some(name)) => {
            Some(TextEdit { span: unquoted(*stated.at, &config.text), text: name.to_owned() })
        }
        _ => Some(TextEdit { span: *stated.at, text: value.to_string() }),
    }
}

/// A pair whose value lies as deep as there are keys.
fn nested(keys: &[&str], value: &Json) -> String {
    let mut keys = keys.iter().rev();
    let innermost = keys.next().map_or_else(String::new, |key| pair(key, &value.to_string()));
    keys.fold(innermost, |inner, key| pair(key, &object(&inner)))
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
