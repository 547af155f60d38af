//! What Rust says: its functions, and stores that are declared by their variables.

#[cfg(test)]
mod tests;

use crate::source::Source;
use crate::walk::{Visitor, walk};
use crate::{Facts, Function, FunctionName, bound};
use klotho_grammars::Node;

/// Longer types do not lend their name to their functions: a type is written once for all of them.
const LONGEST_OWNER: usize = 200;

/// The facts of a Rust file.
pub(crate) fn facts(source: &Source<'_>) -> Facts {
    let mut functions = Functions { source, owners: Vec::new(), found: Vec::new() };
    walk(source.tree, &mut functions);
    let mut facts = Facts { functions: functions.found, ..Facts::default() };
    bound::stores(source, &mut facts);
    facts
}

struct Functions<'s, 'a> {
    source: &'s Source<'a>,
    /// From the root down: the type that functions right below belong to.
    owners: Vec<Option<&'a str>>,
    found: Vec<Function>,
}

impl<'a> Visitor<'a> for Functions<'_, 'a> {
    fn enter(&mut self, node: Node<'a>) -> bool {
        let above = self.owners.last().copied().flatten();
        let owner = match node.kind() {
            "impl_item" => type_name(self.source, node.child_by_field_name("type")),
            "trait_item" => node.child_by_field_name("name").map(|name| self.source.text_of(name)),
            "function_item" => {
                self.found.extend(function(self.source, node, above));
                None
            }
            "declaration_list" => above,
            _ => None,
        };
        self.owners.push(owner.filter(|owner| owner.len() <= LONGEST_OWNER));
        true
    }

    fn leave(&mut self) {
        self.owners.pop();
    }
}

fn function(source: &Source<'_>, node: Node<'_>, owner: Option<&str>) -> Option<Function> {
    let name = node.child_by_field_name("name").filter(|name| !name.byte_range().is_empty())?;
    let own = source.text_of(name);
    Some(Function {
        name: FunctionName::Named(owner.map_or_else(|| own.to_owned(), |of| format!("{of}::{own}"))),
        at: Source::place_of(node),
        name_at: Source::place_of(name),
        is_async: is_async(node),
    })
}

/// The type of an `impl` without its module and its parameters: `Users` of `impl Store for crate::Users<K>`.
fn type_name<'a>(source: &Source<'a>, of: Option<Node<'a>>) -> Option<&'a str> {
    let mut of = of?;
    while of.kind() != "type_identifier" {
        let inner = of.child_by_field_name("name").or_else(|| of.child_by_field_name("type"));
        // A primitive, a tuple or a `dyn Trait` is called as it is written.
        let Some(inner) = inner else { return Some(source.text_of(of)) };
        of = inner;
    }
    Some(source.text_of(of))
}

fn is_async(function: Node<'_>) -> bool {
    let mut cursor = function.walk();
    let modifiers = function.children(&mut cursor).find(|child| child.kind() == "function_modifiers");
    modifiers.is_some_and(|modifiers| {
        let mut cursor = modifiers.walk();
        modifiers.children(&mut cursor).any(|modifier| modifier.kind() == "async")
    })
}
