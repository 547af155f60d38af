//! Relational databases: SQLAlchemy's engines.

use super::modules::Modules;
use super::statements::{Assignment, Host};
use super::stores::{Created, only};
use crate::StoreKind;

/// The engine that the assignments create (reference, 5.8).
///
/// With `import sqlalchemy` the compiler asks only what a function is called on, so that any plain call with an argument
/// passes; with `from sqlalchemy import create_engine` only what it is called.
pub(super) fn engine<'a, 's>(
    modules: &Modules<'_>,
    assignments: impl Iterator<Item = &'s Assignment<'a>>,
) -> Option<Created<'a>>
where
    'a: 's,
{
    let module = modules.get("sqlalchemy")?;
    let assignment = only(assignments.filter(|assignment| is_candidate(assignment)))?;
    let is_taken = module.local("create_engine") == Some(assignment.function);
    let fits = match assignment.host {
        Host::Nothing if module.whole => true,
        Host::Name(host) if module.whole => host == module.alias.unwrap_or("sqlalchemy"),
        _ => is_taken,
    };
    fits.then(|| Created::of(StoreKind::Orm, assignment, is_taken, "sqlalchemy"))
}

/// Where the engine connects to is its first argument; what has none is no engine.
fn is_candidate(assignment: &Assignment<'_>) -> bool {
    let plain = matches!(assignment.host, Host::Nothing | Host::Name(_));
    plain && assignment.arguments.named_child_count() > 0
}
