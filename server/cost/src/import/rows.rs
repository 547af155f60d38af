//! What all price lists come to: rows, and what was left out and why.

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;

use super::{ABSURD, ImportError};
use crate::catalogue::{Catalogue, Hardware, OverlayRow, OverlaySource, OverlayTier};
use crate::date::Date;
use crate::target::Provider;

/// Most prices that one file may bring.
const MOST: usize = 200_000;

/// How many examples are kept of what was skipped for one reason.
const EXAMPLES: usize = 3;

/// What a price list holds for us.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// Whose list it is.
    pub provider: Provider,
    /// The list as a source of prices.
    pub source: OverlaySource,
    /// Its prices, by id and region.
    pub rows: Vec<OverlayRow>,
    /// What was left out, by reason.
    pub skipped: BTreeMap<&'static str, Skipped>,
    /// Prices whose first units are free in the list; the free units belong to the account and are no price.
    pub with_free_tier: usize,
}

/// What was left out for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Skipped {
    /// How many.
    pub count: usize,
    /// The first of them.
    pub examples: Vec<String>,
}

/// Why something in a list is no price for us.
pub(super) mod reason {
    pub(in super::super) const UNUSED: &str = "not priced by klotho-ls";
    pub(in super::super) const NO_TERM: &str = "without an on-demand price";
    pub(in super::super) const CURRENCY: &str = "not in US dollars";
    pub(in super::super) const ZERO: &str = "an amount of zero, which is not believed";
    pub(in super::super) const ABSURD: &str = "more than 20 times away from the price known for it";
    pub(in super::super) const SEVERAL: &str = "several different prices for the same thing";
    pub(in super::super) const UNIT: &str = "in a unit that is not known here";
    pub(in super::super) const TIERS: &str = "with tiers that do not start at 0 and rise";
}

/// A price as a table's row found it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) id: String,
    pub(super) region: String,
    /// What our ids of this kind count.
    pub(super) unit: &'static str,
    /// First unit and US dollars, in any order.
    pub(super) tiers: Vec<(Decimal, Decimal)>,
    pub(super) effective: Date,
    pub(super) hardware: Option<Hardware>,
    /// What the provider calls it, for messages.
    pub(super) origin: String,
}

/// The rows of one file while they are found.
#[derive(Debug, Default)]
pub(super) struct Rows {
    found: HashMap<(String, String), Found>,
    pub(super) skipped: BTreeMap<&'static str, Skipped>,
}

impl Rows {
    /// Leaves something out.
    pub(super) fn skip(&mut self, why: &'static str, example: impl FnOnce() -> String) {
        let skipped = self.skipped.entry(why).or_default();
        skipped.count += 1;
        if skipped.examples.len() < EXAMPLES && why != reason::UNUSED {
            skipped.examples.push(example());
        }
    }

    /// Takes a price over. The same price twice is one; two different ones for the same thing are none.
    pub(super) fn take(&mut self, mut found: Found) -> Result<(), ImportError> {
        found.tiers.sort_unstable();
        if let Some((_, amount)) =
            found.tiers.iter().find(|(_, amount)| amount.is_sign_negative() && !amount.is_zero())
        {
            return Err(ImportError::whole(format!("{}: the amount {amount} is negative", found.origin)));
        }
        if found.tiers.is_empty() {
            self.skip(reason::NO_TERM, || format!("{} in {} ({})", found.id, found.region, found.origin));
            return Ok(());
        }
        let key = (found.id.clone(), found.region.clone());
        let full = self.found.len() >= MOST;
        match self.found.get_mut(&key) {
            None if full => Err(ImportError::whole(format!("more than {MOST} prices"))),
            None => {
                self.found.insert(key, found);
                Ok(())
            }
            Some(known) if known.tiers == found.tiers => {
                known.effective = known.effective.max(found.effective);
                Ok(())
            }
            Some(known) => {
                known.origin = format!("{} and {}", short(&known.origin), found.origin);
                // Tiers that no list can have: from here on the price is in dispute.
                known.tiers.clear();
                Ok(())
            }
        }
    }

    /// The rows that can be believed, beside what the program knows.
    pub(super) fn finish(mut self, provider: Provider, source: OverlaySource, retrieved: Date) -> Imported {
        let known = Catalogue::built_in();
        let mut found: Vec<_> = std::mem::take(&mut self.found).into_values().collect();
        found.sort_by(|a, b| (&a.id, &a.region).cmp(&(&b.id, &b.region)));
        let (mut rows, mut with_free_tier) = (Vec::new(), 0);
        for price in found {
            match believable(&price, &known) {
                Ok((tiers, free)) => {
                    with_free_tier += usize::from(free);
                    rows.push(row(price, tiers, &source.key, retrieved));
                }
                Err(why) => self.skip(why, || format!("{} in {} ({})", price.id, price.region, price.origin)),
            }
        }
        Imported { provider, source, rows, skipped: self.skipped, with_free_tier }
    }
}

fn short(origin: &str) -> &str {
    origin.split(" and ").next().unwrap_or(origin)
}

fn row(found: Found, tiers: Vec<OverlayTier>, source: &str, retrieved: Date) -> OverlayRow {
    OverlayRow {
        id: found.id,
        region: found.region,
        tiers,
        unit: found.unit.to_owned(),
        source: source.to_owned(),
        effective: found.effective,
        retrieved,
        hardware: found.hardware,
        note: String::new(),
    }
}

/// The paid tiers, and whether a free one came before them; or why there is no price.
fn believable(found: &Found, known: &Catalogue) -> Result<(Vec<OverlayTier>, bool), &'static str> {
    let free = found.tiers.len() > 1 && found.tiers.first().is_some_and(|(_, amount)| amount.is_zero());
    let paid = if free { &found.tiers[1..] } else { &found.tiers[..] };
    let mut tiers: Vec<_> = paid.iter().map(|&(from, amount)| OverlayTier { from, amount }).collect();
    match (tiers.first_mut(), free) {
        (None, _) => return Err(reason::SEVERAL),
        // The free units are the account's, once for all that it runs; what is paid begins at the first unit.
        (Some(first), true) => first.from = Decimal::ZERO,
        (Some(_), false) => {}
    }
    if tiers.iter().any(|tier| tier.amount.is_zero()) {
        return Err(reason::ZERO);
    }
    if is_absurd(&found.id, tiers.first().map(|tier| tier.amount).unwrap_or_default(), known) {
        return Err(reason::ABSURD);
    }
    let probe = row(found.clone(), tiers, "", found.effective);
    match probe.fault() {
        None => Ok((probe.tiers, free)),
        Some(_) => Err(reason::TIERS),
    }
}

fn is_absurd(id: &str, amount: Decimal, known: &Catalogue) -> bool {
    let factor = Decimal::from(ABSURD);
    let first = |price: &&crate::catalogue::Price| price.base_id() == id && price.tier_from == 0.0;
    let mut amounts = known.prices().iter().filter(first).filter_map(|price| price.amount).peekable();
    amounts.peek().is_some()
        && !amounts.any(|other| {
            let times = |a: Decimal, b: Decimal| a.checked_mul(b).unwrap_or(Decimal::MAX);
            amount <= times(other, factor) && other <= times(amount, factor)
        })
}
