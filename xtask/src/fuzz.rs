//! `cargo xtask fuzz`: the suite's random edits, more of them, and in projects of one's own; or an entry of `tests/fuzz` that is given
//! anything at all.

use crate::step::{Failure, answers, cargo, command, root, run as step, target as build_folder};
use std::fs;
use std::path::{Path, absolute};

const STEP: &str = "fuzz";

/// Makes `edits` random edits in every project right in `folder`, or in those of `tests/apps`.
pub(crate) fn run(edits: usize, folder: Option<&Path>, seed: Option<u64>) -> Result<(), Failure> {
    let test = ["test", "-p", "klotho-ide", "--test", "ide", "fuzz", "--", "--nocapture"];
    let mut command = cargo(&test);
    // With its assertions, and fast: so many edits are worth a build of their own.
    command.env("CARGO_PROFILE_DEV_OPT_LEVEL", "2").env("KLOTHO_FUZZ_EDITS", edits.to_string());
    if let Some(folder) = folder {
        // The test runs in another folder than this does.
        command.env("KLOTHO_FUZZ_DIR", absolute(folder).map_err(|error| Failure::new(STEP, error))?);
    }
    if let Some(seed) = seed {
        command.env("KLOTHO_FUZZ_SEED", seed.to_string());
    }
    step(STEP, command)
}

/// Feeds an entry of `tests/fuzz` for some seconds. What it finds grows below the build folder; an input that fails is kept there
/// and named.
pub(crate) fn feed(target: &str, seconds: u32) -> Result<(), Failure> {
    let seeds = root().join("tests/fuzz/corpus").join(target);
    if !seeds.is_dir() {
        return Err(Failure::new(STEP, format!("{target} is no entry: see tests/fuzz/entries.rs")));
    }
    if !answers("cargo", &["+nightly", "fuzz", "--version"]) {
        let way = "`rustup toolchain install nightly` and `cargo install cargo-fuzz`";
        return Err(Failure::new(STEP, format!("needs nightly Rust and cargo-fuzz: {way}")));
    }
    let folder = build_folder()?.join("fuzz");
    let (found, kept) = (folder.join("corpus").join(target), folder.join("failures").join(target));
    for made in [&found, &kept] {
        fs::create_dir_all(made).map_err(|error| Failure::new(STEP, error))?;
    }
    // Without a sanitizer it tries several times as many inputs; memory is watched by .github/workflows/sanitizers.yml, in C too.
    let run = ["+nightly", "fuzz", "run", "--fuzz-dir", "tests/fuzz", "--sanitizer", "none", "all"];
    let mut fuzz = command("cargo", &run);
    fuzz.args([&found, &seeds]).arg("--").arg(format!("-max_total_time={seconds}"));
    fuzz.args(["-max_len=4096", "-rss_limit_mb=4096", "-timeout=60", "-print_funcs=0"]);
    fuzz.arg(format!("-artifact_prefix={}/", kept.display()));
    // The cargo that started us is a stable one.
    fuzz.env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN").env("KLOTHO_FUZZ_TARGET", target);
    fuzz.env("CARGO_TARGET_DIR", folder.join("target"));
    step(STEP, fuzz)
}
