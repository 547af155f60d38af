//! Relational databases: SQLAlchemy's engines.

use super::modules::Modules;
use super::statements::{Assignment, Host};
use super::stores::only;

/// The name of the engine that the assignments create (reference, 5.8).
///
/// With `import sqlalchemy` the compiler asks only what a function is called on, so that any plain call with an argument
/// passes; with `from sqlalchemy import create_engine` only what it is called.
pub(super) fn engine<'a, 's>(
    modules: &Modules<'_>,
    assignments: impl Iterator<Item = &'s Assignment<'a>>,
) -> Option<&'a str>
where
    'a: 's,
{
    let module = modules.get("sqlalchemy")?;
    let assignment = only(assignments.filter(|assignment| is_candidate(assignment)))?;
    let fits = match assignment.host {
        Host::Nothing if module.whole => true,
        Host::Name(host) if module.whole => host == module.alias.unwrap_or("sqlalchemy"),
        _ => module.local("create_engine") == Some(assignment.function),
    };
    fits.then_some(assignment.target)
}

/// Where the engine connects to is its first argument; what has none is no engine.
fn is_candidate(assignment: &Assignment<'_>) -> bool {
    let plain = matches!(assignment.host, Host::Nothing | Host::Name(_));
    plain && assignment.arguments.named_child_count() > 0
}
