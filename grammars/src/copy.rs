//! The nodes of a tree in one piece, and how they are brought up to date after an edit.
//!
//! A parser's own tree is made for being parsed again: to go through one of its nodes takes a walk over hidden nodes and tables.
//! Whoever reads a file asks for each node many times, so its nodes are copied once into a list, every node before those below it.
//! Distances in the list are relative (how many nodes one is, how far before it its parent stands), so that what an edit left as it
//! was is taken over as a whole; only where it stands is shifted.

#[cfg(test)]
mod tests;

use crate::Edit;
use tree_sitter::{Node, Tree, TreeCursor};

/// The state of a node in which there are errors, or several ways to read it, as parsers have it: they do not reuse one either.
const UNSURE: u16 = u16::MAX;

/// One node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) kind: u16,
    /// The field of its parent that it stands in; 0 for none.
    pub(crate) field: u16,
    /// What the parser was about to read when it came to it: from one state it makes the same of the same text. [`UNSURE`] where it
    /// does not. Inside of what is taken over it may be an older one, which nobody sees.
    state: u16,
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// How many nodes it is, with all below it.
    pub(crate) size: u32,
    /// How many places before it its parent stands; 0 for the root.
    pub(crate) up: u32,
}

impl Record {
    /// An empty tree's root, if there were such a tree.
    pub(crate) const NOTHING: Self =
        Self { kind: u16::MAX, field: 0, state: 0, start: 0, end: 0, size: 1, up: 0 };

    fn of(node: Node<'_>, field: Option<std::num::NonZeroU16>) -> Self {
        Self {
            kind: node.kind_id(),
            field: field.map_or(0, std::num::NonZeroU16::get),
            state: if node.has_error() { UNSURE } else { node.parse_state() },
            start: offset(node.start_byte()),
            end: offset(node.end_byte()),
            size: u32::try_from(node.descendant_count()).unwrap_or(u32::MAX),
            up: 0,
        }
    }

    /// Whether it is the other node, given that both are of the same text.
    fn is_like(&self, other: &Self) -> bool {
        let shape = |node: &Self| (node.kind, node.state, node.size, node.end - node.start);
        self.state != UNSURE && shape(self) == shape(other)
    }
}

/// Longer texts are not parsed.
fn offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

/// All nodes of a tree.
pub(crate) fn fresh(tree: &Tree) -> Vec<Record> {
    let root = tree.root_node();
    let mut copy = Copy { nodes: Vec::with_capacity(root.descendant_count()) };
    copy.whole(root, Record::of(root, None), None);
    copy.nodes
}

/// All nodes of a tree that was parsed after an `edit` of the text of `old`. It is gone down to where the two differ; beside that
/// way the old nodes are taken over.
pub(crate) fn updated(old: &[Record], tree: &Tree, edit: &Edit) -> Vec<Record> {
    let mut copy = Copy { nodes: Vec::with_capacity(old.len() + 64) };
    let mut levels: Vec<Level<'_>> = Vec::new();
    let (mut node, mut place) = (tree.root_node(), 0);
    copy.nodes.push(Record::of(node, None));
    loop {
        let level = Level::of(copy.nodes.len() - 1, node, old, place, edit);
        copy.before(old, &level);
        match level.changed(old) {
            Some((changed, record, counterpart)) => {
                copy.push(record, Some(level.parent));
                (node, place) = (changed, counterpart);
                levels.push(level);
            }
            None => {
                let changed = &level.children[level.before..level.children.len() - level.behind];
                changed.iter().for_each(|(node, record)| copy.whole(*node, *record, Some(level.parent)));
                levels.push(level);
                break;
            }
        }
    }
    while let Some(level) = levels.pop() {
        copy.behind(old, &level);
    }
    copy.nodes
}

/// The children of a node now and before.
struct Level<'t> {
    /// The place of the node in the list that is being made.
    parent: usize,
    children: Vec<(Node<'t>, Record)>,
    /// The places of those before in the old list.
    old: Vec<usize>,
    /// How many are the same before the edit,
    before: usize,
    /// and behind it.
    behind: usize,
}

impl<'t> Level<'t> {
    fn of(parent: usize, node: Node<'t>, old: &[Record], place: usize, edit: &Edit) -> Self {
        let children = children(node, parent == 0 && !node.has_error());
        let mut level = Self { parent, children, old: places(old, place), before: 0, behind: 0 };
        let (now, then) = (level.children.len(), level.old.len());
        let most = now.min(then);
        let same = |now: usize, then: usize| {
            let (_, now) = level.children.get(now)?;
            let then = old.get(*level.old.get(then)?)?;
            now.is_like(then).then_some((now, then))
        };
        let is_before = |at: &usize| {
            same(*at, *at)
                .is_some_and(|(now, then)| now.start == then.start && then.end as usize <= edit.start)
        };
        let before = (0..most).take_while(is_before).count();
        let is_behind = |back: &usize| {
            same(now - 1 - back, then - 1 - back).is_some_and(|(now, then)| {
                then.start as usize >= edit.old_end
                    && now.start as usize + edit.old_end == then.start as usize + edit.new_end
            })
        };
        let behind = (0..most - before).take_while(is_behind).count();
        (level.before, level.behind) = (before, behind);
        level
    }

    /// The one child that is another now, with the place of what it was: what is the same in them is below.
    fn changed(&self, old: &[Record]) -> Option<(Node<'t>, Record, usize)> {
        let one = self.before + self.behind + 1;
        if self.children.len() != one || self.old.len() != one {
            return None;
        }
        let (node, record) = *self.children.get(self.before)?;
        let place = *self.old.get(self.before)?;
        let is_counterpart = old.get(place)?.kind == record.kind && record.size > 1;
        is_counterpart.then_some((node, record, place))
    }
}

/// The children of a node. A file has thousands of them right below its root; to look for the field of each would take as long as
/// all else that is asked of it. Without errors the root has fields in no grammar.
fn children(node: Node<'_>, is_plain_root: bool) -> Vec<(Node<'_>, Record)> {
    let mut cursor: TreeCursor<'_> = node.walk();
    let mut found = Vec::with_capacity(node.child_count() as usize);
    let mut is_there = cursor.goto_first_child();
    while is_there {
        let field = if is_plain_root { None } else { cursor.field_id() };
        found.push((cursor.node(), Record::of(cursor.node(), field)));
        is_there = cursor.goto_next_sibling();
    }
    found
}

/// The places of the children of the node at `place`.
fn places(nodes: &[Record], place: usize) -> Vec<usize> {
    let end = nodes.get(place).map_or(0, |node| place + node.size as usize);
    let next = |at: &usize| nodes.get(*at).map(|node| at + node.size as usize);
    std::iter::successors(Some(place + 1), next).take_while(|at| *at < end).collect()
}

/// The list that is being made.
struct Copy {
    nodes: Vec<Record>,
}

impl Copy {
    fn push(&mut self, record: Record, parent: Option<usize>) {
        let up = parent.map_or(0, |parent| offset(self.nodes.len() - parent));
        self.nodes.push(Record { up, ..record });
    }

    /// Copies a node and all below it. Where a branch ends follows from its sizes: a cursor would look for more nodes through the
    /// hidden ones behind it, once for each node.
    fn whole(&mut self, node: Node<'_>, record: Record, parent: Option<usize>) {
        let first = self.nodes.len();
        self.push(record, parent);
        let mut cursor = node.walk();
        let mut open = vec![(first, first + record.size as usize)];
        let mut is_there = record.size > 1 && cursor.goto_first_child();
        while let Some(&(parent, end)) = open.last() {
            let place = self.nodes.len();
            if is_there && place < end {
                let record = Record::of(cursor.node(), cursor.field_id());
                self.push(record, Some(parent));
                if record.size > 1 {
                    open.push((place, place + record.size as usize));
                    is_there = cursor.goto_first_child();
                    continue;
                }
            } else {
                open.pop();
                cursor.goto_parent();
            }
            let has_more = open.last().is_some_and(|(_, end)| self.nodes.len() < *end);
            is_there = has_more && cursor.goto_next_sibling();
        }
    }

    fn before(&mut self, old: &[Record], level: &Level<'_>) {
        let children = level.children.iter().zip(&level.old).take(level.before);
        children.for_each(|((_, record), place)| self.take(old, *place, *record, level.parent));
    }

    fn behind(&mut self, old: &[Record], level: &Level<'_>) {
        let behind = |length: usize| length - level.behind;
        let children = level.children.iter().skip(behind(level.children.len()));
        let places = level.old.iter().skip(behind(level.old.len()));
        children.zip(places).for_each(|((_, record), place)| self.take(old, *place, *record, level.parent));
    }

    /// Takes over what was below the old node at `place`, for a `record` that is the same one.
    fn take(&mut self, old: &[Record], place: usize, record: Record, parent: usize) {
        self.push(record, Some(parent));
        let below = old.get(place + 1..place + record.size as usize).unwrap_or_default();
        let shift = old.get(place).map_or(0, |old| record.start.wrapping_sub(old.start));
        let shifted = below.iter().map(|node| Record {
            start: node.start.wrapping_add(shift),
            end: node.end.wrapping_add(shift),
            ..*node
        });
        self.nodes.extend(shifted);
    }
}
