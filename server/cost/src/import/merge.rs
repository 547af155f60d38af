//! Laying imported prices beside those that are stored.

use std::collections::HashMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Imported;
use crate::catalogue::{Catalogue, Overlay, OverlayRow, Price};
use crate::date::Date;
use crate::target::Provider;

/// What an import comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// What is to be stored.
    pub overlay: Overlay,
    /// Prices that are now different, those that changed most first.
    pub changes: Vec<Change>,
    /// Prices for which nothing was known before.
    pub added: usize,
    /// Prices that are as they were.
    pub unchanged: usize,
}

/// A price that is now different.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Its id, without tiers.
    pub id: String,
    /// Its region.
    pub region: String,
    /// Amounts before, by tier.
    pub old: Vec<Decimal>,
    /// Amounts now, by tier.
    pub new: Vec<Decimal>,
}

impl Change {
    /// How much dearer or cheaper the first tier is, as a factor of at least 1.
    fn size(&self) -> f64 {
        let first = |amounts: &[Decimal]| amounts.first().and_then(|amount| amount.to_f64()).unwrap_or(0.0);
        let (old, new) = (first(&self.old), first(&self.new));
        if old > 0.0 && new > 0.0 { (new / old).max(old / new) } else { f64::MAX }
    }
}

/// A stored price that is younger than the imported one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Older {
    /// Its id, without tiers.
    pub id: String,
    /// Its region.
    pub region: String,
    /// Since when the stored one holds.
    pub stored: Date,
    /// Since when the imported one holds.
    pub imported: Date,
}

/// Puts imported prices before the stored ones of the same id and region. Without `force` a list with any price that is
/// older than the stored one is refused whole. AWS dates all prices by publication, so its lists are also held against
/// the built-in prices; the others date each price by its last change, which tells nothing about the age of a list.
pub fn merge(stored: &Overlay, imported: &Imported, force: bool) -> Result<Merged, Vec<Older>> {
    let built_in = Known::of(Catalogue::built_in());
    let mut places: HashMap<(String, String), usize> = HashMap::new();
    let mut overlay = stored.clone();
    for (place, row) in overlay.rows.iter().enumerate() {
        places.insert((row.id.clone(), row.region.clone()), place);
    }
    let mut older = Vec::new();
    let mut merged = Merged { overlay: Overlay::default(), changes: Vec::new(), added: 0, unchanged: 0 };
    for row in &imported.rows {
        let place = places.get(&(row.id.clone(), row.region.clone())).copied();
        let known = place.and_then(|place| overlay.rows.get(place));
        let date = known.map(|known| known.effective).or_else(|| match imported.provider {
            Provider::Aws => built_in.effective(row),
            Provider::Gcp | Provider::Azure => None,
        });
        older.extend(date.filter(|stored| *stored > row.effective).map(|stored| older_than(row, stored)));
        let before = known.map_or_else(|| built_in.amounts(row), amounts);
        merged.note(row, before);
        match place {
            Some(place) => overlay.rows[place] = row.clone(),
            None => overlay.rows.push(row.clone()),
        }
    }
    if !older.is_empty() && !force {
        return Err(older);
    }
    overlay.sources.retain(|source| source.key != imported.source.key);
    overlay.sources.push(imported.source.clone());
    merged.changes.sort_by(|a, b| b.size().total_cmp(&a.size()));
    Ok(Merged { overlay, ..merged })
}

impl Merged {
    fn note(&mut self, row: &OverlayRow, before: Vec<Decimal>) {
        let now = amounts(row);
        if before.is_empty() {
            self.added += 1;
        } else if before == now {
            self.unchanged += 1;
        } else {
            self.changes.push(Change {
                id: row.id.clone(),
                region: row.region.clone(),
                old: before,
                new: now,
            });
        }
    }
}

fn older_than(row: &OverlayRow, stored: Date) -> Older {
    Older { id: row.id.clone(), region: row.region.clone(), stored, imported: row.effective }
}

fn amounts(row: &OverlayRow) -> Vec<Decimal> {
    row.tiers.iter().map(|tier| tier.amount.normalize()).collect()
}

/// The built-in rows by id without tiers and region.
struct Known(HashMap<(&'static str, &'static str), Vec<Price>>);

impl Known {
    fn of(catalogue: Catalogue) -> Self {
        let mut rows: HashMap<_, Vec<_>> = HashMap::new();
        for price in catalogue.prices() {
            rows.entry((price.base_id(), price.region)).or_default().push(*price);
        }
        Self(rows)
    }

    fn rows<'a>(&'a self, row: &'a OverlayRow) -> &'a [Price] {
        self.0.get(&(row.id.as_str(), row.region.as_str())).map_or(&[], Vec::as_slice)
    }

    fn amounts(&self, row: &OverlayRow) -> Vec<Decimal> {
        self.rows(row).iter().filter_map(|price| price.amount).map(|amount| amount.normalize()).collect()
    }

    fn effective(&self, row: &OverlayRow) -> Option<Date> {
        self.rows(row).iter().filter_map(|price| Date::parse(price.effective)).max()
    }
}
