//! `klotho-ls prices show ID`: everything about one price, region by region.

use super::Place;
use super::rows::{self, Row};
use crate::clock;
use crate::output::{Outcome, fail, finish, print};
use clap::Args;
use klotho_cost::catalogue::{Catalogue, OLD_AFTER_DAYS, Price, Source, base_id, catalogue};
use klotho_graph::suggestion;
use std::fmt::Write;

#[derive(Args, Debug)]
pub(super) struct ShowArgs {
    /// The id of a price, such as `aws.lambda.requests`
    id: String,
    /// Only in this region
    #[arg(long, value_name = "NAME")]
    region: Option<String>,
}

pub(super) fn run(args: &ShowArgs, place: &Place) -> Outcome {
    if let Err(reason) = place.install() {
        return fail(&reason);
    }
    let catalogue = catalogue();
    let rows = Row::all(catalogue);
    let of_id: Vec<_> = rows.iter().filter(|row| row.id == base_id(&args.id)).collect();
    if of_id.is_empty() {
        return fail(&unknown(catalogue, &args.id));
    }
    let here = |row: &&&Row<'_>| args.region.as_ref().is_none_or(|region| row.region == region);
    let chosen: Vec<_> = of_id.iter().filter(here).collect();
    if chosen.is_empty() {
        let regions: Vec<_> = of_id.iter().map(|row| row.region).collect();
        return fail(&format!("{} has no row for that region; it has {}", args.id, regions.join(", ")));
    }
    let pages: Vec<_> = chosen.iter().map(|row| page(row, catalogue)).collect();
    finish(print(&pages.join("\n")), Outcome::Clean)
}

/// How many ids are named to someone who mistyped one.
const NEAR: usize = 12;

fn unknown(catalogue: &Catalogue, id: &str) -> String {
    let ids = rows::ids(catalogue);
    let near = suggestion(id, ids.iter().copied());
    let same_start: Vec<_> =
        ids.iter().filter(|other| other.starts_with(id) || other.contains(id)).copied().collect();
    let listed = match same_start.len() {
        0 => String::new(),
        count => {
            let more = if count > NEAR { format!("\n  and {} more", count - NEAR) } else { String::new() };
            format!(" These hold it:\n  {}{more}", same_start[..count.min(NEAR)].join("\n  "))
        }
    };
    format!("no price has the id {id:?}.{near}{listed}\n`klotho-ls prices list` prints all of them.")
}

fn page(row: &Row<'_>, catalogue: &Catalogue) -> String {
    let Some(first) = row.first() else { return String::new() };
    let mut text = format!("{} in {}\n", row.id, row.region);
    for tier in &row.tiers {
        let _ = writeln!(text, "  {}", amount(tier, row.tiers.len() > 1));
    }
    let mut say = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "  {name:<11} {value}");
        }
    };
    if let Some((vcpus, gib)) = first.hardware {
        say("machine", &format!("{vcpus} vCPU, {gib} GiB"));
    }
    say("effective", &effective(first));
    say("source", &catalogue.source(first.source).map(source).unwrap_or_default());
    say("imported", first.imported.unwrap_or_default());
    say("confidence", rows::confidence(first.confidence));
    for key in first.verified_by.split_whitespace() {
        say("verified by", &catalogue.source(key).map(source).unwrap_or_default());
    }
    say("note", first.note);
    text
}

fn amount(tier: &Price, tiered: bool) -> String {
    let Some(amount) = tier.amount else {
        return format!("missing, looked for and not found; a {}", tier.unit);
    };
    let range = match (tiered, tier.tier_to) {
        (false, _) => String::new(),
        (true, None) => format!(", from {} on", klotho_cost::format::count(tier.tier_from)),
        (true, Some(to)) => {
            let count = klotho_cost::format::count;
            format!(", from {} to {}", count(tier.tier_from), count(to))
        }
    };
    format!("{} USD a {}{range}", amount.normalize(), tier.unit)
}

fn effective(price: &Price) -> String {
    match price.age_in_days(clock::today()) {
        None => price.effective.to_owned(),
        Some(days) => {
            let old = if days > OLD_AFTER_DAYS { ", old" } else { "" };
            format!("{} ({days} days ago{old})", price.effective)
        }
    }
}

fn source(source: &Source) -> String {
    let parts = [source.name, source.place, source.kind];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let read =
        if source.retrieved.is_empty() { String::new() } else { format!("; read {}", source.retrieved) };
    format!("{}{read}", parts.join("; "))
}
