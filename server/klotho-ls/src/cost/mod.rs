//! `klotho-ls cost`: where everything runs and what it costs, and how that differs from before.

mod base;
mod difference;
mod document;
mod lines;
mod markdown;
mod text;
mod usd;

use crate::output::{Outcome, fail, finish_without, print};
use crate::project;
use clap::{Args, ValueEnum};
use document::Document;
use klotho_ide::{Code, Snapshot};
use std::path::PathBuf;

/// What `cost` is asked.
#[derive(Args, Debug)]
pub(crate) struct CostArgs {
    /// The project's root
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) dir: PathBuf,
    /// Say what differs from an earlier `cost --format json`, and why
    #[arg(long, value_name = "BASE.json")]
    pub(crate) compare: Option<PathBuf>,
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
}

/// Prints what a project costs.
pub(crate) fn run(args: &CostArgs) -> Outcome {
    let base = match args.compare.as_deref().map(base::read).transpose() {
        Ok(base) => base,
        Err(reason) => return fail(&reason),
    };
    let loaded = match project::load_one(&args.dir) {
        Ok(loaded) => loaded,
        Err(reason) => return fail(&reason),
    };
    let found = loaded.roots.first().and_then(|root| Some((root, loaded.snapshot.bill(root)?)));
    let Some((root, bill)) = found else { return fail("the project vanished while it was read") };
    let exceeded = exceeded(&loaded.snapshot, root);
    let mut document = Document::of(&bill, loaded.snapshot.unmatched_usage(root), exceeded);
    if let Some(base) = &base {
        match difference::between(base, &document) {
            Ok(difference) => document.comparison = Some(difference),
            Err(reason) => return fail(&reason),
        }
    }
    let beside = Beside { prices: bill.price_note() };
    let printed = match args.format {
        Format::Text => text::report(&document, &beside),
        Format::Markdown => markdown::report(&document, &beside),
        Format::Json => match serde_json::to_string(&document) {
            Ok(json) => format!("{json}\n"),
            Err(error) => return fail(&format!("the costs cannot be written as JSON: {error}")),
        },
    };
    let outcome = if document.budgets_exceeded.is_empty() { Outcome::Clean } else { Outcome::Errors };
    finish_without(print(&printed), outcome, &loaded.unread().collect::<Vec<_>>())
}

/// The budgets that do not hold at the traffic that people stated.
fn exceeded(snapshot: &Snapshot, root: &str) -> Vec<String> {
    let findings = snapshot.project_diagnostics(root).into_iter();
    findings.filter(|found| found.code == Code::BudgetExceeded).map(|found| found.message).collect()
}
