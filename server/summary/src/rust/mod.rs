//! What Rust says: routes of axum and Actix Web, stores, and functions. The rules are ours: `docs/rust-and-java.md`.
//!
//! The tree is walked once ([`outline`]); every other module reads one thing from the nodes found there.

mod attributes;
mod chain;
mod expose;
mod functions;
mod names;
mod outline;
mod paths;
mod routers;
mod stores;
#[cfg(test)]
mod tests;

use crate::Facts;
use crate::source::Source;
use klotho_grammars::Node;
use outline::Outline;

/// The facts of a Rust file.
pub(crate) fn facts(source: &Source<'_>) -> Facts {
    let mut outline = Outline::of(source);
    let mut facts = Facts {
        package: Some(names::module_of(source.path).to_owned()),
        functions: std::mem::take(&mut outline.functions),
        ..Facts::default()
    };
    expose::add(source, &outline, &mut facts);
    stores::add(source, &outline, &mut facts);
    // Functions, gateways and stores come in several runs, each in order.
    facts.functions.sort_by_key(|function| function.at.start);
    facts.declarations.sort_by_key(|declaration| declaration.annotation);
    facts
}

/// There are few attributes above an item.
const MOST_ATTRIBUTES: usize = 16;

/// The code that an annotation is about: an attribute stands for the item below it.
fn annotated(node: Node<'_>) -> Node<'_> {
    let mut node = node;
    for _ in 0..MOST_ATTRIBUTES {
        match node.next_named_sibling() {
            Some(next) if node.kind() == "attribute_item" => node = next,
            _ => break,
        }
    }
    node
}
