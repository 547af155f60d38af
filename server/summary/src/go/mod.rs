//! What Go says: chi's routes and mounted packages, gocloud's buckets and variables, imports and functions.
//!
//! The tree is walked once ([`outline`]); every other module reads one thing from the nodes found there.

mod chi;
mod expressions;
mod gaps;
mod grammar;
mod imports;
mod outline;
mod paths;
mod secrets;
mod stores;
#[cfg(test)]
mod tests;

use crate::source::Source;
use crate::{Facts, Function, FunctionName};
use klotho_grammars::Node;
use outline::Outline;

/// The facts of a Go file.
pub(crate) fn facts(source: &Source<'_>) -> Facts {
    let outline = Outline::of(source);
    let mut facts = Facts {
        package: outline.package.map(str::to_owned),
        imports: imports::imports(source, &outline),
        functions: outline.functions.iter().filter_map(|node| function(source, *node)).collect(),
        ..Facts::default()
    };
    chi::add(source, &outline, &mut facts);
    stores::add(source, &outline, &mut facts);
    // Functions, gateways and stores come in several runs, each in order.
    facts.functions.sort_by_key(|function| function.at.start);
    facts.declarations.sort_by_key(|declaration| declaration.annotation);
    facts
}

/// A function or method. Functions within a function have no name.
fn function(source: &Source<'_>, node: Node<'_>) -> Option<Function> {
    let receiver = if node.kind() == "method_declaration" { receiver(source, node) } else { None };
    let name = node.child_by_field_name("name").filter(|name| !name.byte_range().is_empty())?;
    let own = source.text_of(name);
    Some(Function {
        name: FunctionName::Named(receiver.map_or_else(|| own.to_owned(), |of| format!("{of}.{own}"))),
        at: Source::place_of(node),
        name_at: Source::place_of(name),
        is_async: false,
    })
}

/// The type that a method belongs to: `Users` of `(u *Users[K])`.
fn receiver<'a>(source: &Source<'a>, method: Node<'a>) -> Option<&'a str> {
    let receivers = method.child_by_field_name("receiver")?;
    let mut of = receivers.named_children().find_map(|it| it.child_by_field_name("type"))?;
    while of.kind() != "type_identifier" {
        of = of.child_by_field_name("type").or_else(|| of.named_child(0))?;
    }
    Some(source.text_of(of))
}
