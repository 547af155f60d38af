//! Functions, and those of types and traits as `Type::method`.

use crate::source::Source;
use crate::{Function, FunctionName};
use klotho_grammars::Node;

/// The functions of a file, however deep they are nested.
pub(super) fn functions(source: &Source<'_>) -> Vec<Function> {
    let mut functions = Vec::new();
    // The types around the node, each with its end.
    let mut around: Vec<(usize, &str)> = Vec::new();
    let mut cursor = source.tree.walk();
    // A loop, because code from outside may nest deeper than the stack.
    loop {
        let node = cursor.node();
        while around.last().is_some_and(|(end, _)| *end <= node.start_byte()) {
            around.pop();
        }
        match node.kind() {
            "impl_item" => around.push((node.end_byte(), type_name(source, node, "type"))),
            "trait_item" => around.push((node.end_byte(), type_name(source, node, "name"))),
            "function_item" => {
                functions.extend(function(source, node, around.last().map_or("", |(_, name)| name)));
                // Functions inside of a method belong to no type.
                around.push((node.end_byte(), ""));
            }
            _ => {}
        }
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return functions;
            }
        }
    }
}

/// The type's name without what it is generic over.
fn type_name<'a>(source: &Source<'a>, node: Node<'_>, field: &str) -> &'a str {
    let name = node.child_by_field_name(field);
    let base = name.and_then(|name| name.child_by_field_name("type")).or(name);
    base.map(|base| source.text_of(base)).unwrap_or_default()
}

fn function(source: &Source<'_>, node: Node<'_>, owner: &str) -> Option<Function> {
    let name = node.child_by_field_name("name")?;
    let own = source.text_of(name);
    let mut cursor = node.walk();
    let mut modifiers = node.named_children(&mut cursor).filter(|child| child.kind() == "function_modifiers");
    Some(Function {
        name: FunctionName::Named(if owner.is_empty() { own.to_owned() } else { format!("{owner}::{own}") }),
        at: Source::place_of(node),
        name_at: Source::place_of(name),
        is_async: modifiers.any(|node| source.text_of(node).split_whitespace().any(|word| word == "async")),
    })
}
