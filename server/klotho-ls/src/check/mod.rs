//! `klotho-ls check`: the findings of projects, for terminals and for machines.

mod json;
mod text;

use crate::output::{Outcome, fail, finish_without, print};
use crate::project::{self, Loaded};
use clap::{Args, ValueEnum};
use klotho_ide::{Diagnostic, FilePath, Severity, Snapshot};
use std::collections::BTreeSet;
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
    pub(crate) root: FilePath,
    /// Relative to the folder that was named; empty when it is that folder.
    pub(crate) below: String,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Checks every project and prints one report.
pub(crate) fn run(args: &CheckArgs) -> Outcome {
    let here = [PathBuf::from(".")];
    let paths = if args.paths.is_empty() { &here[..] } else { &args.paths };
    let (mut all, mut unread, mut bases) = (Vec::new(), Vec::new(), BTreeSet::new());
    for path in paths {
        let loaded = match project::load(path) {
            Ok(loaded) => loaded,
            Err(reason) => return fail(&reason),
        };
        // A folder that is named twice is checked once.
        if bases.insert(FilePath::clone(&loaded.base)) {
            unread.extend(loaded.unread());
            all.extend(loaded.roots.iter().map(|root| checked(&loaded, root)));
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
        Format::Json => json::report(&all, bases.len() > 1),
    };
    finish_without(print(&report), outcome, &unread)
}

fn checked(loaded: &Loaded, root: &FilePath) -> Checked {
    Checked {
        diagnostics: loaded.snapshot.project_diagnostics(root),
        shown: loaded.shown(root),
        root: FilePath::clone(root),
        below: root.strip_prefix(&*loaded.base).unwrap_or_default().trim_start_matches('/').to_owned(),
        snapshot: loaded.snapshot.clone(),
    }
}

/// How many findings there are of each severity, in words: `1 error, 2 warnings`. Empty when there are none.
pub(crate) fn counted(severities: impl Iterator<Item = Severity>) -> String {
    let (mut errors, mut warnings, mut notes) = (0_usize, 0_usize, 0_usize);
    for severity in severities {
        match severity {
            Severity::Error => errors += 1,
            Severity::Warning => warnings += 1,
            Severity::Information | Severity::Hint => notes += 1,
        }
    }
    let parts: Vec<_> = [(errors, "error"), (warnings, "warning"), (notes, "note")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {word}{}", if number == 1 { "" } else { "s" }))
        .collect();
    parts.join(", ")
}
