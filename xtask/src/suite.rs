//! `cargo xtask test`: everything that a change must pass.

use crate::protocol::Protocol;
use crate::step::{Failure, cargo, run as step, say};
use crate::{docs, lint, neovim, vscode};

/// Runs all steps in order and stops at the first that fails.
pub(crate) fn run() -> Result<(), Failure> {
    lint::run()?;
    let protocol = Protocol::obtain()?;
    let scope = ["--workspace", "--all-features"];
    let mut tests = cargo(&[&["test"], &scope[..]].concat());
    if let Ok(protocol) = &protocol {
        protocol.record(&mut tests)?;
    }
    step("tests", tests)?;
    if let Ok(protocol) = &protocol {
        protocol.check(&scope)?;
    }
    docs::run(true)?;
    let skipped: Vec<_> = protocol.err().into_iter().chain(neovim::run()?).chain(vscode::run()?).collect();
    say(match skipped.is_empty() {
        true => "\nall steps passed",
        false => "\nall steps that ran passed; skipped was:",
    });
    for reason in skipped {
        say(&reason);
    }
    Ok(())
}
