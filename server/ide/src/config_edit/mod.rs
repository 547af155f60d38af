//! Edits of the configuration that leave everything else as it is written, in each of its formats.

mod json;
mod toml;
mod yaml;

pub(crate) use yaml::unquoted;

use crate::TextEdit;
use klotho_graph::{Config, ConfigFormat, Kind};

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
    let edit = match config.format {
        ConfigFormat::Yaml => yaml::edit(config, kind, id, name),
        ConfigFormat::Json => json::edit(config, kind, id, name),
        ConfigFormat::Toml => toml::edit(config, kind, id, name),
    };
    let Some(edit) = edit else { return Outcome::Said };
    let mut text = config.text.to_string();
    text.replace_range(edit.span.range(), &edit.text);
    let after = Config::parse(config.format, &text);
    let wanted = with_type(config.root.to_json(), config.names(kind).section, id, name);
    // Where a new entry stands among the others says nothing.
    let is_right = !after.is_unreadable && sorted(after.root.to_json()) == sorted(wanted);
    if is_right { Outcome::Edit(edit) } else { Outcome::Refused }
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

fn sorted(mut value: serde_json::Value) -> serde_json::Value {
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

    #[test]
    fn ids_are_quoted_where_the_format_wants_it() {
        let json = set_in(ConfigFormat::Json, "{}", "a:b", "ecs");
        assert_eq!(json, r#"{ "execution_units": { "a:b": { "type": "ecs" } } }"#);
        let toml = set_in(ConfigFormat::Toml, "", "a.b", "ecs");
        assert_eq!(toml, "[execution_units.\"a.b\"]\ntype = \"ecs\"\n");
    }
}
