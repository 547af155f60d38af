//! `cargo xtask race`: the release build against its peers, on the same trees in the same run.

use crate::step::{Failure, cargo, command, run as step};

/// Builds the program and races it. Peers that are not installed are left out, and said.
pub(crate) fn run() -> Result<(), Failure> {
    step("release build", cargo(&["build", "--release", "--package", "klotho-ls"]))?;
    step("check", command("python3", &["tests/races/check.py"]))
}
