//! The front door for developers: `cargo xtask test`, `lint`, `docs` and `race`.
//!
//! Everything that is checked before a change is merged runs from here, so that a machine and a person run the same.

mod docs;
mod lint;
mod neovim;
mod race;
mod step;
mod suite;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Tasks of the klotho-ls repository
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Everything: format, lints, all tests, and Neovim driving the real server
    Test,
    /// Format and lints alone
    Lint,
    /// Writes docs/findings.md from the definitions of the findings
    Docs {
        /// Write nothing; fail when the file is not up to date
        #[arg(long)]
        check: bool,
    },
    /// The release build against ripgrep and ast-grep, with medians and ratios
    Race,
}

fn main() -> ExitCode {
    let done = match Cli::parse().task {
        Task::Test => suite::run(),
        Task::Lint => lint::run(),
        Task::Docs { check } => docs::run(check),
        Task::Race => race::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            step::say(&format!("\n{failure}"));
            ExitCode::FAILURE
        }
    }
}
