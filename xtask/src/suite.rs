//! `cargo xtask test`: everything that a change must pass.

use crate::step::{Failure, cargo, run as step, say};
use crate::{docs, lint, neovim};

/// Runs all steps in order and stops at the first that fails.
pub(crate) fn run() -> Result<(), Failure> {
    lint::run()?;
    step("tests", cargo(&["test", "--workspace", "--all-features"]))?;
    docs::run(true)?;
    let skipped = neovim::run()?;
    say(match skipped {
        None => "\nall steps passed",
        Some(_) => "\nall steps that ran passed; one was skipped:",
    });
    if let Some(reason) = skipped {
        say(&reason);
    }
    Ok(())
}
