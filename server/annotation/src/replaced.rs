//! Annotations that a later one of their file takes the place of.

use crate::Annotations;
use crate::finding::{Code, Finding};
use std::collections::HashMap;

/// Of two annotations with the same capability and id the compiler keeps the later one only, also where both have none
/// (reference, 1.10).
pub(crate) fn mark(read: &mut Annotations) {
    let mut last: HashMap<(String, String), usize> = HashMap::new();
    for index in 0..read.list.len() {
        let Some(annotation) = read.list.get(index).filter(|annotation| annotation.recorded) else {
            continue;
        };
        let id = annotation.id().unwrap_or_default().to_owned();
        let Some(earlier) = last.insert((annotation.capability.clone(), id), index) else { continue };
        let Some(earlier) = read.list.get_mut(earlier) else { continue };
        earlier.recorded = false;
        earlier.replaced = true;
        let variant = if earlier.id().is_some() { "" } else { "no-id" };
        let finding = Finding::new(Code::AnnotationDuplicate, variant, earlier.id_at());
        let id = earlier.id().unwrap_or_default();
        read.findings.push(finding.with("capability", &earlier.capability).with("id", id));
    }
}
