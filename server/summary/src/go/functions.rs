//! Functions, and methods as `Type.Method`.

use crate::source::Source;
use crate::{Function, FunctionName};
use klotho_grammars::Node;

/// The functions of a file. Go has named ones only at the top level.
pub(super) fn functions(source: &Source<'_>) -> Vec<Function> {
    let root = source.tree.root_node();
    let mut cursor = root.walk();
    root.named_children(&mut cursor).filter_map(|node| function(source, node)).collect()
}

fn function(source: &Source<'_>, node: Node<'_>) -> Option<Function> {
    let receiver = match node.kind() {
        "function_declaration" => None,
        "method_declaration" => Some(receiver_type(source, node)?),
        _ => return None,
    };
    let name = node.child_by_field_name("name")?;
    let own = source.text_of(name);
    let qualified = receiver.map_or(own.to_owned(), |receiver| format!("{receiver}.{own}"));
    Some(Function {
        name: FunctionName::Named(qualified),
        at: Source::place_of(node),
        name_at: Source::place_of(name),
        is_async: false,
    })
}

/// `Store` of `(s Store)`, `(s *Store)` and `(s *Store[T])`.
fn receiver_type<'a>(source: &Source<'a>, method: Node<'_>) -> Option<&'a str> {
    let parameter = method.child_by_field_name("receiver")?.named_child(0)?;
    let text = source.text_of(parameter.child_by_field_name("type")?);
    let text = text.trim_start_matches(['*', '(', ' ']);
    text.split(|c: char| c != '_' && !c.is_alphanumeric()).next().filter(|name| !name.is_empty())
}
