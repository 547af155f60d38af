//! `cargo xtask fuzz`: the suite's random edits, more of them, and in projects of one's own.

use crate::step::{Failure, cargo, run as step};
use std::path::{Path, absolute};

const STEP: &str = "fuzz";

/// Makes `edits` random edits in every project right in `folder`, or in those of `tests/apps`.
pub(crate) fn run(edits: usize, folder: Option<&Path>, seed: Option<u64>) -> Result<(), Failure> {
    let test = ["test", "-p", "klotho-ide", "--test", "ide", "fuzz", "--", "--nocapture"];
    let mut command = cargo(&test);
    command.env("KLOTHO_FUZZ_EDITS", edits.to_string());
    if let Some(folder) = folder {
        // The test runs in another folder than this does.
        command.env("KLOTHO_FUZZ_DIR", absolute(folder).map_err(|error| Failure::new(STEP, error))?);
    }
    if let Some(seed) = seed {
        command.env("KLOTHO_FUZZ_SEED", seed.to_string());
    }
    step(STEP, command)
}
