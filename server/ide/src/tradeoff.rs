//! What the cost model is asked about a unit, and the switches that follow from its answer.

use crate::markdown::code;
use crate::region::{provider, region};
use crate::unit_parameters::{CONTAINERS, FUNCTIONS};
use crate::workload::Stated;
use klotho_cost::compare::estimate;
use klotho_cost::estimate::fargate::TaskSize;
use klotho_cost::estimate::{EksPool, Entries, Entry, Estimate};
use klotho_cost::plan::Size;
use klotho_cost::target::targets;
use klotho_cost::usage::Point;
use klotho_cost::{
    Comparison, Date, Provider, Question, Requirements, Resolved, Row, Target, compare, format,
};
use klotho_graph::{Config, Era, Gateway, Kind, Project, Unit, builds};
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// The gateway type that is a load balancer; all others are API gateways.
pub(crate) const LOAD_BALANCER: &str = "alb";

/// The target whose units share a cluster and its fee.
pub(crate) const CLUSTER: &str = "eks";

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
    let known = model(key).filter(|target| target.provider == provider(project));
    known.map_or_else(|| code(key), |target| target.name.to_owned())
}

/// What the cost model knows of a target.
pub(crate) fn model(name: &str) -> Option<&'static Target> {
    klotho_cost::target::target(model_key(name))
}

/// Whether a person means the target called `name` by a word: its name, or what the cost model calls it for people.
pub(crate) fn is_called(name: &str, word: &str) -> bool {
    name.eq_ignore_ascii_case(word)
        || model(name).is_some_and(|target| target.name.eq_ignore_ascii_case(word))
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

/// Why a unit that is installed by a Helm chart cannot be put on a target.
pub(crate) fn chart_bars(project: &Project, id: &str, target: &str) -> Option<String> {
    let bars = project.config().installs_chart(id) && !Config::takes_chart(target);
    let file = project.config_file();
    bars.then(|| format!("{file} installs a Helm chart for it, which only a cluster can take"))
}

/// Why a unit cannot be put on a target, whatever it requires.
pub(crate) fn barred(project: &Project, id: &str, unit: &Unit, target: &str) -> Option<String> {
    refused(unit, target).or_else(|| chart_bars(project, id, target))
}

/// The targets of the project's cloud that a unit cannot be put on, and why.
fn all_barred(project: &Project, id: &str, unit: &Unit) -> Vec<(&'static str, String)> {
    let usual = targets(provider(project)).filter(|target| target.plan.is_empty());
    let why = |key| Some((key, barred(project, id, unit, spelled(project, key))?));
    usual.filter_map(|target| why(target.key)).collect()
}

/// Why a unit cannot run on the target that it names.
pub(crate) fn why_impossible(
    project: &Project,
    id: &str,
    unit: &Unit,
    comparison: &Comparison,
) -> Option<String> {
    let name = unit.target.name.as_str();
    if !project.config().unit_targets().contains(&name) {
        return Some(format!("it is no target of {}", project.config().provider()));
    }
    let row = comparison.current();
    row.and_then(|row| row.fits.why_not()).or_else(|| barred(project, id, unit, name))
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
        disabled: row.fits.why_not(),
        recommended: row.recommended && comparison.volume_known,
    };
    others.map(switch).collect()
}

/// A target that can be named, and in a few words what the unit would cost there, or why it cannot run there.
pub(crate) struct Offer {
    pub(crate) target: &'static str,
    pub(crate) detail: String,
}

/// Every target that can be named: cheapest first, then those without a price, then those that do not fit.
pub(crate) fn offers(project: &Project, id: &str, unit: &Unit, today: Date) -> Vec<Offer> {
    let comparison = comparison(project, id, unit, today);
    let mut named: Vec<_> = offered(&comparison).filter(|row| row.target.plan.is_empty()).collect();
    let is_out = |row: &Row| row.fits.is_ruled_out();
    named.sort_by_key(|row| (is_out(row), row.monthly.is_none(), row.monthly));
    let cheapest = named.first().filter(|row| !is_out(row) && row.monthly.is_some() && named.len() > 1);
    let cheapest = cheapest.map(|row| row.target.key);
    let offer = |row: &&Row| {
        let mark = if cheapest == Some(row.target.key) { ", the cheapest" } else { "" };
        let detail = format!("{}{mark}", offer_detail(row, &comparison));
        Offer { target: spelled(project, row.target.key), detail }
    };
    named.iter().map(offer).collect()
}

fn offer_detail(row: &Row, comparison: &Comparison) -> String {
    if let Some(why) = row.fits.why_not() {
        return format!("does not fit: {why}");
    }
    match row.monthly {
        Some(cost) => format!("{} a month at {}", format::money(cost), volume(comparison)),
        None => format!("{}: its price is not known", row.target.name),
    }
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

pub(crate) fn volume(comparison: &Comparison) -> String {
    let count = format::count(comparison.requests);
    if comparison.volume_known { format!("{count} requests") } else { format!("an assumed {count} requests") }
}

/// One line: what the unit costs a month where it runs.
pub(crate) fn line(project: &Project, id: &str, unit: &Unit, today: Date) -> Option<String> {
    let comparison = comparison(project, id, unit, today);
    let row = comparison.current()?;
    let entry =
        if row.entry == Entry::None { String::new() } else { format!(", {} included", row.entry.name()) };
    let is_instead = row.entry == Entry::Alb && self::entry(project, id) != Entry::Alb;
    let entry = if is_instead { format!("{entry} (containers are counted behind one)") } else { entry };
    match row.monthly {
        Some(monthly) => {
            Some(format!("{} a month at {}{entry}", format::money(monthly), volume(&comparison)))
        }
        None => Some(format!("not known: {}", row.monthly_text())),
    }
}

/// The rows of the targets that can be chosen: on AWS those that the compiler accepts, elsewhere it builds none.
pub(crate) fn offered(comparison: &Comparison) -> impl Iterator<Item = &Row> {
    let compiled = Kind::ExecutionUnit.names(Era::Classic).types;
    let is_offered =
        move |row: &Row| row.target.provider != Provider::Aws || compiled.contains(&row.target.key);
    comparison.rows.iter().filter(move |row| row.current || is_offered(row))
}

/// Where and on what a unit runs: region, processor, and the memory of a function.
pub(crate) fn machine(project: &Project, id: &str, unit: &Unit) -> String {
    let workload = Stated::of(project, id, unit).workload();
    let region = code(region(project));
    let region = region.trim_matches('`');
    let is_function = unit.target.name == FUNCTIONS;
    let memory = is_function.then(|| format!(", {} MB", format::plain(workload.memory_mb.value)));
    format!("{region}, {}{}", workload.arch.value.name(), memory.unwrap_or_default())
}

/// The bill of a unit on a target, with what it shares counted whole: that is what goes into a total.
pub(crate) fn whole_bill(question: &Question<'_>, target: &'static Target) -> Estimate {
    estimate(&Question { units_on_cluster: 1, ..question.clone() }, target)
}

/// What is told to the cost model about a unit.
pub(crate) struct Told {
    pub(crate) workload: Resolved,
    requirements: Requirements,
    task: Option<TaskSize>,
    /// The memory of the function that it is or would be, MB.
    function_memory_mb: Option<f64>,
    /// The size that has to be written where the unit becomes a container.
    container: Size,
    /// Whether its entry states the size of the container that it is.
    pub(crate) container_stated: bool,
    /// Whether its workload states the memory of the function.
    pub(crate) memory_stated: bool,
    /// How long requests were measured to take at sizes of memory, where that is what the duration is from.
    pub(crate) measured: Vec<Point>,
    /// The targets that it cannot be put on, and why.
    barred: Vec<(&'static str, String)>,
    entry: Entry,
    pool: EksPool,
    units_on_cluster: u32,
}

/// The size of a container that has to be chosen, because what the compiler would deploy is too small.
fn chosen(stated: &Stated<'_>, unit: &Unit, workload: &Resolved) -> Size {
    if stated.has_to_choose_a_container(unit, workload) {
        let required = stated.requirements().memory_mb.unwrap_or_default();
        Size::Task(TaskSize::for_memory(workload.memory_mb.value.max(required)))
    } else {
        Size::Own
    }
}

impl Told {
    pub(crate) fn of(project: &Project, id: &str, unit: &Unit) -> Self {
        Self::stated(project, id, unit, &Stated::of(project, id, unit))
    }

    /// What is told where this is stated about the unit.
    pub(crate) fn stated(project: &Project, id: &str, unit: &Unit, stated: &Stated<'_>) -> Self {
        let workload = stated.workload();
        Self {
            measured: stated.measured_points(&workload).to_vec(),
            memory_stated: stated.memory_stated(),
            requirements: stated.requirements(),
            task: stated.task(unit, &workload),
            function_memory_mb: stated.function_memory_mb(&workload),
            container_stated: stated.container_stated && unit.target.name == CONTAINERS,
            container: chosen(stated, unit, &workload),
            barred: all_barred(project, id, unit),
            entry: entry(project, id),
            units_on_cluster: units_on_cluster(project, id),
            pool: stated.pool.clone(),
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
        question.function_memory_mb = self.function_memory_mb;
        question.eks = self.pool.clone();
        question.barred = &self.barred;
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
    let derived = project.derived();
    // A project has one provider, and a provider one kind of cluster.
    let is_cluster = |name: &str| CLUSTERS.contains(&model_key(name));
    let all: u32 = derived.targets.iter().filter(|(name, _)| is_cluster(name)).map(|(_, units)| units).sum();
    let is_on_it = derived.units.get(id).is_some_and(|unit| is_cluster(&unit.target.name));
    all + u32::from(!is_on_it)
}

/// The gateway that a unit stands behind: the first one that routes to it.
pub(crate) fn gateway_of<'a>(project: &'a Project, id: &str) -> Option<(&'a str, &'a Gateway)> {
    let derived = project.derived();
    let (id, gateway) = derived.gateways.get_key_value(derived.unit_gateways.get(id)?)?;
    Some((id, gateway))
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
