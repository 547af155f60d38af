//! `cargo xtask hostile`: projects that are built to do harm, also those that take too long for the suite, through the release
//! build and its peers.

use crate::step::{Failure, answers, cargo, command, release_server, root, run as step, say, target};
use std::path::{Path, PathBuf};

const STEP: &str = "hostile projects";
const PAGE: &str = "docs/hostile.md";

/// Peers from PyPI and npm; ripgrep is taken from PATH.
const PYPI: [&str; 2] = ["ruff", "ast-grep-cli"];
const NPM: [&str; 2] = ["@biomejs/biome", "oxlint"];

/// Runs everything and writes the page, or `only` the projects with such a name, which are printed. Peers that cannot be installed
/// are left out, and said.
pub(crate) fn run(only: Option<&str>) -> Result<(), Failure> {
    let server = release_server(STEP)?;
    let folder = target()?.join("hostile");
    let peers = std::env::join_paths(installed(&folder)).map_err(|error| Failure::new(STEP, error))?;
    let wanted = ["test", "-p", "klotho-ls", "--test", "hostile", "--", "--ignored", "--nocapture"];
    let mut tests = cargo(&wanted);
    tests.env("KLOTHO_LS", server).env("KLOTHO_PEERS", peers).env("KLOTHO_HOSTILE_PAGE", root().join(PAGE));
    if let Some(only) = only {
        tests.env("KLOTHO_HOSTILE_ONLY", only);
    }
    step(STEP, tests)
}

/// The folders in which peers lie.
fn installed(folder: &Path) -> Vec<PathBuf> {
    let (pypi, npm) = (folder.join("pypi"), folder.join("npm"));
    let mut pip = command("python3", &["-m", "pip", "install", "--quiet", "--upgrade", "--target"]);
    pip.arg(&pypi).args(PYPI);
    obtain("ruff and ast-grep", answers("python3", &["-m", "pip", "--version"]), pip);
    let mut install = command("npm", &["install", "--no-audit", "--no-fund", "--prefix"]);
    install.arg(&npm).args(NPM);
    obtain("biome and oxlint", answers("npm", &["--version"]), install);
    vec![pypi.join("bin"), npm.join("node_modules/.bin")]
}

fn obtain(what: &str, is_possible: bool, install: std::process::Command) {
    let done = if is_possible {
        step(what, install).map_err(|failure| failure.to_string())
    } else {
        Err("no installer".into())
    };
    if let Err(reason) = done {
        say(&format!("left out: {what}: {reason}"));
    }
}
