use crate::{AnnotatedNode, Annotations};
use klotho_grammars::{Language, Node, Tree};

/// Finds all annotations of a parsed file.
pub fn annotations(_language: Language, _text: &str, _tree: &Tree) -> Annotations {
    Annotations::default()
}

/// The node of `tree` that an annotation is attached to.
pub fn annotated_node<'tree>(_tree: &'tree Tree, _node: &AnnotatedNode) -> Option<Node<'tree>> {
    None
}
