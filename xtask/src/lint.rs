//! `cargo xtask lint`: the format and the lints.

use crate::step::{Failure, cargo, run as step};

/// Checks the format, then runs clippy with warnings as errors.
pub(crate) fn run() -> Result<(), Failure> {
    step("format", cargo(&["fmt", "--all", "--check"]))?;
    let clippy = ["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"];
    step("lints", cargo(&clippy))
}
