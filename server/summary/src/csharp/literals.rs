//! Strings whose value the compiler knows: plain and verbatim ones.

use crate::source::Source;
use klotho_grammars::Node;

/// Longer strings are no paths, and what is made of them would grow with each of their uses.
pub(super) const LONGEST: usize = 400;

/// How a string is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Verbatim,
    Raw,
}

fn form(node: Node<'_>) -> Option<Form> {
    Some(match node.kind() {
        "string_literal" => Form::Plain,
        "verbatim_string_literal" => Form::Verbatim,
        "raw_string_literal" => Form::Raw,
        _ => return None,
    })
}

/// The value of a plain (`"..."`) or verbatim (`@"..."`) string.
pub(super) fn string(source: &Source<'_>, node: Node<'_>) -> Option<String> {
    let text = source.text_of(node);
    let inside = |prefix: &str| text.strip_prefix(prefix)?.strip_suffix('"').filter(|it| it.len() <= LONGEST);
    match form(node)? {
        Form::Plain => inside("\"").map(unescaped),
        Form::Verbatim => inside("@\"").map(|text| text.replace("\"\"", "\"")),
        Form::Raw => None,
    }
}

/// Whether a node is a string of any form whose text stands in it alone.
fn is_string(node: Node<'_>) -> bool {
    form(node).is_some()
}

/// Whether a value is there of which the compiler knows nothing: no plain and no verbatim string.
pub(super) fn is_unknown(node: Node<'_>) -> bool {
    !node.is_error() && matches!(form(node), None | Some(Form::Raw))
}

/// Whether the compiler takes what is written for the value, letter by letter.
pub(super) fn is_taken(node: Node<'_>) -> bool {
    !node.is_error() && !is_string(node) && node.byte_range().len() <= LONGEST
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
