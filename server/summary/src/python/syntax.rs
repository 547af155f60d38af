//! Small readings of single nodes.

use crate::source::Source;
use klotho_grammars::Node;

/// Longer chains name nothing that anyone imported; reading all of them would take quadratic time.
const MAX_CALLEE_BYTES: usize = 256;

/// What an expression is as a string.
pub(super) enum Literal<'a> {
    /// A string in quotes without a prefix.
    Plain(&'a str),
    /// A string with a prefix: `f"..."`, `r"..."`, `b"..."`.
    Prefixed,
    /// No string, or several.
    Other,
}

/// Reads an expression as a string. Escapes stay as written.
pub(super) fn literal<'a>(source: &Source<'a>, node: Node<'_>) -> Literal<'a> {
    let (first, last) = (node.child(0), node.child(node.child_count().saturating_sub(1)));
    let (Some(first), Some(last)) = (first, last) else { return Literal::Other };
    if (node.kind(), first.kind(), last.kind()) != ("string", "string_start", "string_end") {
        return Literal::Other;
    }
    if !source.text_of(first).starts_with(['"', '\'']) {
        return Literal::Prefixed;
    }
    Literal::Plain(source.text.get(first.end_byte()..last.start_byte()).unwrap_or_default())
}

/// The plain string that an expression is.
pub(super) fn plain<'a>(source: &Source<'a>, node: Node<'_>) -> Option<&'a str> {
    match literal(source, node) {
        Literal::Plain(text) => Some(text),
        _ => None,
    }
}

/// The dotted name that a call calls (`redis.cluster.RedisCluster`); empty for anything else.
pub(super) fn callee<'a>(source: &Source<'a>, call: Node<'_>) -> &'a str {
    let Some(function) = call.child_by_field_name("function") else { return "" };
    let text = source.text_of(function);
    let is_name = matches!(function.kind(), "identifier" | "attribute") && text.len() <= MAX_CALLEE_BYTES;
    let is_dotted = |text: &str| text.chars().all(|c| c == '.' || c == '_' || c.is_alphanumeric());
    if is_name && is_dotted(text) { text } else { "" }
}

/// The arguments of a call, without comments.
pub(super) fn arguments<'a>(call: Node<'a>) -> Vec<Node<'a>> {
    let Some(list) = call.child_by_field_name("arguments") else { return Vec::new() };
    let mut cursor = list.walk();
    list.named_children(&mut cursor).filter(|child| child.kind() != "comment").collect()
}

/// The name and value of a keyword argument.
pub(super) fn keyword<'a>(source: &Source<'a>, argument: Node<'a>) -> Option<(&'a str, Node<'a>)> {
    let is_keyword = argument.kind() == "keyword_argument";
    let name = argument.child_by_field_name("name").filter(|_| is_keyword)?;
    Some((source.text_of(name), argument.child_by_field_name("value")?))
}

/// The call that an `await` waits for.
pub(super) fn awaited_call(node: Node<'_>) -> Option<Node<'_>> {
    let inner = node.named_child(0).filter(|_| node.kind() == "await")?;
    (inner.kind() == "call").then_some(inner)
}
