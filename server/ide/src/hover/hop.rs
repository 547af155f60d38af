//! A call of another unit's function: where it goes, what it costs and what it adds.

use crate::markdown::code;
use crate::snapshot::Context;
use crate::tradeoff::{comparison, target_name};
use klotho_cost::estimate::Latency;
use klotho_cost::hop::{Side, hop as price};
use klotho_cost::{Comparison, format};
use klotho_graph::Hop;

/// Of how many calling units the price is told.
const SHOWN: usize = 3;

pub(super) fn text(context: &Context<'_>, hop: &Hop) -> String {
    let head = format!(
        "{} runs in **{}** on **{}**: this call is a request from one unit to another",
        code(&format!("{}()", hop.function)),
        code(&hop.to),
        target_of(context, &hop.to)
    );
    let mut parts = vec![head];
    parts.extend(hop.from.iter().take(SHOWN).filter_map(|from| price_text(context, from, hop)));
    parts.push(
        "Arguments and results are serialised. The network between the two comes on top; it was not measured"
            .to_owned(),
    );
    parts.join("\n\n")
}

fn target_of(context: &Context<'_>, id: &str) -> String {
    let unit = context.project.derived().units.get(id);
    unit.map_or_else(String::new, |unit| target_name(context.project, &unit.target.name))
}

fn compared(context: &Context<'_>, id: &str) -> Option<Comparison> {
    let unit = context.project.derived().units.get(id)?;
    Some(comparison(context.project, id, unit, context.today))
}

fn side(comparison: &Comparison) -> Option<Side<'_>> {
    let duration_ms = comparison.duration_ms;
    comparison.current().map(|row| Side { row, requests: comparison.requests, duration_ms })
}

fn price_text(context: &Context<'_>, from: &str, hop: &Hop) -> Option<String> {
    let (caller, callee) = (compared(context, from)?, compared(context, &hop.to)?);
    let (caller, callee) = (side(&caller)?, side(&callee)?);
    let found = price(caller, callee);
    let caller_name = caller.row.target.name;
    let mut lines = vec![format!("A million calls from {} on {caller_name} cost\n", code(from))];
    let a_million = [
        (found.fee, "for the requests"),
        (found.work, "for the time of the callee, which a call in one's own process would take as well"),
        (found.waiting, "for the time in which the caller waits"),
    ];
    for (amount, what) in a_million {
        lines.extend(amount.map(|amount| format!("- {} {what}", format::money(amount))));
    }
    if found.work.is_none() {
        lines.push(format!(
            "- nothing for {}, which is paid while idle and grows with its peak",
            code(&hop.to)
        ));
    }
    let adds = format!("Each adds {}", format::duration_ms(found.adds_ms));
    Some(format!("{}\n\n{adds}{}", lines.join("\n"), starts(found.latency.as_ref())))
}

/// What a caller may have to wait for on top.
fn starts(latency: Option<&Latency>) -> String {
    match latency {
        Some(Latency::ColdStart { share, init: Some(init), .. }) => {
            let often = format::one_in(*share);
            format!("; {often} waits {:.0}-{:.0} ms more for a cold start", init.p50_ms, init.p99_ms)
        }
        Some(Latency::ColdStart { share, .. }) => {
            format!("; {} waits for a cold start as well", format::one_in(*share))
        }
        _ => String::new(),
    }
}
