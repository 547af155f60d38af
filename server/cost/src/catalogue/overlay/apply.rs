//! Laying an overlay over the built-in prices.

use std::collections::{HashMap, HashSet};

use rust_decimal::prelude::ToPrimitive;

use super::super::{Catalogue, Confidence, Price, Source, base_id};
use super::{Overlay, OverlayRow, OverlaySource};

/// The catalogue with every row of the overlay in the place of what it had for the same price and region. The texts of
/// the overlay live as long as the process.
pub(in super::super) fn apply(built_in: Catalogue, overlay: &Overlay) -> Catalogue {
    let replaced: HashSet<_> =
        overlay.rows.iter().map(|row| (row.id.as_str(), row.region.as_str())).collect();
    let known = Known::of(built_in.prices());
    let mut imported = Vec::new();
    for row in &overlay.rows {
        imported.extend(known.expand(row));
    }
    let kept = |price: &&Price| {
        !replaced.contains(&(price.id, price.region))
            && !replaced.contains(&(base_id(price.id), price.region))
    };
    let mut prices: Vec<_> = built_in.prices.iter().filter(kept).copied().collect();
    prices.extend(imported);
    let mut sources: Vec<_> = overlay.sources.iter().map(|source| leaked_source(source, overlay)).collect();
    sources.extend(built_in.sources);
    Catalogue::new(built_in.generated, sources, built_in.free_tiers, prices)
}

/// A source whose key begins with this is one of an overlay, so that it never hides a built-in one.
const PREFIX: &str = "imported:";

fn leaked_source(source: &OverlaySource, overlay: &Overlay) -> Source {
    let days = overlay.rows.iter().filter(|row| row.source == source.key).map(|row| row.retrieved);
    let last = days.max().map(|day| day.to_string()).unwrap_or_default();
    Source {
        key: format!("{PREFIX}{}", source.key).leak(),
        name: source.name.clone().leak(),
        place: source.place.clone().leak(),
        kind: "imported by the user",
        retrieved: last.leak(),
    }
}

/// What the built-in rows say about a price beside its amounts.
struct Known {
    by_id: HashMap<&'static str, Price>,
}

impl Known {
    fn of(prices: &[Price]) -> Self {
        let mut by_id = HashMap::new();
        for price in prices {
            by_id.entry(price.id).or_insert(*price);
        }
        Self { by_id }
    }

    /// The rows that a price is in the catalogue: one per tier, and one under the plain id. Where the built-in prices
    /// know only one of the two forms, cost models ask for that one, so it is always among them.
    fn expand(&self, row: &OverlayRow) -> Vec<Price> {
        let tiered = self.by_id.contains_key(format!("{}.t1", row.id).as_str());
        let template = self.template(row);
        let mut rows = Vec::new();
        if tiered || row.tiers.len() > 1 {
            for (place, tier) in row.tiers.iter().enumerate() {
                let next = row.tiers.get(place + 1);
                rows.push(Price {
                    id: format!("{}.t{}", row.id, place + 1).leak(),
                    amount: Some(tier.amount),
                    tier_from: tier.from.to_f64().unwrap_or(0.0),
                    tier_to: next.and_then(|next| next.from.to_f64()),
                    ..template
                });
            }
        }
        if !tiered {
            rows.insert(0, Price { amount: row.tiers.first().map(|tier| tier.amount), ..template });
        }
        rows
    }

    fn template(&self, row: &OverlayRow) -> Price {
        let first = format!("{}.t1", row.id);
        let built_in = self.by_id.get(row.id.as_str()).or_else(|| self.by_id.get(first.as_str()));
        let hardware = row.hardware.map(|machine| (machine.vcpus, machine.gib));
        let note: &'static str = match (row.note.is_empty(), built_in) {
            (true, Some(price)) => price.note,
            _ => row.note.clone().leak(),
        };
        Price {
            id: row.id.clone().leak(),
            region: row.region.clone().leak(),
            amount: None,
            unit: row.unit.clone().leak(),
            source: format!("{PREFIX}{}", row.source).leak(),
            effective: row.effective.to_string().leak(),
            confidence: Confidence::High,
            verified_by: "",
            tier_from: 0.0,
            tier_to: None,
            hardware: hardware.or_else(|| built_in.and_then(|price| price.hardware)),
            note,
            imported: Some(row.retrieved.to_string().leak()),
        }
    }
}
