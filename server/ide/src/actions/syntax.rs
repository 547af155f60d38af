//! Finding one's way in the tree of the document that an action changes.

use klotho_grammars::{Node, Tree};
use klotho_text::Span;

/// The nodes from the root down to the one of `kind` that covers exactly `at`.
pub(super) fn path_to<'t>(tree: &'t Tree, at: Span, kind: &str) -> Option<Vec<Node<'t>>> {
    let node = tree.node_at(&at.range(), kind)?;
    let mut path: Vec<_> = std::iter::successors(Some(node), |node| node.parent()).collect();
    path.reverse();
    Some(path)
}

/// All named nodes of a tree, in document order.
pub(crate) fn nodes<'t>(tree: &'t Tree) -> impl Iterator<Item = Node<'t>> {
    std::iter::successors(Some(tree.root_node()), |node| node.following()).filter(Node::is_named)
}

pub(super) fn span_of(node: Node<'_>) -> Span {
    Span::new(node.start_byte(), node.end_byte())
}
