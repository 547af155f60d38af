//! Plain strings, arguments and children.

use crate::source::Source;
use klotho_grammars::Node;

/// Whether a node is a string of any kind.
pub(super) fn is_string(node: Node<'_>) -> bool {
    node.kind() == "string"
}

/// What stands between the quotes of a string, as written; none for a string with a prefix (`f""`, `r""`, `b""`) and for
/// what is no string.
pub(super) fn plain<'a>(source: &Source<'a>, node: Node<'a>) -> Option<&'a str> {
    if !is_string(node) {
        return None;
    }
    let text = source.text_of(node);
    let quotes = ["\"\"\"", "'''", "\"", "'"];
    quotes.iter().find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote))
}

/// The names and values of the keyword arguments whose values are strings of any kind.
pub(super) fn keyword_strings<'a>(
    source: &Source<'a>,
    arguments: Node<'a>,
) -> impl Iterator<Item = (&'a str, Node<'a>)> {
    let keywords = children(arguments).into_iter().filter(|argument| argument.kind() == "keyword_argument");
    keywords.filter_map(|keyword| {
        let value = keyword.child_by_field_name("value").filter(|value| is_string(*value))?;
        Some((source.text_of(keyword.child_by_field_name("name")?), value))
    })
}

/// The named children.
pub(super) fn children<'a>(node: Node<'a>) -> Vec<Node<'a>> {
    node.named_children().collect()
}
