//! Edits of a TOML configuration.

use super::yaml::{replace, unquoted};
use crate::TextEdit;
use klotho_graph::{Config, Kind};
use toml_edit::{DocumentMut, Item, Table, value};

/// The edit that makes the entry of a resource say `type = "NAME"`; none if it does.
pub(super) fn edit(config: &Config, kind: Kind, id: &str, name: &str) -> Option<TextEdit> {
    let stated = config.table(kind, id).and_then(|settings| settings.get("type"));
    match stated {
        Some(stated) if config.scalar(stated) == Some(name) => None,
        Some(stated) if stated.as_str().is_some() => {
            Some(TextEdit { span: unquoted(*stated.at, &config.text), text: name.to_owned() })
        }
        _ => Some(difference(&config.text, &with_type(config, config.names(kind).section, id, name)?)),
    }
}

/// The text with the type written where it belongs; what stands there keeps its layout.
fn with_type(config: &Config, section: &str, id: &str, name: &str) -> Option<String> {
    let mut document: DocumentMut = config.text.parse().ok()?;
    let entries = document.entry(section).or_insert_with(hidden_table);
    let settings = entries.as_table_like_mut()?.entry(id).or_insert_with(|| Item::Table(Table::new()));
    settings.as_table_like_mut()?.insert("type", value(name));
    Some(document.to_string())
}

/// A table that needs no header of its own.
fn hidden_table() -> Item {
    let mut table = Table::new();
    table.set_implicit(true);
    Item::Table(table)
}

/// The one edit that makes `after` of `before`: what both start and end with stays.
fn difference(before: &str, after: &str) -> TextEdit {
    let same = |(one, other): &(char, char)| one == other;
    let start: usize =
        before.chars().zip(after.chars()).take_while(same).map(|(character, _)| character.len_utf8()).sum();
    let rest = (&before[start..], &after[start..]);
    let end: usize =
        rest.0.chars().rev().zip(rest.1.chars().rev()).take_while(same).map(|(it, _)| it.len_utf8()).sum();
    replace(start, before.len() - end, &after[start..after.len() - end])
}
