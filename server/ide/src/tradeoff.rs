//! What a unit costs where it runs and where else it could run.

use crate::markdown::cell;
use crate::workload::Stated;
use klotho_cost::estimate::{Entries, Entry};
use klotho_cost::workload::Assumption;
use klotho_cost::{Comparison, Date, Provider, Question, Row, compare, format};
use klotho_graph::{Era, Kind, Project, Unit, builds};
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// The gateway type that is a load balancer; all others are API gateways.
const LOAD_BALANCER: &str = "alb";

/// The target whose units share a cluster and its fee.
const CLUSTER: &str = "eks";

/// What the later form of the configuration calls it.
const LATER_CLUSTER: &str = "kubernetes";

/// A target that a unit can be switched to.
pub(crate) struct Switch {
    pub(crate) target: &'static str,
    /// Says what it does to the bill.
    pub(crate) title: String,
    /// Why the unit cannot run there.
    pub(crate) disabled: Option<String>,
    /// The cheapest one that fits, for a unit whose traffic somebody stated.
    pub(crate) recommended: bool,
}

/// What people call a unit's target; as it is written when nobody knows it, or where it is another provider's.
pub(crate) fn target_name<'a>(project: &Project, key: &'a str) -> &'a str {
    let known =
        klotho_cost::target::target(model_key(key)).filter(|target| target.provider == provider(project));
    known.map_or(key, |target| target.name)
}

/// The cost model's name of a target, which the later form of the configuration calls otherwise.
fn model_key(name: &str) -> &str {
    if name == LATER_CLUSTER { CLUSTER } else { name }
}

/// A target as the project's configuration spells it.
fn spelled(project: &Project, key: &'static str) -> &'static str {
    let is_later = project.config().era == Era::Constructs;
    if is_later && key == CLUSTER { LATER_CLUSTER } else { key }
}

/// Why the compiler would refuse the unit on a target, whatever it requires.
fn refused(unit: &Unit, target: &str) -> Option<String> {
    let language = unit.language.filter(|_| !builds(unit.language, target))?;
    Some(format!("the compiler does not build {} for it", language.spec().name))
}

/// Every target but the unit's own, cheapest first.
pub(crate) fn switches(project: &Project, id: &str, unit: &Unit, today: Date) -> Vec<Switch> {
    if provider(project) != Provider::Aws {
        return unpriced(project, id, unit);
    }
    let comparison = comparison(project, id, unit, today);
    let now = comparison.current().and_then(|row| row.monthly);
    let others = offered(&comparison).filter(|row| !row.current);
    let switch = |row: &Row| Switch {
        target: spelled(project, row.target.key),
        title: title(id, row, now.map(format::money), &comparison),
        disabled: refused(unit, row.target.key)
            .or_else(|| row.fits.is_ruled_out().then(|| row.fits.reasons().join("; "))),
        recommended: row.recommended && comparison.volume_known && refused(unit, row.target.key).is_none(),
    };
    others.map(switch).collect()
}

/// The switches where nothing is known of prices.
fn unpriced(project: &Project, id: &str, unit: &Unit) -> Vec<Switch> {
    let types = project.config().names(Kind::ExecutionUnit).types;
    let others = types.iter().filter(|target| **target != unit.target.name);
    let switch = |target: &&'static str| Switch {
        target,
        title: format!("Switch {id} to {target}"),
        disabled: refused(unit, target),
        recommended: false,
    };
    others.map(switch).collect()
}

fn title(id: &str, row: &Row, now: Option<String>, comparison: &Comparison) -> String {
    let switch = format!("Switch {id} to {}", row.target.name);
    match (now, row.monthly) {
        (Some(now), Some(then)) => {
            format!("{switch}: {now} → {} a month at {}", format::money(then), volume(comparison))
        }
        _ => switch,
    }
}

fn volume(comparison: &Comparison) -> String {
    let count = format::count(comparison.requests);
    if comparison.volume_known { format!("{count} requests") } else { format!("an assumed {count} requests") }
}

/// One line: what the unit costs a month where it runs.
pub(crate) fn line(project: &Project, id: &str, unit: &Unit, today: Date) -> Option<String> {
    if provider(project) != Provider::Aws {
        return None;
    }
    let comparison = comparison(project, id, unit, today);
    let row = comparison.current()?;
    let entry =
        if row.entry == Entry::None { String::new() } else { format!(", {} included", row.entry.name()) };
    Some(format!("{} a month at {}{entry}", row.monthly_text(), volume(&comparison)))
}

/// The comparison as Markdown: a table, what to make of it, and what it rests on.
pub(crate) fn text(project: &Project, id: &str, unit: &Unit, today: Date) -> String {
    if provider(project) != Provider::Aws {
        return format!("What it costs on `{}` is not known yet", project.config().provider());
    }
    let comparison = comparison(project, id, unit, today);
    let mut text = format!(
        "| Where | Pays for | A month, {} | Cold start / more capacity | Fits |\n|---|---|---|---|---|\n",
        volume(&comparison)
    );
    for row in offered(&comparison) {
        text.push_str(&table_row(row, refused(unit, row.target.key)));
    }
    text.push_str(&format!("\n{}\n\n", comparison.verdict));
    let assumed: Vec<_> = comparison.assumptions().map(assumption).collect();
    if !assumed.is_empty() {
        text.push_str(&format!("Assumed: {}\n\n", assumed.join(", ")));
    }
    text.push_str(&format!("{} Region {}, no free tier.", comparison.price_note(), region(project)));
    text
}

fn table_row(row: &Row, refused: Option<String>) -> String {
    let name = if row.current { format!("**{}**, now", row.target.name) } else { row.target.name.to_owned() };
    let size = row.size.as_deref().map(|size| format!(", {size}")).unwrap_or_default();
    let pays = row.target.pays_for;
    let fits = match (refused, row.fits.reasons()) {
        (Some(reason), _) => format!("no: {reason}"),
        (None, []) => "yes".to_owned(),
        (None, reasons) if row.fits.is_ruled_out() => format!("no: {}", reasons.join("; ")),
        (None, reasons) => format!("not known: {}", reasons.join("; ")),
    };
    let cells = [format!("{name}{size}"), pays.to_owned(), money(row), row.latency_text.clone(), fits];
    format!("| {} |\n", cells.map(|text| cell(&text)).join(" | "))
}

/// The month's bill, the entry's part of it, and what autoscaling would make of it.
fn money(row: &Row) -> String {
    let mut text = row.monthly_text();
    let autoscaled = row.autoscaled.filter(|cost| Some(*cost) != row.monthly);
    if let Some(cost) = autoscaled {
        text.push_str(&format!(" for the peak, {} autoscaled", format::money(cost)));
    }
    if row.entry != Entry::None && row.monthly.is_some() {
        text.push_str(&format!(", with {}", row.entry.name()));
    }
    text
}

/// An assumed input; a key as one would write it to settle it.
fn assumption(input: &Assumption) -> String {
    let is_key = crate::workload::keys(crate::workload::WORKLOAD).any(|key| key == input.input);
    match (is_key, input.unit) {
        (true, _) => format!("`{} = {}`", input.input, input.value),
        (false, "") => format!("{} {}", input.input, input.value),
        (false, unit) => format!("{} {} {unit}", input.input, input.value),
    }
}

/// The rows of the targets that the compiler accepts.
fn offered(comparison: &Comparison) -> impl Iterator<Item = &Row> {
    let types = Kind::ExecutionUnit.names(Era::Classic).types;
    comparison.rows.iter().filter(move |row| row.current || types.contains(&row.target.key))
}

pub(crate) fn comparison(project: &Project, id: &str, unit: &Unit, today: Date) -> Comparison {
    let stated = Stated::of(project, id, unit);
    let (resolved, requirements) = (stated.workload(), stated.requirements());
    let mut question = Question::new(provider(project), region(project), &resolved, &requirements, today);
    question.current = Some(model_key(&unit.target.name));
    question.runtime = unit.language.map(|language| language.spec().name);
    question.entries = Entries::of(entry(project, id));
    question.units_on_cluster = units_on_cluster(project);
    compare(&question)
}

/// A hash of all that the model is told about a unit.
pub(crate) fn told(project: &Project, id: &str, unit: &Unit, stated: &Stated<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    stated.hash(&mut hasher);
    (project.config().provider(), &unit.target.name, unit.language, entry(project, id)).hash(&mut hasher);
    units_on_cluster(project).hash(&mut hasher);
    hasher.finish()
}

fn units_on_cluster(project: &Project) -> u32 {
    let units = project.derived().units.values();
    units.filter(|unit| model_key(&unit.target.name) == CLUSTER).count().max(1) as u32
}

fn provider(project: &Project) -> Provider {
    Provider::parse(project.config().provider()).unwrap_or(Provider::Aws)
}

fn region(project: &Project) -> &'static str {
    provider(project).default_region()
}

/// What stands in front of a unit: the first gateway that routes to it.
fn entry(project: &Project, id: &str) -> Entry {
    let mut gateways = project.derived().gateways.iter();
    let Some((gateway, found)) =
        gateways.find(|(_, gateway)| gateway.routes.values().any(|row| row.unit == id))
    else {
        return Entry::None;
    };
    if found.type_name == LOAD_BALANCER {
        return Entry::Alb;
    }
    match project.config().api_type(gateway) {
        "HTTP" => Entry::HttpApi,
        _ => Entry::RestApi,
    }
}
