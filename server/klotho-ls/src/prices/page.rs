//! The page docs/prices.md: what is priced where, what is missing, and where each price comes from.

use super::rows::Row;
use klotho_cost::Provider;
use klotho_cost::catalogue::{BUILT_IN_BYTES, Catalogue, FreeTier, Source, catalogue};
use klotho_cost::coverage::{Coverage, places, resource_coverage, target_coverage};
use klotho_cost::import::importable_unit;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

const PROVIDERS: [(Provider, &str); 3] =
    [(Provider::Aws, "AWS"), (Provider::Gcp, "Google Cloud"), (Provider::Azure, "Azure")];

/// The page, without a word about today: the same prices always make the same page.
pub(super) fn page() -> String {
    let catalogue = catalogue();
    let all = catalogue.prices();
    let priced = all.iter().filter(|price| price.amount.is_some()).count();
    let mut text = format!(
        "# Prices\n\nList prices in US dollars, without tax and without commitment discounts. The program holds {} of \
         them, {} bytes, drawn up on {}; {priced} have an amount, {} were looked for and not found. What is missing is \
         said where it is needed, and never taken as zero or from another region. [price-overlay.md](price-overlay.md) \
         tells how newer prices are imported.\n",
        all.len(),
        BUILT_IN_BYTES,
        catalogue.generated,
        all.len() - priced,
    );
    for (provider, name) in PROVIDERS {
        let _ = write!(text, "\n## {name}\n");
        coverage(&mut text, provider);
        prices(&mut text, catalogue, provider);
    }
    free_tiers(&mut text, catalogue);
    sources(&mut text, catalogue);
    text
}

fn coverage(text: &mut String, provider: Provider) {
    let targets = target_coverage(provider);
    let _ = write!(
        text,
        "\n### Targets\n\nWith the assumptions that a cost model makes when nobody says otherwise.\n\n"
    );
    matrix(text, provider, &targets, |target| target.key);
    let resources = resource_coverage(provider);
    if resources.iter().any(|cell| !cell.used.is_empty()) {
        let _ = write!(text, "\n### Resources\n\n");
        matrix(text, provider, &resources, |row| row.name);
    } else {
        let _ = write!(text, "\nThere is no cost model for resources here yet.\n");
    }
}

/// One row per region, one column per thing.
fn matrix<T: Copy>(
    text: &mut String,
    provider: Provider,
    cells: &[Coverage<T>],
    name: fn(T) -> &'static str,
) {
    let mut names: Vec<&str> = Vec::new();
    for cell in cells {
        if !names.contains(&name(cell.of)) {
            names.push(name(cell.of));
        }
    }
    let rule = "|---".repeat(names.len() + 1);
    let heads: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    let _ = writeln!(text, "| region | {} |\n{rule}|", heads.join(" | "));
    for region in places(provider) {
        let cell = |wanted: &&str| {
            let found: Vec<_> =
                cells.iter().filter(|cell| cell.region == region && name(cell.of) == *wanted).collect();
            words(&found)
        };
        let row: Vec<_> = names.iter().map(cell).collect();
        let _ = writeln!(text, "| {region} | {} |", row.join(" | "));
    }
}

fn words<T>(cells: &[&Coverage<T>]) -> String {
    let missing: BTreeSet<_> = cells.iter().flat_map(|cell| &cell.missing).collect();
    let missing: Vec<_> = missing
        .into_iter()
        .map(|what| if what.contains(' ') { what.clone() } else { format!("`{what}`") })
        .collect();
    if missing.is_empty() { "priced".to_owned() } else { format!("missing: {}", missing.join(", ")) }
}

/// Every price of a provider: what it counts, its amounts, its sources.
fn prices(text: &mut String, catalogue: &Catalogue, provider: Provider) {
    let prefix = format!("{}.", provider.name());
    let mut by_id: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in Row::all(catalogue).into_iter().filter(|row| row.id.starts_with(&prefix)) {
        by_id.entry(row.id).or_default().push(row);
    }
    let _ = write!(
        text,
        "\n### All prices\n\nPrices with * can be imported from the provider's price lists.\n\n\
         | price | unit | USD | since | sources |\n|---|---|---|---|---|\n"
    );
    for (id, rows) in by_id {
        let star = if importable_unit(id).is_some() { " *" } else { "" };
        let unit = rows.first().and_then(Row::first).map_or("", |price| price.unit);
        let first = || rows.iter().filter_map(Row::first);
        let dates: BTreeSet<_> =
            first().map(|price| price.effective).filter(|date| !date.is_empty()).collect();
        let sources: BTreeSet<_> = first().map(|price| price.source).filter(|key| !key.is_empty()).collect();
        let range = match (dates.first(), dates.last()) {
            (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
            (Some(only), _) => (*only).to_owned(),
            (None, _) => String::new(),
        };
        let sources: Vec<_> = sources.into_iter().collect();
        let _ = writeln!(
            text,
            "| `{id}`{star} | {unit} | {} | {range} | {} |",
            amounts(&rows),
            sources.join(", ")
        );
    }
}

/// Amounts with the regions in which they hold, in the order in which they first appear.
fn amounts(rows: &[Row<'_>]) -> String {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for row in rows {
        let amount = row.amounts();
        match groups.iter_mut().find(|(known, _)| *known == amount) {
            Some((_, regions)) => regions.push(row.region),
            None => groups.push((amount, vec![row.region])),
        }
    }
    let groups: Vec<_> =
        groups.into_iter().map(|(amount, regions)| format!("**{amount}** {}", regions.join(", "))).collect();
    groups.join("<br>")
}

fn free_tiers(text: &mut String, catalogue: &Catalogue) {
    let _ = write!(
        text,
        "\n## Free tiers\n\nPer month and for a whole account, so that they are not subtracted from a unit's cost unless that is asked \
         for.\n\n| provider | service | what | amount | for whom | source |\n|---|---|---|---|---|---|\n"
    );
    for tier in catalogue.free_tiers() {
        let FreeTier { provider, service, what, amount, scope, source } = tier;
        let _ = writeln!(text, "| {provider} | {service} | {what} | {amount} | {scope} | {source} |");
    }
}

fn sources(text: &mut String, catalogue: &Catalogue) {
    let _ = write!(text, "\n## Sources\n\n| key | what | where | kind | read |\n|---|---|---|---|---|\n");
    for source in catalogue.sources() {
        let Source { key, name, place, kind, retrieved } = source;
        // An asterisk or a bar of a path is no Markdown.
        let cell = |text: &str| text.replace('|', "\\|").replace('*', "\\*").replace('<', "&lt;");
        let _ = writeln!(
            text,
            "| {key} | {} | {} | {} | {} |",
            cell(name),
            cell(place),
            cell(kind),
            cell(retrieved)
        );
    }
}
