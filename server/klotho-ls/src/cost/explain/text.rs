//! An explanation for people.

use super::super::lines::{Side, columns, filled};
use super::super::usd::{Usd, shown};
use super::{BreakEven, Crossing, Explained, Input, Target};
use klotho_ide::format;
use std::fmt::Write;

/// What it costs, what that rests on, every target with its formulas, where they cross, and every price.
pub(in super::super) fn report(found: &Explained) -> String {
    let mut out = filled(
        "",
        &format!("{} ({}) in {}: {} a month", found.id, found.name, found.region, shown(found.monthly)),
        2,
    );
    out.push_str(&filled("", &found.verdict, 0));
    inputs(&found.inputs, &mut out);
    for target in &found.targets {
        of_target(target, &mut out);
    }
    if !found.break_evens.is_empty() {
        out.push_str("\nBreak-evens, requests a month\n");
        found.break_evens.iter().for_each(|pair| break_even(pair, &mut out));
    }
    out.push_str("\nPrices\n");
    for price in &found.prices {
        let _ = writeln!(out, "  {} in {}: {}", price.id, price.region, price.amount());
        out.push_str(&filled("    ", &price.provenance(), 4));
    }
    if !found.left_out.is_empty() {
        let _ = writeln!(out, "Left out: {}.", found.left_out.join(", "));
    }
    out.push_str(if found.free_tier {
        "The free tier is taken off, and no discount.\n"
    } else {
        "No free tier is taken off, and no discount.\n"
    });
    out
}

fn inputs(inputs: &[Input], out: &mut String) {
    if inputs.is_empty() {
        return;
    }
    out.push_str("\nInputs\n");
    let rows: Vec<_> = inputs
        .iter()
        .map(|input| {
            let unit = if input.unit.is_empty() { String::new() } else { format!(" {}", input.unit) };
            [format!("  {}", input.name), format!("{}{unit}", input.value), who(input)]
        })
        .collect();
    out.push_str(&columns(&rows, [Side::Left, Side::Left, Side::Left]));
}

/// Who said an input, and where.
fn who(input: &Input) -> String {
    let place = match (&input.file, input.line) {
        (Some(file), Some(line)) => format!("{file}:{line}"),
        (Some(file), None) => file.clone(),
        (None, _) => String::new(),
    };
    let how = match input.origin {
        _ if input.is_assumed() => "assumed",
        "defaults" => " (defaults)",
        "usage_type" => " (defaults of its type)",
        "measured" => " (measured)",
        _ if place.is_empty() => "stated",
        _ => "",
    };
    format!("{place}{how}")
}

fn of_target(target: &Target, out: &mut String) {
    let now = if target.now { ", now" } else { "" };
    let autoscaled = target.autoscaled.filter(|cost| Some(*cost) != target.monthly);
    let autoscaled = autoscaled.map(|cost| format!(", {cost} if autoscaled")).unwrap_or_default();
    let _ = writeln!(out, "\n{}{now}: {} a month{autoscaled}", target.name, shown(target.monthly));
    if target.fits != "yes" {
        let verdict = if target.fits == "no" { "does not fit: " } else { "may not fit: " };
        out.push_str(&filled(&format!("  {verdict}"), &target.reasons.join("; "), 4));
    }
    for part in &target.components {
        let dollars =
            part.monthly.parse().map_or_else(|_| part.monthly.clone(), |it| Usd::of(it).to_string());
        let first = format!("  {} {dollars}: ", part.name.replace('_', " "));
        out.push_str(&filled(&first, &format!("{} ({})", part.formula, part.prices.join(", ")), 4));
    }
    for missing in &target.missing {
        out.push_str(&filled("  not known: ", missing, 4));
    }
    latency(target, out);
    if let Some(hours) = &target.hours {
        let size = target.size.as_deref().unwrap_or("instances");
        let text = format!("{size} at the peak; instances needed: {}", by_hour(hours));
        out.push_str(&filled("  sizing: ", &text, 4));
    }
    for note in &target.notes {
        out.push_str(&filled("  note: ", note, 4));
    }
}

/// How many in which hours: `2 from 00:00, 5 from 08:00, 2 from 10:00`.
fn by_hour(hours: &[u64]) -> String {
    let mut changes: Vec<(usize, u64)> = Vec::new();
    for (hour, count) in hours.iter().enumerate() {
        if changes.last().is_none_or(|(_, last)| last != count) {
            changes.push((hour, *count));
        }
    }
    match changes.as_slice() {
        [(_, count)] => format!("{count} all day"),
        all => all
            .iter()
            .map(|(hour, count)| format!("{count} from {hour:02}:00"))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// What requests wait for, and what that is worked out from.
fn latency(target: &Target, out: &mut String) {
    if let Some(cold) = &target.cold_start {
        let rounded = |value: f64| format::plain(format::significant(value, 3));
        let ready = match cold.kept_ready {
            0 => "none is kept ready".to_owned(),
            count => format!("{count} kept ready"),
        };
        let text = format!(
            "{}; a share of {} from {} requests/s of {} on average, {} in flight, an idle environment kept for {}, {ready}",
            target.waits,
            rounded(cold.share),
            rounded(cold.mean_rps),
            format::duration_ms(cold.duration_s * 1_000.0),
            rounded(cold.in_flight),
            format::duration_ms(cold.idle_s * 1_000.0),
        );
        out.push_str(&filled("  cold start: ", &text, 4));
    }
    if let Some(p99) = target.p99_ms {
        let _ = writeln!(out, "  99 of 100 requests take less than {}", format::duration_ms(p99));
    }
    if let Some(growth) = target.growth {
        out.push_str(&filled("  until there is more capacity: ", growth, 4));
    }
}

fn break_even(pair: &BreakEven, out: &mut String) {
    let _ = writeln!(out, "  {} and {}", pair.on_demand, pair.always_on);
    let all = [
        ("sized for the peak", &pair.peak_sized),
        ("autoscaled", &pair.autoscaled),
        ("flat traffic", &pair.flat),
    ];
    for (name, crossing) in all {
        let _ = writeln!(out, "    {name}: {}{}", crossing.words, values(pair, crossing));
    }
}

/// What both sides cost where they cross.
fn values(pair: &BreakEven, crossing: &Crossing) -> String {
    match (crossing.on_demand, crossing.always_on) {
        (Some(here), Some(there)) => {
            format!(", {here} on {} and {there} on {}", pair.on_demand, pair.always_on)
        }
        _ => String::new(),
    }
}
