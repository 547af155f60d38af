//! `klotho-ls prices import FILE...`: newer prices from a provider's own price lists.

use super::{Place, overlay};
use crate::clock;
use crate::output::{Outcome, fail, finish, print};
use clap::Args;
use klotho_cost::Provider;
use klotho_cost::catalogue::Overlay;
use klotho_cost::import::{self, Change, Imported, Merged, Older};
use std::fmt::Write;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};

#[derive(Args, Debug)]
pub(super) struct ImportArgs {
    /// Price lists: AWS offer files or answers of GetProducts, answers of Google's Cloud Billing Catalog API or of the
    /// Azure Retail Prices API
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Whose lists they are: auto, aws, gcp or azure
    #[arg(long, value_name = "NAME", default_value = "auto", value_parser = provider)]
    provider: Expected,
    /// Where to keep the prices, instead of where they are looked for
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Take lists that are older than the prices that are there
    #[arg(long)]
    force: bool,
    /// Only say what would change
    #[arg(long)]
    dry_run: bool,
}

/// The provider that the lists must be of; `None` = whichever.
#[derive(Clone, Copy, Debug)]
struct Expected(Option<Provider>);

fn provider(name: &str) -> Result<Expected, String> {
    if name == "auto" {
        Ok(Expected(None))
    } else {
        super::list::provider(name).map(|known| Expected(Some(known)))
    }
}

/// How many changed and how many refused prices are named.
const NAMED: usize = 20;

pub(super) fn run(args: &ImportArgs, place: &Place) -> Outcome {
    match imported(args, place) {
        Ok(report) => finish(print(&report), Outcome::Clean),
        Err(reason) => fail(&reason),
    }
}

/// Imports all files or none.
fn imported(args: &ImportArgs, place: &Place) -> Result<String, String> {
    let Some(target) = args.to.as_ref().or(place.path.as_ref()) else {
        return Err("there is no place for the prices: say where with --to FILE".to_owned());
    };
    let mut stored = overlay::read(target)?.unwrap_or_default();
    let mut report = String::new();
    for file in &args.files {
        let list = read(file, args.provider.0)?;
        let merged = import::merge(&stored, &list, args.force).map_err(|older| refused(file, &older))?;
        report.push_str(&told(file, &list, &merged));
        stored = merged.overlay;
    }
    let kept = if args.dry_run { "Nothing was written." } else { store(target, &stored)? };
    let _ = writeln!(report, "{kept} {} holds {} prices.", target.display(), stored.rows.len());
    Ok(report)
}

fn read(file: &Path, expected: Option<Provider>) -> Result<Imported, String> {
    let unreadable =
        |error: &dyn std::fmt::Display| format!("{}: {error}. Nothing was imported.", file.display());
    let metadata = fs::metadata(file).map_err(|error| unreadable(&error))?;
    if !metadata.is_file() {
        return Err(unreadable(&"it is no regular file"));
    }
    let open = File::open(file).map_err(|error| unreadable(&error))?;
    let list = import::read(BufReader::with_capacity(1 << 20, open), clock::today()).map_err(|error| {
        let place = error.place.map_or_else(String::new, |(line, column)| format!(":{line}:{column}"));
        format!("{}{place}: {}. Nothing was imported.", file.display(), error.message)
    })?;
    match expected {
        Some(provider) if provider != list.provider => Err(unreadable(&format!(
            "this is a price list of {}, not of {}",
            list.provider.name(),
            provider.name()
        ))),
        _ => Ok(list),
    }
}

fn store(target: &Path, prices: &Overlay) -> Result<&'static str, String> {
    let written = crate::write::replace(target, prices.to_text().as_bytes());
    written
        .map(|()| "Written:")
        .map_err(|error| format!("{}: {error}. Nothing was imported.", target.display()))
}

fn refused(file: &Path, older: &[Older]) -> String {
    let mut text = format!(
        "{}: {} prices of it are older than those that are there, so nothing was imported; --force takes them all the same.",
        file.display(),
        older.len()
    );
    for price in older.iter().take(NAMED) {
        let Older { id, region, stored, imported } = price;
        let _ = write!(text, "\n  {id} in {region}: {imported}, there is one of {stored}");
    }
    more(&mut text, older.len());
    text
}

fn more(text: &mut String, count: usize) {
    if count > NAMED {
        let _ = write!(text, "\n  and {} more", count - NAMED);
    }
}

/// What was taken from a file, what was not and why, and what changed.
fn told(file: &Path, list: &Imported, merged: &Merged) -> String {
    let mut text = format!(
        "{}: {} prices of {}: {} changed, {} new, {} as before\n",
        file.display(),
        list.rows.len(),
        list.source.name,
        merged.changes.len(),
        merged.added,
        merged.unchanged
    );
    if list.with_free_tier > 0 {
        let _ = writeln!(
            text,
            "  {} begin with free units, which belong to the account: left out of the price",
            list.with_free_tier
        );
    }
    for (why, skipped) in &list.skipped {
        let examples = skipped.examples.join(", ");
        let such_as = if examples.is_empty() { String::new() } else { format!(", such as {examples}") };
        let _ = writeln!(text, "  skipped {} {why}{such_as}", skipped.count);
    }
    for change in merged.changes.iter().take(NAMED) {
        let _ = writeln!(text, "  {}", changed(change));
    }
    if merged.changes.len() > NAMED {
        let _ = writeln!(text, "  and {} smaller changes", merged.changes.len() - NAMED);
    }
    text
}

fn changed(change: &Change) -> String {
    format!("{} in {}: {} -> {}", change.id, change.region, joined(&change.old), joined(&change.new))
}

fn joined(amounts: &[impl ToString]) -> String {
    let amounts: Vec<_> = amounts.iter().map(ToString::to_string).collect();
    amounts.join(", ")
}
