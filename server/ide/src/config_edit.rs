//! Edits of `klotho.yaml` that leave everything else as it is written.

use crate::TextEdit;
use klotho_annotation::{Table, Value, ValueKind};
use klotho_graph::{Config, Kind};
use klotho_text::Span;

/// What has to be done so that the entry of a resource says `type: NAME`.
pub(crate) enum Outcome {
    /// Nothing: it says so already.
    Said,
    /// This.
    Edit(TextEdit),
    /// It is written in a form that no small edit can change without changing more.
    Refused,
}

/// Makes the entry of a resource say `type: NAME` and nothing else say anything new.
///
/// YAML has more forms than anyone thinks of. So the edit is tried: unless the text then says what it said before and
/// that type, it is not offered.
pub(crate) fn set_type(config: &Config, kind: Kind, id: &str, name: &str) -> Outcome {
    let Some(edit) = edit(config, kind, id, name) else { return Outcome::Said };
    let mut text = config.text.to_string();
    text.replace_range(edit.span.range(), &edit.text);
    let after = Config::parse(&text);
    let wanted = with_type(config.root.to_json(), kind.spec().section, id, name);
    if !after.is_unreadable && after.root.to_json() == wanted {
        Outcome::Edit(edit)
    } else {
        Outcome::Refused
    }
}

/// What a configuration says once an entry has the type.
fn with_type(mut root: serde_json::Value, section: &str, id: &str, name: &str) -> serde_json::Value {
    let mut place = &mut root;
    for key in [section, id] {
        place = &mut place[key];
        if !place.is_object() {
            *place = serde_json::json!({});
        }
    }
    place["type"] = name.into();
    root
}

fn edit(config: &Config, kind: Kind, id: &str, name: &str) -> Option<TextEdit> {
    let section = kind.spec().section;
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

/// The text of a new `klotho.yaml` with one unit's type.
pub(crate) fn new_file(kind: Kind, id: &str, name: &str) -> String {
    format!("{}:\n  {}:\n    type: {name}\n", kind.spec().section, key(id))
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
fn filled(value: &Value) -> Option<&Table> {
    match &value.kind {
        ValueKind::Table(table) if !table.entries.is_empty() => Some(table),
        _ => None,
    }
}

fn first_key(table: &Table) -> usize {
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
fn unquoted(span: Span, text: &str) -> Span {
    let quoted = span.of(text).starts_with(['"', '\'']) && span.len() >= 2;
    if quoted { Span { start: span.start + 1, end: span.end - 1 } } else { span }
}

/// An id as a YAML key: quoted unless it is plainly a word.
fn key(id: &str) -> String {
    let is_word = id.starts_with(|first: char| first.is_ascii_alphabetic())
        && id.chars().all(|character| character.is_ascii_alphanumeric() || "-_./".contains(character));
    let means_else =
        ["true", "false", "null", "yes", "no", "on", "off"].contains(&id.to_ascii_lowercase().as_str());
    if is_word && !means_else { id.to_owned() } else { format!("\"{id}\"") }
}

fn replace(start: usize, end: usize, text: &str) -> TextEdit {
    TextEdit { span: Span::new(start, end), text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, id: &str, name: &str) -> String {
        let mut result = text.to_owned();
        match set_type(&Config::parse(text), Kind::ExecutionUnit, id, name) {
            Outcome::Edit(edit) => result.replace_range(edit.span.range(), &edit.text),
            Outcome::Said => {}
            Outcome::Refused => result = "refused".to_owned(),
        }
        result
    }

    #[test]
    fn a_stated_type_is_replaced_and_nothing_else() {
        let before =
            "app: x # note\nexecution_units:\n    api:\n        # why\n        type: 'lambda' # here\n";
        let after = set(before, "api", "ecs");
        assert_eq!(after, before.replace("lambda", "ecs"));
        assert_eq!(set(&after, "api", "lambda"), before);
    }

    #[test]
    fn what_is_missing_is_added_where_it_belongs() {
        for (before, after) in [
            ("", "execution_units:\n  api:\n    type: ecs\n"),
            ("app: x", "app: x\nexecution_units:\n  api:\n    type: ecs\n"),
            ("execution_units:\napp: x\n", "execution_units:\n  api:\n    type: ecs\napp: x\n"),
            ("execution_units: {}\n", "execution_units:\n  api:\n    type: ecs\n"),
            (
                "execution_units:\n  web:\n    type: lambda\n",
                "execution_units:\n  api:\n    type: ecs\n  web:\n    type: lambda\n",
            ),
            (
                "execution_units:\n  api:\n    network_placement: public\n",
                "execution_units:\n  api:\n    type: ecs\n    network_placement: public\n",
            ),
            (
                "execution_units: { web: { type: lambda } }\n",
                "execution_units: { api: { type: ecs }, web: { type: lambda } }\n",
            ),
        ] {
            let changed = set(before, "api", "ecs");
            assert_eq!(changed, after);
            let config = Config::parse(&changed);
            assert_eq!(
                config.stated_type(Kind::ExecutionUnit, "api").map(|(name, _)| name).as_deref(),
                Some("ecs")
            );
        }
    }

    #[test]
    fn ids_that_yaml_would_misread_are_quoted() {
        assert_eq!(set("", "a:b", "ecs"), "execution_units:\n  \"a:b\":\n    type: ecs\n");
        assert_eq!(set("", "on", "ecs"), "execution_units:\n  \"on\":\n    type: ecs\n");
    }

    #[test]
    fn a_type_without_a_value_gets_one() {
        let before = "execution_units:\n  api:\n    type:\n    memory: 1\n";
        assert_eq!(set(before, "api", "ecs"), before.replace("type:", "type: ecs"));
    }

    #[test]
    fn what_cannot_be_changed_alone_is_left_alone() {
        for text in [
            "execution_units:\n  api:\n    type: >-\n      lambda\n    x: 1\n",
            "execution_units:\n  web: &all\n    type: lambda\n  api: *all\n",
            "execution_units:\n  api:\n    type: &t lambda\n  web:\n    type: *t\n",
            "execution_units :\n",
            "{app: x}\n",
            "app: x\n...\n",
            "app: x\n---\nb: 2\n",
            "  app: x\n",
            "execution_units:\n  ? web\n  : type: lambda\n",
        ] {
            assert_eq!(set(text, "api", "ecs"), "refused", "{text}");
        }
    }
}
