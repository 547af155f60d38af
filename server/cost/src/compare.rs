//! The one call an editor makes: where could this unit run, what would each place cost, and what should one know?
//!
//! Rows come in a stable order: the current target, then what may be chosen and has a price, cheapest first, then what
//! may be chosen and has none, then what is ruled out; ties keep the order of the target table.

mod evidence;
mod question;
mod robust;
mod words;

pub use evidence::{ColdStart, Evidence, evidence, monthly_at, monthly_over};
pub use question::Question;
pub use robust::{Driver, Flip, Robustness};

use rust_decimal::Decimal;

use crate::breakeven::{BreakEven, Curve};
use crate::catalogue::{Missing, catalogue};
use crate::date::Date;
use crate::estimate::{Component, Entry, Estimate, Latency, Load, Model, Shared, Sizing, bill, total, weigh};
use crate::feasibility::{self, Findings, Verdict};
use crate::format;
use crate::sources::{SourceUse, price_note, sources_of};
use crate::target::{Family, Target, targets};
use crate::workload::{Assumption, Origin, Shape};
use robust::Rival;

/// Volumes that are shown while nobody knows a unit's own, requests a month.
pub const VOLUME_PRESETS: [f64; 3] = [1e5, 1e7, 1e8];

/// The preset that stands in for an unknown volume, requests a month.
pub const ASSUMED_VOLUME: f64 = 1e7;

/// The answer to a [`Question`].
#[derive(Debug, Clone)]
pub struct Comparison {
    /// One per target of the provider, in the order described above.
    pub rows: Vec<Row>,
    /// Requests a month that the rows are for.
    pub requests: f64,
    /// Mean duration of a request that they are for, ms.
    pub duration_ms: f64,
    /// Share of a day's requests of each hour.
    pub shares: [f64; 24],
    /// Is that the unit's own volume, or [`ASSUMED_VOLUME`]?
    pub volume_known: bool,
    /// The rows' totals at other volumes; only while the volume is unknown.
    pub presets: Vec<Preset>,
    /// One per pair of an on-demand and an always-on target. What is closed has none, unless the unit is there.
    pub break_evens: Vec<Crossing>,
    /// Every input with who said it, including sizes the model derived.
    pub inputs: Vec<Assumption>,
    /// What is in no bill, because nobody states how much of it there is.
    pub left_out: Vec<&'static str>,
    /// Is the account's free tier taken off?
    pub free_tier: bool,
    /// Where the prices come from, most used source first.
    pub sources: Vec<SourceUse>,
    /// Day on which the catalogue was drawn up.
    pub catalogue_date: &'static str,
    /// Days since then.
    pub catalogue_age_days: Option<i64>,
    /// Does the cheapest target stay the cheapest when inputs are off?
    pub robustness: Robustness,
    /// Inputs by how much they move the difference between the families, strongest first.
    pub drivers: Vec<Driver>,
    /// What to make of it, in one to three sentences.
    pub verdict: String,
}

/// One target in the comparison.
#[derive(Debug, Clone)]
pub struct Row {
    /// The target.
    pub target: &'static Target,
    /// Does the unit run there now?
    pub current: bool,
    /// The cheapest that is not ruled out.
    pub recommended: bool,
    /// What stands in front of it.
    pub entry: Entry,
    /// Number and size of instances, such as `2 tasks of 0.5 vCPU / 1 GB`.
    pub size: Option<String>,
    /// Always-on only: instances that each hour of the day needs.
    pub hours: Option<[f64; 24]>,
    /// US dollars a month under the question's sizing; `None` = a price is missing.
    pub monthly: Option<Decimal>,
    /// Always-on only: with capacity for the peak all day, USD a month.
    pub peak_sized: Option<Decimal>,
    /// Always-on only: with each hour's own capacity, USD a month.
    pub autoscaled: Option<Decimal>,
    /// Always-on only: as before, with capacity raised an hour early before steep ramps, USD a month.
    pub autoscaled_ahead: Option<Decimal>,
    /// Clusters only: without the control plane's fee, USD a month.
    pub without_cluster_fee: Option<Decimal>,
    /// The bill behind `monthly`.
    pub estimate: Estimate,
    /// `monthly` at 0.3 and at 3 times the volume, USD.
    pub band: Option<(Decimal, Decimal)>,
    /// What requests wait for.
    pub latency: Option<Latency>,
    /// What requests wait for a cold start as text, such as `1 in 5,000 waits 126-169 ms`.
    pub latency_text: String,
    /// May the unit run there?
    pub fits: Verdict,
    /// What to know beside the figures.
    pub notes: Vec<String>,
}

impl Row {
    /// What has to happen before there is more capacity, and how long it takes; `None` where every request gets its own.
    pub fn growth(&self) -> Option<&'static str> {
        match self.latency {
            Some(Latency::ScaleUp { delay, .. }) => Some(delay),
            Some(Latency::ColdStart { .. }) => None,
            None => Some(self.target.scale_up),
        }
    }

    /// What could not be priced.
    pub fn missing(&self) -> &[Missing] {
        &self.estimate.missing
    }

    /// The monthly cost as text, or why there is none.
    pub fn monthly_text(&self) -> String {
        match (self.monthly, self.missing().first()) {
            (Some(amount), _) => format::money(amount),
            (None, Some(missing)) => missing.to_string(),
            (None, None) => "-".to_owned(),
        }
    }
}

/// All targets at one volume.
#[derive(Debug, Clone, PartialEq)]
pub struct Preset {
    /// Requests a month.
    pub requests: f64,
    /// Target and US dollars a month under the question's sizing, in row order.
    pub monthly: Vec<(&'static Target, Option<Decimal>)>,
}

/// Where a pair of targets crosses.
#[derive(Debug, Clone)]
pub struct Crossing {
    /// The on-demand side.
    pub on_demand: &'static Target,
    /// The always-on side.
    pub always_on: &'static Target,
    /// Against capacity for the peak.
    pub peak_sized: BreakEven,
    /// Against each hour's own capacity.
    pub autoscaled: BreakEven,
    /// Against capacity for the peak, were the traffic the same in every hour.
    pub flat: BreakEven,
}

struct Candidate {
    target: &'static Target,
    model: Box<dyn Model>,
}

/// Compares all targets of a provider for one unit.
pub fn compare(question: &Question<'_>) -> Comparison {
    let volume = question.workload.monthly_requests.as_ref();
    let requests = volume.map_or(ASSUMED_VOLUME, |input| input.value);
    let load = Load::of(question.workload, requests);
    let setting = question.setting();
    let built = |target: &'static Target| Candidate { target, model: (target.model)(&setting, target) };
    let candidates: Vec<_> = targets(question.provider).map(built).collect();
    let mut rows: Vec<_> = candidates.iter().map(|candidate| row(question, candidate, &load)).collect();
    recommend(&mut rows);
    let break_evens = crossings(question, &candidates, &load);
    let rivals = rivals(&candidates, &rows);
    let (robustness, drivers) = robust::examine(question, &rivals, &load, &break_evens);
    rows.sort_by(order);
    let mut comparison = Comparison {
        requests,
        duration_ms: question.workload.request_duration_ms.value,
        shares: load.shares,
        volume_known: volume.is_some(),
        presets: Vec::new(),
        break_evens,
        inputs: inputs(question, &candidates),
        free_tier: question.free_tier,
        left_out: question.extras.left_out(),
        sources: sources(&rows, question.today),
        catalogue_date: catalogue().generated,
        catalogue_age_days: catalogue().age_in_days(question.today),
        robustness,
        drivers,
        verdict: String::new(),
        rows,
    };
    if !comparison.volume_known {
        comparison.presets = presets(&comparison.rows, &candidates, question, &load);
    }
    comparison.verdict = words::verdict(&comparison, &question.workload.shape.value);
    comparison
}

impl Comparison {
    /// The row of a target, paid in the usual way.
    pub fn row(&self, target: &str) -> Option<&Row> {
        self.row_with_plan(target, "")
    }

    /// The row of a target, paid in this way.
    pub fn row_with_plan(&self, target: &str, plan: &str) -> Option<&Row> {
        self.rows.iter().find(|row| (row.target.key, row.target.plan) == (target, plan))
    }

    /// Where the unit runs now.
    pub fn current(&self) -> Option<&Row> {
        self.rows.iter().find(|row| row.current)
    }

    /// The cheapest target that is not ruled out.
    pub fn recommended(&self) -> Option<&Row> {
        self.rows.iter().find(|row| row.recommended)
    }

    /// Inputs that nobody stated; they are always to be shown.
    pub fn assumptions(&self) -> impl Iterator<Item = &Assumption> {
        self.inputs.iter().filter(|input| input.origin == Origin::Model)
    }

    /// The crossing of a pair of targets: the first that is paid in the usual way, as far as there is such a pair.
    pub fn break_even(&self, on_demand: &str, always_on: &str) -> Option<&Crossing> {
        let of = |pair: &&Crossing| (pair.on_demand.key, pair.always_on.key) == (on_demand, always_on);
        let plans = |pair: &&Crossing| (!pair.on_demand.plan.is_empty(), !pair.always_on.plan.is_empty());
        self.break_evens.iter().filter(of).min_by_key(plans)
    }

    /// What is on none of the bills because nobody states how much of it there is, as a sentence; `None` = nothing.
    pub fn left_out_note(&self) -> Option<String> {
        (!self.left_out.is_empty()).then(|| format!("Left out: {}.", self.left_out.join(", ")))
    }

    /// One line on where the prices are from and how old they are.
    pub fn price_note(&self) -> String {
        price_note(&self.sources)
    }
}

/// The bill of one target, without a look at the others.
pub fn estimate(question: &Question<'_>, target: &'static Target) -> Estimate {
    let volume = question.workload.monthly_requests.as_ref().map_or(ASSUMED_VOLUME, |volume| volume.value);
    let model = (target.model)(&question.setting(), target);
    bill(model.as_ref(), &Load::of(question.workload, volume), question.sizing)
}

impl Row {
    /// Can a project state it? A target's name is all that it can write, which means the usual way of paying; on another
    /// one a unit may stay.
    pub fn is_nameable(&self) -> bool {
        self.current || self.target.plan.is_empty()
    }
}

fn row(question: &Question<'_>, candidate: &Candidate, load: &Load) -> Row {
    let target = candidate.target;
    let mut row = Row {
        target,
        current: question.current == Some(target.key) && question.plan == target.plan,
        recommended: false,
        entry: question.entry_of(target),
        size: None,
        hours: None,
        monthly: None,
        peak_sized: None,
        autoscaled: None,
        autoscaled_ahead: None,
        without_cluster_fee: None,
        estimate: Estimate::default(),
        band: None,
        latency: None,
        latency_text: "not known".to_owned(),
        fits: Verdict::Fits,
        notes: Vec::new(),
    };
    fill(&mut row, candidate.model.as_ref(), load, question.sizing);
    row.fits = verdict(question, target, row.monthly, row.latency.as_ref());
    row
}

fn fill(row: &mut Row, model: &dyn Model, load: &Load, sizing: Sizing) {
    row.estimate = bill(model, load, sizing);
    row.monthly = row.estimate.monthly();
    row.size = model.size(load);
    row.hours = model.fleet(load).map(|fleet| fleet.hours);
    if row.target.family == Family::AlwaysOn {
        let sized = |other| if other == sizing { row.monthly } else { total(model, load, other) };
        let all = [Sizing::Peak, Sizing::Autoscaled, Sizing::AutoscaledAhead].map(sized);
        [row.peak_sized, row.autoscaled, row.autoscaled_ahead] = all;
    }
    let is_fee = |part: &&Component| part.shared == Some(Shared::Cluster);
    let fee = row.estimate.components.iter().find(is_fee).map(|fee| fee.monthly);
    row.without_cluster_fee = fee.and_then(|fee| row.monthly.map(|monthly| monthly - fee));
    let at = |factor: f64| total(model, &load.with_requests(load.requests * factor), sizing);
    row.band = at(0.3).zip(at(3.0));
    let latency = model.latency(load);
    row.latency_text = words::latency(&latency);
    row.latency = Some(latency);
    row.notes = model.notes();
}

/// May the unit of a question run on a target, where it would cost `monthly` and wait as `latency` says?
pub(crate) fn verdict(
    question: &Question<'_>,
    target: &Target,
    monthly: Option<Decimal>,
    latency: Option<&Latency>,
) -> Verdict {
    let monthly = monthly.and_then(|amount| rust_decimal::prelude::ToPrimitive::to_f64(&amount));
    let findings = Findings { monthly, volume_known: question.workload.monthly_requests.is_some(), latency };
    let setting = question.setting();
    let found = feasibility::verdict(target, &setting, question.workload, question.requirements, findings);
    let barred = question.barred.iter().find(|(key, _)| *key == target.key && question.current != Some(*key));
    if let Some((_, why)) = barred {
        let mut reasons = vec![why.clone()];
        if found.is_ruled_out() {
            reasons.extend(found.reasons().iter().cloned());
        }
        return Verdict::DoesNotFit(reasons);
    }
    // Who already runs on a closed platform may stay there.
    match found {
        Verdict::DoesNotFit(reasons) if question.current == Some(target.key) => {
            let kept: Vec<_> =
                reasons.into_iter().filter(|why| Some(why.as_str()) != target.closed).collect();
            if kept.is_empty() { Verdict::Fits } else { Verdict::DoesNotFit(kept) }
        }
        other => other,
    }
}

fn recommend(rows: &mut [Row]) {
    let choosable = |row: &&mut Row| row.is_nameable() && row.monthly.is_some() && !row.fits.is_ruled_out();
    if let Some(best) = rows.iter_mut().filter(choosable).min_by_key(|row| row.monthly) {
        best.recommended = true;
    }
}

fn order(a: &Row, b: &Row) -> std::cmp::Ordering {
    let rank = |row: &Row| (!row.current, row.fits.is_ruled_out(), row.monthly.is_none(), row.monthly);
    rank(a).cmp(&rank(b))
}

fn rivals<'a>(candidates: &'a [Candidate], rows: &[Row]) -> Vec<Rival<'a>> {
    let open = |(candidate, row): (&'a Candidate, &Row)| {
        let model = candidate.model.as_ref();
        (row.is_nameable() && row.monthly.is_some() && !row.fits.is_ruled_out())
            .then_some(Rival { target: candidate.target, model })
    };
    candidates.iter().zip(rows).filter_map(open).collect()
}

fn crossings(question: &Question<'_>, candidates: &[Candidate], load: &Load) -> Vec<Crossing> {
    let is_open = |target: &Target| target.closed.is_none() || question.current == Some(target.key);
    let open = candidates.iter().filter(|candidate| is_open(candidate.target));
    let of = |family| open.clone().filter(move |candidate| candidate.target.family == family);
    let flat_load = &Load { shares: Shape::Flat.shares(), ..load.clone() };
    let always_on: Vec<_> = of(Family::AlwaysOn)
        .map(|candidate| {
            let peak = Curve::of(candidate.model.as_ref(), load, Sizing::Peak);
            let autoscaled = Curve::of(candidate.model.as_ref(), load, Sizing::Autoscaled);
            (candidate.target, peak, autoscaled, Curve::of(candidate.model.as_ref(), flat_load, Sizing::Peak))
        })
        .collect();
    let mut found = Vec::new();
    for candidate in of(Family::OnDemand) {
        let here = Curve::of(candidate.model.as_ref(), load, Sizing::Peak);
        let flat_here = Curve::of(candidate.model.as_ref(), flat_load, Sizing::Peak);
        found.extend(always_on.iter().map(|(target, peak, autoscaled, flat)| Crossing {
            on_demand: candidate.target,
            always_on: target,
            peak_sized: here.crossing(peak),
            autoscaled: here.crossing(autoscaled),
            flat: flat_here.crossing(flat),
        }));
    }
    found
}

fn presets(rows: &[Row], candidates: &[Candidate], question: &Question<'_>, load: &Load) -> Vec<Preset> {
    let cost = |row: &Row, requests: f64| {
        let candidate = candidates.iter().find(|candidate| candidate.target == row.target)?;
        total(candidate.model.as_ref(), &load.with_requests(requests), question.sizing)
    };
    let at = |requests: f64| {
        let monthly = rows.iter().map(|row| (row.target, cost(row, requests))).collect();
        Preset { requests, monthly }
    };
    VOLUME_PRESETS.into_iter().map(at).collect()
}

fn inputs(question: &Question<'_>, candidates: &[Candidate]) -> Vec<Assumption> {
    let mut inputs = question.workload.inputs();
    if question.workload.monthly_requests.is_none() {
        let value = format::count(ASSUMED_VOLUME);
        inputs.insert(0, words::assumed("monthly_requests", value, "requests"));
    }
    for candidate in candidates {
        for (input, value) in candidate.model.assumptions() {
            if inputs.iter().all(|known| known.input != input) {
                inputs.push(words::assumed(input, value, ""));
            }
        }
    }
    inputs
}

/// The sources of the rows' prices. What is closed to everybody who is not there yet is no part of the answer.
fn sources(rows: &[Row], today: Date) -> Vec<SourceUse> {
    let counted = rows.iter().filter(|row| row.current || row.target.closed.is_none());
    sources_of(counted.flat_map(|row| row.estimate.prices()), today)
}

/// What a model costs, for those who compare models.
fn cost(model: &dyn Model, load: &Load, sizing: Sizing) -> f64 {
    weigh(model, load, sizing).unwrap_or(f64::INFINITY)
}
