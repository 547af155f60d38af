//! Parameters of what a resource becomes in the cloud.

use super::subject::Subject;
use klotho_cost::resource::resource_type;
use klotho_cost::workload::Kind as Values;
use klotho_graph::{Era, Kind, Project, type_parameters};
use serde_json::Value as Json;

/// One parameter.
pub(super) struct Known {
    pub(super) name: String,
    /// What holds without it, as it is written; empty where that is not known.
    pub(super) default: String,
    pub(super) is_text: bool,
    pub(super) words: &'static [&'static str],
    pub(super) about: String,
}

/// The parameters that a type is known to have: those with which it is deployed, and those that its costs depend on.
pub(super) fn of(project: &Project, subject: &Subject) -> Vec<Known> {
    let Some((kind, type_name)) = subject.kinds.first().zip(subject.type_name.as_deref()) else {
        return Vec::new();
    };
    let era = project.config().era;
    let mut found: Vec<Known> = match type_parameters(*kind, type_name) {
        Json::Object(all) if era == Era::Classic => {
            all.into_iter().map(|(name, value)| deployed(name, &value)).collect()
        }
        _ => Vec::new(),
    };
    if *kind == Kind::ExecutionUnit && era == Era::Constructs {
        let sizes = crate::workload::sizes_of(era, type_name);
        found.extend(
            sizes
                .iter()
                .map(|name| deployed((*name).to_owned(), &Json::from(0)))
                .map(|known| Known { default: String::new(), ..known }),
        );
    }
    let priced = resource_type(kind.spec().name, type_name).map(|row| row.parameters).unwrap_or_default();
    for parameter in priced {
        match found.iter_mut().find(|known| known.name == parameter.key.name) {
            Some(known) => known.about = parameter.key.doc.to_owned(),
            None => found.push(Known {
                name: parameter.key.name.to_owned(),
                default: parameter.key.default.to_owned(),
                is_text: !matches!(
                    parameter.key.kind,
                    Values::Number { .. } | Values::Whole { .. } | Values::Flag
                ),
                words: match parameter.key.kind {
                    Values::Choice(words) | Values::Shape(words) => words,
                    Values::Flag => &["true", "false"],
                    _ => &[],
                },
                about: parameter.key.doc.to_owned(),
            }),
        }
    }
    found
}

/// A parameter with which a type is deployed when nobody says anything.
fn deployed(name: String, value: &Json) -> Known {
    let default = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let words: &[&str] = if value.is_boolean() { &["true", "false"] } else { &[] };
    Known { name, default, is_text: value.is_string(), words, about: String::new() }
}
