//! `klotho-ls cost`: where everything runs and what it costs, and how that differs from before.

mod base;
mod difference;
mod document;
mod effect;
mod explain;
mod lines;
mod markdown;
pub(crate) mod price;
mod text;
mod usd;

use crate::check::counted;
use crate::graph::quoted;
use crate::output::{Outcome, fail, finish_without, inert, print};
use crate::project;
use clap::{Args, ValueEnum};
pub(crate) use document::Document;
pub(crate) use effect::effect;
use klotho_cost::Family;
use klotho_ide::{ApplicationBill, Code, Severity, Snapshot, UnitBill};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub(crate) use usd::{Usd, number};

/// How one pays for a target, for machines.
pub(crate) fn mode(family: Family) -> &'static str {
    match family {
        Family::OnDemand => "on-demand",
        Family::AlwaysOn => "always-on",
    }
}

/// What `cost` is asked.
#[derive(Args, Debug)]
pub(crate) struct CostArgs {
    /// The project's root, or a folder in it
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) dir: PathBuf,
    /// Say what differs from an earlier `cost --format json`, and why
    #[arg(long, value_name = "BASE.json")]
    pub(crate) compare: Option<PathBuf>,
    /// The same, compared with this git revision
    #[arg(long, value_name = "REV", conflicts_with = "compare")]
    pub(crate) since: Option<String>,
    /// Say what stands behind each figure of a unit, or of a resource, as `kind:id` where its id alone is not enough
    #[arg(long, value_name = "UNIT", conflicts_with_all = ["compare", "since"])]
    pub(crate) explain: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

/// How costs are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: units, resources and what is shared, with the total and what it rests on
    Text,
    /// One JSON document, as docs/cost-json.md describes it
    Json,
    /// For a pull request
    Markdown,
}

/// What is told beside the document, because it depends on the day or the command line.
pub(crate) struct Beside {
    /// Where the prices come from and how old they are.
    prices: Option<String>,
    /// Whether the free tier is taken off, in words.
    free_tier: &'static str,
    /// What is on the bill of some unit only once somebody states it.
    left_out: Option<String>,
    /// The folder as commands name it, after a blank; nothing for the current one.
    dir: String,
}

/// What is left out of the bill of any unit, as a sentence.
fn left_out(bill: &ApplicationBill) -> Option<String> {
    let all: BTreeSet<_> =
        bill.units.iter().flat_map(|unit| unit.comparison.left_out.iter().copied()).collect();
    let all: Vec<_> = all.into_iter().collect();
    (!all.is_empty()).then(|| format!("Left out: {}.", all.join(", ")))
}

/// Whether the free tier is on the bill of any unit, in words.
fn free_tier(bill: &ApplicationBill) -> &'static str {
    let is_off = |unit: &UnitBill| unit.comparison.free_tier;
    if bill.units.iter().any(is_off) {
        "the free tier taken off where a unit states it"
    } else {
        "no free tier"
    }
}

/// Prints what a project costs.
pub(crate) fn run(args: &CostArgs) -> Result<Outcome, String> {
    let base = base(&args.dir, args.compare.as_deref(), args.since.as_deref())?;
    let (loaded, root) = &project::load_one(&args.dir)?;
    let dir = if args.dir == Path::new(".") { String::new() } else { format!(" {}", quoted(&args.dir)) };
    let bill = loaded.snapshot.bill(root).ok_or(project::VANISHED)?;
    let unread: Vec<_> = loaded.unread().collect();
    loaded.tell_skipped(root);
    if let Some(named) = &args.explain {
        let explained = explain::explain(&loaded.snapshot, root, &bill, named)?;
        let printed = match args.format {
            Format::Text => inert(&explain::report(&explained)),
            Format::Json => json(&explained)?,
            Format::Markdown => {
                return Err("what stands behind figures is printed as text or json".to_owned());
            }
        };
        return Ok(finish_without(print(&printed), Outcome::Clean, &unread));
    }
    let mut document =
        Document::of(&bill, loaded.snapshot.unmatched_usage(root), exceeded(&loaded.snapshot, root));
    let compared = base.map(|base| difference::between(&base, &document)).transpose();
    let beside = Beside {
        prices: bill.price_note(),
        free_tier: free_tier(&bill),
        left_out: left_out(&bill),
        dir: dir.clone(),
    };
    let printed = compared.and_then(|difference| {
        document.comparison = difference;
        match args.format {
            Format::Text => Ok(inert(&text::report(&document, &beside))),
            Format::Markdown => Ok(markdown::report(&document, &beside)),
            Format::Json => json(&document),
        }
    });
    let errors = errors(&loaded.snapshot, root);
    let is_clean = document.budgets_exceeded.is_empty() && errors.is_empty();
    if !errors.is_empty() {
        fail(&format!("{errors} in this project, on which figures may rest: see klotho-ls check{dir}"));
    }
    let outcome = if is_clean { Outcome::Clean } else { Outcome::Errors };
    Ok(finish_without(print(&printed?), outcome, &unread))
}

/// What to compare the project in `dir` with: a file, or a git revision, if either is named.
pub(crate) fn base(
    dir: &Path,
    file: Option<&Path>,
    revision: Option<&str>,
) -> Result<Option<Document>, String> {
    match (file, revision) {
        (Some(file), _) => base::read(file).map(Some),
        (None, Some(revision)) => base::at(dir, revision).map(Some),
        (None, None) => Ok(None),
    }
}

/// What a project costs, called `whose` where there are several, and how that differs from `base`, in Markdown; nothing for a project without anything that costs.
pub(crate) fn comment(
    snapshot: &Snapshot,
    root: &str,
    (whose, base): (Option<&str>, Option<&Document>),
) -> Result<Option<String>, String> {
    let Some(mut document) = Document::read(snapshot, root) else { return Ok(None) };
    if document.units.is_empty() && document.resources.is_empty() && base.is_none() {
        return Ok(None);
    }
    document.comparison = base.map(|base| difference::between(base, &document)).transpose()?;
    Ok(Some(markdown::comment(&document, whose)))
}

fn json(document: &impl serde::Serialize) -> Result<String, String> {
    let json = serde_json::to_string(document);
    json.map(|json| format!("{json}\n")).map_err(|error| format!("this cannot be written as JSON: {error}"))
}

/// How many errors the project has, in words; empty without any.
fn errors(snapshot: &Snapshot, root: &str) -> String {
    let severities = snapshot.project_diagnostics(root).into_iter().map(|found| found.severity);
    counted(severities.filter(|severity| *severity == Severity::Error))
}

/// The budgets that do not hold at the traffic that people stated.
fn exceeded(snapshot: &Snapshot, root: &str) -> Vec<String> {
    let findings = snapshot.project_diagnostics(root).into_iter();
    findings.filter(|found| found.code == Code::BudgetExceeded).map(|found| found.message).collect()
}
