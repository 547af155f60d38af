//! What Java says: Spring's controllers, stores, methods, and where programs start. The rules are ours:
//! `docs/rust-and-java.md`.
//!
//! The tree is walked once ([`outline`]); every other module reads one thing from the nodes found there.

mod annotations;
mod outline;
mod spring;
mod stores;
#[cfg(test)]
mod tests;

use crate::Facts;
use crate::source::Source;
use outline::Outline;

/// The facts of a Java file.
pub(crate) fn facts(source: &Source<'_>) -> Facts {
    let mut outline = Outline::of(source);
    let mut facts = Facts {
        package: outline.package.map(str::to_owned),
        functions: std::mem::take(&mut outline.functions),
        starts_program: outline.starts_program,
        ..Facts::default()
    };
    spring::add(source, &outline, &mut facts);
    stores::add(source, &outline, &mut facts);
    // Gateways and stores come in two runs, each in order.
    facts.declarations.sort_by_key(|declaration| declaration.annotation);
    facts
}
