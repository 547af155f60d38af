//! Parameters of what a resource becomes in the cloud.

use super::subject::Subject;
use crate::unit_parameters::sizes_of;
use klotho_cost::resource::{Fixed, Parameter, resource_type};
use klotho_cost::workload::Kind as Values;
use klotho_graph::{ConfigShape, Era, Kind, Project, config_keys, type_parameters};
use serde_json::Value as Json;

/// One parameter.
pub(super) struct Known {
    pub(super) name: String,
    /// What holds without it, as it is written; empty where no value says that.
    pub(super) default: String,
    /// What holds without it, in words.
    pub(super) told: String,
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
    for parameter in priced.iter().filter(|it| !is_beside(project.config().era, *kind, it.key.name)) {
        match found.iter_mut().find(|known| known.name == parameter.key.name) {
            Some(known) => known.about = parameter.key.doc.to_owned(),
            None => found.push(priced_by(parameter)),
        }
    }
    found
}

/// Whether the configuration has a key of this name beside the parameters, which is the one that counts (reference, 3.2).
fn is_beside(era: Era, kind: Kind, name: &str) -> bool {
    let section = kind.names(era).section;
    let keys = config_keys(era).iter().find(|key| key.name == section).map(|key| key.shape);
    matches!(keys, Some(ConfigShape::Entries(keys)) if keys.iter().any(|key| key.name == name))
}

/// A parameter on which costs depend.
fn priced_by(parameter: &Parameter) -> Known {
    let key = &parameter.key;
    let default = written(parameter);
    let told = if default.is_empty() { key.default.to_owned() } else { default.clone() };
    Known {
        name: key.name.to_owned(),
        default,
        told,
        is_text: !matches!(key.kind, Values::Number { .. } | Values::Whole { .. } | Values::Flag),
        words: match key.kind {
            Values::Choice(words) | Values::Shape(words) => words,
            Values::Flag => &["true", "false"],
            _ => &[],
        },
        about: key.doc.to_owned(),
    }
}

/// The default of a parameter as a file writes it. Where its words name no such value, there is none to write.
fn written(parameter: &Parameter) -> String {
    let value = match parameter.default {
        Fixed::None | Fixed::Needed => return String::new(),
        Fixed::Number(number) => number.to_string(),
        Fixed::Text(text) => text.to_owned(),
        Fixed::Flag(flag) => flag.to_string(),
    };
    let first = parameter.key.default.split(',').next();
    if first == Some(value.as_str()) { value } else { String::new() }
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
    Known { name, told: default.clone(), default, is_text: value.is_string(), words, about: String::new() }
}
