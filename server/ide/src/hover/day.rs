//! A day's traffic as a small chart of text, and what an always-on target keeps for it.

use klotho_cost::{Comparison, Family, Row, format};

/// A bar for each eighth of the highest hour.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The chart as a fenced block: requests hour by hour, below them the instances that a target needs for them.
pub(super) fn chart(comparison: &Comparison) -> String {
    let shares = &comparison.shares;
    let (peak, highest) = highest(shares);
    let times = format::plain(format::significant(highest * 24.0, 3));
    let mut lines = vec![
        format!("{:<10}0     6     12    18", "hour"),
        format!("{:<10}{}  {:02}:00 has {} x the mean", "traffic", bars(shares), peak, times),
    ];
    if is_flat(shares) {
        lines.truncate(1);
        lines.push(format!("{:<10}{}  every hour the same", "traffic", bars(shares)));
    }
    lines.extend(always_on(comparison).and_then(needs));
    format!("```text\n{}\n```", lines.join("\n"))
}

/// The always-on target that is told of: where the unit runs, else the cheapest that fits.
fn always_on(comparison: &Comparison) -> Option<&Row> {
    let rows =
        || comparison.rows.iter().filter(|row| row.target.family == Family::AlwaysOn && row.hours.is_some());
    let open = || rows().filter(|row| !row.fits.is_ruled_out() && row.monthly.is_some());
    rows().find(|row| row.current).or_else(|| open().min_by_key(|row| row.monthly))
}

/// Instances hour by hour: as digits while they are few, else as bars.
fn needs(row: &Row) -> Option<String> {
    let hours = row.hours?;
    let (_, most) = highest(&hours);
    let shown = if most < 9.5 {
        hours.iter().filter_map(|count| char::from_digit(count.round() as u32, 10)).collect()
    } else {
        bars(&hours)
    };
    let noun = row.target.name;
    Some(format!(
        "{:<10}{shown}  needed on {noun}; sized for the peak, {most:.0} are paid all day",
        "instances"
    ))
}

fn highest(hours: &[f64; 24]) -> (usize, f64) {
    hours.iter().copied().enumerate().fold((0, 0.0), |most, hour| if hour.1 > most.1 { hour } else { most })
}

fn is_flat(hours: &[f64; 24]) -> bool {
    hours.iter().all(|hour| (hour - hours[0]).abs() < 1e-9)
}

fn bars(hours: &[f64; 24]) -> String {
    let (_, most) = highest(hours);
    let bar = |hour: &f64| {
        let step = (hour / most.max(1e-12) * 8.0).ceil() as usize;
        BARS.get(step.saturating_sub(1)).copied().unwrap_or('█')
    };
    hours.iter().map(bar).collect()
}
