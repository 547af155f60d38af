//! What Python says about the cloud: FastAPI's routes, stores, imports and functions.
//!
//! The tree is walked once ([`outline`]); every other module reads one thing from the nodes found there. What others
//! can import is not listed: in Python that is every top-level name as it is, so `exports` stays empty and the graph
//! looks for the name among the functions.

mod aiocache;
mod aiofiles;
mod block;
mod calls;
mod fastapi;
mod grammar;
mod imports;
mod literals;
mod modules;
mod outline;
mod redis;
mod route_path;
mod sqlalchemy;
mod statements;
mod stores;
#[cfg(test)]
mod tests;

use crate::Facts;
use crate::source::Source;
use outline::Outline;

/// The facts of a Python file.
pub(crate) fn facts(source: &Source<'_>) -> Facts {
    let outline = Outline::of(source);
    let mut facts = Facts { imports: imports::imports(source, &outline.imports), ..Facts::default() };
    facts.imported_calls = calls::imported_calls(source, &outline.calls, &facts.imports);
    fastapi::add(source, &outline, &mut facts);
    stores::add(source, &outline, &mut facts);
    facts.functions = outline.functions;
    // Gateways and stores come in two runs, each in order.
    facts.declarations.sort_by_key(|declaration| declaration.annotation);
    facts
}
