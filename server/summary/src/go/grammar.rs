//! The nodes of Go's grammar that matter, by number: names are looked up once, not for every node.

use crate::kinds::{Kinds, kinds_of};
use klotho_grammars::{Language, Node};

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Package,
    Import,
    Function,
    Method,
    /// `func() { ... }`
    Literal,
    Block,
    Call,
    /// `a, b := ...`
    Short,
    /// `a, b = ...`
    Assignment,
    /// `var ...` or `const ...`, with one specification or a list of them.
    Declaration,
    /// One specification of such a declaration.
    Spec,
    /// Anything else.
    Other,
}

static KINDS: Kinds<Kind> = Kinds::new(|| kinds_of(Language::Go, named, Kind::Other), Kind::Other);

/// What a node is.
pub(super) fn kind(node: Node<'_>) -> Kind {
    KINDS.of(node)
}

fn named(name: &str) -> Kind {
    match name {
        "package_clause" => Kind::Package,
        "import_spec" => Kind::Import,
        "function_declaration" => Kind::Function,
        "method_declaration" => Kind::Method,
        "func_literal" => Kind::Literal,
        "block" => Kind::Block,
        "call_expression" => Kind::Call,
        "short_var_declaration" => Kind::Short,
        "assignment_statement" => Kind::Assignment,
        "var_declaration" | "const_declaration" => Kind::Declaration,
        "var_spec" | "const_spec" => Kind::Spec,
        _ => Kind::Other,
    }
}
