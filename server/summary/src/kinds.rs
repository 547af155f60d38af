//! What the nodes of a grammar are to a reader, by number: names are looked up once, not for every node.

use klotho_grammars::{Language, Node};
use std::sync::LazyLock;

/// The kinds of a reader, by the number that the grammar gives its nodes.
pub(crate) struct Kinds<K: 'static> {
    by_id: LazyLock<Vec<K>>,
    other: K,
}

impl<K: Copy> Kinds<K> {
    /// The kinds that `look_up`, which calls [`kinds_of`], finds when a node is first asked about; `other` for all else.
    pub(crate) const fn new(look_up: fn() -> Vec<K>, other: K) -> Self {
        Self { by_id: LazyLock::new(look_up), other }
    }

    /// What a node is.
    pub(crate) fn of(&self, node: Node<'_>) -> K {
        self.by_id.get(usize::from(node.kind_id())).copied().unwrap_or(self.other)
    }
}

/// For every number of a grammar what the named node of that name is, `other` for tokens.
pub(crate) fn kinds_of<K: Copy>(language: Language, named: fn(&str) -> K, other: K) -> Vec<K> {
    let grammar = language.grammar();
    let ids = (0..grammar.node_kind_count()).map(|id| u16::try_from(id).unwrap_or(u16::MAX));
    let kinds = ids.map(|id| match grammar.node_kind_for_id(id) {
        Some(name) if grammar.node_kind_is_named(id) => named(name),
        _ => other,
    });
    kinds.collect()
}
