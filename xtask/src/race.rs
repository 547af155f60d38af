//! `cargo xtask race`: the release build against its peers, on the same work in the same run.

use crate::step::{Failure, command, release_server, run as step, target};

const STEP: &str = "races";

/// Builds the program and runs `races`, all of them when none is named; `flags` go to the script as they are.
pub(crate) fn run(races: &[String], flags: &[&str]) -> Result<(), Failure> {
    let server = release_server(STEP)?;
    let mut race = command("python3", &["tests/races/race.py"]);
    race.arg("--server").arg(server).arg("--folder").arg(target()?.join("races"));
    race.args(flags).args(races);
    step(STEP, race)
}
