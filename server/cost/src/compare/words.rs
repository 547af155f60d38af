//! The sentences of a comparison.

use super::{Comparison, Crossing, Row};
use crate::breakeven::BreakEven;
use crate::coldstart::StartRange;
use crate::estimate::Latency;
use crate::format;
use crate::target::Target;
use crate::workload::{Assumption, Origin, Shape};

/// What requests wait for a cold start: `1 in 5,000 waits 126-169 ms`.
pub(super) fn latency(latency: &Latency) -> String {
    match latency {
        Latency::ColdStart { share, init: Some(init), .. } => {
            format!("{} waits {:.0}-{:.0} ms", format::one_in(*share), init.p50_ms, init.p99_ms)
        }
        Latency::ColdStart { share, range: Some(range), .. } => {
            format!("{} waits {}", format::one_in(*share), waited(range))
        }
        Latency::ColdStart { share, .. } => {
            format!("{} waits, not measured how long", format::one_in(*share))
        }
        Latency::ScaleUp { .. } => "none".to_owned(),
    }
}

/// A range in words: `2-7 s`, `50-300 ms`, or `up to 5 s` where only the upper end was published.
fn waited(range: &StartRange) -> String {
    let hi = format::duration_ms(range.hi_ms);
    match range.lo_ms {
        lo if lo <= 0.0 => format!("up to {hi}"),
        lo if lo >= 1_000.0 => format!("{}-{hi}", format::plain(lo / 1_000.0)),
        lo if range.hi_ms >= 1_000.0 => format!("{} to {hi}", format::duration_ms(lo)),
        lo => format!("{}-{hi}", format::plain(lo)),
    }
}

pub(super) fn assumed(input: &'static str, value: String, unit: &'static str) -> Assumption {
    Assumption { input, value, unit, origin: Origin::Model }
}

pub(super) fn verdict(comparison: &Comparison, shape: &Shape) -> String {
    let mut sentences = vec![winner(comparison)];
    if comparison.recommended().is_none() {
        return sentences.concat();
    }
    sentences.extend(unnameable(comparison));
    sentences.extend(main_crossing(comparison).and_then(|pair| crossing(pair, shape)));
    sentences.join(" ")
}

fn winner(comparison: &Comparison) -> String {
    let volume = format::count(comparison.requests);
    let at = if comparison.volume_known {
        format!("At {volume} requests a month")
    } else {
        format!("At an assumed {volume} requests a month")
    };
    let Some((best, amount)) = comparison.recommended().and_then(|row| Some((row, row.monthly?))) else {
        let nothing_fits = comparison.rows.iter().all(|row| row.fits.is_ruled_out());
        let why = if nothing_fits {
            "No target meets what the unit states and requires."
        } else {
            "No target that the unit may run on has a price here."
        };
        return why.to_owned();
    };
    let rival = |row: &&Row| {
        row.is_nameable() && !row.recommended && !row.fits.is_ruled_out() && row.monthly.is_some()
    };
    let rival = comparison.rows.iter().filter(rival).min_by_key(|row| row.monthly);
    let against = rival
        .and_then(|row| Some(format!(" against {} on {}", format::money(row.monthly?), row.target.name)));
    let cheaper = |row: &&Row| !row.fits.is_ruled_out() && row.autoscaled.is_some_and(|cost| cost < amount);
    let scaled = comparison.rows.iter().filter(cheaper).min_by_key(|row| row.autoscaled);
    let scaled = scaled.and_then(|row| {
        let cost = format::money(row.autoscaled?);
        Some(format!("; with autoscaling {} would be {cost}", row.target.name))
    });
    let (name, amount) = (best.target.name, format::money(amount));
    let (against, scaled) = (against.unwrap_or_default(), scaled.unwrap_or_default());
    format!("{at} {name} is cheapest: {amount}{against}{scaled}.{}", unpriced(comparison))
}

/// Which targets that could be chosen are not in the running, because a price is missing.
fn unpriced(comparison: &Comparison) -> String {
    let is_open = |row: &&Row| !row.fits.is_ruled_out() && row.monthly.is_none();
    let names: Vec<_> = comparison.rows.iter().filter(is_open).map(|row| row.target.name).collect();
    match names.len() {
        0 => String::new(),
        _ => format!(" Not compared, because prices are missing: {}.", names.join(", ")),
    }
}

/// The row that would be cheapest of all, where a project cannot state it.
fn unnameable(comparison: &Comparison) -> Option<String> {
    let best = comparison.recommended()?.monthly?;
    let open = |row: &&Row| !row.is_nameable() && !row.fits.is_ruled_out();
    let priced = comparison.rows.iter().filter(open).filter_map(|row| Some((row.target.name, row.monthly?)));
    let (name, amount) = priced.filter(|(_, amount)| *amount < best).min_by_key(|(_, amount)| *amount)?;
    Some(format!("{name} would be {}, but a project cannot name it.", format::money(amount)))
}

/// The pair that decides: the cheapest on-demand side that can be chosen, against the cheapest always-on one.
fn main_crossing(comparison: &Comparison) -> Option<&Crossing> {
    let rank = |target: &Target| {
        let row = comparison.row_with_plan(target.key, target.plan);
        row.map(|row| (!row.current && row.fits.is_ruled_out(), row.monthly.is_none(), row.monthly))
    };
    let pairs = comparison.break_evens.iter().filter(|pair| pair.autoscaled != BreakEven::Unknown);
    pairs.min_by_key(|pair| (rank(pair.on_demand), rank(pair.always_on)))
}

fn crossing(pair: &Crossing, shape: &Shape) -> Option<String> {
    let name = pair.always_on.name;
    let count = |found: &BreakEven| found.requests().map(format::count);
    let peak = format!("sized for the {:02}:00 peak {name}", shape.peak_hour());
    let autoscaled = count(&pair.autoscaled)
        .map(|n| format!(", autoscaled it does from {n} requests"))
        .unwrap_or_default();
    match (&pair.peak_sized, count(&pair.flat)) {
        (BreakEven::Never, Some(flat)) => Some(format!(
            "The shape decides, not the volume: {peak} never becomes cheaper{autoscaled}, \
             and with flat traffic it would from {flat}."
        )),
        (BreakEven::Never, None) => Some(format!("{peak} never becomes cheaper{autoscaled}.")).map(capital),
        (BreakEven::At { requests, .. }, _) => {
            let from = format::count(*requests);
            let earlier = count(&pair.autoscaled).filter(|n| *n != from);
            let earlier = earlier.map(|n| format!(", autoscaled from {n}")).unwrap_or_default();
            Some(format!("{name} becomes cheaper from {from} requests a month sized for the peak{earlier}."))
        }
        (BreakEven::Always | BreakEven::Unknown, _) => None,
    }
}

fn capital(text: String) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
