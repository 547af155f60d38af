//! A price on a bill: what it is, where it is from and how far it can be trusted.

use crate::prices::confidence;
use klotho_cost::catalogue::catalogue;
use klotho_cost::estimate::{Component, Estimate};
use klotho_cost::schedule::Part;
use klotho_ide::format;
use serde::Serialize;

/// `docs/cost-json.md` says what each field is.
#[derive(Serialize)]
pub(crate) struct Price {
    pub(crate) id: &'static str,
    pub(crate) region: &'static str,
    /// With every digit, as text.
    pub(crate) amount: String,
    pub(crate) unit: &'static str,
    pub(crate) tier_from: f64,
    pub(crate) tier_to: Option<f64>,
    pub(crate) source: &'static str,
    pub(crate) place: &'static str,
    pub(crate) effective: &'static str,
    pub(crate) confidence: &'static str,
    pub(crate) imported: Option<&'static str>,
}

/// An item of a bill with the ids of its prices.
#[derive(Serialize)]
pub(crate) struct Priced {
    pub(crate) name: &'static str,
    /// US dollars a month, with every digit, as text.
    pub(crate) monthly: String,
    pub(crate) formula: String,
    pub(crate) prices: Vec<&'static str>,
}

impl Priced {
    pub(crate) fn of(part: &Component) -> Self {
        Self {
            name: part.name,
            monthly: part.monthly.normalize().to_string(),
            formula: part.formula.clone(),
            prices: part.parts.iter().map(|part| part.rate.price.id).collect(),
        }
    }
}

impl Price {
    fn of(part: &Part) -> Self {
        let price = part.rate.price;
        let source = catalogue().source(price.source);
        Self {
            id: price.id,
            region: price.region,
            amount: part.rate.amount.normalize().to_string(),
            unit: price.unit,
            tier_from: price.tier_from,
            tier_to: price.tier_to,
            source: source.map_or("", |source| source.name),
            place: source.map_or("", |source| source.place),
            effective: price.effective,
            confidence: confidence(price.confidence),
            imported: price.imported,
        }
    }

    /// `$0.0000002 per request` with its tier, where there are several.
    pub(crate) fn amount(&self) -> String {
        let tier = match (self.tier_from > 0.0, self.tier_to) {
            (false, None) => String::new(),
            (false, Some(to)) => format!(", up to {}", format::count(to)),
            (true, None) => format!(", from {} on", format::count(self.tier_from)),
            (true, Some(to)) => format!(", from {} to {}", format::count(self.tier_from), format::count(to)),
        };
        format!("${} per {}{tier}", self.amount, self.unit)
    }

    /// Where it is from, since when it holds and how far it can be trusted.
    pub(crate) fn provenance(&self) -> String {
        let place = if self.place.is_empty() { String::new() } else { format!(" ({})", self.place) };
        let since = if self.effective.is_empty() { "undated" } else { self.effective };
        let imported = self.imported.map(|day| format!(", imported {day}")).unwrap_or_default();
        format!("{}{place}, {since}, {} confidence{imported}", self.source, self.confidence)
    }
}

/// The prices behind estimates, each once, by id and region.
pub(crate) fn prices<'a>(estimates: impl Iterator<Item = &'a Estimate>) -> Vec<Price> {
    let parts = estimates.flat_map(|estimate| &estimate.components).flat_map(|component| &component.parts);
    let mut all: Vec<_> = parts.map(Price::of).collect();
    all.sort_by_key(|price| (price.id, price.region));
    all.dedup_by_key(|price| (price.id, price.region));
    all
}
