//! The parts of the annotations of an open document.

use crate::snapshot::Context;
use klotho_annotation::{Anatomy, Annotation, anatomies};
use klotho_text::Span;

/// The annotations that meet `range`, cut into their parts.
pub(crate) fn within(context: &Context<'_>, range: Span) -> Vec<Anatomy> {
    let Some(document) = context.document else { return Vec::new() };
    let Some((language, tree)) = document.language.zip(document.tree.as_ref()) else { return Vec::new() };
    // A body that nothing closes reaches as far as its comment.
    let met = annotations(context).iter().filter(|annotation| annotation.comment.meets(range));
    let Some(hull) = met.map(|annotation| *annotation.at).reduce(Span::join) else { return Vec::new() };
    let mut found = anatomies(language, &document.text, tree, hull);
    found.retain(|anatomy| anatomy.at.meets(range));
    found
}

/// The whole document.
pub(crate) fn whole(context: &Context<'_>) -> Span {
    context.document.map_or_else(Span::default, |document| Span::new(0, document.text.len()))
}

/// All annotations of the file.
pub(crate) fn annotations<'a>(context: &'a Context<'_>) -> &'a [Annotation] {
    let summary = context.project.summary(&context.relative);
    summary.map_or(&[], |summary| &summary.facts.annotations)
}
