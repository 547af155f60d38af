//! The syntax tree of a text, as everything that reads a file goes through it.

use crate::copy::{Record, fresh, updated};
use crate::{Edit, Language};
use std::iter;
use std::ops::Range;
use std::sync::Arc;

/// A syntax tree. Cloning it shares everything.
#[derive(Clone, Debug)]
pub struct Tree {
    language: Language,
    /// What the parser made: the next parse reuses it.
    parsed: tree_sitter::Tree,
    nodes: Arc<Vec<Record>>,
    /// Where the rows start.
    rows: Arc<[u32]>,
}

/// A node of a tree.
#[derive(Clone, Copy, Debug)]
pub struct Node<'a> {
    tree: &'a Tree,
    place: usize,
    record: &'a Record,
}

/// Zero-based row and byte column as parsers count them: only `\n` ends a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowColumn {
    /// The row.
    pub row: usize,
    /// Bytes from the start of the row.
    pub column: usize,
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.record, other.record)
    }
}

impl Eq for Node<'_> {}

impl Tree {
    /// The tree that a parser made of `text`.
    pub(crate) fn new(language: Language, text: &str, parsed: tree_sitter::Tree) -> Self {
        let nodes = Arc::new(fresh(&parsed));
        Self { language, parsed, nodes, rows: rows(text) }
    }

    /// The same, made after `edit` of the text of an `old` tree.
    pub(crate) fn after(old: &Self, edit: &Edit, text: &str, parsed: tree_sitter::Tree) -> Self {
        let nodes = Arc::new(updated(&old.nodes, &parsed, edit));
        Self { language: old.language, parsed, nodes, rows: rows(text) }
    }

    /// What the parser made.
    pub(crate) fn parsed(&self) -> &tree_sitter::Tree {
        &self.parsed
    }

    #[cfg(test)]
    pub(crate) fn nodes(&self) -> &Vec<Record> {
        &self.nodes
    }

    #[cfg(test)]
    pub(crate) fn node(&self, place: usize) -> Node<'_> {
        Node { tree: self, place, record: &self.nodes[place] }
    }

    /// The node that all others are below.
    pub fn root_node(&self) -> Node<'_> {
        Node { tree: self, place: 0, record: self.nodes.first().unwrap_or(&Record::NOTHING) }
    }

    /// A way through the tree that starts at the root.
    pub fn walk(&self) -> TreeCursor<'_> {
        self.root_node().walk()
    }

    /// The outermost node of a kind that covers exactly these bytes. Looked up by its place: asked for each of many
    /// statements, a way down past all that stand before it would be quadratic.
    pub fn node_at(&self, bytes: &Range<usize>, kind: &str) -> Option<Node<'_>> {
        let first = self.nodes.partition_point(|record| (record.start as usize) < bytes.start);
        let starting = self.nodes[first..].iter().take_while(|record| record.start as usize == bytes.start);
        let mut nodes =
            starting.enumerate().map(|(at, record)| Node { tree: self, place: first + at, record });
        nodes.find(|node| node.end_byte() == bytes.end && node.kind() == kind)
    }

    /// Whether something in it could not be read.
    pub fn has_error(&self) -> bool {
        self.parsed.root_node().has_error()
    }

    /// The named nodes as an expression, for tests.
    pub fn to_sexp(&self) -> String {
        self.parsed.root_node().to_sexp()
    }
}

fn rows(text: &str) -> Arc<[u32]> {
    let starts =
        memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX));
    iter::once(0).chain(starts).collect()
}

impl<'a> Node<'a> {
    fn at(self, place: usize) -> Option<Self> {
        Some(Self { tree: self.tree, place, record: self.tree.nodes.get(place)? })
    }

    /// Behind all that is below it.
    fn end(self) -> usize {
        self.place + self.record.size as usize
    }

    /// The next node in document order: the first one below, else what stands behind.
    pub fn following(self) -> Option<Self> {
        self.at(self.place + 1)
    }

    /// The next node in document order that is not below it.
    pub fn following_beyond(self) -> Option<Self> {
        self.at(self.end())
    }

    /// Whether a node that comes later in document order is below it.
    pub fn holds(self, later: Self) -> bool {
        later.place < self.end()
    }

    /// A number that no other node of the tree has.
    pub fn id(self) -> usize {
        self.place
    }

    /// The number that the grammar has for its kind.
    pub fn kind_id(self) -> u16 {
        self.record.kind
    }

    /// The grammar's name for its kind.
    pub fn kind(self) -> &'static str {
        self.tree.language.kind_name(self.record.kind)
    }

    /// Whether the grammar gives it a name of its own, as opposed to a word or a sign.
    pub fn is_named(&self) -> bool {
        self.tree.language.is_named_kind(self.record.kind)
    }

    /// Whether the parser could not read it.
    pub fn is_error(self) -> bool {
        self.record.kind == u16::MAX
    }

    /// Its first byte.
    pub fn start_byte(self) -> usize {
        self.record.start as usize
    }

    /// Behind its last byte.
    pub fn end_byte(self) -> usize {
        self.record.end as usize
    }

    /// Its bytes.
    pub fn byte_range(self) -> Range<usize> {
        self.start_byte()..self.end_byte()
    }

    /// Row and column of its first byte.
    pub fn start_position(self) -> RowColumn {
        self.row_column(self.record.start)
    }

    /// Row and column behind its last byte.
    pub fn end_position(self) -> RowColumn {
        self.row_column(self.record.end)
    }

    fn row_column(self, at: u32) -> RowColumn {
        let rows = &self.tree.rows;
        let row = rows.partition_point(|start| *start <= at).saturating_sub(1);
        RowColumn { row, column: (at - rows.get(row).copied().unwrap_or_default().min(at)) as usize }
    }

    /// A way through what is below it.
    pub fn walk(self) -> TreeCursor<'a> {
        TreeCursor { root: self, node: self }
    }

    /// What is directly below it.
    pub fn children(self) -> impl Iterator<Item = Self> + 'a {
        let end = self.end();
        let first = self.at(self.place + 1).filter(|first| first.place < end);
        iter::successors(first, move |node| node.at(node.end()).filter(|next| next.place < end))
    }

    /// The same without words and signs.
    pub fn named_children(self) -> impl Iterator<Item = Self> + 'a {
        self.children().filter(Self::is_named)
    }

    /// How many are directly below it.
    pub fn child_count(self) -> usize {
        self.children().count()
    }

    /// The same without words and signs.
    pub fn named_child_count(self) -> usize {
        self.named_children().count()
    }

    /// The child with an index.
    pub fn child(self, index: u32) -> Option<Self> {
        self.children().nth(index as usize)
    }

    /// The same without words and signs.
    pub fn named_child(self, index: u32) -> Option<Self> {
        self.named_children().nth(index as usize)
    }

    /// The first child in a field, by the field's number. No field has the number 0.
    pub fn child_by_field_id(self, field: u16) -> Option<Self> {
        self.children().find(|child| child.record.field == field && field != 0)
    }

    /// The first child in a field.
    pub fn child_by_field_name(self, field: &str) -> Option<Self> {
        self.child_by_field_id(self.field(field))
    }

    /// The children in a field.
    pub fn children_by_field_name(self, field: &str) -> impl Iterator<Item = Self> + 'a {
        let field = self.field(field);
        self.children().filter(move |child| child.record.field == field && field != 0)
    }

    fn field(self, name: &str) -> u16 {
        self.tree.language.grammar().field_id_for_name(name).map_or(0, u16::from)
    }

    /// The node that it is directly below.
    pub fn parent(self) -> Option<Self> {
        match self.record.up {
            0 => None,
            up => self.at(self.place.checked_sub(up as usize)?),
        }
    }

    /// The next node of its parent that is no word or sign.
    pub fn next_named_sibling(self) -> Option<Self> {
        let end = self.parent()?.end();
        let next = move |node: &Self| node.at(node.end()).filter(|next| next.place < end);
        iter::successors(next(&self), next).find(Self::is_named)
    }

    /// The node of its parent before it that is no word or sign.
    pub fn prev_named_sibling(self) -> Option<Self> {
        self.parent()?.named_children().take_while(|node| node.place < self.place).last()
    }

    /// The smallest node that covers the bytes from `start` to `end`.
    pub fn descendant_for_byte_range(self, start: usize, end: usize) -> Option<Self> {
        let covers = |child: &Self| {
            let is_behind_start = match child.byte_range().is_empty() {
                true => child.end_byte() >= start,
                false => child.end_byte() > start,
            };
            child.end_byte() >= end && is_behind_start
        };
        let within = |node: &Self| node.children().find(covers).filter(|child| child.start_byte() <= start);
        iter::successors(Some(self), within).last()
    }
}

/// A way through a tree, from a node down and back up to it.
#[derive(Clone, Debug)]
pub struct TreeCursor<'a> {
    root: Node<'a>,
    node: Node<'a>,
}

impl<'a> TreeCursor<'a> {
    /// Where it is.
    pub fn node(&self) -> Node<'a> {
        self.node
    }

    /// Goes down, if there is anything below.
    pub fn goto_first_child(&mut self) -> bool {
        self.go(self.node.at(self.node.place + 1).filter(|_| self.node.record.size > 1))
    }

    /// Goes on beside, if there is anything.
    pub fn goto_next_sibling(&mut self) -> bool {
        let parent = self.node.parent().filter(|_| self.node != self.root);
        self.go(parent.and_then(|parent| self.node.at(self.node.end()).filter(|it| it.place < parent.end())))
    }

    /// Goes back up, unless that is where it came from.
    pub fn goto_parent(&mut self) -> bool {
        self.go(self.node.parent().filter(|_| self.node != self.root))
    }

    fn go(&mut self, to: Option<Node<'a>>) -> bool {
        self.node = to.unwrap_or(self.node);
        to.is_some()
    }
}
