//! The VS Code extension: its checks, its packages, and journeys through the real workbench in a real browser.

use crate::node::Node;
use crate::step::{Failure, may_install, root, run as step, target};
use std::path::Path;
use std::process::Stdio;
use std::time::SystemTime;

const STEP: &str = "VS Code extension";

/// What `scripts/needs.mjs` ends with where programs are missing and a person has to install them.
const LEFT_OUT: i32 = 3;

/// Runs `npm test` of the extension, with the release build of the server unless `KLOTHO_LS` names another. `Some` says why it was skipped and what to do about
/// it; in CI, and where programs can be installed, nothing is skipped.
pub(crate) fn run() -> Result<Option<String>, Failure> {
    let folder = root().join("vscode-extension");
    if !folder.exists() {
        return Ok(None);
    }
    let is_due = may_install() || std::env::var_os("CI").is_some_and(|value| !value.is_empty());
    let node = match Node::obtain(is_due)? {
        Some(node) => node,
        None => return Ok(Some(skipped("Node 20 or newer with npm is not on PATH: install it"))),
    };
    if let Some(missing) = missing_programs(&node, &folder)? {
        return Ok(Some(skipped(&missing)));
    }
    if !is_installed(&folder) {
        let mut install = node.npm(&["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
        install.current_dir(&folder);
        step("packages of the VS Code extension", install)?;
    }
    let mut test = node.npm(&["test", "--silent"]);
    // Builds the server there, as everything else of this run.
    test.current_dir(&folder).env("CARGO_TARGET_DIR", target()?);
    step(STEP, test).map(|()| None)
}

fn skipped(reason: &str) -> String {
    format!("SKIPPED: the tests of the VS Code extension. {reason}, and run `cargo xtask test` again.")
}

/// Has the extension's own script look for what its tests need beside Node, which installs what it may.
fn missing_programs(node: &Node, folder: &Path) -> Result<Option<String>, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::new(STEP, error);
    let mut needs = node.node(&["scripts/needs.mjs"]);
    needs.current_dir(folder).stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = needs.output().map_err(|error| failed(&error))?;
    let missing = String::from_utf8_lossy(&output.stdout).trim().replace('\n', "; ");
    match output.status.code() {
        Some(0) => Ok(None),
        Some(LEFT_OUT) => Ok(Some(missing)),
        _ => Err(failed(&missing)),
    }
}

/// Whether what is installed was installed from the lock file as it is now.
fn is_installed(folder: &Path) -> bool {
    let changed = |name: &str| folder.join(name).metadata().and_then(|found| found.modified()).ok();
    let (locked, installed): (Option<SystemTime>, _) =
        (changed("package-lock.json"), changed("node_modules/.package-lock.json"));
    installed.is_some() && installed >= locked
}
