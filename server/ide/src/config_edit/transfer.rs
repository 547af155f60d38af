//! An entry of the configuration that belongs into another section.

use super::rename::rename_section;
use super::{sorted, yaml};
use crate::TextEdit;
use crate::types::applied;
use klotho_graph::{Config, ConfigFormat};
use serde_json::Value as Json;

/// The edits that put the entry `id` of a section below another one, and change nothing else; `None` where a small edit cannot.
/// A section that holds nothing else is called by the other's name.
pub(crate) fn transfer(config: &Config, section: &str, home: &str, id: &str) -> Option<Vec<TextEdit>> {
    if config.root.table(section)?.entries.len() == 1 && config.root.entry(home).is_none() {
        return rename_section(config, section, home);
    }
    let edits = match config.format {
        ConfigFormat::Yaml => moved_lines(config, section, home, id)?,
        ConfigFormat::Json | ConfigFormat::Toml => return None,
    };
    let after = Config::parse(config.format, &applied(&config.text, &edits));
    let wanted = wanted(config.root.to_json(), section, home, id)?;
    let is_right = !after.is_unreadable && sorted(after.root.to_json()) == sorted(wanted);
    is_right.then_some(edits)
}

/// What the configuration says then: a section that holds nothing more goes.
fn wanted(mut root: Json, section: &str, home: &str, id: &str) -> Option<Json> {
    let table = root.get_mut(section)?.as_object_mut()?;
    let entry = table.remove(id)?;
    if table.is_empty() {
        root.as_object_mut()?.remove(section);
    }
    let home = root.as_object_mut()?.entry(home).or_insert_with(|| Json::Object(Default::default()));
    let other = home.as_object_mut()?.insert(id.to_owned(), entry);
    other.is_none().then_some(root)
}

/// The lines of the entry, with the comments right above it, before the first of the other section, indented as that is; where there
/// is no such section, last of all.
fn moved_lines(config: &Config, section: &str, home: &str, id: &str) -> Option<Vec<TextEdit>> {
    let text = &*config.text;
    let from = config.root.table(section)?;
    let path = [section, id];
    let key = from.entry(id)?.key_at.start as usize;
    let indent = yaml::indent_of(text, key);
    let end = yaml::removal(config, &path)?.span.range().end;
    let own = yaml::replace(yaml::above_comments(text, key) - indent.len(), end, "");
    let lines = own.span;
    let removal = if from.entries.len() == 1 { yaml::removal(config, &path[..1])? } else { own };
    let newline = yaml::newline_of(text);
    let (at, head, wanted) = match config.root.table(home).filter(|table| !table.entries.is_empty()) {
        Some(table) => {
            let first = yaml::first_key(table);
            yaml::own_line(text, first)?;
            let indent = yaml::indent_of(text, first);
            (yaml::above_comments(text, first) - indent.len(), String::new(), indent)
        }
        None if config.root.entry(home).is_none() => {
            let is_last = removal.span.range().end == text.len();
            let kept = if is_last { &text[..removal.span.range().start] } else { text };
            let gap = if kept.is_empty() || kept.ends_with('\n') { "" } else { newline };
            (text.len(), format!("{gap}{home}:{newline}"), indent)
        }
        None => return None,
    };
    // An alias of what moves may be all that the other section has.
    if removal.span.range().contains(&at) {
        return None;
    }
    let mut added = head;
    for line in lines.of(text).lines() {
        let line = if line.trim().is_empty() { "" } else { line.strip_prefix(indent)? };
        added.extend([if line.is_empty() { "" } else { wanted }, line, newline]);
    }
    let mut edits = vec![removal, yaml::replace(at, at, &added)];
    edits.sort_by_key(|edit| edit.span.start);
    Some(edits)
}
