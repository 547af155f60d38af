//! Edits of a TOML configuration.

use super::yaml::unquoted;
use super::{difference, word};
use crate::TextEdit;
use klotho_annotation::read_toml;
use klotho_graph::Config;
use serde_json::Value as Json;
use toml_edit::{DocumentMut, Item, Table, value};

/// The edit that makes the configuration say a value at a path; none if it does.
pub(super) fn edit(config: &Config, path: &[&str], value: &Json) -> Option<TextEdit> {
    match (config.root.at(path), value.as_str()) {
        (Some(stated), _) if config.scalar(stated) == Some(&*word(value)) => None,
        (Some(stated), Some(name)) if stated.as_str().is_some() => {
            Some(TextEdit { span: unquoted(*stated.at, &config.text), text: name.to_owned() })
        }
        _ => Some(difference(&config.text, &with(config, path, value)?)),
    }
}

/// The text with the value written where it belongs; what stands there keeps its layout.
fn with(config: &Config, path: &[&str], wanted: &Json) -> Option<String> {
    // What cannot be read is left as it is.
    read_toml(&config.text).ok()?;
    let mut document: DocumentMut = config.text.parse().ok()?;
    let (last, tables) = path.split_last()?;
    let mut item = document.as_item_mut();
    for (depth, key) in tables.iter().enumerate() {
        let missing = if depth == 0 { hidden_table() } else { Item::Table(Table::new()) };
        item = item.as_table_like_mut()?.entry(key).or_insert_with(|| missing);
    }
    let written = match wanted {
        Json::String(text) => value(text),
        // Numbers, flags and lists of them look the same in both.
        other => Item::Value(other.to_string().parse().ok()?),
    };
    let table = item.as_table_like_mut()?;
    match table.get_mut(last).and_then(Item::as_value_mut) {
        // A comment behind the value belongs to it.
        Some(stated) => {
            let mut new = written.into_value().ok()?;
            *new.decor_mut() = stated.decor().clone();
            *stated = new;
        }
        None => {
            table.insert(last, written);
        }
    }
    Some(document.to_string())
}

/// A table that needs no header of its own.
fn hidden_table() -> Item {
    let mut table = Table::new();
    table.set_implicit(true);
    Item::Table(table)
}
