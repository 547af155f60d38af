//! `cargo xtask lint`: the format, the lints, and what the dependencies are.

use crate::step::{Failure, answers, cargo, run as step, say};

/// Checks the format, then runs clippy with warnings as errors, then asks cargo-deny where it is installed.
pub(crate) fn run() -> Result<(), Failure> {
    step("format", cargo(&["fmt", "--all", "--check"]))?;
    let clippy = ["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"];
    step("lints", cargo(&clippy))?;
    dependencies()
}

/// Licences, sources and wildcards, by `deny.toml`. It takes minutes to build cargo-deny: who has it gets its answer.
fn dependencies() -> Result<(), Failure> {
    if !answers("cargo", &["deny", "--version"]) {
        say(
            "\nleft out: licences of dependencies, because cargo-deny is not installed: `cargo install --locked cargo-deny`",
        );
        return Ok(());
    }
    let check = ["deny", "--offline", "--log-level", "error", "check", "licenses", "bans", "sources"];
    step("dependencies", cargo(&check))
}
