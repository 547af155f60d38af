//! What Go code says: its functions.

mod functions;
#[cfg(test)]
mod tests;

use crate::Facts;
use crate::source::Source;

pub(crate) fn facts(source: &Source<'_>) -> Facts {
    Facts { functions: functions::functions(source), ..Facts::default() }
}
