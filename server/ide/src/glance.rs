//! What can be seen at a glance beside a line: where a unit runs and what that costs, what a gateway routes, who uses a
//! store. Hints say how things are, lenses offer what can be done about it.

mod lens;
mod routes;

pub(crate) use lens::{lens_words, lenses};

use crate::resources::{resource_bill, site, users};
use crate::snapshot::Context;
use crate::tradeoff::{comparison, offered, refused};
use crate::workload::Stated;
use crate::{Glance, InlayHint};
use klotho_annotation::finding::Code;
use klotho_cost::target::Family;
use klotho_cost::{Comparison, Row, format};
use klotho_graph::{FactRef, Kind, Reference, Unit};
use klotho_text::{LineIndex, Span};
use std::sync::Arc;

/// No answer holds more than this: nobody sees as many at once.
const MOST: usize = 300;

/// Something that there is a line about.
struct Subject {
    /// What it is.
    resource: Reference,
    /// The annotation that declares it, or its key in the configuration.
    at: Span,
}

/// The hints on the lines that `range` shows.
pub(crate) fn hints(context: &Context<'_>, range: Span, wanted: Glance) -> Vec<InlayHint> {
    let Some(lines) = context.project.lines(&context.relative) else { return Vec::new() };
    let seen = subjects(context).filter(|subject| range.touches(line_end(&lines, subject.at.start)));
    let seen = seen.filter(|subject| is_wanted(context, subject, wanted));
    let hints = seen.take(MOST).filter_map(|subject| {
        let label = label(context, &subject.resource, wanted.assumed)?;
        let about = subject.at.start as usize;
        Some(InlayHint { at: line_end(&lines, subject.at.start), label, about })
    });
    let mut hints: Vec<_> = hints.collect();
    if wanted.routes {
        hints.extend(routes::hints(context, &lines, range).into_iter().take(MOST));
    }
    hints.sort_by_key(|hint| hint.at);
    hints
}

fn line_end(lines: &LineIndex, offset: u32) -> usize {
    lines.line_span(lines.line_of(offset as usize)).end as usize
}

/// Everything in the file that there is a line about, in document order.
fn subjects<'a>(context: &'a Context<'_>) -> impl Iterator<Item = Subject> + 'a {
    let config = context.is_config().then(|| context.project.config());
    let section = config.and_then(|config| config.root.table(config.names(Kind::ExecutionUnit).section));
    let entries = section.into_iter().flat_map(|section| &section.entries);
    let units = entries.map(|entry| Subject {
        resource: Reference::new(Kind::ExecutionUnit, entry.key.as_str()),
        at: *entry.key_at,
    });
    let summary = context.project.summary(&context.relative);
    let annotations = summary.into_iter().flat_map(|summary| summary.facts.annotations.iter().enumerate());
    let declared = annotations.filter_map(|(index, annotation)| {
        let fact = FactRef { path: Arc::clone(&context.relative), annotation: index };
        let resource = context.project.derived().resources.get(&fact)?.clone();
        Some(Subject { resource, at: *annotation.at })
    });
    units.chain(declared)
}

/// Whether someone wants to see something of its kind. Without assumed costs there is nothing to say of a unit but where
/// its traffic is stated, or its target is wrong.
fn is_wanted(context: &Context<'_>, subject: &Subject, wanted: Glance) -> bool {
    let is_told_of = match subject.resource.kind {
        Kind::ExecutionUnit => wanted.units,
        Kind::Gateway => wanted.routes,
        _ => wanted.stores,
    };
    if subject.resource.kind != Kind::ExecutionUnit || wanted.assumed || !is_told_of {
        return is_told_of;
    }
    let Some(unit) = context.project.derived().units.get(&subject.resource.id) else { return false };
    let is_stated = || {
        let stated = Stated::of(context.project, &subject.resource.id, unit);
        stated.workload().monthly_requests.is_some()
    };
    is_stated() || is_found(context, subject, Code::TargetInfeasible)
}

/// Whether something of this kind is found where it is declared.
fn is_found(context: &Context<'_>, subject: &Subject, code: Code) -> bool {
    let findings = context.project.findings_of(&context.relative);
    findings.iter().any(|found| found.finding.code == code && subject.at.meets(*found.at))
}

/// What there is to say of a resource; what it costs on assumed traffic only `with_assumed`.
fn label(context: &Context<'_>, resource: &Reference, with_assumed: bool) -> Option<String> {
    let derived = context.project.derived();
    let id = resource.id.as_str();
    let what = match resource.kind {
        Kind::ExecutionUnit => return of_unit(context, id, derived.units.get(id)?),
        Kind::Gateway => counted(derived.gateways.get(id)?.routes.len(), "route"),
        Kind::StaticUnit => counted(derived.static_units.get(id)?.files.len(), "file"),
        Kind::Pubsub => {
            let mut units: Vec<_> = derived.topics.get(id)?.events.iter().map(|(unit, _)| unit).collect();
            units.dedup();
            counted(units.len(), "unit")
        }
        _ => counted(users(context.project, resource).len(), "unit"),
    };
    let bill = resource_bill(context.project, resource, site(context.project));
    let bill = bill.filter(|bill| !bill.row.is_on_the_bill_of_units() && (with_assumed || bill.volume_known));
    let cost = bill.and_then(|bill| Some(format::monthly(bill.estimate.monthly()?, bill.volume_known)));
    Some(cost.into_iter().fold(what, |what, cost| format!("{what}, {cost}")))
}

fn counted(number: usize, noun: &str) -> String {
    match number {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// Where a unit runs, what that costs and at which volume the other way of paying would cost the same.
fn of_unit(context: &Context<'_>, id: &str, unit: &Unit) -> Option<String> {
    let comparison = comparison(context.project, id, unit, context.today);
    let row = comparison.current()?;
    let name = row.target.short;
    if row.fits.is_ruled_out() || refused(unit, row.target.key).is_some() {
        return Some(format!("{name} does not fit"));
    }
    let Some(monthly) = row.monthly else { return Some(format!("{name}, cost not known")) };
    let even = break_even(&comparison, row);
    let even = even.map(|requests| format!(", even at {} req", format::count(requests)));
    let cost = format::monthly(monthly, comparison.volume_known);
    Some(format!("{name} {cost}{}", even.unwrap_or_default()))
}

/// Where the row's target costs what the cheapest of the other family does whose capacity follows the traffic.
fn break_even(comparison: &Comparison, row: &Row) -> Option<f64> {
    let is_rival = |rival: &&Row| {
        let fits = !rival.fits.is_ruled_out();
        fits && rival.target.family != row.target.family
    };
    let rivals = offered(comparison).filter(is_rival);
    let priced = rivals.filter_map(|rival| Some((rival.autoscaled.or(rival.monthly)?, rival)));
    let (_, rival) = priced.min_by_key(|(cost, _)| *cost)?;
    let (on_demand, always_on) = match row.target.family {
        Family::OnDemand => (row.target, rival.target),
        Family::AlwaysOn => (rival.target, row.target),
    };
    let mut pairs = comparison.break_evens.iter();
    pairs.find(|pair| (pair.on_demand, pair.always_on) == (on_demand, always_on))?.autoscaled.requests()
}
