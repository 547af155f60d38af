//! Chains of calls such as `Router::new().route(...).merge(...)`, read from their last call.

use super::names::{Names, is_type};
use crate::source::Source;
use klotho_grammars::Node;
use klotho_text::{Place, Span};

/// A chain of method calls.
pub(super) struct Chain<'a> {
    pub(super) root: Root<'a>,
    /// In the order in which they are called.
    pub(super) methods: Vec<Method<'a>>,
    /// The calls in it, so that none is read as a chain of its own.
    pub(super) calls: Vec<usize>,
}

/// What a chain starts with.
pub(super) enum Root<'a> {
    Variable(&'a str),
    /// A call of a function that is named by a path.
    Call {
        path: Vec<&'a str>,
        arguments: Node<'a>,
    },
    /// Anything else.
    Other,
}

/// One method call.
pub(super) struct Method<'a> {
    pub(super) name: &'a str,
    /// From its name to the end of its arguments.
    pub(super) at: Place,
    pub(super) arguments: Node<'a>,
}

impl<'a> Chain<'a> {
    /// Reads the chain that ends with a node.
    pub(super) fn read(source: &Source<'a>, names: &Names<'a>, node: Node<'a>) -> Self {
        let mut chain = Self { root: Root::Other, methods: Vec::new(), calls: Vec::new() };
        let mut rest = Some(peeled(node));
        while let Some(node) = rest.take() {
            match node.kind() {
                "identifier" => chain.root = Root::Variable(source.text_of(node)),
                "call_expression" => {
                    chain.calls.push(node.id());
                    let (function, arguments) =
                        (node.child_by_field_name("function"), node.child_by_field_name("arguments"));
                    let (Some(function), Some(arguments)) = (function, arguments) else { break };
                    let member = member(function);
                    let name = member.and_then(|member| member.child_by_field_name("field"));
                    if let Some(name) = name {
                        let at = Span::new(name.start_byte(), node.end_byte()).into();
                        chain.methods.push(Method { name: source.text_of(name), at, arguments });
                        rest = member.and_then(|member| member.child_by_field_name("value")).map(peeled);
                    } else {
                        chain.root = Root::Call { path: names.path(source, function), arguments };
                    }
                }
                _ => {}
            }
        }
        chain.methods.reverse();
        chain
    }

    /// The last segments of the called function's path: its type or module, and its name.
    pub(super) fn called(&self) -> Option<(&'a str, &'a str)> {
        let Root::Call { path, .. } = &self.root else { return None };
        let (last, before) = path.split_last()?;
        Some((before.last().copied().unwrap_or_default(), last))
    }

    /// The arguments of the call that it starts with.
    pub(super) fn root_arguments(&self) -> Vec<Node<'a>> {
        let Root::Call { arguments, .. } = &self.root else { return Vec::new() };
        self::arguments(*arguments)
    }

    /// Whether it starts with a new router or app, and of which framework.
    pub(super) fn creates(&self) -> Option<crate::Framework> {
        match self.called()? {
            ("App", "new") => Some(crate::Framework::Actix),
            (of, "new" | "default") if is_type(of) && of.ends_with("Router") => Some(crate::Framework::Axum),
            _ => None,
        }
    }
}

/// The field access of a method call, also with type parameters.
fn member(function: Node<'_>) -> Option<Node<'_>> {
    let function = match function.kind() {
        "generic_function" => function.child_by_field_name("function")?,
        _ => function,
    };
    (function.kind() == "field_expression").then_some(function)
}

/// An expression without `.await`, `?`, `&` and parentheses around it.
pub(super) fn peeled(mut node: Node<'_>) -> Node<'_> {
    loop {
        let inner = match node.kind() {
            "await_expression" | "try_expression" | "parenthesized_expression" => node.named_child(0),
            "reference_expression" => node.child_by_field_name("value"),
            _ => None,
        };
        match inner {
            Some(inner) => node = inner,
            None => return node,
        }
    }
}

/// The arguments of a call; more than a few tell nothing.
pub(super) fn arguments(list: Node<'_>) -> Vec<Node<'_>> {
    let is_argument = |node: &Node<'_>| !node.kind().ends_with("comment") && node.kind() != "attribute_item";
    list.named_children().filter(is_argument).take(8).collect()
}

/// What stands between the quotes of a plain or raw string, as written.
pub(super) fn literal<'a>(source: &Source<'a>, node: Node<'a>) -> Option<&'a str> {
    if !matches!(node.kind(), "string_literal" | "raw_string_literal") {
        return None;
    }
    let text = source.text_of(node).trim_start_matches('r').trim_matches('#');
    text.strip_prefix('"')?.strip_suffix('"')
}
