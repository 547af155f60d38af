//! `klotho-ls check`: the findings of projects, for terminals and for machines.

pub(crate) mod finding;
mod fingerprint;
mod format;
mod levels;
mod outputs;

pub(crate) use levels::counted;

use crate::cost;
use crate::output::{Outcome, fail, finish_without};
use crate::project::{self, Loaded};
use clap::Args;
use finding::{Finding, Reader};
use format::Format;
use klotho_ide::{FilePath, Severity};
use levels::Levels;
use outputs::Output;
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
    /// Also write them to a file, `FORMAT=FILE`; as often as one likes
    #[arg(long, value_name = "FORMAT=FILE", value_parser = outputs::parse)]
    pub(crate) output: Vec<Output>,
    /// Findings that are errors: codes, or `warnings`, `information`, `hints`, `all`
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) deny: Vec<String>,
    /// Findings that are warnings
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) warn: Vec<String>,
    /// Findings that are passed over
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) allow: Vec<String>,
    /// In Markdown, say how the costs differ from an earlier `cost --format json`
    #[arg(long, value_name = "BASE.json")]
    pub(crate) compare: Option<PathBuf>,
}

impl CheckArgs {
    /// Whether anything is written that shows costs: to work them out takes time.
    fn is_in_markdown(&self) -> bool {
        let formats = self.output.iter().map(|output| output.format);
        formats.chain([self.format]).any(|format| format == Format::Markdown)
    }
}

/// What was found in all projects.
pub(crate) struct Report {
    /// Sorted by file, place and code.
    pub(crate) findings: Vec<Finding>,
    /// What each project costs, in Markdown.
    pub(crate) costs: Vec<String>,
}

/// Checks every project and prints one report.
pub(crate) fn run(args: &CheckArgs) -> Outcome {
    let levels = match Levels::new(&args.deny, &args.warn, &args.allow) {
        Ok(levels) => levels,
        Err(reason) => return fail(&reason),
    };
    let (mut report, unread) = match read(args) {
        Ok(read) => read,
        Err(reason) => return fail(&reason),
    };
    levels.judge(&mut report.findings);
    let outcome = match report.findings.iter().any(|found| found.severity == Severity::Error) {
        true => Outcome::Errors,
        false => Outcome::Clean,
    };
    match outputs::write(args.format, &args.output, &report) {
        Ok(printed) => finish_without(printed, outcome, &unread),
        Err(reason) => fail(&reason),
    }
}

/// Reads all projects. Returns also one sentence for each file and folder that the system did not let us read.
fn read(args: &CheckArgs) -> Result<(Report, Vec<String>), String> {
    let here = [PathBuf::from(".")];
    let paths = if args.paths.is_empty() { &here[..] } else { &args.paths };
    let (mut all, mut bases) = (Vec::new(), BTreeSet::new());
    for path in paths {
        let loaded = project::load(path)?;
        // A folder that is named twice is checked once.
        if bases.insert(FilePath::clone(&loaded.base)) {
            all.push(loaded);
        }
    }
    let is_of_several = all.len() > 1;
    let base = args.compare.as_deref().map(cost::base).transpose()?;
    if base.is_some() && all.iter().map(|loaded| loaded.roots.len()).sum::<usize>() != 1 {
        return Err("--compare needs the folder of one project".to_owned());
    }
    let mut report = Report { findings: Vec::new(), costs: Vec::new() };
    for loaded in &all {
        let reader = Reader { loaded, is_of_several };
        report.findings.extend(loaded.roots.iter().flat_map(|root| reader.findings(root)));
        if args.is_in_markdown() {
            for root in &loaded.roots {
                report.costs.extend(cost::comment(&loaded.snapshot, root, base.as_ref())?);
            }
        }
    }
    report.findings.sort_by(|one, other| one.order().cmp(&other.order()));
    report.findings.dedup();
    Ok((report, all.iter().flat_map(Loaded::unread).collect()))
}
