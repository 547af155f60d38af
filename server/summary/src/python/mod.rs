//! What Python code says: FastAPI gateways, stores, imports and functions.

mod fastapi;
mod functions;
mod imported_calls;
mod imports;
mod outline;
mod paths;
mod persist;
mod secrets;
mod stores;
mod syntax;
#[cfg(test)]
mod tests;

use crate::Facts;
use crate::source::Source;
use outline::Outline;

pub(crate) fn facts(source: &Source<'_>) -> Facts {
    let outline = Outline::of(source);
    let (imports, modules) = imports::imports(source, &outline);
    let mut facts = Facts {
        functions: functions::functions(source, &outline),
        imported_calls: imported_calls::imported_calls(source, &outline, &imports),
        imports,
        ..Facts::default()
    };
    fastapi::gateways(source, &outline, &mut facts);
    persist::stores(source, &outline, &modules, &mut facts);
    facts.declarations.sort_by_key(|declaration| declaration.annotation);
    facts
}
