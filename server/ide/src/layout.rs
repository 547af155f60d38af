//! How annotations are laid out: only blanks inside them change, and nothing of what they say.

mod lines;
mod margin;
mod typing;

use crate::anatomy::within;
use crate::snapshot::Context;
use crate::types::applied;
use crate::{Span, TextEdit};
use klotho_annotation::{Anatomy, Annotation, annotations};
use klotho_grammars::{Language, parse};
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

pub(crate) use margin::{INDENT, LEADERS, line_start};
pub(crate) use typing::typed;

/// The edits that lay out the annotations that meet `range`, as far as they lie in it.
pub(crate) fn layout(context: &Context<'_>, range: Span) -> Vec<TextEdit> {
    let Some(document) = context.document else { return Vec::new() };
    let Some((language, tree)) = document.language.zip(document.tree.as_ref()) else { return Vec::new() };
    let before = annotations(language, &document.text, tree).list;
    let mut edits: Vec<(Span, Vec<TextEdit>)> = Vec::new();
    for anatomy in within(context, range).iter().filter(|anatomy| is_read(anatomy, &before)) {
        let mut found = lines::edits(&document.text, anatomy);
        found.retain(|edit| range.meets(edit.span));
        edits.push((anatomy.at, found));
    }
    keep_harmless(language, &document.text, &before, &mut edits);
    edits.into_iter().flat_map(|(_, edits)| edits).collect()
}

/// Whether the body can be read: of one that cannot nobody knows what it is meant to say.
fn is_read(anatomy: &Anatomy, annotations: &[Annotation]) -> bool {
    let found = annotations.binary_search_by_key(&anatomy.at.start, |annotation| annotation.at.start);
    let annotation = found.ok().and_then(|index| annotations.get(index));
    annotation
        .is_some_and(|found| found.body.is_some() && (found.recorded || !found.directives.entries.is_empty()))
}

/// Drops the edits of annotations that would say something else after them, and all if that does not help.
fn keep_harmless(
    language: Language,
    text: &str,
    before: &[Annotation],
    edits: &mut Vec<(Span, Vec<TextEdit>)>,
) {
    // Dropping the edits of some leaves those of others, which are tried once more.
    for _ in 0..2 {
        let text = applied(text, edits.iter().flat_map(|(_, edits)| edits));
        let tree = parse(language, &text, None);
        let after = tree.map(|tree| annotations(language, &text, &tree).list).unwrap_or_default();
        if after.len() != before.len() {
            break;
        }
        let pairs = before.iter().zip(&after).filter(|(old, new)| says(old) != says(new));
        let changed: Vec<_> = pairs.map(|(old, _)| *old.at).collect();
        if changed.is_empty() {
            return;
        }
        edits.retain(|(at, _)| !changed.iter().any(|changed| at.meets(*changed)));
    }
    edits.clear();
}

/// A hash of what an annotation says and of what it stands above, wherever that is.
fn says(annotation: &Annotation) -> u64 {
    let mut hasher = DefaultHasher::new();
    annotation.hash(&mut hasher);
    hasher.finish()
}
