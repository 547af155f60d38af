//! Values of a kind that their key does not take.

use crate::catalogue::{Capability, Directive, Reader, TARGET, ValueType, capability};
use crate::finding::{Code, Finding};
use crate::{Annotation, Value, ValueKind};
use klotho_grammars::Language;

/// Keys of which findings of their own tell what is wrong with the value, whatever it is.
const TOLD_ELSEWHERE: [&str; 4] = [TARGET, "workload", "requires", "include"];

/// What is to be said of the values of an annotation.
pub(crate) fn check(language: Language, annotation: &Annotation) -> Vec<Finding> {
    let Some(capability) = capability(&annotation.capability) else { return Vec::new() };
    let entries = annotation.directives.entries.iter();
    let wrong = entries.filter_map(|entry| {
        let directive = capability.directives.iter().find(|directive| directive.name == entry.key)?;
        let is_wrong = !directive.types.iter().any(|kind| fits(*kind, &entry.value.kind));
        (is_wrong && !is_told_elsewhere(capability, directive, language))
            .then(|| finding(directive, &entry.value))
    });
    wrong.collect()
}

fn is_told_elsewhere(capability: &Capability, directive: &Directive, language: Language) -> bool {
    match directive.name {
        "id" => capability.id.is_required_in(language),
        name => TOLD_ELSEWHERE.contains(&name),
    }
}

/// Whether a value is of a kind.
pub(crate) fn fits(kind: ValueType, value: &ValueKind) -> bool {
    match kind {
        ValueType::String => matches!(value, ValueKind::String(_)),
        ValueType::Strings => matches!(value, ValueKind::Array(_)),
        ValueType::Number => matches!(value, ValueKind::Integer(_) | ValueKind::Float(_)),
        ValueType::Boolean => matches!(value, ValueKind::Boolean(_)),
        ValueType::Table => matches!(value, ValueKind::Table(_)),
    }
}

fn finding(directive: &Directive, value: &Value) -> Finding {
    let variant = if directive.reader == Reader::Runtime { "kind-runtime" } else { "kind" };
    let finding = Finding::new(Code::BodyQuirk, variant, value.at).with("key", directive.name);
    let wanted: Vec<_> = directive.types.iter().map(|kind| wanted(*kind)).collect();
    let finding = finding.with("wanted", wanted.join(" or ")).with("given", value.kind.in_words());
    match instead(directive, value) {
        Some(instead) => finding.with("way", format!(" Write `{instead}`.")).with("instead", instead),
        None => finding.with("way", ""),
    }
}

/// What was meant, where only quotes are missing or too many.
fn instead(directive: &Directive, value: &Value) -> Option<String> {
    let takes = |kind| directive.types.contains(&kind);
    match &value.kind {
        ValueKind::String(text) if takes(ValueType::Boolean) && matches!(&**text, "true" | "false") => {
            Some(text.clone())
        }
        ValueKind::String(text) if takes(ValueType::Number) => {
            let number = text.parse::<u32>().ok()?.to_string();
            (number == *text).then_some(number)
        }
        ValueKind::Integer(number) if takes(ValueType::String) => Some(format!("\"{number}\"")),
        _ => None,
    }
}

fn wanted(kind: ValueType) -> &'static str {
    match kind {
        ValueType::String => "a string",
        ValueType::Strings => "a list of strings",
        ValueType::Number => "a number",
        ValueType::Boolean => "`true` or `false`",
        ValueType::Table => "a table",
    }
}

impl ValueKind {
    /// What it is, for a message.
    pub fn in_words(&self) -> &'static str {
        match self {
            Self::String(_) => "a string",
            Self::Integer(_) | Self::Float(_) => "a number",
            Self::Boolean(_) => "`true` or `false`",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
            Self::Datetime(_) => "a date",
            Self::Null => "nothing",
        }
    }
}
