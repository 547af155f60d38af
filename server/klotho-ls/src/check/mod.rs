//! `klotho-ls check`: the findings of projects, for terminals and for machines.

mod args;
mod baseline;
pub(crate) mod finding;
mod fingerprint;
mod format;
mod levels;
mod outputs;
mod read;
mod statistics;

pub(crate) use args::CheckArgs;
pub(crate) use levels::counted;

use crate::output::{Outcome, fail, finish_without, note, print};
use baseline::Baseline;
use finding::Finding;
use klotho_ide::Severity;
use levels::Levels;
use read::Projects;

/// What was found in all projects.
pub(crate) struct Report {
    /// Sorted by file, place and code.
    pub(crate) findings: Vec<Finding>,
    /// What each project costs, in Markdown.
    pub(crate) costs: Vec<String>,
}

/// Checks every project and prints one report.
pub(crate) fn run(args: &CheckArgs) -> Outcome {
    match checked(args) {
        Ok(outcome) => outcome,
        Err(reason) => fail(&reason),
    }
}

fn checked(args: &CheckArgs) -> Result<Outcome, String> {
    let levels = Levels::new(&args.deny, &args.warn, &args.allow)?;
    let known = args.baseline.as_deref().map(Baseline::read).transpose()?;
    let projects = Projects::read(args)?;
    if args.show_files {
        return Ok(finish_without(print(&projects.files()), Outcome::Clean, &projects.unread()));
    }
    let mut report = Report { findings: projects.findings(), costs: Vec::new() };
    levels.judge(&mut report.findings);
    if let Some(path) = &args.write_baseline {
        Baseline::of(&report.findings).write(path)?;
        note(&format!("{}: {} findings are known from now on", path.display(), report.findings.len()));
        return Ok(finish_without(Ok(()), Outcome::Clean, &projects.unread()));
    }
    if let Some(known) = with_revision(args, known)? {
        let count = known.take_known(&mut report.findings);
        if count > 0 {
            note(&format!("{count} findings are known already and not shown"));
        }
    }
    if args.is_in_markdown() {
        report.costs = projects.costs(args)?;
    }
    let is_error = |found: &Finding| found.severity == Severity::Error;
    let outcome = if report.findings.iter().any(is_error) { Outcome::Errors } else { Outcome::Clean };
    let printed = match args.statistics {
        true => print(&statistics::table(&report.findings)),
        false => outputs::write(args.format, &args.output, &report)?,
    };
    Ok(finish_without(printed, outcome, &projects.unread()))
}

/// What is known already: of a file, and of the same folders at a revision.
fn with_revision(args: &CheckArgs, known: Option<Baseline>) -> Result<Option<Baseline>, String> {
    let Some(revision) = args.revision() else { return Ok(known) };
    let mut known = known.unwrap_or_default();
    known.join(Baseline::of(&Projects::at(args, revision)?));
    Ok(Some(known))
}
