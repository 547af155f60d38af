//! What C# says about the cloud: the routes of ASP.NET Core, its startup classes, and methods.
//!
//! The tree is walked once ([`outline`]); every other module reads one thing from the nodes found there. Names of types
//! are resolved as far as one file shows them ([`scopes`]).

mod attributes;
mod controllers;
mod endpoints;
mod gaps;
mod grammar;
mod hosts;
mod literals;
mod outline;
mod scopes;
mod startup;
mod template;
#[cfg(test)]
mod tests;

use crate::source::Source;
use crate::{Facts, bound};
use outline::Outline;

/// The facts of a C# file.
pub(crate) fn facts(source: &Source<'_>) -> Facts {
    let outline = Outline::of(source);
    let startups = startup::classes(source, &outline);
    let mut facts = Facts { functions: outline.functions(), ..Facts::default() };
    endpoints::add(source, &outline, &startups, &mut facts);
    controllers::add(source, &outline, &mut facts);
    facts.hosts = hosts::hosts(source, &outline, &startups);
    bound::stores(source, &mut facts);
    // Gateways and stores come in two runs, methods and handlers too, each in order.
    facts.declarations.sort_by_key(|declaration| declaration.annotation);
    facts.functions.sort_by_key(|function| function.at.start);
    facts
}
