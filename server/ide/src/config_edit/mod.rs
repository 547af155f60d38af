//! Edits of the configuration that leave everything else as it is written, in each of its formats.

mod json;
mod rename;
mod toml;
mod transfer;
mod yaml;

pub(crate) use rename::rename_entries;
pub(crate) use transfer::transfer;
pub(crate) use yaml::{key as yaml_word, unquoted};

use crate::TextEdit;
use klotho_graph::{Config, ConfigFormat, Kind};
use serde_json::Value as Json;

/// What has to be done so that a configuration says something.
pub(crate) enum Outcome {
    /// Nothing: it says so already.
    Said,
    /// This; the second is the configuration after it.
    Edit(TextEdit, Box<Config>),
    /// It is written in a form that no small edit can change without changing more.
    Refused,
}

/// Makes the entry of a resource say `type: NAME` and nothing else say anything new.
pub(crate) fn set_type(config: &Config, kind: Kind, id: &str, name: &str) -> Outcome {
    set(config, &[config.names(kind).section, id, "type"], &name.into())
}

/// Makes the configuration say a value at a path of keys, and nothing else say anything new.
///
/// YAML has more forms than anyone thinks of. So the edit is tried: unless the text then says what it said before and
/// that value, it is not offered.
pub(crate) fn set(config: &Config, path: &[&str], value: &Json) -> Outcome {
    let edit = match config.format {
        ConfigFormat::Yaml => yaml::edit(config, path, &word(value)),
        ConfigFormat::Json => json::edit(config, path, value),
        ConfigFormat::Toml => toml::edit(config, path, value),
    };
    let Some(edit) = edit else { return Outcome::Said };
    let mut text = config.text.to_string();
    text.replace_range(edit.span.range(), &edit.text);
    let after = Config::parse(config.format, &text);
    let wanted = with(config.root.to_json(), path, value);
    // Where a new entry stands among the others says nothing.
    let is_right = !after.is_unreadable && sorted(after.root.to_json()) == sorted(wanted);
    if is_right { Outcome::Edit(edit, Box::new(after)) } else { Outcome::Refused }
}

/// Takes a key out of a configuration, with what holds nothing else then. Only lines of its own can go, and no comments.
pub(crate) fn remove(config: &Config, path: &[&str]) -> Outcome {
    let is_last = |depth: &usize| {
        let table = if *depth == 0 { Some(&config.root) } else { table_at(config, &path[..*depth]) };
        table.is_some_and(|table| table.entries.len() > 1)
    };
    // Without the outermost nothing would be left to read.
    let Some(depth) = (0..path.len()).rev().find(is_last) else { return Outcome::Refused };
    let kept = &path[..=depth];
    let Some(edit) = yaml::removal(config, kept) else { return Outcome::Refused };
    let mut text = config.text.to_string();
    text.replace_range(edit.span.range(), &edit.text);
    let after = Config::parse(config.format, &text);
    let mut wanted = config.root.to_json();
    if let Some((last, tables)) = kept.split_last() {
        let table = tables.iter().try_fold(&mut wanted, |table, key| table.get_mut(key));
        table.and_then(Json::as_object_mut).and_then(|table| table.remove(*last));
    }
    let is_right = !after.is_unreadable && sorted(after.root.to_json()) == sorted(wanted);
    if is_right { Outcome::Edit(edit, Box::new(after)) } else { Outcome::Refused }
}

fn table_at<'a>(config: &'a Config, path: &[&str]) -> Option<&'a klotho_annotation::Table> {
    path.iter().try_fold(&config.root, |table, key| table.table(key))
}

/// A word or a number as it stands in a text, without quotes.
fn word(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What a configuration says once it has the value.
pub(crate) fn with(mut root: Json, path: &[&str], value: &Json) -> Json {
    let mut place = &mut root;
    for key in path {
        if !place.is_object() {
            *place = serde_json::json!({});
        }
        place = &mut place[*key];
    }
    *place = value.clone();
    root
}

/// The one edit that makes `after` of `before`: what both start and end with stays.
pub(crate) fn difference(before: &str, after: &str) -> TextEdit {
    let same = |(one, other): &(char, char)| one == other;
    let start: usize =
        before.chars().zip(after.chars()).take_while(same).map(|(character, _)| character.len_utf8()).sum();
    let rest = (&before[start..], &after[start..]);
    let end: usize =
        rest.0.chars().rev().zip(rest.1.chars().rev()).take_while(same).map(|(it, _)| it.len_utf8()).sum();
    yaml::replace(start, before.len() - end, &after[start..after.len() - end])
}

pub(crate) fn sorted(mut value: serde_json::Value) -> serde_json::Value {
    value.sort_all_objects();
    value
}

/// The text of a new `klotho.yaml` with one unit's type.
pub(crate) fn new_file(kind: Kind, id: &str, name: &str) -> String {
    let section = kind.names(klotho_graph::Era::Classic).section;
    format!("{section}:\n  {}:\n    type: {name}\n", yaml::key(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use klotho_graph::ConfigFormat;

    fn set(text: &str, id: &str, name: &str) -> String {
        set_in(ConfigFormat::Yaml, text, id, name)
    }

    fn set_in(format: ConfigFormat, text: &str, id: &str, name: &str) -> String {
        let mut result = text.to_owned();
        match set_type(&Config::parse(format, text), Kind::ExecutionUnit, id, name) {
            Outcome::Edit(edit, _) => result.replace_range(edit.span.range(), &edit.text),
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
            let config = Config::parse(ConfigFormat::Yaml, &changed);
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
            "x: &t\n  type: lambda\nexecution_units:\n  api:\n    <<: *t\n",
            "x: &t\n  api: {}\nexecution_units:\n  <<: *t\n",
            "x: &t\n  execution_units: { api: { type: lambda } }\n<<: *t\n",
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

    #[test]
    fn json_keeps_its_layout() {
        let json = |before: &str| set_in(ConfigFormat::Json, before, "api", "ecs");
        for (before, after) in [
            ("{}", r#"{ "execution_units": { "api": { "type": "ecs" } } }"#),
            (
                "{\n  \"app\": \"x\"\n}\n",
                "{\n  \"execution_units\": { \"api\": { \"type\": \"ecs\" } },\n  \"app\": \"x\"\n}\n",
            ),
            (
                r#"{"execution_units": {"web": {}}}"#,
                r#"{"execution_units": {"api": { "type": "ecs" }, "web": {}}}"#,
            ),
            (r#"{"execution_units": {"api": {}}}"#, r#"{"execution_units": {"api": { "type": "ecs" }}}"#),
            (
                r#"{"execution_units": {"api": {"network_placement": "public"}}}"#,
                r#"{"execution_units": {"api": {"type": "ecs", "network_placement": "public"}}}"#,
            ),
            (
                r#"{"execution_units": {"api": {"type": "lambda"}}}"#,
                r#"{"execution_units": {"api": {"type": "ecs"}}}"#,
            ),
        ] {
            assert_eq!(json(before), after);
        }
        assert_eq!(
            json(r#"{"execution_units": {"api": {"type": "ecs"}}}"#),
            r#"{"execution_units": {"api": {"type": "ecs"}}}"#
        );
    }

    #[test]
    fn toml_keeps_its_layout() {
        let toml = |before: &str| set_in(ConfigFormat::Toml, before, "api", "ecs");
        for (before, after) in [
            ("", "[execution_units.api]\ntype = \"ecs\"\n"),
            ("app = \"x\" # note\n", "app = \"x\" # note\n\n[execution_units.api]\ntype = \"ecs\"\n"),
            ("[execution_units.api]\ntype = 'lambda' # why\n", "[execution_units.api]\ntype = 'ecs' # why\n"),
            (
                "[execution_units]\napi = { network_placement = \"public\" }\n",
                "[execution_units]\napi = { network_placement = \"public\" , type = \"ecs\" }\n",
            ),
        ] {
            assert_eq!(toml(before), after);
        }
    }

    fn sized(format: ConfigFormat, text: &str) -> String {
        let mut config = Config::parse(format, text);
        for (name, value) in [("memory", 1_024), ("cpu", 256)] {
            match super::set(&config, &["execution_units", "api", "pulumi_params", name], &value.into()) {
                Outcome::Edit(_, after) => config = *after,
                Outcome::Said => {}
                Outcome::Refused => return "refused".to_owned(),
            }
        }
        config.text.to_string()
    }

    #[test]
    fn parameters_are_written_behind_the_type() {
        for (before, after) in [
            (
                "execution_units:\n    api:\n        type: ecs # for now\n        # open\n        network_placement: public\n",
                "execution_units:\n    api:\n        type: ecs # for now\n        pulumi_params:\n          cpu: 256\n          memory: 1024\n        # open\n        network_placement: public\n",
            ),
            (
                "execution_units:\r\n  api:\r\n    type: ecs\r\n",
                "execution_units:\r\n  api:\r\n    type: ecs\r\n    pulumi_params:\r\n      cpu: 256\r\n      memory: 1024\r\n",
            ),
            (
                "execution_units:\n  api:\n    type: ecs",
                "execution_units:\n  api:\n    type: ecs\n    pulumi_params:\n      cpu: 256\n      memory: 1024",
            ),
            (
                "execution_units: { api: { type: ecs } } # all\n",
                "execution_units: { api: { type: ecs, pulumi_params: { cpu: 256, memory: 1024 } } } # all\n",
            ),
            (
                "execution_units:\n  api:\n    type: ecs\n    pulumi_params:\n      memory: 2048 # much\n      cpu: 256\n",
                "execution_units:\n  api:\n    type: ecs\n    pulumi_params:\n      memory: 1024 # much\n      cpu: 256\n",
            ),
            (
                "execution_units:\n  api:\n    type: ecs\n    pulumi_params: {}\n",
                "execution_units:\n  api:\n    type: ecs\n    pulumi_params: { cpu: 256, memory: 1024 }\n",
            ),
        ] {
            assert_eq!(sized(ConfigFormat::Yaml, before), after);
        }
    }

    #[test]
    fn parameters_are_written_in_each_format() {
        assert_eq!(
            sized(ConfigFormat::Json, r#"{"execution_units": {"api": {"type": "ecs"}}}"#),
            r#"{"execution_units": {"api": {"pulumi_params": { "cpu": 256, "memory": 1024 }, "type": "ecs"}}}"#
        );
        assert_eq!(
            sized(
                ConfigFormat::Json,
                r#"{"execution_units": {"api": {"pulumi_params": {"cpu": 512, "x": 1}}}}"#
            ),
            r#"{"execution_units": {"api": {"pulumi_params": {"memory": 1024, "cpu": 256, "x": 1}}}}"#
        );
        assert_eq!(
            sized(ConfigFormat::Toml, "[execution_units.api]\ntype = \"ecs\" # why\n"),
            "[execution_units.api]\ntype = \"ecs\" # why\n\n[execution_units.api.pulumi_params]\nmemory = 1024\ncpu = 256\n"
        );
        assert_eq!(
            sized(
                ConfigFormat::Toml,
                "[execution_units.api.pulumi_params]\ncpu = 512 # half\nmemory = 512\n\n[execution_units.b]\n"
            ),
            "[execution_units.api.pulumi_params]\ncpu = 256 # half\nmemory = 1024\n\n[execution_units.b]\n"
        );
        assert_eq!(
            sized(ConfigFormat::Toml, "execution_units = { api = { type = \"ecs\" } }\n"),
            "execution_units = { api = { type = \"ecs\" , pulumi_params.memory = 1024 , pulumi_params.cpu = 256 } }\n"
        );
    }

    #[test]
    fn ids_are_quoted_where_the_format_wants_it() {
        let json = set_in(ConfigFormat::Json, "{}", "a:b", "ecs");
        assert_eq!(json, r#"{ "execution_units": { "a:b": { "type": "ecs" } } }"#);
        let toml = set_in(ConfigFormat::Toml, "", "a.b", "ecs");
        assert_eq!(toml, "[execution_units.\"a.b\"]\ntype = \"ecs\"\n");
    }
}
