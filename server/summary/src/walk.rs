//! The one walk over a tree: without recursion, since sources may be nested deeper than the program's
//! stack allows.

use klotho_grammars::{Node, Tree};
use klotho_text::Span;

/// Who is shown the nodes of a tree, each before those below it.
pub(crate) trait Visitor<'a> {
    /// Takes a node; whether to look below it.
    fn enter(&mut self, node: Node<'a>) -> bool;

    /// All below the last node that was entered and not left has been shown.
    fn leave(&mut self);
}

/// Shows every node of `tree` to `visitor`, in document order.
pub(crate) fn walk<'a>(tree: &'a Tree, visitor: &mut impl Visitor<'a>) {
    let mut open: Vec<Node<'a>> = Vec::new();
    let mut next = Some(tree.root_node());
    while let Some(node) = next {
        while open.pop_if(|last| !last.holds(node)).is_some() {
            visitor.leave();
        }
        next = match visitor.enter(node) {
            true => {
                open.push(node);
                node.following()
            }
            false => node.following_beyond(),
        };
    }
    open.iter().for_each(|_| visitor.leave());
}

/// The part of a list in document order that stands within a node's place.
pub(crate) fn within<'s, 'a, T>(list: &'s [T], at: Span, node: impl Fn(&T) -> Node<'a>) -> &'s [T] {
    let range = at.range();
    let from = list.partition_point(|item| node(item).start_byte() < range.start);
    let to = list.partition_point(|item| node(item).start_byte() < range.end);
    list.get(from..to).unwrap_or_default()
}
