//! What a unit costs where it runs and where else it could run, with what that rests on.

use super::day;
use crate::markdown::{code, table};
use crate::region;
use crate::tradeoff::{comparison, offered, refused, volume};
use crate::workload::{Stated, is_workload_key};
use klotho_cost::compare::{Preset, Robustness};
use klotho_cost::estimate::{Component, Entry};
use klotho_cost::workload::Assumption;
use klotho_cost::{Comparison, Date, Origin, Row, format};
use klotho_graph::{Project, USAGE_FILE, Unit};
use rust_decimal::Decimal;

/// Parts of a bill that are paid for what stands in front of a unit.
const ENTRY: [&str; 4] = ["gateway", "load_balancer_hour", "load_balancer_lcu", "connection_minutes"];

/// The comparison as Markdown.
pub(crate) struct Text {
    /// The table and what to make of it.
    pub(crate) answer: String,
    /// What each row rests on, the day, what was assumed, and where the prices are from.
    pub(crate) grounds: String,
}

pub(crate) fn text(project: &Project, id: &str, unit: &Unit, today: Date) -> Text {
    let comparison = comparison(project, id, unit, today);
    let answer = format!("{}\n\n{}", places(&comparison, unit), comparison.verdict);
    Text { answer, grounds: grounds(project, id, unit, &comparison) }
}

fn grounds(project: &Project, id: &str, unit: &Unit, comparison: &Comparison) -> String {
    let particulars = offered(comparison)
        .map(|row| format!("- {}: {}", row.target.name, particulars(row, refused_now(unit, row))));
    let mut parts = vec![particulars.collect::<Vec<_>>().join("\n"), day::chart(comparison)];
    parts.extend(at_other_volumes(comparison));
    parts.extend(doubt(comparison));
    parts.extend(beyond_the_bill(comparison));
    parts.extend(elsewhere(project, id, unit, comparison));
    let assumed: Vec<_> = comparison.assumptions().map(assumption).collect();
    if !assumed.is_empty() {
        parts.push(format!("Assumed: {}", assumed.join(", ")));
    }
    parts.extend(comparison.left_out_note());
    parts.push(format!(
        "{} {}, {}. Each figure: {}",
        comparison.price_note(),
        region::in_words(project),
        if comparison.free_tier { "the free tier taken off" } else { "no free tier" },
        code(&format!("klotho-ls cost --explain {id}"))
    ));
    parts.join("\n\n")
}

/// The places side by side.
fn places(comparison: &Comparison, unit: &Unit) -> String {
    let head = ["Where", "A month", "Cold start", "Fits"].map(str::to_owned);
    let rows = offered(comparison).map(|row| cells(row, refused_now(unit, row).is_some()));
    let rows: Vec<_> = std::iter::once(head).chain(rows).collect();
    format!("At {} a month:\n\n{}", volume(comparison), table(&rows).trim_end())
}

/// Why the compiler refuses the unit where it runs; of other places the comparison knows.
fn refused_now(unit: &Unit, row: &Row) -> Option<String> {
    refused(unit, row.target.key).filter(|_| row.current)
}

/// The figures that one compares. `is_refused` says that the compiler would not build the unit for the target.
fn cells(row: &Row, is_refused: bool) -> [String; 4] {
    let name = if row.current { format!("**{}**, now", row.target.name) } else { row.target.name.to_owned() };
    let month = row.monthly.map_or_else(|| "not known".to_owned(), format::money);
    let fits = match row.fits.reasons() {
        _ if is_refused || row.fits.is_ruled_out() => "no",
        [] => "yes",
        _ => "not known",
    };
    [name, month, row.latency_text.clone(), fits.to_owned()]
}

/// What a row's figures rest on: what runs there, what is paid for, what it takes to grow, why it does not fit.
fn particulars(row: &Row, refused: Option<String>) -> String {
    let mut parts: Vec<String> = row.size.iter().cloned().collect();
    parts.push(format!("you pay for {}", row.target.pays_for));
    match row.monthly {
        None => parts.push(row.missing().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
        Some(_) => parts.extend(entry(row)),
    }
    if let Some(cost) = row.autoscaled.filter(|cost| Some(*cost) != row.monthly) {
        parts.push(format!("{} if autoscaled", format::money(cost)));
    }
    parts.extend(
        row.without_cluster_fee.map(|cost| format!("{} without the cluster's fee", format::money(cost))),
    );
    parts.extend(row.growth().map(|growth| format!("until there is more capacity: {growth}")));
    let mut text = parts.join("; ");
    if let Some(reason) = refused {
        text.push_str(&format!(". It does not fit: {reason}"));
    } else if !row.fits.reasons().is_empty() {
        let verdict =
            if row.fits.is_ruled_out() { "It does not fit" } else { "Whether it fits is not known" };
        text.push_str(&format!(". {verdict}: {}", row.fits.sentence()));
    }
    text
}

/// How much of a row's bill is for what stands in front.
fn entry(row: &Row) -> Option<String> {
    let is_entry = |part: &&Component| ENTRY.contains(&part.name);
    let amount: Decimal = row.estimate.components.iter().filter(is_entry).map(|part| part.monthly).sum();
    match (row.entry, amount.is_zero()) {
        (Entry::None, _) => None,
        (entry, true) => Some(format!("the {} is free", entry.name())),
        (entry, false) => Some(format!("{} of it for the {}", format::money(amount), entry.name())),
    }
}

/// Whether the answer stays the same when the figures are off, and which figure matters most.
fn doubt(comparison: &Comparison) -> Option<String> {
    let found = match &comparison.robustness {
        Robustness::Alone => return None,
        Robustness::Robust => {
            "Robust: the same target wins at a third and three times the traffic, at half and twice the duration, and with 1, \
             8 or 32 requests at once."
                .to_owned()
        }
        Robustness::Flips(flips) => {
            let all: Vec<_> = flips.iter().map(ToString::to_string).collect();
            format!("Close: it flips {}.", all.join(", "))
        }
    };
    let driver = comparison.drivers.iter().find(|driver| driver.assumed && driver.swing_usd >= 1.0);
    let ask = driver.map(|driver| format!(" What is not known and matters most is {}.", code(driver.input)));
    Some(format!("{found}{}", ask.unwrap_or_default()))
}

/// What a bill does not say, axis by axis, for where the unit runs and the cheapest place that is something else.
fn beyond_the_bill(comparison: &Comparison) -> Option<String> {
    let now = comparison.current().or(comparison.recommended())?;
    let others = comparison.rows.iter().filter(|row| row.target.axes != now.target.axes);
    let open = others.filter(|row| !row.fits.is_ruled_out() && row.monthly.is_some());
    let other = open.min_by_key(|row| row.monthly);
    let names: Vec<_> = std::iter::once(now).chain(other).map(|row| row.target.name).collect();
    let second = other.map(|row| row.target.axes.rows());
    let axes = now.target.axes.rows().into_iter().enumerate().map(|(place, (axis, phrase))| {
        let against = second.and_then(|rows| rows.get(place).map(|(_, phrase)| format!(" / {phrase}")));
        format!("{} {phrase}{}", axis.to_lowercase(), against.unwrap_or_default())
    });
    Some(format!("Beyond the bill ({}): {}.", names.join(" / "), axes.collect::<Vec<_>>().join("; ")))
}

/// While nobody states the volume: what each place costs at others.
fn at_other_volumes(comparison: &Comparison) -> Option<String> {
    let presets = comparison.presets.iter().filter(|preset| preset.requests != comparison.requests);
    let line = |preset: &Preset| {
        let costs = offered(comparison).filter_map(|row| {
            let found = preset.monthly.iter().find(|(target, _)| *target == row.target)?;
            Some(format!("{} {}", row.target.name, format::money(found.1?)))
        });
        format!("- At {} requests: {}", format::count(preset.requests), costs.collect::<Vec<_>>().join(", "))
    };
    let lines: Vec<_> = presets.map(line).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// The inputs that stand neither in the annotation nor in the configuration, with where they do.
fn elsewhere(project: &Project, id: &str, unit: &Unit, comparison: &Comparison) -> Vec<String> {
    let stated = Stated::of(project, id, unit);
    let mut lines = Vec::new();
    for (origin, place) in [(Origin::Usage, ""), (Origin::UsageType, ", for the type of resource")] {
        let inputs: Vec<_> =
            comparison.inputs.iter().filter(|input| input.origin == origin).map(assumption).collect();
        if !inputs.is_empty() {
            lines.push(format!("From {USAGE_FILE}{place}: {}", inputs.join(", ")));
        }
    }
    if let Some(near) = stated.measured_at(&stated.workload()) {
        let size = format::plain(near.point.memory_mb);
        let nearest = if near.is_exact { "" } else { ", the nearest size that was measured" };
        let duration = format::plain(near.point.duration_ms);
        lines.push(format!("Measured: `request_duration_ms = {duration}`, at {size} MB{nearest}"));
    }
    lines
}

/// An assumed input; a key as one would write it to settle it.
fn assumption(input: &Assumption) -> String {
    let is_key = is_workload_key(input.input);
    match (is_key, input.unit) {
        (true, _) => format!("`{} = {}`", input.input, input.value),
        (false, "") => format!("{}: {}", input.input, input.value),
        (false, unit) => format!("{}: {} {unit}", input.input, input.value),
    }
}
