//! The catalogue as rows that people read: one per price and region, its tiers together.

use crate::clock;
use klotho_cost::catalogue::{Catalogue, Confidence, Price, base_id};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};

/// One price in one region.
pub(super) struct Row<'a> {
    pub(super) id: &'static str,
    pub(super) region: &'static str,
    /// Its tiers, lowest first; a price without tiers has one.
    pub(super) tiers: Vec<&'a Price>,
}

impl<'a> Row<'a> {
    /// Every price, by id and region.
    pub(super) fn all(catalogue: &'a Catalogue) -> Vec<Self> {
        let tiered: HashSet<_> = catalogue
            .prices()
            .iter()
            .filter(|price| price.base_id() != price.id)
            .map(|price| (price.base_id(), price.region))
            .collect();
        let mut rows: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for price in catalogue.prices() {
            let key = (price.base_id(), price.region);
            // The plain id beside tiers repeats the first of them.
            if price.base_id() != price.id || !tiered.contains(&key) {
                rows.entry(key).or_default().push(price);
            }
        }
        rows.into_iter().map(|((id, region), tiers)| Self { id, region, tiers }).collect()
    }

    pub(super) fn first(&self) -> Option<&'a Price> {
        self.tiers.first().copied()
    }

    pub(super) fn is_missing(&self) -> bool {
        self.tiers.iter().any(|tier| tier.amount.is_none())
    }

    /// Second word of the id, such as `lambda`.
    pub(super) fn service(&self) -> &str {
        self.id.split('.').nth(1).unwrap_or_default()
    }

    /// The amount, and from where on it is another one.
    pub(super) fn amounts(&self) -> String {
        let amount = |price: &Price| {
            price.amount.map_or_else(|| "missing".to_owned(), |amount| amount.normalize().to_string())
        };
        let mut texts = Vec::new();
        for tier in &self.tiers {
            let from = klotho_cost::format::count(tier.tier_from);
            texts.push(if texts.is_empty() {
                amount(tier)
            } else {
                format!("from {from}: {}", amount(tier))
            });
        }
        texts.join(", ")
    }

    pub(super) fn json(&self, catalogue: &Catalogue) -> Value {
        let Some(first) = self.first() else { return Value::Null };
        let amount = |price: &Price| price.amount.map(|amount| amount.normalize().to_string());
        let tiers: Vec<_> = self
            .tiers
            .iter()
            .map(|tier| json!({ "from": tier.tier_from, "to": tier.tier_to, "amount": amount(tier) }))
            .collect();
        let source = catalogue.source(first.source).map(|source| {
            json!({ "key": source.key, "name": source.name, "place": source.place, "retrieved": source.retrieved })
        });
        json!({
            "id": self.id,
            "region": self.region,
            "amount": amount(first),
            "tiers": if self.tiers.len() > 1 { Value::from(tiers) } else { Value::Null },
            "unit": first.unit,
            "source": source,
            "effective": first.effective,
            "age_days": first.age_in_days(clock::today()),
            "confidence": confidence(first.confidence),
            "verified_by": first.verified_by.split_whitespace().collect::<Vec<_>>(),
            "hardware": first.hardware.map(|(vcpus, gib)| json!({ "vcpus": vcpus, "gib": gib })),
            "note": first.note,
            "imported": first.imported,
        })
    }
}

/// The ids that there are, without tiers, each once.
pub(super) fn ids(catalogue: &Catalogue) -> Vec<&'static str> {
    let mut ids: Vec<_> = catalogue.prices().iter().map(|price| base_id(price.id)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

pub(crate) fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
        Confidence::Missing => "missing",
    }
}

/// Lines of cells, each column as wide as its widest cell.
pub(super) fn table(lines: &[Vec<String>]) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max()
    };
    let widths: Vec<_> = (0..columns).map(|column| width(column).unwrap_or_default()).collect();
    let mut text = String::new();
    for line in lines {
        let cells: Vec<_> = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}
