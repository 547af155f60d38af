//! `klotho-ls cost --explain`: what stands behind the figures of one unit or resource.

mod text;

use super::document::{self, ASSUMED};
use super::price::{Price, Priced, prices};
use super::usd::{Usd, number, number_or_none};
use crate::names::instead;
use klotho_cost::estimate::{Estimate, Latency};
use klotho_graph::Reference;
use klotho_ide::{
    ApplicationBill, ExplainedCrossing, ExplainedInput, ExplainedTarget, Explanation, ResourceBill, Snapshot,
    UnitBill,
};
use serde::Serialize;

pub(super) use text::report;

/// `docs/cost-json.md` says what each field is.
#[derive(Serialize)]
pub(super) struct Explained {
    version: u32,
    /// `unit`, or the kind of a resource.
    kind: String,
    id: String,
    /// What it is or where it runs.
    name: String,
    region: String,
    monthly: Option<Usd>,
    verdict: String,
    inputs: Vec<Input>,
    targets: Vec<Target>,
    break_evens: Vec<BreakEven>,
    prices: Vec<Price>,
    /// What is on no bill because nobody states how much of it there is.
    left_out: Vec<&'static str>,
    free_tier: bool,
}

#[derive(Serialize)]
struct Input {
    name: String,
    value: String,
    unit: String,
    origin: &'static str,
    file: Option<String>,
    line: Option<usize>,
}

#[derive(Serialize)]
struct Target {
    target: String,
    plan: String,
    name: String,
    now: bool,
    monthly: Option<Usd>,
    autoscaled: Option<Usd>,
    size: Option<String>,
    entry: Option<&'static str>,
    fits: &'static str,
    reasons: Vec<String>,
    components: Vec<Priced>,
    missing: Vec<String>,
    cold_start: Option<ColdStart>,
    waits: String,
    #[serde(serialize_with = "number_or_none")]
    p99_ms: Option<f64>,
    /// Instances of each hour of the day.
    hours: Option<Vec<u64>>,
    growth: Option<&'static str>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct ColdStart {
    share: f64,
    mean_rps: f64,
    #[serde(serialize_with = "number")]
    duration_s: f64,
    in_flight: f64,
    #[serde(serialize_with = "number")]
    idle_s: f64,
    kept_ready: u32,
}

#[derive(Serialize)]
struct BreakEven {
    on_demand: &'static str,
    always_on: &'static str,
    peak_sized: Crossing,
    autoscaled: Crossing,
    flat: Crossing,
}

#[derive(Serialize)]
struct Crossing {
    #[serde(serialize_with = "number_or_none")]
    requests: Option<f64>,
    words: String,
    on_demand: Option<Usd>,
    always_on: Option<Usd>,
}

/// What is behind a unit, by its id, or a resource, as `kind:id`; the error names the nearest.
pub(super) fn explain(
    snapshot: &Snapshot,
    root: &str,
    bill: &ApplicationBill,
    named: &str,
) -> Result<Explained, String> {
    if let Some(unit) = bill.units.iter().find(|unit| unit.id == named) {
        let found = snapshot.explain(root, named).ok_or(crate::project::VANISHED)?;
        return Ok(of_unit(bill, unit, &found));
    }
    // Gateways are on the bills of units, and have none of their own in the sum.
    let gateways = snapshot.gateway_bills(root);
    let parts = gateways.iter().map(|(reference, parts)| (reference, parts.as_slice()));
    let resources = bill.resources.iter().map(|(reference, bill)| (reference, std::slice::from_ref(bill)));
    let all: Vec<_> = resources.chain(parts).filter(|(_, parts)| !parts.is_empty()).collect();
    let found = all.iter().find(|(reference, _)| reference.to_string() == named);
    // An id alone is enough where one resource has it.
    let called: Vec<_> = all.iter().filter(|(reference, _)| reference.id == named).collect();
    if let (None, [_, _, ..]) = (found, called.as_slice()) {
        let all: Vec<_> = called.iter().map(|(reference, _)| reference.to_string()).collect();
        return Err(format!("several are called `{named}`: {}", all.join(", ")));
    }
    found
        .or(called.first().copied())
        .and_then(|(reference, parts)| of_resource(bill, reference, parts))
        .ok_or_else(|| unknown(bill, all.iter().map(|(reference, _)| reference.to_string()), named))
}

fn unknown(bill: &ApplicationBill, resources: impl Iterator<Item = String>, named: &str) -> String {
    let all: Vec<_> = bill.units.iter().map(|unit| unit.id.clone()).chain(resources).collect();
    let instead = instead(named, all.iter().map(String::as_str));
    format!("no unit or resource is called `{named}`.{instead}")
}

fn of_unit(bill: &ApplicationBill, unit: &UnitBill, found: &Explanation) -> Explained {
    let now = found.comparison.current();
    Explained {
        version: document::VERSION,
        kind: "unit".to_owned(),
        id: unit.id.clone(),
        name: now.map_or(unit.target.as_str(), |row| row.target.name).to_owned(),
        region: bill.region.clone(),
        monthly: now.and_then(|row| row.monthly).map(Usd::of),
        verdict: unit.comparison.verdict.clone(),
        inputs: found.inputs.iter().map(input).collect(),
        targets: found.targets.iter().map(target).collect(),
        break_evens: found.crossings.iter().map(break_even).collect(),
        prices: prices(found.targets.iter().map(|target| &target.row.estimate)),
        left_out: unit.comparison.left_out.clone(),
        free_tier: unit.comparison.free_tier,
    }
}

/// A resource by its parts, of which there is at least one: mostly it is one.
fn of_resource(bill: &ApplicationBill, reference: &Reference, parts: &[ResourceBill]) -> Option<Explained> {
    let first = parts.first()?;
    let monthly = parts.iter().map(|part| part.estimate.monthly()).sum::<Option<_>>().map(Usd::of);
    let inputs = parts.iter().flat_map(|part| part.usage.inputs());
    let inputs = inputs.map(|input| self::input(&ExplainedInput { input, place: None }));
    let whose = if first.row.is_on_the_bill_of_units() { ", on the bill of the units behind it" } else { "" };
    let words: Vec<_> = parts.iter().map(|part| format!("{}{whose}", part.row.billing.words())).collect();
    let names: Vec<_> = parts.iter().map(|part| part.row.title).collect();
    Some(Explained {
        version: document::VERSION,
        kind: reference.kind.spec().name.to_owned(),
        id: reference.id.clone(),
        name: names.join(" and "),
        region: bill.region.clone(),
        monthly,
        verdict: format!("Billing: {}.", words.join("; and ")),
        inputs: inputs.collect(),
        targets: parts.iter().map(of_part).collect(),
        break_evens: Vec::new(),
        prices: prices(parts.iter().map(|part| &part.estimate)),
        left_out: Vec::new(),
        free_tier: false,
    })
}

fn of_part(part: &ResourceBill) -> Target {
    Target {
        target: part.row.name.to_owned(),
        name: part.row.title.to_owned(),
        now: true,
        monthly: part.estimate.monthly().map(Usd::of),
        fits: "yes",
        ..Target::of_estimate(&part.estimate)
    }
}

fn input(found: &ExplainedInput) -> Input {
    let (file, line) = match &found.place {
        Some((file, line)) => (Some(file.to_string()), *line),
        None => (None, None),
    };
    Input {
        name: found.input.input.to_owned(),
        value: found.input.value.clone(),
        unit: found.input.unit.to_owned(),
        origin: document::origin(found.input.origin),
        file,
        line,
    }
}

impl Target {
    fn of_estimate(estimate: &Estimate) -> Self {
        Self {
            target: String::new(),
            plan: String::new(),
            name: String::new(),
            now: false,
            monthly: None,
            autoscaled: None,
            size: None,
            entry: None,
            fits: "unknown",
            reasons: Vec::new(),
            components: estimate.components.iter().map(Priced::of).collect(),
            missing: estimate.missing.iter().map(ToString::to_string).collect(),
            cold_start: None,
            waits: String::new(),
            p99_ms: None,
            hours: None,
            growth: None,
            notes: Vec::new(),
        }
    }
}

fn target(found: &ExplainedTarget) -> Target {
    let row = &found.row;
    let fits = &row.fits;
    let fleet = found.evidence.fleet.map(|fleet| fleet.hours.map(|count| count as u64).to_vec());
    Target {
        target: row.target.key.to_owned(),
        plan: row.target.plan.to_owned(),
        name: row.target.name.to_owned(),
        now: row.current,
        monthly: row.monthly.map(Usd::of),
        autoscaled: row.autoscaled.map(Usd::of),
        size: row.size.clone(),
        entry: document::entry(row.entry),
        fits: document::fits(fits),
        reasons: fits.reasons().to_vec(),
        cold_start: cold_start(found),
        waits: row.latency_text.clone(),
        p99_ms: row.latency.as_ref().map(Latency::p99_ms),
        hours: fleet,
        growth: row.growth(),
        notes: row.notes.clone(),
        ..Target::of_estimate(&row.estimate)
    }
}

fn cold_start(found: &ExplainedTarget) -> Option<ColdStart> {
    let from = found.evidence.cold_start?;
    Some(ColdStart {
        share: found.row.latency.as_ref()?.cold_share(),
        mean_rps: from.mean_rps,
        duration_s: from.duration_s,
        in_flight: from.in_flight,
        idle_s: from.idle_s,
        kept_ready: from.kept_ready,
    })
}

fn break_even(found: &ExplainedCrossing) -> BreakEven {
    let crossing = |at: &klotho_cost::breakeven::BreakEven, both: Option<(_, _)>| Crossing {
        requests: at.requests(),
        words: at.to_string(),
        on_demand: both.map(|(here, _)| Usd::of(here)),
        always_on: both.map(|(_, there)| Usd::of(there)),
    };
    BreakEven {
        on_demand: found.pair.on_demand.name,
        always_on: found.pair.always_on.name,
        peak_sized: crossing(&found.pair.peak_sized, found.peak_sized),
        autoscaled: crossing(&found.pair.autoscaled, found.autoscaled),
        flat: crossing(&found.pair.flat, None),
    }
}

impl Input {
    fn is_assumed(&self) -> bool {
        self.origin == ASSUMED
    }
}
