//! Directives that an annotation must have, whatever the code below it.

use klotho_annotation::Annotation;
use klotho_annotation::finding::{Code, Finding};

/// What is wrong with an annotation that needs an id and has none; it stands at the id, or where there is none at the capability.
pub fn missing_id(annotation: &Annotation) -> Option<Finding> {
    if annotation.id().is_some() {
        return None;
    }
    let stated = annotation.directives.get("id").filter(|value| value.as_str().is_none());
    let finding = |variant| Finding::new(Code::IdRequired, variant, annotation.id_at());
    let finding = match stated {
        Some(value) => finding("kind").with("given", value.kind.in_words()),
        None => finding(""),
    };
    Some(finding.with("capability", &annotation.capability))
}

/// What is wrong with an `expose` whose target is not public (reference, 2.3).
pub(crate) fn not_public(annotation: &Annotation) -> Option<Finding> {
    match annotation.directives.get("target") {
        None => Some(Finding::new(Code::TargetNotPublic, "missing", annotation.capability_at)),
        Some(target) if target.as_str() == Some("public") => None,
        Some(target) => {
            Some(Finding::new(Code::TargetNotPublic, "other", target.at).with("value", target.to_json()))
        }
    }
}
