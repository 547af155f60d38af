//! What a unit costs where it runs and where else it could run.

use crate::markdown::{code, table};
use crate::region::{self, provider, region};
use crate::workload::{CONTAINERS, Stated, is_workload_key};
use klotho_cost::estimate::fargate::TaskSize;
use klotho_cost::estimate::{Entries, Entry};
use klotho_cost::plan::Size;
use klotho_cost::usage::Point;
use klotho_cost::workload::Assumption;
use klotho_cost::{
    Comparison, Date, Origin, Provider, Question, Requirements, Resolved, Row, compare, format,
};
use klotho_graph::{Era, Gateway, Kind, Project, USAGE_FILE, Unit, builds};
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// The gateway type that is a load balancer; all others are API gateways.
const LOAD_BALANCER: &str = "alb";

/// The target whose units share a cluster and its fee.
const CLUSTER: &str = "eks";

/// The same of every provider.
const CLUSTERS: [&str; 3] = [CLUSTER, "gke", "aks"];

/// What the later form of the configuration calls it.
const LATER_CLUSTER: &str = "kubernetes";

/// A target that a unit can be switched to.
pub(crate) struct Switch {
    pub(crate) target: &'static str,
    /// The size that has to be written with it; mostly none.
    pub(crate) size: Size,
    /// Says what it does to the bill.
    pub(crate) title: String,
    /// Why the unit cannot run there.
    pub(crate) disabled: Option<String>,
    /// The cheapest one that fits, for a unit whose traffic somebody stated.
    pub(crate) recommended: bool,
}

/// What people call a unit's target, as Markdown; as it is written when nobody knows it, or where it is another provider's.
pub(crate) fn target_name(project: &Project, key: &str) -> String {
    let known =
        klotho_cost::target::target(model_key(key)).filter(|target| target.provider == provider(project));
    known.map_or_else(|| code(key), |target| target.name.to_owned())
}

/// The cost model's name of a target, which the later form of the configuration calls otherwise.
pub(crate) fn model_key(name: &str) -> &str {
    if name == LATER_CLUSTER { CLUSTER } else { name }
}

/// A target as the project's configuration spells it.
pub(crate) fn spelled(project: &Project, key: &'static str) -> &'static str {
    let is_later = project.config().era == Era::Constructs;
    if is_later && key == CLUSTER { LATER_CLUSTER } else { key }
}

/// Why the compiler would refuse the unit on a target, whatever it requires.
pub(crate) fn refused(unit: &Unit, target: &str) -> Option<String> {
    let language = unit.language.filter(|_| !builds(unit.language, target))?;
    Some(format!("the compiler does not build {} for it", language.spec().name))
}

/// Whether the compiler would refuse the unit on a row's target.
pub(crate) fn is_refused(unit: &Unit, row: &Row) -> bool {
    refused(unit, row.target.key).is_some()
}

/// Every target but the unit's own, cheapest first.
pub(crate) fn switches(project: &Project, id: &str, unit: &Unit, today: Date) -> Vec<Switch> {
    let told = Told::of(project, id, unit);
    let comparison = compare(&told.question(project, unit, today));
    let now = comparison.current().and_then(|row| row.monthly);
    // A name is all that a project can state: it means the usual way of paying for its target.
    let is_nameable =
        |row: &&Row| row.target.plan.is_empty() && row.target.key != model_key(&unit.target.name);
    let others = offered(&comparison).filter(is_nameable);
    let switch = |row: &Row| Switch {
        target: spelled(project, row.target.key),
        size: if row.target.key == CONTAINERS { told.container } else { Size::Own },
        title: title(id, row, now.map(format::money), &comparison),
        disabled: refused(unit, row.target.key)
            .or_else(|| row.fits.is_ruled_out().then(|| row.fits.reasons().join("; "))),
        recommended: row.recommended && comparison.volume_known && !is_refused(unit, row),
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
    let comparison = comparison(project, id, unit, today);
    let row = comparison.current()?;
    let entry =
        if row.entry == Entry::None { String::new() } else { format!(", {} included", row.entry.name()) };
    Some(format!("{} a month at {}{entry}", row.monthly_text(), volume(&comparison)))
}

/// The comparison as Markdown: a table, what to make of it, and what it rests on.
pub(crate) fn text(project: &Project, id: &str, unit: &Unit, today: Date) -> String {
    let comparison = comparison(project, id, unit, today);
    let head = ["Where", "A month", "Cold start", "Fits"].map(str::to_owned);
    let rows: Vec<_> = std::iter::once(head)
        .chain(offered(&comparison).map(|row| cells(row, is_refused(unit, row))))
        .collect();
    let mut text = format!("At {} a month:\n\n{}\n", volume(&comparison), table(&rows));
    for row in offered(&comparison) {
        let refused = refused(unit, row.target.key);
        text.push_str(&format!("- {}: {}\n", row.target.name, particulars(row, refused)));
    }
    text.push_str(&format!("\n{}\n\n", comparison.verdict));
    text.push_str(&elsewhere(project, id, unit, &comparison));
    let assumed: Vec<_> = comparison.assumptions().map(assumption).collect();
    if !assumed.is_empty() {
        text.push_str(&format!("Assumed: {}\n\n", assumed.join(", ")));
    }
    text.push_str(&format!("{} {}, no free tier.", comparison.price_note(), region::in_words(project)));
    text
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
        None => parts.push(row.monthly_text()),
        Some(_) if row.entry != Entry::None => parts.push(format!("{} included", row.entry.name())),
        Some(_) => {}
    }
    if let Some(cost) = row.autoscaled.filter(|cost| Some(*cost) != row.monthly) {
        parts.push(format!("{} if autoscaled", format::money(cost)));
    }
    parts.extend(row.growth().map(|growth| format!("until there is more capacity: {growth}")));
    let mut text = parts.join("; ");
    if let Some(reason) = refused {
        text.push_str(&format!(". It does not fit: {reason}"));
    } else if !row.fits.reasons().is_empty() {
        let verdict =
            if row.fits.is_ruled_out() { "It does not fit" } else { "Whether it fits is not known" };
        text.push_str(&format!(". {verdict}: {}", row.fits.reasons().join("; ")));
    }
    text
}

/// The inputs that stand neither in the annotation nor in the configuration, with where they do.
fn elsewhere(project: &Project, id: &str, unit: &Unit, comparison: &Comparison) -> String {
    let stated = Stated::of(project, id, unit);
    let mut lines = String::new();
    for (origin, place) in [(Origin::Usage, ""), (Origin::UsageType, ", for the type of resource")] {
        let inputs: Vec<_> =
            comparison.inputs.iter().filter(|input| input.origin == origin).map(assumption).collect();
        if !inputs.is_empty() {
            lines.push_str(&format!("From {USAGE_FILE}{place}: {}\n\n", inputs.join(", ")));
        }
    }
    if let Some(near) = stated.measured_at(&stated.workload()) {
        let size = format::plain(near.point.memory_mb);
        let nearest = if near.is_exact { "" } else { ", the nearest size that was measured" };
        let duration = format::plain(near.point.duration_ms);
        lines.push_str(&format!("Measured: `request_duration_ms = {duration}`, at {size} MB{nearest}\n\n"));
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

/// The rows of the targets that can be chosen: on AWS those that the compiler accepts, elsewhere it builds none.
pub(crate) fn offered(comparison: &Comparison) -> impl Iterator<Item = &Row> {
    let compiled = Kind::ExecutionUnit.names(Era::Classic).types;
    let is_offered =
        move |row: &Row| row.target.provider != Provider::Aws || compiled.contains(&row.target.key);
    comparison.rows.iter().filter(move |row| row.current || is_offered(row))
}

/// What is told to the cost model about a unit.
pub(crate) struct Told {
    workload: Resolved,
    requirements: Requirements,
    task: Option<TaskSize>,
    /// The size that has to be written where the unit becomes a container.
    container: Size,
    /// How long requests were measured to take at sizes of memory, where that is what the duration is from.
    pub(crate) measured: Vec<Point>,
    entry: Entry,
    units_on_cluster: u32,
}

/// The size of a container that has to be chosen, because what the compiler would deploy is too small.
fn chosen(stated: &Stated<'_>, unit: &Unit, workload: &Resolved) -> Size {
    if stated.has_to_choose_a_container(unit, workload) {
        Size::Task(TaskSize::for_memory(workload.memory_mb.value))
    } else {
        Size::Own
    }
}

impl Told {
    pub(crate) fn of(project: &Project, id: &str, unit: &Unit) -> Self {
        let stated = Stated::of(project, id, unit);
        let workload = stated.workload();
        Self {
            measured: stated.measured_points(&workload).to_vec(),
            requirements: stated.requirements(),
            task: stated.task(unit, &workload),
            container: chosen(&stated, unit, &workload),
            entry: entry(project, id),
            units_on_cluster: units_on_cluster(project, id),
            workload,
        }
    }

    /// What the cost model is asked about the unit.
    pub(crate) fn question<'a>(&'a self, project: &'a Project, unit: &'a Unit, today: Date) -> Question<'a> {
        let provider = provider(project);
        let mut question =
            Question::new(provider, region(project), &self.workload, &self.requirements, today);
        question.current = Some(model_key(&unit.target.name));
        question.runtime = unit.language.map(|language| language.spec().name);
        question.task = self.task;
        question.entries = Entries::of(self.entry);
        question.units_on_cluster = self.units_on_cluster;
        question
    }
}

pub(crate) fn comparison(project: &Project, id: &str, unit: &Unit, today: Date) -> Comparison {
    compare(&Told::of(project, id, unit).question(project, unit, today))
}

/// A hash of all that the model is told about a unit.
pub(crate) fn told(project: &Project, id: &str, unit: &Unit, stated: &Stated<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    stated.hash(&mut hasher);
    (project.config().provider(), region(project), &unit.target.name, unit.language, entry(project, id))
        .hash(&mut hasher);
    units_on_cluster(project, id).hash(&mut hasher);
    hasher.finish()
}

/// How many units share the cluster once the unit `id` is on it: that is what its part of the fee depends on.
fn units_on_cluster(project: &Project, id: &str) -> u32 {
    let others = project.derived().units.iter().filter(|(other, _)| *other != id);
    // A project has one provider, and a provider one kind of cluster.
    1 + others.filter(|(_, unit)| CLUSTERS.contains(&model_key(&unit.target.name))).count() as u32
}

/// The gateway that a unit stands behind: the first one that routes to it.
pub(crate) fn gateway_of<'a>(project: &'a Project, id: &str) -> Option<(&'a str, &'a Gateway)> {
    let mut gateways = project.derived().gateways.iter();
    let found = gateways.find(|(_, gateway)| gateway.routes.values().any(|row| row.unit == id));
    found.map(|(id, gateway)| (id.as_str(), gateway))
}

/// What stands in front of a unit.
fn entry(project: &Project, id: &str) -> Entry {
    let Some((gateway, found)) = gateway_of(project, id) else { return Entry::None };
    if found.type_name == LOAD_BALANCER {
        return Entry::Alb;
    }
    match project.config().api_type(gateway) {
        "HTTP" => Entry::HttpApi,
        _ => Entry::RestApi,
    }
}
