//! Another key for entries of the configuration.

use super::{sorted, table_at, yaml};
use crate::TextEdit;
use klotho_graph::{Config, ConfigFormat};
use klotho_text::Span;
use serde_json::Value as Json;

/// An entry is written in no more parts than this.
const MOST: usize = 64;

/// The edits that call the entries `id` of some sections `name` and change nothing else; `None` if there are none.
///
/// In TOML the key of an entry may stand in several places: `[persisted.a]`, `[persisted.a.pulumi_params]`. So one place
/// is changed after the other until none is left, and the result must say what it should.
pub(crate) fn rename_entries(
    config: &Config,
    sections: &[&str],
    id: &str,
    name: &str,
) -> Option<Vec<TextEdit>> {
    let wanted = renamed(config.root.to_json(), sections, id, name);
    let tables: Vec<_> = sections.iter().map(std::slice::from_ref).collect();
    rename_keys(config, &tables, (id, name), wanted)
}

/// The edits that call a section by another name, which none has so far, and change nothing else.
pub(super) fn rename_section(config: &Config, section: &str, name: &str) -> Option<Vec<TextEdit>> {
    let mut wanted = config.root.to_json();
    let root = wanted.as_object_mut().filter(|root| !root.contains_key(name))?;
    let moved = root.remove(section)?;
    root.insert(name.to_owned(), moved);
    rename_keys(config, &[&[]], (section, name), wanted)
}

/// The edits that call a key of the tables at some paths by another name, after which the configuration says what is wanted.
fn rename_keys(
    config: &Config,
    tables: &[&[&str]],
    (id, name): (&str, &str),
    wanted: Json,
) -> Option<Vec<TextEdit>> {
    let mut text = config.text.to_string();
    let mut edits = Edits::default();
    // Elsewhere than in TOML an entry that is there twice means nothing that can be kept.
    let most = if config.format == ConfigFormat::Toml { MOST } else { tables.len() };
    for place in 0..=most {
        let now = Config::parse(config.format, &text);
        let mut found = tables.iter().filter_map(|path| table_at(&now, path));
        let Some(entry) = found.find_map(|table| table.entry(id)) else {
            return (sorted(now.root.to_json()) == sorted(wanted)).then_some(edits.list);
        };
        if place == most {
            return None;
        }
        let (span, written) = spelled(config.format, *entry.key_at, &text, name);
        text.replace_range(span.range(), &written);
        edits.add(span, written);
    }
    None
}

fn renamed(mut root: Json, sections: &[&str], id: &str, name: &str) -> Json {
    for section in sections {
        let table = root.get_mut(section).and_then(Json::as_object_mut);
        if let Some((table, entry)) = table.and_then(|table| table.remove(id).map(|entry| (table, entry))) {
            table.insert(name.to_owned(), entry);
        }
    }
    root
}

/// What is replaced of a key, and by what: within quotes where there are some.
fn spelled(format: ConfigFormat, key: Span, text: &str, name: &str) -> (Span, String) {
    let inside = yaml::unquoted(key, text);
    let is_bare = || name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    let written = match format {
        _ if inside != key => name.to_owned(),
        ConfigFormat::Yaml => yaml::key(name),
        ConfigFormat::Toml if is_bare() => name.to_owned(),
        ConfigFormat::Json | ConfigFormat::Toml => format!("\"{name}\""),
    };
    (inside, written)
}

/// Edits in places of the text before all of them.
#[derive(Default)]
struct Edits {
    /// Sorted.
    list: Vec<TextEdit>,
}

impl Edits {
    /// Takes an edit in a place of the text after those so far.
    fn add(&mut self, span: Span, text: String) {
        let mut before = span.range();
        let mut index = 0;
        for edit in &self.list {
            if edit.span.range().start >= before.start {
                break;
            }
            before.start = (before.start + edit.span.len()).saturating_sub(edit.text.len());
            before.end = (before.end + edit.span.len()).saturating_sub(edit.text.len());
            index += 1;
        }
        self.list.insert(index, TextEdit { span: before.into(), text });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rename(format: ConfigFormat, text: &str, id: &str, name: &str) -> String {
        let config = Config::parse(format, text);
        let Some(edits) = rename_entries(&config, &["persisted"], id, name) else {
            return "refused".to_owned();
        };
        let mut text = text.to_owned();
        for edit in edits.iter().rev() {
            text.replace_range(edit.span.range(), &edit.text);
        }
        text
    }

    #[test]
    fn keys_keep_their_quotes() {
        use ConfigFormat::{Json, Toml, Yaml};
        for (format, before, after) in [
            (Yaml, "persisted:\n  a: # why\n    type: s3\n", "persisted:\n  zz: # why\n    type: s3\n"),
            (Yaml, "persisted:\n  'a': {}\n", "persisted:\n  'zz': {}\n"),
            (
                Yaml,
                "persisted: { \"a\": { type: a } }\nexposed: { a: {} }\n",
                "persisted: { \"zz\": { type: a } }\nexposed: { a: {} }\n",
            ),
            (Json, r#"{"persisted": {"a": {"type": "a"}}}"#, r#"{"persisted": {"zz": {"type": "a"}}}"#),
            (Toml, "[persisted.a]\ntype = \"s3\"\n", "[persisted.zz]\ntype = \"s3\"\n"),
            (Toml, "[persisted]\na = { type = \"s3\" }\n", "[persisted]\nzz = { type = \"s3\" }\n"),
            (
                Toml,
                "persisted.a.type = \"s3\"\npersisted.'a'.x = 1\n",
                "persisted.zz.type = \"s3\"\npersisted.'zz'.x = 1\n",
            ),
            (
                Toml,
                "[persisted.a]\ntype = \"s3\"\n\n[persisted.a.pulumi_params]\nx = 1\n\n[persisted.b]\n\n[persisted.a.workload]\n",
                "[persisted.zz]\ntype = \"s3\"\n\n[persisted.zz.pulumi_params]\nx = 1\n\n[persisted.b]\n\n[persisted.zz.workload]\n",
            ),
        ] {
            assert_eq!(rename(format, before, "a", "zz"), after);
            assert_eq!(rename(format, after, "zz", "a"), before);
        }
    }

    #[test]
    fn a_name_that_would_be_misread_is_quoted() {
        assert_eq!(
            rename(ConfigFormat::Yaml, "persisted: { a: {} }", "a", "on"),
            "persisted: { \"on\": {} }"
        );
        assert_eq!(rename(ConfigFormat::Toml, "[persisted.a]", "a", "b.c"), "[persisted.\"b.c\"]");
    }

    #[test]
    fn what_means_more_than_one_thing_is_left_alone() {
        for text in ["x: &all\n  a: {}\npersisted: *all\n", "persisted:\n  ? a\n  : {}\nx: &b 1\ny: *b\n"] {
            let result = rename(ConfigFormat::Yaml, text, "a", "zz");
            assert!(result == "refused" || result.contains("? zz"), "{result}");
        }
        assert_eq!(
            rename(ConfigFormat::Json, r#"{"persisted": {"a": {}, "a": {"type": "x"}}}"#, "a", "zz"),
            "refused"
        );
        assert_eq!(rename(ConfigFormat::Yaml, "persisted:\n", "a", "zz"), "persisted:\n");
    }
}
