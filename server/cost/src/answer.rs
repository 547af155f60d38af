//! The short way to ask: a question that owns its data, and an answer in which every cell is ready to be shown.
//!
//! [`crate::compare()`] knows more than a table has room for. This narrows it to chosen targets, in the region that
//! the provider defaults to, and puts limits, latency and missing prices into words.

use rust_decimal::prelude::ToPrimitive;

use crate::breakeven;
use crate::catalogue::catalogue;
use crate::compare::{self, Robustness};
use crate::estimate::{Entries, Estimate, Latency, Load, Model};
use crate::feasibility::Verdict;
use crate::target::Family;
use crate::workload::Assumption;

pub use crate::date::Date;
pub use crate::estimate::Entry;
pub use crate::format;
pub use crate::requirements::{REQUIREMENT_KEYS as REQUIRES_KEYS, Requirements};
pub use crate::target::{Provider, Target, target, targets};
pub use crate::value::Value;
pub use crate::workload::{KeyError, Origin, Resolved, WORKLOAD_KEYS, Workload, resolve};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// Whose targets are compared.
    pub provider: Provider,
    /// The unit's traffic.
    pub workload: Resolved,
    /// What the unit must meet.
    pub requirements: Requirements,
    /// Key of the target on which the unit runs now.
    pub current: String,
    /// Runtime of the file's language, used unless the workload names one.
    pub runtime: Option<String>,
    /// What stands in front of the unit while it is a function.
    pub entry: Entry,
    /// Units that share the cluster and its fee.
    pub units_on_cluster: u32,
    /// Today, for the age of prices; `None` = no clock, and then no age either.
    pub today: Option<Date>,
    /// Keys of the targets to compare.
    pub candidates: Vec<&'static str>,
}

/// The answer.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Region that the prices are for.
    pub region: String,
    /// Requests a month that the rows are for.
    pub monthly_requests: f64,
    /// Did nobody state that volume?
    pub requests_assumed: bool,
    /// The current target, then the others, cheapest first, those without a price last.
    pub rows: Vec<Row>,
    /// Where always-on targets become cheaper than the on-demand one, in both sizings.
    pub break_even: Vec<BreakEven>,
    /// Inputs that nobody stated.
    pub assumptions: Vec<Assumption>,
    /// What to make of it, in one sentence.
    pub verdict: String,
    /// The source of most of the prices; empty when nothing has one.
    pub price_source: String,
    /// Oldest effective date among the prices of that source.
    pub price_date: Option<Date>,
    /// Days since that date.
    pub price_age_days: Option<i64>,
}

/// One target.
#[derive(Debug, Clone)]
pub struct Row {
    /// `type` in klotho.yaml.
    pub key: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// Does the unit run there now?
    pub is_current: bool,
    /// What the bill counts.
    pub pays_for: String,
    /// US dollars a month, always-on sized for the peak; `None` = a price is missing.
    pub monthly: Option<f64>,
    /// Always-on only: with each hour's own capacity, US dollars a month.
    pub autoscaled: Option<f64>,
    /// Part of `monthly` that the gateway or load balancer takes.
    pub entry_share: Option<f64>,
    /// Always-on only: instances of the busiest hour.
    pub instances: Option<u32>,
    /// What requests wait for.
    pub latency: String,
    /// Why the unit cannot run there; empty = nothing is known to rule it out.
    pub misfits: Vec<String>,
    /// What nobody can tell yet about whether it may run there.
    pub open: Vec<String>,
    /// Prices that are missing.
    pub missing: Vec<String>,
    /// The cheapest of the rows that fit.
    pub recommended: bool,
    /// The bill behind `monthly`.
    pub estimate: Estimate,
}

/// Where an always-on target becomes cheaper than the on-demand one.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakEven {
    /// Key of the always-on target.
    pub against: &'static str,
    /// Against each hour's own capacity, or against capacity for the peak?
    pub autoscaled: bool,
    /// Requests a month; `None` = never. The lowest volume looked at when it is cheaper from there on.
    pub monthly_requests: Option<f64>,
    /// Mean requests per second at that volume.
    pub mean_rps: Option<f64>,
}

/// Compares the candidates for one unit.
pub fn compare(question: &Question) -> Comparison {
    let region = question.provider.default_region();
    // Without a clock the day matters to nothing that is handed out; the catalogue's own day is as good as any.
    let today = question.today.or_else(|| Date::parse(catalogue().generated));
    let today = today.unwrap_or(Date::from_unix_days(0));
    let mut asked =
        compare::Question::new(question.provider, region, &question.workload, &question.requirements, today);
    asked.current = Some(&question.current);
    asked.runtime = question.runtime.as_deref();
    asked.entries = Entries::of(question.entry);
    asked.units_on_cluster = question.units_on_cluster.max(1);
    let full = compare::compare(&asked);
    let break_even = break_even(question, &full);
    let rows = rows(question, &asked, &full);
    let prices = full.sources.first();
    Comparison {
        region: region.to_owned(),
        monthly_requests: full.requests,
        requests_assumed: !full.volume_known,
        verdict: sentence(&full, &rows, &break_even),
        rows,
        break_even,
        assumptions: full.assumptions().cloned().collect(),
        price_source: prices.map_or_else(String::new, |used| used.source.name.to_owned()),
        price_date: prices.and_then(|used| used.effective),
        price_age_days: question.today.and(prices.and_then(|used| used.age_days)),
    }
}

fn asks_for(question: &Question, key: &str) -> bool {
    key == question.current || question.candidates.contains(&key)
}

fn rows(question: &Question, asked: &compare::Question<'_>, full: &compare::Comparison) -> Vec<Row> {
    let load = Load::of(&question.workload, full.requests);
    let setting = asked.setting();
    let wanted = full.rows.iter().filter(|row| asks_for(question, row.target.key));
    let mut rows: Vec<_> = wanted
        .map(|found| row(found, found.target.model.map(|build| build(&setting)).as_deref(), &load))
        .collect();
    let cost = |row: &Row| row.monthly.unwrap_or(f64::INFINITY);
    rows.sort_by(|a, b| b.is_current.cmp(&a.is_current).then(cost(a).total_cmp(&cost(b))));
    let choosable = rows.iter_mut().filter(|row| row.misfits.is_empty() && row.monthly.is_some());
    if let Some(best) = choosable.min_by(|a, b| cost(a).total_cmp(&cost(b))) {
        best.recommended = true;
    }
    rows
}

fn row(found: &compare::Row, model: Option<&dyn Model>, load: &Load) -> Row {
    let (misfits, open) = match &found.fits {
        Verdict::Fits => (Vec::new(), Vec::new()),
        Verdict::DoesNotFit(reasons) => (reasons.clone(), Vec::new()),
        Verdict::Unknown(reasons) => (Vec::new(), reasons.clone()),
    };
    let fleet = model.and_then(|model| model.fleet(load));
    Row {
        key: found.target.key,
        name: found.target.name,
        is_current: found.current,
        pays_for: found.target.pays_for.to_owned(),
        monthly: found.monthly.and_then(|amount| amount.to_f64()),
        autoscaled: found.autoscaled.and_then(|amount| amount.to_f64()),
        entry_share: entry_share(found),
        instances: fleet.map(|fleet| fleet.peak() as u32),
        latency: latency(found),
        misfits,
        open,
        missing: found.missing().iter().map(ToString::to_string).collect(),
        recommended: false,
        estimate: found.estimate.clone(),
    }
}

/// What the entry costs; nothing to say while the whole has no price or nothing stands in front.
fn entry_share(found: &compare::Row) -> Option<f64> {
    found.monthly?;
    let is_entry = |name: &str| name == "gateway" || name.starts_with("load_balancer");
    let parts = found.estimate.components.iter().filter(|part| is_entry(part.name));
    parts.map(|part| part.monthly).reduce(|sum, next| sum + next)?.to_f64()
}

fn latency(found: &compare::Row) -> String {
    match &found.latency {
        Some(Latency::ColdStart { share, init: Some(init), .. }) => {
            format!("{} waits {:.0}–{:.0} ms", format::one_in(*share), init.p50_ms, init.p99_ms)
        }
        Some(Latency::ColdStart { share, init: None, .. }) => {
            format!("{} waits for a start that was not measured", format::one_in(*share))
        }
        Some(Latency::ScaleUp { delay, .. }) => format!("none; to grow: {delay}"),
        None => found.target.scale_up.to_owned(),
    }
}

/// The on-demand side is where the unit runs now or, when that is always-on, the first on-demand candidate.
fn break_even(question: &Question, full: &compare::Comparison) -> Vec<BreakEven> {
    let is_on_demand = |key: &&str| target(key).is_some_and(|target| target.family == Family::OnDemand);
    let keys = std::iter::once(question.current.as_str()).chain(question.candidates.iter().copied());
    let Some(base) = keys.into_iter().find(is_on_demand) else { return Vec::new() };
    let pairs = full.break_evens.iter().filter(|pair| pair.on_demand.key == base);
    let pairs = pairs.filter(|pair| asks_for(question, pair.always_on.key));
    pairs
        .flat_map(|pair| {
            let against = pair.always_on.key;
            [(false, &pair.peak_sized), (true, &pair.autoscaled)]
                .into_iter()
                .filter_map(move |(autoscaled, found)| crossing(against, autoscaled, found))
        })
        .collect()
}

/// `None` = a price is missing, so that not even "never" may be said.
fn crossing(against: &'static str, autoscaled: bool, found: &breakeven::BreakEven) -> Option<BreakEven> {
    let (monthly_requests, mean_rps) = match found {
        breakeven::BreakEven::At { requests, mean_rps, .. } => (Some(*requests), Some(*mean_rps)),
        breakeven::BreakEven::Always => {
            let seconds = crate::traffic::HOURS_PER_MONTH * 3_600.0;
            (Some(breakeven::FROM), Some(breakeven::FROM / seconds))
        }
        breakeven::BreakEven::Never => (None, None),
        breakeven::BreakEven::Unknown => return None,
    };
    Some(BreakEven { against, autoscaled, monthly_requests, mean_rps })
}

fn sentence(full: &compare::Comparison, rows: &[Row], break_even: &[BreakEven]) -> String {
    let Some(best) = rows.iter().find(|row| row.recommended) else {
        return "No target that the unit may run on has a price here.".to_owned();
    };
    let assumed = if full.volume_known { "" } else { "an assumed " };
    let mut text =
        format!("At {assumed}{} requests a month {} is cheapest", format::count(full.requests), best.name);
    if let Some(never) = break_even.iter().find(|found| !found.autoscaled && found.monthly_requests.is_none())
    {
        let name = target(never.against).map_or(never.against, |target| target.name);
        let from_flat =
            |pair: &&compare::Crossing| pair.always_on.key == never.against && pair.flat.requests().is_some();
        let shape = full.break_evens.iter().any(|pair| from_flat(&pair));
        let why = if shape { ": the shape decides, not the volume" } else { "" };
        text.push_str(&format!("; sized for the peak {name} never becomes cheaper{why}"));
    }
    match &full.robustness {
        Robustness::Alone => text.push('.'),
        other => text.push_str(&format!("; {other}.")),
    }
    text
}
