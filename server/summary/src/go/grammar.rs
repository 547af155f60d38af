//! The nodes of Go's grammar that matter, by number: names are looked up once, not for every node.

use klotho_grammars::{Language, Node};
use std::sync::LazyLock;

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

static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    let grammar = Language::Go.grammar();
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
