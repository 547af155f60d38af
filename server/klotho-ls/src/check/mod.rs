//! `klotho-ls check`: the findings of projects, for terminals and for machines.

mod json;
mod text;

use crate::output::{Outcome, fail, finish, print};
use crate::project;
use clap::{Args, ValueEnum};
use klotho_ide::{Diagnostic, Severity, Snapshot};
use std::path::PathBuf;

/// What `check` is asked.
#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    /// Project roots; the current folder when none is given
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// How to print the findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: each finding with its source
    Text,
    /// One JSON document, as docs/graph-json.md describes it
    Json,
}

/// The findings of one project.
pub(crate) struct Checked {
    pub(crate) snapshot: Snapshot,
    /// As the person named it.
    pub(crate) shown: PathBuf,
    /// As the world knows it.
    pub(crate) root: String,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Checks every project and prints one report.
pub(crate) fn run(args: &CheckArgs) -> Outcome {
    let here = [PathBuf::from(".")];
    let paths = if args.paths.is_empty() { &here[..] } else { &args.paths };
    let mut all = Vec::new();
    for path in paths {
        match project::load(path) {
            Ok(loaded) => all.extend(loaded.roots.iter().map(|root| Checked {
                diagnostics: loaded.snapshot.project_diagnostics(root),
                shown: loaded.shown(root),
                root: root.to_string(),
                snapshot: loaded.snapshot.clone(),
            })),
            Err(reason) => return fail(&reason),
        }
    }
    let severities = all.iter().flat_map(|checked| &checked.diagnostics).map(|found| found.severity);
    let outcome = if severities.into_iter().any(|found| found == Severity::Error) {
        Outcome::Errors
    } else {
        Outcome::Clean
    };
    let report = match args.format {
        Format::Text => text::report(&all),
        Format::Json => json::report(&all),
    };
    finish(print(&report), outcome)
}
