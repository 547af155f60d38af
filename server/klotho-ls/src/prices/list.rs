//! `klotho-ls prices list`: every price, or what is missing, with a summary before it.

use super::page;
use super::rows::{self, Row};
use super::{Format, Place};
use crate::clock;
use crate::output::{Outcome, fail, finish, print};
use clap::Args;
use klotho_cost::Provider;
use klotho_cost::catalogue::{BUILT_IN_BYTES, Catalogue, catalogue};
use serde_json::json;

#[derive(Args, Debug)]
pub(super) struct ListArgs {
    /// Only prices of this provider: aws, gcp or azure
    #[arg(long, value_name = "NAME", value_parser = provider)]
    provider: Option<Provider>,
    /// Only prices of this service, the second word of an id, such as `lambda`
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
    /// Only prices of this region
    #[arg(long, value_name = "NAME")]
    region: Option<String>,
    /// Only what was looked for and not found
    #[arg(long)]
    missing: bool,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(super) fn provider(name: &str) -> Result<Provider, String> {
    Provider::parse(name).ok_or_else(|| "the providers are aws, gcp and azure".to_owned())
}

pub(super) fn run(args: &ListArgs, place: &Place) -> Outcome {
    if let Err(reason) = place.install() {
        return fail(&reason);
    }
    let all = Row::all(catalogue());
    let wanted = |row: &&Row<'_>| {
        args.provider.is_none_or(|provider| row.id.split('.').next() == Some(provider.name()))
            && args.service.as_ref().is_none_or(|service| row.service() == service)
            && args.region.as_ref().is_none_or(|region| row.region == region)
            && (!args.missing || row.is_missing())
    };
    let chosen: Vec<_> = all.iter().filter(wanted).collect();
    let printed = match args.format {
        Format::Text => text(&chosen, place),
        Format::Json => json(&chosen, place),
        Format::Markdown => page::page(),
    };
    finish(print(&printed), Outcome::Clean)
}

/// What there is altogether, in two sentences.
fn summary(catalogue: &Catalogue, place: &Place) -> String {
    let all = catalogue.prices();
    let priced = all.iter().filter(|price| price.amount.is_some()).count();
    let age =
        catalogue.age_in_days(clock::today()).map_or_else(String::new, |days| format!(", {days} days ago"));
    let imported = match (catalogue.imported(), &place.path) {
        (0, _) | (_, None) => "No imported prices.".to_owned(),
        (count, Some(path)) => format!("{count} of them are imported, from {}.", path.display()),
    };
    format!(
        "{} prices: {priced} with an amount, {} looked for and not found. {imported}\n\
         Those of the program take {} KB of it and were drawn up on {}{age}. List prices in USD, without tax and discounts.\n",
        all.len(),
        all.len() - priced,
        BUILT_IN_BYTES / 1000,
        catalogue.generated,
    )
}

fn text(chosen: &[&Row<'_>], place: &Place) -> String {
    let head = ["id", "region", "USD", "a", "effective", "source"].map(str::to_owned).to_vec();
    let mut lines = vec![head];
    for row in chosen {
        let Some(first) = row.first() else { continue };
        let cells = [row.id, row.region, &row.amounts(), first.unit, first.effective, first.source];
        lines.push(cells.map(str::to_owned).to_vec());
    }
    let table = if chosen.is_empty() { "No price is like that.\n".to_owned() } else { rows::table(&lines) };
    format!("{}\n{table}", summary(catalogue(), place))
}

fn json(chosen: &[&Row<'_>], place: &Place) -> String {
    let catalogue = catalogue();
    let imported = catalogue.imported();
    let path = place.path.as_ref().filter(|_| imported > 0).map(|path| path.display().to_string());
    let summary = json!({
        "rows": catalogue.prices().len(),
        "with_amount": catalogue.prices().iter().filter(|price| price.amount.is_some()).count(),
        "built_in_bytes": BUILT_IN_BYTES,
        "generated": catalogue.generated,
        "age_days": catalogue.age_in_days(clock::today()),
        "imported": imported,
        "imported_from": path,
    });
    let prices: Vec<_> = chosen.iter().map(|row| row.json(catalogue)).collect();
    format!("{:#}\n", json!({ "summary": summary, "prices": prices }))
}
