//! Strings, names and calls as they are written.

use crate::source::Source;
use klotho_grammars::Node;

/// `host.method(arguments)`, where the host is a name.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub(super) node: Node<'a>,
    pub(super) host: &'a str,
    pub(super) method: &'a str,
    pub(super) arguments: Node<'a>,
}

impl<'a> Call<'a> {
    /// Reads a call; none if it is no such call.
    pub(super) fn read(source: &Source<'a>, node: Node<'a>) -> Option<Self> {
        let function =
            node.child_by_field_name("function").filter(|it| it.kind() == "selector_expression")?;
        let host = identifier(source, function.child_by_field_name("operand")?)?;
        let method = source.text_of(function.child_by_field_name("field")?);
        Some(Self { node, host, method, arguments: node.child_by_field_name("arguments")? })
    }

    /// The first two arguments.
    pub(super) fn first_two(&self) -> (Option<Node<'a>>, Option<Node<'a>>) {
        let mut arguments = self.arguments.named_children().filter(|it| it.kind() != "comment");
        (arguments.next(), arguments.next())
    }
}

/// The text of a name.
pub(super) fn identifier<'a>(source: &Source<'a>, node: Node<'a>) -> Option<&'a str> {
    (node.kind() == "identifier").then(|| source.text_of(node))
}

/// What stands between the quotes of `"..."`, as written. The compiler does not read raw strings.
pub(super) fn literal<'a>(source: &Source<'a>, node: Node<'a>) -> Option<&'a str> {
    if node.kind() != "interpreted_string_literal" {
        return None;
    }
    source.text_of(node).strip_prefix('"')?.strip_suffix('"')
}
