//! The Neovim test: a plain client drives the real server through `tests/editors/neovim.lua`.

use crate::step::{Failure, answers, command, install, release_server, root, run as step};
use std::process::Stdio;

const STEP: &str = "Neovim";
const SCRIPT: &str = "tests/editors/neovim.lua";

/// Runs the test. `Some` says why it was skipped and what to do about it.
pub(crate) fn run() -> Result<Option<String>, Failure> {
    if !root().join(SCRIPT).exists() {
        return Ok(None);
    }
    if !answers("nvim", &["--version"]) && !install(&["neovim"])? {
        return Ok(Some(
            "SKIPPED: the Neovim test, because `nvim` is not on PATH. Install Neovim 0.7 or newer \
             (`apt-get install neovim`, `brew install neovim`) and run `cargo xtask test` again."
                .to_owned(),
        ));
    }
    let server = release_server(STEP)?;
    let mut nvim = command("nvim", &["--headless", "-u", "NONE", "-c", &format!("luafile {SCRIPT}")]);
    nvim.env("KLOTHO_LS", server).stdin(Stdio::null());
    step(STEP, nvim).map(|()| None)
}
