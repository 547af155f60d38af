//! Strings whose value the compiler knows: plain and verbatim ones.

use crate::source::Source;
use klotho_grammars::Node;

/// Longer strings are no paths, and what is made of them would grow with each of their uses.
pub(super) const LONGEST: usize = 400;

/// The value of a plain (`"..."`) or verbatim (`@"..."`) string.
pub(super) fn string(source: &Source<'_>, node: Node<'_>) -> Option<String> {
    let text = source.text_of(node);
    let inside = |prefix: &str| text.strip_prefix(prefix)?.strip_suffix('"').filter(|it| it.len() <= LONGEST);
    match node.kind() {
        "string_literal" => inside("\"").map(unescaped),
        "verbatim_string_literal" => inside("@\"").map(|text| text.replace("\"\"", "\"")),
        _ => None,
    }
}

/// Whether a node is a string of any form whose text stands in it alone.
pub(super) fn is_string(node: Node<'_>) -> bool {
    matches!(node.kind(), "string_literal" | "verbatim_string_literal" | "raw_string_literal")
}

/// A plain string without its backslashes: those that mean a control character or a code stay.
fn unescaped(text: &str) -> String {
    let mut value = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let escaped = characters.next_if(|next| character == '\\' && matches!(next, '\\' | '"' | '\''));
        value.push(escaped.unwrap_or(character));
    }
    value
}

/// The last of a node's named children: the value of an argument, whatever name stands before it.
pub(super) fn value(argument: Node<'_>) -> Option<Node<'_>> {
    let last = u32::try_from(argument.named_child_count().checked_sub(1)?).ok()?;
    argument.named_child(last)
}
