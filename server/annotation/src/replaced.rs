//! Annotations that a later one of their file takes the place of.

use crate::Annotations;
use crate::finding::{Code, Finding};
use foldhash::{HashSet, HashSetExt};

/// Of two annotations with the same capability and id the compiler keeps the later one only, also where both have none
/// (reference, 1.10).
pub(crate) fn mark(read: &mut Annotations) {
    let mut later = HashSet::with_capacity(read.list.len());
    let recorded = read.list.iter().enumerate().rev().filter(|(_, annotation)| annotation.recorded);
    let replaced = recorded.filter(|(_, annotation)| {
        !later.insert((annotation.capability.as_str(), annotation.id().unwrap_or_default()))
    });
    let replaced: Vec<_> = replaced.map(|(index, _)| index).collect();
    for index in replaced.into_iter().rev() {
        let Some(earlier) = read.list.get_mut(index) else { continue };
        earlier.recorded = false;
        earlier.replaced = true;
        let variant = if earlier.id().is_some() { "" } else { "no-id" };
        let finding = Finding::new(Code::AnnotationDuplicate, variant, earlier.id_at());
        let id = earlier.id().unwrap_or_default();
        read.findings.push(finding.with("capability", &earlier.capability).with("id", id));
    }
}
