//! What the cost model says of a unit, as far as findings rest on it.

use crate::tradeoff::{Told, offered, whole_bill};
use klotho_cost::compare::Robustness;
use klotho_cost::total::Bill;
use klotho_cost::{Comparison, Date, Row, compare};
use klotho_graph::{Project, Unit};
use rust_decimal::Decimal;

/// A saving below this share of the bill is within what the model may be wrong by.
const LEAST_SHARE: Decimal = Decimal::from_parts(10, 0, 0, false, 2);

/// A saving below this many US dollars a month is not worth a note.
const LEAST_USD: Decimal = Decimal::ONE;

/// What is remembered of a comparison.
pub(super) struct Assessment {
    /// Why the unit cannot run where it does.
    pub(super) ruled_out: Option<String>,
    /// What it pays there, with what it shares counted whole.
    pub(super) bill: Bill,
    /// Its cost there with its part of what it shares, US dollars a month; `None` = a price is missing.
    pub(super) monthly: Option<Decimal>,
    /// Requests a month that all figures are for.
    pub(super) requests: f64,
    /// Did anybody state them?
    pub(super) volume_known: bool,
    /// A target that is clearly cheaper.
    pub(super) cheaper: Option<Place>,
    /// The cheapest of all targets that can be chosen, whatever the unit requires.
    pub(super) cheapest: Option<Place>,
}

/// A target and what the unit costs there.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) name: &'static str,
    /// US dollars a month.
    pub(super) monthly: Decimal,
}

impl Assessment {
    pub(super) fn of(project: &Project, id: &str, unit: &Unit, today: Date) -> Self {
        let told = Told::of(project, id, unit);
        let question = told.question(project, unit, today);
        let comparison = compare(&question);
        let current = comparison.current();
        let ruled_out = current.filter(|row| row.fits.is_ruled_out());
        let is_barred = |row: &&Row| question.barred.iter().any(|(key, _)| *key == row.target.key);
        let open = offered(&comparison).filter(|row| !is_barred(row));
        Self {
            ruled_out: ruled_out.map(|row| row.fits.reasons().join("; ")),
            bill: current.map(|row| Bill::of(&whole_bill(&question, row.target))).unwrap_or_default(),
            monthly: current.and_then(|row| row.monthly),
            requests: comparison.requests,
            volume_known: comparison.volume_known,
            cheaper: cheaper(&comparison),
            cheapest: open.filter_map(place).min_by_key(|place| place.monthly),
        }
    }
}

fn place(row: &Row) -> Option<Place> {
    Some(Place { name: row.target.name, monthly: row.monthly? })
}

/// The target that is cheapest and stays so when the inputs are off, for a unit whose traffic somebody stated. Where the
/// unit runs it is taken at its cheapest, with each hour's own capacity: no switch is advised that scaling would beat.
fn cheaper(comparison: &Comparison) -> Option<Place> {
    let current = comparison.current().filter(|row| !row.fits.is_ruled_out())?;
    let best = offered(comparison).find(|row| row.recommended && !row.current)?;
    let best = place(best).filter(|_| comparison.volume_known)?;
    let now = [Some(current.monthly?), current.autoscaled, current.autoscaled_ahead];
    let now = now.into_iter().flatten().min()?;
    let saving = now - best.monthly;
    let is_clear = saving >= LEAST_USD && saving >= now * LEAST_SHARE;
    (is_clear && comparison.robustness == Robustness::Robust).then_some(best)
}
