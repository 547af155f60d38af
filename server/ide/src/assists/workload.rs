//! Stating the traffic of a unit: what is assumed as it is, or other volumes and shapes with what they would cost.

use super::{Asked, Offer};
use crate::placement::Subject;
use crate::tradeoff::{Told, offered};
use crate::workload::WORKLOAD;
use crate::workload_edit::{Setting, set_workload};
use klotho_annotation::Table;
use klotho_cost::compare::{ASSUMED_VOLUME, compare};
use klotho_cost::workload::{Input, Shape};
use klotho_cost::{Comparison, Origin, Resolved, Row, format};
use klotho_graph::{Kind, Unit};
use serde_json::{Value as Json, json};

const VOLUME: &str = "monthly_requests";
const SHAPE: &str = "shape";

/// The keys that are worth stating whatever they are; what else moves the answer most comes along.
const CORE: [&str; 5] = [VOLUME, "request_duration_ms", "memory_mb", "cpu_ms", SHAPE];

/// The volumes that are offered.
const VOLUMES: [f64; 4] = [1e5, 1e6, 1e7, 1e8];

/// A unit and its id.
type Named<'a> = (&'a str, &'a Unit);

/// What is assumed, stated as it is: the bill stays.
pub(super) fn state(asked: &Asked<'_>) -> Vec<Offer> {
    // Code that units share says nothing of the traffic of one.
    if asked.units.len() > 1 {
        return Vec::new();
    }
    units(asked).flat_map(|unit| statements(asked, unit)).collect()
}

fn statements(asked: &Asked<'_>, (id, unit): Named<'_>) -> Vec<Offer> {
    let told = Told::of(asked.context.project, id, unit);
    let comparison = compare(&told.question(asked.context.project, unit, asked.context.today));
    let assumed = assumed(&told.workload);
    let driver = comparison.drivers.first().filter(|driver| driver.assumed);
    let matters = |key: &str| CORE.contains(&key) || driver.is_some_and(|driver| driver.input == key);
    let core: Vec<_> = assumed.iter().filter(|(key, _)| matters(key)).cloned().collect();
    let stays = comparison.current().and_then(|row| row.monthly);
    let stays = stays.map(|cost| format!(": still {} a month", format::money(cost))).unwrap_or_default();
    let is_nothing_stated = CORE.iter().all(|key| core.iter().any(|(assumed, _)| assumed == key));
    let first = match core.as_slice() {
        _ if is_nothing_stated => format!("State the traffic of {id} as it is assumed{stays}"),
        [(only, _)] => format!("State {only} of {id} as it is assumed{stays}"),
        _ => format!("State what is assumed about the traffic of {id}{stays}"),
    };
    let all = format!("State all {} keys that are assumed about {id}{stays}", assumed.len());
    let is_more = asked.is_at_statement() && assumed.len() > core.len();
    let choices = [(first, core), (all, if is_more { assumed } else { Vec::new() })];
    let choices = choices.into_iter().filter(|(_, keys)| !keys.is_empty());
    choices.map(|(title, keys)| offer(asked, (id, unit), title, &keys)).collect()
}

/// Other volumes, with what they would cost where.
pub(super) fn volumes(asked: &Asked<'_>) -> Vec<Offer> {
    let stated = units(asked).filter(|(id, _)| asked.is_at_statement() && !is_at_key(asked, id, SHAPE));
    let offers = stated.flat_map(|(id, unit)| {
        let now = Told::of(asked.context.project, id, unit).workload.monthly_requests.map(|it| it.value);
        let others = VOLUMES.into_iter().filter(move |volume| Some(*volume) != now);
        others.map(move |volume| {
            let comparison = compared(asked, (id, unit), |workload| {
                workload.monthly_requests = Some(Input { value: volume, origin: Origin::Annotation });
            });
            let count = format::count(volume);
            let title = format!("Set the traffic of {id} to {count} requests a month{}", bill(&comparison));
            offer(asked, (id, unit), title, &[(VOLUME, json!(volume))])
        })
    });
    offers.collect()
}

/// Other shapes of the day, where the cursor is on the shape.
pub(super) fn shapes(asked: &Asked<'_>) -> Vec<Offer> {
    let stated = units(asked).filter(|(id, _)| is_at_key(asked, id, SHAPE));
    let offers = stated.flat_map(|(id, unit)| {
        let now = Told::of(asked.context.project, id, unit).workload.shape.value;
        let others = Shape::NAMES.iter().filter(move |name| **name != now.name());
        others.filter_map(move |name| {
            let shape = Shape::parse(name)?;
            let comparison = compared(asked, (id, unit), |workload| workload.shape.value = shape);
            let title = format!("Set the shape of a day of {id} to {name}{}", bill(&comparison));
            Some(offer(asked, (id, unit), title, &[(SHAPE, json!(name))]))
        })
    });
    offers.collect()
}

fn units<'a>(asked: &Asked<'a>) -> impl Iterator<Item = Named<'a>> + use<'a> {
    let (derived, ids) = (asked.context.project.derived(), asked.units);
    ids.iter().filter_map(|id| Some((id.as_str(), &**derived.units.get(id)?)))
}

fn offer(asked: &Asked<'_>, unit: Named<'_>, title: String, keys: &[Setting<'_>]) -> Offer {
    let own = asked.context.document.map(|document| &document.text);
    // Of files that are closed the text is not known: their units are stated in the configuration.
    let texts = |path: &str| own.filter(|_| *path == *asked.context.relative).cloned();
    Offer { title, edit: set_workload(asked.context, unit, keys, &texts) }
}

/// All targets with another workload.
fn compared(asked: &Asked<'_>, (id, unit): Named<'_>, change: impl FnOnce(&mut Resolved)) -> Comparison {
    let mut told = Told::of(asked.context.project, id, unit);
    change(&mut told.workload);
    compare(&told.question(asked.context.project, unit, asked.context.today))
}

/// What a unit would cost where it is, and where it would be cheapest.
fn bill(comparison: &Comparison) -> String {
    let Some((now, cost)) = comparison.current().and_then(|row| Some((row, row.monthly?))) else {
        return String::new();
    };
    let here = format!(": {} on {}", format::money(cost), now.target.name);
    let able = offered(comparison).filter(|row| row.is_nameable() && !row.fits.is_ruled_out());
    let cheapest = able.filter_map(|row: &Row| Some((row, row.monthly?))).min_by_key(|(_, cost)| *cost);
    match cheapest {
        Some((row, _)) if row.current => format!("{here}, the cheapest"),
        Some((row, cost)) => format!("{here}, {} on {}", format::money(cost), row.target.name),
        None => here,
    }
}

/// Whether the cursor is on a key of the unit's traffic, or on its value.
fn is_at_key(asked: &Asked<'_>, id: &str, key: &str) -> bool {
    let (context, span) = (asked.context, asked.span);
    let table: Option<&Table> = match asked.subject {
        Some(Subject::Annotation(index)) => context
            .project
            .summary(&context.relative)
            .and_then(|summary| summary.facts.annotations.get(*index))
            .map(|annotation| &annotation.directives),
        Some(Subject::ConfigUnit(_)) => context.project.config().table(Kind::ExecutionUnit, id),
        _ => None,
    };
    let entry = table.and_then(|table| table.table(WORKLOAD)?.entry(key));
    entry.is_some_and(|entry| entry.key_at.join(*entry.value.at).meets(span))
}

/// What the model assumes of a workload, by key, in the order of the documentation.
fn assumed(workload: &Resolved) -> Vec<Setting<'static>> {
    let volume = workload.monthly_requests.is_none().then_some((VOLUME, json!(ASSUMED_VOLUME)));
    let number = |key, input: &Input<f64>| input.is_assumed().then_some((key, json!(input.value)));
    let word = |key, is_assumed: bool, word: &'static str| is_assumed.then_some((key, Json::from(word)));
    let all = [
        volume,
        number("request_duration_ms", &workload.request_duration_ms),
        number("p99_duration_ms", &workload.p99_duration_ms),
        number("memory_mb", &workload.memory_mb),
        number("cpu_ms", &workload.cpu_ms),
        number("concurrency", &workload.concurrency),
        word(SHAPE, workload.shape.is_assumed(), workload.shape.value.name()),
        number("burst", &workload.burst),
        number("target_utilization", &workload.target_utilization),
        number("min_instances", &workload.min_instances),
        number("payload_kb", &workload.payload_kb),
        word("arch", workload.arch.is_assumed(), workload.arch.value.name()),
    ];
    all.into_iter().flatten().collect()
}
