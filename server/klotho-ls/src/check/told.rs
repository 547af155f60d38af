//! What one run says: what is printed, what goes to files, and what the process ends with.

use super::args::CheckArgs;
use super::finding::Finding;
use super::read::Projects;
use super::{Judge, Report, fix, outputs, statistics};
use crate::output::{Outcome, finish_without, note};
use klotho_ide::Severity;
use std::io;

/// What one run says.
#[derive(PartialEq)]
pub(super) struct Told {
    /// What is printed.
    pub(super) text: String,
    /// What goes to the files of `--output`, in their order.
    files: Vec<String>,
    /// How many findings are known already.
    known: usize,
    outcome: Outcome,
    unread: Vec<String>,
}

impl Told {
    /// What there is to say of the projects.
    pub(super) fn of(args: &CheckArgs, projects: &Projects, judge: &Judge) -> Result<Self, String> {
        let (mut findings, known) = judge.findings(projects);
        let mut chance = None;
        if args.shows_fixes() && !findings.is_empty() {
            let fixes = fix::fixes(projects, args, judge, [&findings, &known]);
            fixes.tell(projects, &mut findings);
        } else if !args.shows_fixes() {
            chance = Some(fix::chance(projects, judge, [&findings, &known]));
        }
        let costs = if args.is_in_markdown() { projects.costs(args)? } else { Vec::new() };
        let report = Report {
            findings,
            costs,
            chance,
            is_blank: projects.are_blank(),
            is_of_new: judge.known.is_some(),
        };
        let is_error = |found: &Finding| found.severity == Severity::Error;
        let outcome = if report.findings.iter().any(is_error) { Outcome::Errors } else { Outcome::Clean };
        let text = match args.statistics {
            true => statistics::table(&report.findings),
            false => args.format.write(&report)?,
        };
        let files = outputs::texts(&args.output, &report)?;
        Ok(Self { text, files, known: known.len(), outcome, unread: projects.unread() })
    }

    /// Writes the files, and has the rest printed.
    pub(super) fn tell(
        &self,
        args: &CheckArgs,
        print: impl FnOnce(&str) -> io::Result<()>,
    ) -> Result<Outcome, String> {
        if self.known > 0 {
            note(&match self.known {
                1 => "1 finding is known already and not shown".to_owned(),
                known => format!("{known} findings are known already and not shown"),
            });
        }
        outputs::write(&args.output, &self.files)?;
        Ok(finish_without(print(&self.text), self.outcome, &self.unread))
    }
}
