//! The one walk over a tree: with a cursor and without recursion, since sources may be nested deeper than the program's
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
    let mut cursor = tree.walk();
    loop {
        if visitor.enter(cursor.node()) {
            if cursor.goto_first_child() {
                continue;
            }
            visitor.leave();
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return;
            }
            visitor.leave();
        }
    }
}

/// The part of a list in document order that stands within a node's place.
pub(crate) fn within<'s, 'a, T>(list: &'s [T], at: Span, node: impl Fn(&T) -> Node<'a>) -> &'s [T] {
    let range = at.range();
    let from = list.partition_point(|item| node(item).start_byte() < range.start);
    let to = list.partition_point(|item| node(item).start_byte() < range.end);
    list.get(from..to).unwrap_or_default()
}
