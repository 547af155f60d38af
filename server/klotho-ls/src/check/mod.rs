//! `klotho-ls check`: the findings of projects, for terminals and for machines.

mod args;
mod baseline;
mod config;
pub(crate) mod finding;
mod fingerprint;
mod fix;
mod format;
mod levels;
mod outputs;
mod read;
mod statistics;
mod tally;
mod told;
mod watch;

pub(crate) use args::CheckArgs;
pub(crate) use levels::counted;

use crate::output::{Outcome, fail, finish_without, note, print, to_stderr};
use crate::prices::Place;
use baseline::Baseline;
use finding::Finding;
use klotho_ide::Chance;
use levels::Levels;
use read::Projects;
use told::Told;

/// How it is said what was mended, and what that brought to light.
const MENDED: [&str; 2] = ["mended", "came to light"];

/// What was found in all projects.
pub(crate) struct Report {
    /// Sorted by file, place and code.
    pub(crate) findings: Vec<Finding>,
    /// What each project costs, in Markdown.
    pub(crate) costs: Vec<String>,
    /// What may be mended, where it was not worked out how.
    pub(crate) chance: Option<Chance>,
    /// Whether nobody says anything: no file holds an annotation, and none configures.
    pub(crate) is_blank: bool,
    /// Whether only findings count that were not known before.
    pub(crate) is_of_new: bool,
}

/// What counts.
struct Judge {
    levels: Levels,
    /// Findings that are known already: of a file, and of the same folders at a revision.
    known: Option<Baseline>,
}

/// Checks every project and prints one report.
pub(crate) fn run(args: &CheckArgs, prices: &Place) -> Outcome {
    match checked(args, prices) {
        Ok(outcome) => outcome,
        Err(reason) => fail(&reason),
    }
}

fn checked(args: &CheckArgs, prices: &Place) -> Result<Outcome, String> {
    if args.compare.is_some() && !args.is_in_markdown() {
        return Err("--compare is shown by --format markdown alone".to_owned());
    }
    let levels = Levels::new(&args.deny, &args.warn, &args.allow)?;
    let known = args.baseline.as_deref().map(Baseline::read).transpose()?;
    if args.watch {
        return watch::run(args, &Judge { levels, known: with_revision(args, known)? });
    }
    let projects = Projects::read(args)?;
    if args.show_files || args.show_config {
        let text = if args.show_files { projects.files() } else { config::text(&projects, &levels, prices) };
        return Ok(finish_without(print(&text), Outcome::Clean, &projects.unread()));
    }
    let judge = Judge { levels, known: with_revision(args, known)? };
    if args.diff {
        return Ok(diff(args, &projects, &judge));
    }
    if args.fix {
        return fixed(args, projects, &judge);
    }
    if let Some(path) = &args.write_baseline {
        let (findings, _) = judge.findings(&projects);
        let number = findings.len();
        Baseline::of(&findings).write(path)?;
        let are = if number == 1 { "finding is" } else { "findings are" };
        note(&format!("{}: {number} {are} known from now on", path.display()));
        return Ok(finish_without(Ok(()), Outcome::Clean, &projects.unread()));
    }
    let outcome = report(args, &projects, &judge);
    // The system takes all memory back at once, when the program ends; to give it back piece by piece takes longer than the report.
    std::mem::forget(projects);
    outcome
}

impl Judge {
    /// The findings that count, and those that are known.
    fn findings(&self, projects: &Projects) -> (Vec<Finding>, Vec<Finding>) {
        self.judged(projects.findings())
    }

    /// Those of them that count, and those that are known.
    fn judged(&self, mut findings: Vec<Finding>) -> (Vec<Finding>, Vec<Finding>) {
        self.levels.judge(&mut findings);
        match &self.known {
            Some(known) => findings.into_iter().partition(|finding| !known.knows(finding)),
            None => (findings, Vec::new()),
        }
    }
}

/// What is known already: of a file, and of the same folders at a revision.
fn with_revision(args: &CheckArgs, known: Option<Baseline>) -> Result<Option<Baseline>, String> {
    let Some(revision) = args.revision() else { return Ok(known) };
    let mut known = known.unwrap_or_default();
    known.join(Baseline::of(&Projects::at(args, revision)?));
    Ok(Some(known))
}

/// Prints what is found; beside the text of a file, which is what standard output is for then.
fn report(args: &CheckArgs, projects: &Projects, judge: &Judge) -> Result<Outcome, String> {
    let is_beside = args.fix && args.stdin_filename.is_some();
    Told::of(args, projects, judge)?.tell(args, if is_beside { to_stderr } else { print })
}

/// Prints what would be mended.
fn diff(args: &CheckArgs, projects: &Projects, judge: &Judge) -> Outcome {
    let (findings, known) = judge.findings(projects);
    let fixes = fix::fixes(projects, args, judge, [&findings, &known]);
    let diff = fixes.diff();
    fixes.note((projects, judge), &findings, ["would mend", "would come to light"]);
    let outcome = if diff.is_empty() { Outcome::Clean } else { Outcome::Errors };
    finish_without(print(&diff), outcome, &projects.unread())
}

/// Mends what has one right answer, and prints what is left. Of what an editor has not saved the text is printed instead.
fn fixed(args: &CheckArgs, mut projects: Projects, judge: &Judge) -> Result<Outcome, String> {
    let (findings, known) = judge.findings(&projects);
    let fixes = fix::fixes(&projects, args, judge, [&findings, &known]);
    let Some(file) = projects.only().cloned() else {
        fixes.write()?;
        fixes.note((&projects, judge), &findings, MENDED);
        return report(args, &Projects::read(args)?, judge);
    };
    let text = fixes.text(&file).map(str::to_owned);
    fixes.note((&projects, judge), &findings, MENDED);
    let text = match text {
        Some(text) => {
            projects.say(&file, text.clone());
            text
        }
        None => projects.text(&file).unwrap_or_default(),
    };
    let printed = print(&text);
    let outcome = report(args, &projects, judge)?;
    Ok(finish_without(printed, outcome, &[]))
}
