//! What the cost model says of a unit, as far as findings rest on it.

use crate::tradeoff::{CLUSTER, Told, offered, spelled, whole_bill};
use klotho_cost::compare::Robustness;
use klotho_cost::estimate::EksPool;
use klotho_cost::total::Bill;
use klotho_cost::{Comparison, Date, Question, Requirements, Row, compare};
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
    /// Why nobody can tell whether it meets there what it requires.
    pub(super) open: Option<String>,
    /// The targets on which it could, by the names of the configuration.
    pub(super) able: Vec<&'static str>,
    /// Where none could, and the cluster could with nodes of its own: its name.
    pub(super) able_on_nodes: Option<&'static str>,
    /// What it pays there, with what it shares counted whole.
    pub(super) bill: Bill,
    /// Its cost there with its part of what it shares, US dollars a month; `None` = a price is missing.
    pub(super) monthly: Option<Decimal>,
    /// Requests a month that all figures are for.
    pub(super) requests: f64,
    /// Did anybody state them?
    pub(super) volume_known: bool,
    /// A target that may be clearly cheaper.
    pub(super) rival: Option<Rival>,
    /// The cheapest of all targets that can be chosen, whatever the unit requires.
    pub(super) cheapest: Option<Place>,
}

/// The target that is cheapest for a unit by itself.
pub(super) struct Rival {
    name: &'static str,
    key: &'static str,
    /// What the unit would pay there, with what it would share counted whole.
    bill: Bill,
    /// What scaling by the hour would save where it runs now, US dollars a month.
    scaling: Decimal,
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
        let open = || offered(&comparison).filter(|row| !is_barred(row));
        let able = |row: &Row| {
            let is_able = row.target.plan.is_empty() && !row.fits.is_ruled_out();
            is_able.then(|| spelled(project, row.target.key))
        };
        // Who can run where it does is asked for no other place.
        let able: Vec<_> = if ruled_out.is_some() { open().filter_map(able).collect() } else { Vec::new() };
        let is_nowhere = ruled_out.is_some() && able.is_empty();
        Self {
            able_on_nodes: if is_nowhere { on_nodes(project, &question) } else { None },
            able,
            open: current.and_then(|row| unsettled(&question, row)),
            ruled_out: ruled_out.and_then(|row| row.fits.why_not()),
            bill: current.map(|row| Bill::of(&whole_bill(&question, row.target))).unwrap_or_default(),
            monthly: current.and_then(|row| row.monthly),
            requests: comparison.requests,
            volume_known: comparison.volume_known,
            rival: rival(&question, &comparison),
            cheapest: open().filter_map(place).min_by_key(|place| place.monthly),
        }
    }
}

/// Why it cannot be told whether a unit meets where it runs what it requires. What it may cost is told with the budgets.
fn unsettled(question: &Question<'_>, row: &Row) -> Option<String> {
    let reasons = row.fits.why_open()?;
    if question.requirements.max_monthly_usd.is_none() {
        return Some(reasons);
    }
    let requirements = &Requirements { max_monthly_usd: None, ..question.requirements.clone() };
    compare(&Question { requirements, ..question.clone() }).current()?.fits.why_open()
}

/// The cluster, if a unit that can run nowhere could on nodes of its own there.
fn on_nodes(project: &Project, question: &Question<'_>) -> Option<&'static str> {
    let is_profile = question.eks == EksPool::FargateProfile;
    let question = Question { eks: EksPool::Nodes(None), ..question.clone() };
    let comparison = compare(&question);
    let cluster = comparison.rows.iter().find(|row| row.target.key == CLUSTER)?;
    // What such nodes cost is not known here: whoever states a limit is told of none.
    let is_affordable = question.requirements.max_monthly_usd.is_none();
    let is_able = is_profile && is_affordable && !cluster.fits.is_ruled_out();
    let is_barred = question.barred.iter().any(|(key, _)| *key == CLUSTER);
    (is_able && !is_barred).then(|| spelled(project, CLUSTER))
}

fn place(row: &Row) -> Option<Place> {
    Some(Place { name: row.target.name, monthly: row.monthly? })
}

/// The target that is cheapest and stays so when the inputs are off, for a unit whose traffic somebody stated.
fn rival(question: &Question<'_>, comparison: &Comparison) -> Option<Rival> {
    let current = comparison.current().filter(|row| !row.fits.is_ruled_out())?;
    let best = offered(comparison).find(|row| row.recommended && !row.current)?;
    if !comparison.volume_known || comparison.robustness != Robustness::Robust {
        return None;
    }
    let peak = current.monthly?;
    let scaled = [current.autoscaled, current.autoscaled_ahead].into_iter().flatten().min();
    Some(Rival {
        name: best.target.name,
        key: best.target.key,
        bill: Bill::of(&whole_bill(question, best.target)),
        scaling: scaled.map_or(Decimal::ZERO, |scaled| (peak - scaled).max(Decimal::ZERO)),
    })
}

impl Rival {
    /// What the unit would pay there while all others stay, where that is clearly less than `now`. Where the unit runs it is
    /// taken at its cheapest, with each hour's own capacity: no switch is advised that scaling would beat.
    pub(super) fn place(&self, now: Decimal, added: impl Fn(&Bill, &str) -> Decimal) -> Option<Place> {
        let monthly = added(&self.bill, self.key);
        let now = now - self.scaling;
        let saving = now - monthly;
        let is_clear = self.bill.is_complete && saving >= LEAST_USD && saving >= now * LEAST_SHARE;
        is_clear.then_some(Place { name: self.name, monthly })
    }
}
