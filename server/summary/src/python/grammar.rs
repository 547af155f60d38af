//! The nodes of Python's grammar that matter, by number: names are looked up once, not for every node.

use crate::kinds::{Kinds, kinds_of};
use klotho_grammars::{Language, Node};

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

static KINDS: Kinds<Kind> = Kinds::new(|| kinds_of(Language::Python, named, Kind::Other), Kind::Other);

/// What a node is.
pub(super) fn kind(node: Node<'_>) -> Kind {
    KINDS.of(node)
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
