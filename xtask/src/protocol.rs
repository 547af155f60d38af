//! The check of all messages of the end-to-end tests against the protocol's model, and where that model comes from: Python
//! packages whose versions and contents `tests/protocol/requirements.txt` pins.

use crate::step::{Failure, answers, cargo, command, output_of, root, run as step, target};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

const STEP: &str = "protocol";
const REQUIREMENTS: &str = "tests/protocol/requirements.txt";
const SCRIPT: &str = "tests/protocol/model.py";

/// Why the check is skipped, and what to do about it.
const SKIPPED: &str = "SKIPPED: the check of all messages against the protocol's model, because there is no `python3` \
                       with `pip`. Install Python 3.9 or newer and run `cargo xtask test` again.";

/// What the check needs, on disk.
pub(crate) struct Protocol {
    /// The protocol's model.
    model: PathBuf,
    /// What clients said of themselves when they were recorded.
    clients: PathBuf,
    /// Where the tests write down what is said.
    transcripts: PathBuf,
}

impl Protocol {
    /// Fetches what is not there yet. An error that is no failure says why the check is skipped.
    pub(crate) fn obtain() -> Result<Result<Self, String>, Failure> {
        if !answers("python3", &["-m", "pip", "--version"]) {
            return Ok(Err(SKIPPED.to_owned()));
        }
        let failed = |error: std::io::Error| Failure::new(STEP, error);
        let folder = target()?.join("protocol");
        let (packages, model) = (folder.join("packages"), folder.join("metaModel.json"));
        let wanted = fs::read_to_string(root().join(REQUIREMENTS)).map_err(failed)?;
        let installed = folder.join("requirements.txt");
        if fs::read_to_string(&installed).ok().as_ref() != Some(&wanted) {
            let _ = fs::remove_dir_all(&packages);
            let flags = ["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--target"];
            let mut pip = command("python3", &flags);
            pip.arg(&packages).args(["-r", REQUIREMENTS]);
            step("packages with the protocol's model", pip)?;
            fs::write(&installed, wanted).map_err(failed)?;
        }
        let mut python = command("python3", &[SCRIPT]);
        python.env("PYTHONPATH", &packages);
        fs::write(&model, output_of("the protocol's model", python)?).map_err(failed)?;
        let clients = packages.join("pytest_lsp").join("clients");
        Ok(Ok(Self { model, clients, transcripts: folder.join("transcripts") }))
    }

    /// Has the tests that `command` runs write down what is said.
    pub(crate) fn record(&self, command: &mut Command) -> Result<(), Failure> {
        // What an earlier run left is not what this one says.
        let _ = fs::remove_dir_all(&self.transcripts);
        fs::create_dir_all(&self.transcripts).map_err(|error| Failure::new(STEP, error))?;
        self.name(command);
        Ok(())
    }

    /// Checks what the tests of `scope` wrote down.
    pub(crate) fn check(&self, scope: &[&str]) -> Result<(), Failure> {
        let mut check = cargo(&[&["test"], scope, &["--test", "protocol", "--", "--ignored"]].concat());
        self.name(&mut check);
        step("all messages against the protocol", check)
    }

    fn name(&self, command: &mut Command) {
        command.env("KLOTHO_META_MODEL", &self.model);
        command.env("KLOTHO_CLIENTS", &self.clients);
        command.env("KLOTHO_TRANSCRIPTS", &self.transcripts);
    }
}

/// The end-to-end tests alone, with the check of all that is said in them.
pub(crate) fn run() -> Result<(), Failure> {
    let protocol = Protocol::obtain()?.map_err(|reason| Failure::new(STEP, reason))?;
    let scope = ["-p", "klotho-ls", "--features", "test-hooks"];
    let mut tests = cargo(&[&["test"], &scope[..], &["--test", "end-to-end", "--test", "protocol"]].concat());
    protocol.record(&mut tests)?;
    step("end-to-end tests", tests)?;
    protocol.check(&scope)
}
