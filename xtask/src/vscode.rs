//! The VS Code extension: its checks, its packages, and journeys through the real workbench in a real browser.

use crate::step::{Failure, answers, command, release_server, root, run as step};
use std::path::Path;
use std::time::SystemTime;

const STEP: &str = "VS Code extension";

/// Runs `npm test` of the extension with the release build of the server.
pub(crate) fn run() -> Result<(), Failure> {
    let folder = root().join("vscode-extension");
    if !answers("npm", &["--version"]) {
        return Err(Failure::new(STEP, "`npm` is not on PATH: install Node 20 or newer"));
    }
    let server = release_server(STEP)?;
    if !is_installed(&folder) {
        let mut install = command("npm", &["ci", "--no-audit", "--no-fund"]);
        install.current_dir(&folder);
        step("packages of the VS Code extension", install)?;
    }
    let mut test = command("npm", &["test", "--silent"]);
    test.current_dir(&folder).env("KLOTHO_LS", server);
    step(STEP, test)
}

/// Whether what is installed was installed from the lock file as it is now.
fn is_installed(folder: &Path) -> bool {
    let changed = |name: &str| folder.join(name).metadata().and_then(|found| found.modified()).ok();
    let (locked, installed): (Option<SystemTime>, _) =
        (changed("package-lock.json"), changed("node_modules/.package-lock.json"));
    installed.is_some() && installed >= locked
}
