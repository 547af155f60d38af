//! What a unit costs in every place where it could run, with the traffic that is stated or with another one. It is asked
//! on each move of a slider: nothing is read or derived for it, only summed up.

use crate::FilePath;
use crate::actions::units_at;
use crate::snapshot::Context;
use crate::tradeoff::{Told, offered, refused, spelled};
use crate::workload::{Stated, keys_from_json};
use klotho_cost::compare::{ASSUMED_VOLUME, monthly_over};
use klotho_cost::estimate::Latency;
use klotho_cost::traffic::hourly_rates;
use klotho_cost::workload::WORKLOAD_KEYS;
use klotho_cost::{Comparison, Family, Origin, Question, Row, Value, compare};
use klotho_graph::{Project, Unit};
use klotho_text::Span;
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};

/// The volumes of a curve, requests a month: the first, the last, and how many.
const CURVE: (f64, f64, u32) = (1e3, 1e9, 60);

/// Which unit is asked for.
#[derive(Clone, Debug)]
pub enum Which {
    /// The one that the cursor speaks of, else the first that holds the file.
    At(usize),
    /// The first that holds the file; of the configuration the first there is.
    First,
    /// The one with this id.
    Named(String),
}

/// What a unit costs wherever it could run.
#[derive(Clone, Debug)]
pub struct UnitCost {
    /// The root of its project.
    pub root: FilePath,
    /// Its id.
    pub unit: String,
    /// Where it runs, as the project writes it.
    pub current: String,
    /// Requests a month that all figures are for.
    pub requests: f64,
    /// Every key of `[workload]`.
    pub workload: Vec<WorkloadValue>,
    /// Where it could run, in the order of the hover.
    pub places: Vec<PlaceCost>,
    /// Requests per second in each hour of the day.
    pub traffic: [f64; 24],
    /// The volumes of all curves, requests a month.
    pub volumes: Vec<f64>,
    /// Where the cheaper of two places becomes the dearer one, by volume.
    pub crossings: Vec<PlaceCrossing>,
    /// What to make of it.
    pub verdict: String,
}

/// A key of `[workload]`.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkloadValue {
    /// Its name.
    pub key: &'static str,
    /// What holds; `None` = nobody says it, and nothing is assumed.
    pub value: Option<Value>,
    /// Who says so.
    pub origin: Origin,
}

/// A place where a unit could run.
#[derive(Clone, Debug)]
pub struct PlaceCost {
    /// As the project writes it.
    pub target: &'static str,
    /// Its name, for people.
    pub name: &'static str,
    /// How one pays for it.
    pub family: Family,
    /// US dollars a month; `None` = a price is missing.
    pub monthly: Option<Decimal>,
    /// The parts of that.
    pub lines: Vec<CostLine>,
    /// What requests wait for a cold start; `None` = they do not.
    pub cold_start: Option<String>,
    /// Whether nothing rules it out.
    pub fits: bool,
    /// What rules it out, or might.
    pub why: Vec<String>,
    /// Whether it is the cheapest that fits.
    pub recommended: bool,
    /// Whether the unit runs there.
    pub current: bool,
    /// Instances that each hour of the day needs, where they are paid while idle.
    pub capacity: Option<[f64; 24]>,
    /// `monthly` at the volumes of the curve.
    pub curve: Vec<Option<Decimal>>,
}

/// A part of a bill.
#[derive(Clone, Debug, PartialEq)]
pub struct CostLine {
    /// What is paid for.
    pub text: String,
    /// How that is worked out.
    pub formula: String,
    /// US dollars a month.
    pub monthly: Decimal,
}

/// A volume from which another place is cheaper.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceCrossing {
    /// Requests a month.
    pub requests: f64,
    /// The place that is cheaper below.
    pub from: &'static str,
    /// The place that is cheaper from there on.
    pub to: &'static str,
}

/// What a unit costs with the workload that holds once `instead` replaces what is stated; `None` if there is no such unit,
/// an error that names the key and what it takes if `instead` cannot be used.
pub(crate) fn unit_cost(
    context: &Context<'_>,
    which: &Which,
    instead: &Map<String, Json>,
) -> Option<Result<UnitCost, String>> {
    let id = unit_of(context, which)?;
    let unit = context.project.derived().units.get(&id)?;
    let instead = match keys_from_json(context.project, instead) {
        Ok(instead) => instead,
        Err(reason) => return Some(Err(reason)),
    };
    let stated = Stated::of(context.project, &id, unit).with(context.project, instead);
    Some(Ok(answer(context, id, unit, &stated)))
}

fn unit_of(context: &Context<'_>, which: &Which) -> Option<String> {
    let derived = context.project.derived();
    let of_file = || derived.units_of(&context.relative).iter().next().cloned();
    match which {
        Which::Named(id) => Some(id.clone()),
        Which::At(offset) => units_at(context, Span::empty(*offset)).into_iter().next().or_else(of_file),
        Which::First if context.is_config() => derived.units.keys().next().cloned(),
        Which::First => of_file(),
    }
}

fn answer(context: &Context<'_>, id: String, unit: &Unit, stated: &Stated<'_>) -> UnitCost {
    let project = context.project;
    let told = Told::stated(project, &id, unit, stated);
    let question = told.question(project, unit, context.today);
    let comparison = compare(&question);
    let volumes = volumes();
    // What a project cannot name it cannot be switched to.
    let rows = offered(&comparison).filter(|row| row.is_nameable());
    let places: Vec<_> = rows.map(|row| place(project, unit, row, &question, &volumes)).collect();
    UnitCost {
        root: FilePath::clone(context.root),
        current: unit.target.name.clone(),
        requests: comparison.requests,
        workload: workload(stated, unit, &told),
        traffic: hourly_rates(comparison.requests, &comparison.shares),
        crossings: crossings(project, &comparison, &places),
        verdict: comparison.verdict,
        unit: id,
        places,
        volumes,
    }
}

/// Whole numbers of requests, evenly spread over the digits.
fn volumes() -> Vec<f64> {
    let (first, last, count) = CURVE;
    let step = (last / first).powf(1.0 / f64::from(count - 1));
    (0..count).map(|place| (first * step.powi(place as i32)).round()).collect()
}

fn place(project: &Project, unit: &Unit, row: &Row, question: &Question<'_>, volumes: &[f64]) -> PlaceCost {
    let refused = refused(unit, row.target.key).filter(|_| row.current);
    let lines = row.estimate.components.iter().map(|part| CostLine {
        text: part.name.replace('_', " "),
        formula: part.formula.clone(),
        monthly: part.monthly,
    });
    let is_cold = matches!(row.latency, Some(Latency::ColdStart { .. }));
    PlaceCost {
        target: spelled(project, row.target.key),
        name: row.target.name,
        family: row.target.family,
        monthly: row.monthly,
        lines: lines.collect(),
        cold_start: is_cold.then(|| row.latency_text.clone()),
        fits: refused.is_none() && !row.fits.is_ruled_out(),
        why: refused.into_iter().chain(row.fits.reasons().iter().cloned()).collect(),
        recommended: row.recommended,
        current: row.current,
        capacity: row.hours,
        curve: monthly_over(question, row.target, volumes, question.sizing),
    }
}

/// The crossings of the curves that are shown, the lowest first.
fn crossings(project: &Project, comparison: &Comparison, places: &[PlaceCost]) -> Vec<PlaceCrossing> {
    let is_shown = |target: &str| places.iter().any(|place| place.target == target);
    let pairs = comparison.break_evens.iter();
    let pairs = pairs.filter(|pair| pair.on_demand.plan.is_empty() && pair.always_on.plan.is_empty());
    let found = pairs.filter_map(|pair| {
        let (from, to) = (spelled(project, pair.on_demand.key), spelled(project, pair.always_on.key));
        let requests = pair.peak_sized.requests().filter(|requests| *requests <= CURVE.1)?;
        (is_shown(from) && is_shown(to)).then_some(PlaceCrossing { requests, from, to })
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by(|a, b| a.requests.total_cmp(&b.requests));
    found
}

/// What the model takes where nobody says it; nothing for what it leaves out.
fn assumed(key: &str, unit: &Unit) -> Option<Value> {
    Some(match key {
        "monthly_requests" => Value::Number(ASSUMED_VOLUME),
        "runtime" => Value::Text(unit.language?.spec().name.to_owned()),
        "provisioned_concurrency" | "nat_gateways" => Value::Number(0.0),
        "ephemeral_storage_mb" => Value::Number(512.0),
        "package" => Value::Text("zip".to_owned()),
        "free_tier" => Value::Flag(false),
        _ => return None,
    })
}

fn workload(stated: &Stated<'_>, unit: &Unit, told: &Told) -> Vec<WorkloadValue> {
    let value = |key: &'static str| {
        let found = told.workload.value(key).or_else(|| stated.measurement(key));
        let (value, origin) = match found {
            Some((value, origin)) => (Some(value), origin),
            None => (assumed(key, unit), Origin::Model),
        };
        WorkloadValue { key, value, origin }
    };
    WORKLOAD_KEYS.iter().map(|key| value(key.name)).collect()
}
