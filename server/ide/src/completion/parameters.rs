//! Parameters of what a resource becomes in the cloud.

use super::subject::Subject;
use crate::unit_parameters::sizes_of;
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
    let mut found = own(project.config().era, *kind, type_name);
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

/// The parameters with which a type is deployed; of the later form only those are known that set a unit's size.
fn own(era: Era, kind: Kind, type_name: &str) -> Vec<Known> {
    let of_type = match era {
        Era::Classic => type_parameters(kind, type_name),
        Era::Constructs => Json::Null,
    };
    let Json::Object(all) = of_type else {
        let sizes = if kind == Kind::ExecutionUnit { sizes_of(era, type_name) } else { Vec::new() };
        return sizes
            .into_iter()
            .map(|name| deployed(name.to_owned(), &Json::from("")))
            .map(number)
            .collect();
    };
    all.into_iter().map(|(name, value)| deployed(name, &value)).collect()
}

fn number(known: Known) -> Known {
    Known { is_text: false, ..known }
}

/// A parameter with which a type is deployed when nobody says anything.
fn deployed(name: String, value: &Json) -> Known {
    let default = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let words: &[&str] = if value.is_boolean() { &["true", "false"] } else { &[] };
    Known { name, default, is_text: value.is_string(), words, about: String::new() }
}
