//! Annotations that are attached to more than the statement below them.

use crate::source::Source;
use klotho_annotation::Annotation;
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;

/// Longer statements are shown by their start.
const LONGEST_SHOWN: usize = 60;

/// Whether a node is all statements of a block: what the first comment in it is attached to (reference, 1.3).
pub(super) fn is_block(node: Node<'_>) -> bool {
    node.kind() == "block"
}

/// Says which statement counts, where the annotation is attached to something around it.
pub(super) fn inside(source: &Source<'_>, annotation: &Annotation, statement: Node<'_>) -> Option<Finding> {
    let node = source.node_of(annotation)?;
    if node.byte_range() == statement.byte_range() {
        return None;
    }
    let variant = if is_block(node) { "block" } else { "inside" };
    let line = source.text_of(statement).lines().next().unwrap_or_default();
    let shown = match line.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    };
    let finding = Finding::new(Code::LooseMatch, variant, annotation.capability_at);
    Some(finding.with("statement", shown).with("line", statement.start_position().row + 1))
}
