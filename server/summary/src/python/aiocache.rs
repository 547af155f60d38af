//! Key-value stores: `aiocache.Cache`.

use super::modules::Modules;
use super::statements::{Assignment, Host};
use super::stores::{Created, only};
use crate::StoreKind;

/// The cache that the assignments create (reference, 5.8).
///
/// With `import aiocache` the compiler asks only what a function is called on, so that any plain call passes; with
/// `from aiocache import Cache` only what it is called. It understands no aliases.
pub(super) fn cache<'a, 's>(
    modules: &Modules<'_>,
    assignments: impl Iterator<Item = &'s Assignment<'a>>,
) -> Option<Created<'a>>
where
    'a: 's,
{
    let module = modules.get("aiocache")?;
    let assignment = only(assignments)?;
    let is_taken = module.takes("Cache") && assignment.function == "Cache";
    let fits = match assignment.host {
        Host::Nothing | Host::Name("aiocache") if module.whole => true,
        _ => !module.whole && is_taken,
    };
    fits.then(|| Created::of(StoreKind::Kv, assignment, is_taken, "aiocache"))
}
