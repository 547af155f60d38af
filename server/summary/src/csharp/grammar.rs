//! The nodes of C#'s grammar that matter, by number: names are looked up once, not for every node.

use crate::kinds::{Kinds, kinds_of};
use klotho_grammars::{Language, Node};

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `namespace A { }`
    Namespace,
    /// `namespace A;`
    FileNamespace,
    /// `using A;`, with or without an alias.
    Using,
    Class,
    /// A struct, a record, an interface: it holds methods and is no class.
    OtherType,
    Method,
    /// `[Route("x"), Area("y")]`
    Attributes,
    /// `public`, `static`, ...
    Modifier,
    /// `: ControllerBase, IDisposable`
    Bases,
    Call,
    /// Anything else.
    Other,
}

static KINDS: Kinds<Kind> = Kinds::new(|| kinds_of(Language::CSharp, named, Kind::Other), Kind::Other);

/// What a node is.
pub(super) fn kind(node: Node<'_>) -> Kind {
    KINDS.of(node)
}

fn named(name: &str) -> Kind {
    match name {
        "namespace_declaration" => Kind::Namespace,
        "file_scoped_namespace_declaration" => Kind::FileNamespace,
        "using_directive" => Kind::Using,
        "class_declaration" => Kind::Class,
        "struct_declaration" | "record_declaration" | "interface_declaration" | "enum_declaration" => {
            Kind::OtherType
        }
        "method_declaration" => Kind::Method,
        "attribute_list" => Kind::Attributes,
        "modifier" => Kind::Modifier,
        "base_list" => Kind::Bases,
        "invocation_expression" => Kind::Call,
        _ => Kind::Other,
    }
}
