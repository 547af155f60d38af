//! Key-value stores: `aiocache.Cache`.

use super::modules::Modules;
use super::statements::{Assignment, Host};
use super::stores::only;

/// The name of the cache that the assignments create (reference, 5.8).
///
/// With `import aiocache` the compiler asks only what a function is called on, so that any plain call passes; with
/// `from aiocache import Cache` only what it is called. It understands no aliases.
pub(super) fn cache<'a, 's>(
    modules: &Modules<'_>,
    assignments: impl Iterator<Item = &'s Assignment<'a>>,
) -> Option<&'a str>
where
    'a: 's,
{
    let module = modules.get("aiocache")?;
    let assignment = only(assignments)?;
    let fits = if module.whole {
        matches!(assignment.host, Host::Nothing | Host::Name("aiocache"))
    } else {
        module.takes("Cache") && assignment.function == "Cache"
    };
    fits.then_some(assignment.target)
}
