//! The settings as JSON: what VS Code takes as `contributes.configuration`, which is a JSON Schema as well.

use super::table::{Kind, LEVELS, SETTINGS, Setting};
use super::{SECTION, table};
use klotho_ide::definitions;
use serde_json::{Map, Value, json};

/// The schema of all settings under their full names.
pub(crate) fn schema() -> Value {
    let properties: Map<String, Value> = SETTINGS
        .iter()
        .enumerate()
        .map(|(order, setting)| (format!("{SECTION}.{}", setting.name), property(setting, order)))
        .collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Klotho",
        "type": "object",
        "properties": properties,
    })
}

fn property(setting: &Setting, order: usize) -> Value {
    let mut property = match &setting.kind {
        Kind::Flag { default, .. } => json!({ "type": "boolean", "default": default }),
        Kind::Choice { values, .. } => choice(values.iter().map(|(name, about)| (*name, *about))),
        Kind::Text { default } => json!({ "type": "string", "default": default }),
        Kind::Whole { default, most, .. } => {
            json!({ "type": "integer", "default": default, "minimum": 0, "maximum": most })
        }
        Kind::Severities => severities(),
    };
    property["markdownDescription"] = setting.about.into();
    property["scope"] = setting.scope.name().into();
    property["order"] = order.into();
    property
}

/// One of several words; the first is the default.
fn choice(values: impl Iterator<Item = (&'static str, &'static str)>) -> Value {
    let (names, about): (Vec<_>, Vec<_>) = values.unzip();
    json!({ "type": "string", "default": names.first(), "enum": names, "markdownEnumDescriptions": about })
}

fn severities() -> Value {
    let (names, about): (Vec<_>, Vec<_>) = LEVELS.iter().map(|(name, about, _)| (*name, *about)).unzip();
    let codes: Map<String, Value> = definitions()
        .into_iter()
        .map(|definition| {
            let levels = json!({
                "type": "string",
                "enum": names,
                "markdownEnumDescriptions": about,
                "markdownDescription": definition.summary,
            });
            (definition.code.name().to_owned(), levels)
        })
        .collect();
    json!({ "type": "object", "default": {}, "properties": codes, "additionalProperties": false })
}

impl table::Scope {
    /// What VS Code calls it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Resource => "resource",
            Self::Window => "window",
            Self::Machine => "machine",
        }
    }
}
