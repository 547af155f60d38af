//! Directives that an annotation must have, whatever the code below it.

use crate::source::Source;
use klotho_annotation::Annotation;
use klotho_annotation::catalogue::capability;
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

/// That the code below a `persist` is no store, with those that the language has, or what stands between them.
pub(crate) fn no_store(
    source: &Source<'_>,
    annotation: &Annotation,
    code: Code,
    variant: &'static str,
) -> Finding {
    if is_cut_off(source, annotation) {
        return Finding::new(code, "comment-between", annotation.capability_at);
    }
    let support = capability("persist").and_then(|persist| persist.support_in(source.language));
    Finding::new(code, variant, annotation.capability_at).with("stores", support.map_or("", |known| known.on))
}

/// Whether another comment stands between an annotation and the code.
fn is_cut_off(source: &Source<'_>, annotation: &Annotation) -> bool {
    let below = source.text.get(annotation.comment.range().end..).unwrap_or_default().trim_start();
    let forms = source.language.spec().comments;
    let is_comment =
        below.starts_with(forms.line) || forms.block.is_some_and(|(open, _)| below.starts_with(open));
    annotation.node.is_none() && is_comment
}
