//! The nodes of Python's grammar that matter, by number: names are looked up once, not for every node.

use klotho_grammars::{Language, Node};
use std::sync::LazyLock;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `import a`
    Import,
    /// `from a import b`
    FromImport,
    /// An expression or assignment as a statement.
    Statement,
    Call,
    Await,
    Decorator,
    /// A function or class with its decorators.
    Decorated,
    Function,
    Class,
    With,
    /// Anything else.
    Other,
}

static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    let grammar = Language::Python.grammar();
    let ids = (0..grammar.node_kind_count()).map(|id| u16::try_from(id).unwrap_or(u16::MAX));
    let kinds = ids.map(|id| match grammar.node_kind_for_id(id) {
        Some(name) if grammar.node_kind_is_named(id) => named(name),
        _ => Kind::Other,
    });
    kinds.collect()
});

/// What a node is.
pub(super) fn kind(node: Node<'_>) -> Kind {
    KINDS.get(usize::from(node.kind_id())).copied().unwrap_or(Kind::Other)
}

fn named(name: &str) -> Kind {
    match name {
        "import_statement" => Kind::Import,
        "import_from_statement" => Kind::FromImport,
        "expression_statement" => Kind::Statement,
        "call" => Kind::Call,
        "await" => Kind::Await,
        "decorator" => Kind::Decorator,
        "decorated_definition" => Kind::Decorated,
        "function_definition" => Kind::Function,
        "class_definition" => Kind::Class,
        "with_statement" => Kind::With,
        _ => Kind::Other,
    }
}
