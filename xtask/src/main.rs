//! The front door for developers; `cargo xtask help` lists what there is.
//!
//! Everything that is checked before a change is merged runs from here, so that a machine and a person run the same.

mod distribution;
mod docs;
mod editors;
mod features;
mod fuzz;
mod hostile;
mod instructions;
mod lint;
mod neovim;
mod node;
mod protocol;
mod race;
mod step;
mod suite;
mod vscode;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use step::Failure;

/// Tasks of the klotho-ls repository
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Everything: format, lints, all tests, Neovim driving the real server, and the VS Code extension
    Test,
    /// Format and lints alone
    Lint,
    /// Writes docs/findings.md and docs/prices.md, which are made from the program
    Docs {
        /// Write nothing; fail when a file is not up to date
        #[arg(long)]
        check: bool,
    },
    /// The end-to-end tests, and whether every message in them is valid and fits what the two sides said they can
    Protocol,
    /// The VS Code extension: its checks, its packages, and journeys through the real workbench
    Vscode,
    /// Real editors drive the real server, set up as their pages say: Neovim, Emacs, and those of a newer Debian
    Editors {
        /// Which Debian, for those of a newer one
        #[arg(long, default_value = "trixie")]
        debian: String,
    },
    /// The crates as they are published, and a Linux binary for old systems, packed and installed
    Distribution,
    /// Random edits in whole projects, as in the suite: afterwards the graph must be that of a fresh start. With --target, anything
    /// at all for one entry of tests/fuzz instead
    Fuzz {
        /// An entry: annotations, bodies, configuration, patterns, prices, frames or edits. Needs nightly Rust and cargo-fuzz
        #[arg(long, conflicts_with_all = ["edits", "dir", "seed"])]
        target: Option<String>,
        /// How long the entry is fed
        #[arg(long, default_value_t = 300, requires = "target")]
        seconds: u32,
        /// How many
        #[arg(long, default_value_t = 200_000)]
        edits: usize,
        /// A folder of projects; tests/apps when absent. Nothing is written to it
        #[arg(long)]
        dir: Option<PathBuf>,
        /// The first seed, as a failure names it; a random one when absent
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Projects that are built to do harm, through the release build and its peers; writes docs/hostile.md
    Hostile {
        /// Only those with this in their name; they are printed, and nothing is written
        #[arg(long)]
        only: Option<String>,
    },
    /// How many instructions the paths take that are gone most, counted by valgrind
    Instructions {
        /// Put the figures into docs/speed.md
        #[arg(long)]
        write: bool,
    },
    /// The release build against its peers, with medians and ratios
    Race {
        /// Which races; all when none is named
        races: Vec<String>,
        /// Growth up to 100,000 files too
        #[arg(long)]
        large: bool,
        /// Put the figures into docs/speed.md
        #[arg(long)]
        write: bool,
    },
}

fn main() -> ExitCode {
    let done = match Cli::parse().task {
        Task::Test => suite::run(),
        Task::Lint => lint::run(),
        Task::Docs { check } => docs::run(check),
        Task::Protocol => protocol::run(),
        Task::Vscode => vscode::run().and_then(|skipped| whole("VS Code extension", skipped)),
        Task::Distribution => distribution::run().and_then(|made| whole("portable binary", made.err())),
        Task::Editors { debian } => editors::run(&debian),
        Task::Fuzz { target: Some(target), seconds, .. } => fuzz::feed(&target, seconds),
        Task::Fuzz { edits, dir, seed, .. } => fuzz::run(edits, dir.as_deref(), seed),
        Task::Hostile { only } => hostile::run(only.as_deref()),
        Task::Instructions { write } => instructions::run(write),
        Task::Race { races, large, write } => {
            let flags = [("--large", large), ("--write", write)];
            let flags = flags.iter().filter(|(_, is_set)| *is_set).map(|(flag, _)| *flag);
            race::run(&races, &flags.collect::<Vec<_>>())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            step::say(&format!("\n{failure}"));
            ExitCode::FAILURE
        }
    }
}

/// A task that was asked for by its name fails when it is skipped.
fn whole(task: &str, skipped: Option<String>) -> Result<(), Failure> {
    skipped.map_or(Ok(()), |reason| Err(Failure::new(task, reason)))
}
