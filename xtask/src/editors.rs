//! `cargo xtask editors`: real editors drive the real server, each set up as its page below `docs/editors` says.

use crate::neovim;
use crate::step::{
    Failure, answers, command, install, may_install, release_server, root, run as step, say, target,
};
use std::path::Path;

const STEP: &str = "editors";
/// Neovim, Emacs, Helix and Kakoune of a newer Debian, in a folder of their own.
const NEWER: &str = "tests/editors/debian.sh";
const EGLOT: &str = "tests/editors/eglot.el";

/// Runs what can be had on this machine, and says what could not.
pub(crate) fn run(suite: &str) -> Result<(), Failure> {
    let server = release_server(STEP)?;
    let skipped = [neovim::run()?, eglot(&server)?, newer(&server, suite)?];
    skipped.into_iter().flatten().for_each(|reason| say(&reason));
    Ok(())
}

/// The Emacs of this machine, if eglot is there.
fn eglot(server: &Path) -> Result<Option<String>, Failure> {
    let arguments = ["--batch", "-q", "-f", "package-initialize"];
    let has_eglot = [&arguments[..], &["--eval", "(require 'eglot)"]].concat();
    if !answers("emacs", &has_eglot) && !install(&["emacs-nox", "elpa-eglot"])? {
        return Ok(Some("SKIPPED: Emacs, which is not on PATH, or has no eglot.".to_owned()));
    }
    let mut emacs = command("emacs", &[&arguments[..], &["-l", EGLOT]].concat());
    emacs.env("KLOTHO_LS", server);
    step("Emacs", emacs).map(|()| None)
}

fn newer(server: &Path, suite: &str) -> Result<Option<String>, Failure> {
    let is_there = || answers("debootstrap", &["--version"]);
    if !may_install() || !(is_there() || install(&["debootstrap"])?) {
        let reason = "SKIPPED: the editors of a newer Debian, which take a Debian, root and debootstrap.";
        return Ok(Some(reason.to_owned()));
    }
    let mut script = command(root().join(NEWER), &[]);
    script.arg(server).arg(target()?.join("editors")).arg(suite);
    step(&format!("editors of Debian {suite}"), script).map(|()| None)
}
