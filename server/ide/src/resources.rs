//! What the resources of a project cost: what each becomes in the cloud, what people state about its use, and the traffic
//! of the units that use it.

use crate::region::{provider, region};
use crate::tradeoff::{LOAD_BALANCER, model};
use crate::workload::{Stated, WORKLOAD, read_use};
use klotho_annotation::Table;
use klotho_cost::compare::ASSUMED_VOLUME;
use klotho_cost::estimate::Estimate;
use klotho_cost::resource::{
    Demand, Parameters, ResourceType, ResourceUsage, ResourceWorkload, Site, price_resource, rate_summary,
    resolve_usage, resource_type,
};
use klotho_cost::workload::resolve;
use klotho_cost::{Family, Origin, Value};
use klotho_graph::{EventWay, FactRef, Kind, Project, Reference};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// The parameter that says which kind of API a gateway is; the classic form has it beside the parameters.
const API_TYPE: &str = "api_type";

/// The usage that is the number of secrets.
const SECRETS: &str = "secrets";

/// A month of one resource.
#[derive(Debug, Clone)]
pub struct ResourceBill {
    /// What it becomes.
    pub row: &'static ResourceType,
    /// What a month uses, and who says so.
    pub usage: ResourceUsage,
    /// What that costs. Those of gateways are on the bill of the units behind them already.
    pub estimate: Estimate,
    /// Whether the volume of every unit that uses it is stated; else an example stands for it.
    pub volume_known: bool,
}

/// What the resources cost that are on the bill of no unit, sorted.
pub(crate) fn resource_bills(project: &Project) -> Vec<(Reference, ResourceBill)> {
    let derived = project.derived();
    let topics = derived.topics.keys().map(|id| Reference::new(Kind::Pubsub, id.as_str()));
    let static_units = derived.static_units.keys().map(|id| Reference::new(Kind::StaticUnit, id.as_str()));
    let all = derived.stores.keys().cloned().chain(topics).chain(static_units);
    let site = site(project);
    let mut bills: Vec<_> =
        all.filter_map(|it| resource_bill(project, &it, site).map(|bill| (it, bill))).collect();
    bills.retain(|(_, bill)| !bill.row.is_on_the_bill_of_units());
    bills.sort_by(|(a, _), (b, _)| a.cmp(b));
    bills
}

/// What a resource of the project costs; `None` for units, and for what the project does not have.
pub fn resource_bill(project: &Project, reference: &Reference, site: Site<'_>) -> Option<ResourceBill> {
    let row = row_of(project, reference)?;
    Some(bill_of(project, reference, row, &users(project, reference), site))
}

/// What a gateway costs, part by part: containers behind an API Gateway are reached through a load balancer, which is what
/// they pay for. Empty for what the project does not have.
pub(crate) fn gateway_bills(project: &Project, reference: &Reference) -> Vec<ResourceBill> {
    let (Some(row), site) = (row_of(project, reference), site(project)) else { return Vec::new() };
    let balancer = resource_type(reference.kind.spec().name, LOAD_BALANCER).unwrap_or(row);
    let is_container = |id: &String| {
        let unit = project.derived().units.get(id);
        let known = unit.and_then(|unit| model(&unit.target.name));
        known.is_some_and(|target| target.family == Family::AlwaysOn)
    };
    let (containers, others): (BTreeSet<_>, BTreeSet<_>) =
        users(project, reference).into_iter().partition(is_container);
    if std::ptr::eq(row, balancer) || containers.is_empty() {
        return resource_bill(project, reference, site).into_iter().collect();
    }
    let parts = [(row, others), (balancer, containers)].into_iter().filter(|(_, units)| !units.is_empty());
    parts.map(|(row, units)| bill_of(project, reference, row, &units, site)).collect()
}

fn bill_of(
    project: &Project,
    reference: &Reference,
    row: &'static ResourceType,
    users: &BTreeSet<String>,
    site: Site<'_>,
) -> ResourceBill {
    let (demand, volume_known) = demand(project, users);
    let usage = usage(project, reference, row, &demand);
    let estimate = price_resource(row, site, &usage, &parameters(project, reference));
    ResourceBill { row, usage, estimate, volume_known }
}

/// The rates of a resource in one line.
pub(crate) fn resource_rates(project: &Project, reference: &Reference, row: &ResourceType) -> String {
    let site = site(project);
    rate_summary(row, site.provider, site.region, &parameters(project, reference))
}

/// Where the project's resources are.
pub(crate) fn site(project: &Project) -> Site<'_> {
    Site { provider: provider(project), region: region(project), free_tier: false }
}

/// The row of the cost model for a resource.
pub(crate) fn row_of(project: &Project, reference: &Reference) -> Option<&'static ResourceType> {
    let (derived, id) = (project.derived(), reference.id.as_str());
    let type_name = match reference.kind {
        Kind::ExecutionUnit => return None,
        Kind::Gateway => &derived.gateways.get(id)?.type_name,
        Kind::Pubsub => &derived.topics.get(id)?.type_name,
        Kind::StaticUnit => &derived.static_units.get(id)?.type_name,
        _ => &derived.stores.get(reference)?.type_name,
    };
    resource_type(reference.kind.spec().name, type_name)
}

/// What a resource is by its type, and what it becomes in truth where that is something else.
pub fn type_in_words(kind: Kind, type_name: &str) -> String {
    match in_truth(kind, type_name) {
        Some(title) => format!("{type_name}, kept in {title}"),
        None => type_name.to_owned(),
    }
}

/// What a resource becomes, where its type names something else.
pub(crate) fn in_truth(kind: Kind, type_name: &str) -> Option<&'static str> {
    Some(resource_type(kind.spec().name, type_name)?.in_truth()?.title)
}

/// The tables of the configuration that are about resources, each with the row that says which keys it has.
pub(crate) fn tables_of_config(project: &Project) -> Vec<(&Table, &'static ResourceType)> {
    let config = project.config();
    let resources = project.has_config().then(|| project.derived().resources.values());
    let declared: BTreeSet<&Reference> = resources.into_iter().flatten().collect();
    let entries = declared.into_iter().filter_map(|reference| {
        Some((config.table(reference.kind, &reference.id)?, row_of(project, reference)?))
    });
    let kinds = Kind::all().filter(|kind| !matches!(kind, Kind::ExecutionUnit | Kind::Gateway));
    let defaults = kinds.filter_map(|kind| {
        let table = config.defaults(kind)?;
        let type_name = table.string("type").unwrap_or(config.names(kind).default_type());
        Some((table, resource_type(kind.spec().name, type_name)?))
    });
    entries.chain(defaults).collect()
}

/// What a month uses: the entry of the configuration, the annotations, the defaults, and what follows from the requests.
fn usage(
    project: &Project,
    reference: &Reference,
    row: &'static ResourceType,
    demand: &Demand,
) -> ResourceUsage {
    let config = project.config();
    let annotations = declared(project, reference).into_iter().filter_map(|fact| {
        let summary = project.summary(&fact.path)?;
        Some((Origin::Annotation, &summary.facts.annotations.get(fact.annotation)?.directives))
    });
    let entry = config.table(reference.kind, &reference.id).map(|table| (Origin::Config, table));
    let defaults = config.defaults(reference.kind).map(|table| (Origin::Defaults, table));
    let tables = entry.into_iter().chain(annotations).chain(defaults);
    let mut layers: Vec<_> =
        tables.filter_map(|(origin, table)| Some((origin, read_use(row, table.table(WORKLOAD)?)))).collect();
    layers.push((Origin::Model, counted(project, reference, row)));
    resolve_usage(row, &layers.iter().map(|(origin, layer)| (*origin, layer)).collect::<Vec<_>>(), demand)
}

/// What the code itself says: each file that is read through a store of secrets is one.
fn counted(project: &Project, reference: &Reference, row: &ResourceType) -> ResourceWorkload {
    let mut workload = ResourceWorkload::default();
    let secrets = project.derived().stores.get(reference).map_or(0, |store| store.secrets.len());
    if secrets > 0 {
        // A row without such a key has no use for the number.
        let _ = workload.set(row, SECRETS, &Value::Number(secrets as f64));
    }
    workload
}

fn declared<'a>(project: &'a Project, reference: &Reference) -> Vec<&'a FactRef> {
    let resources = project.derived().resources.iter();
    resources.filter(|(_, declared)| *declared == reference).map(|(fact, _)| fact).collect()
}

/// The traffic of the units that use a resource, and whether people stated all of it.
fn demand(project: &Project, users: &BTreeSet<String>) -> (Demand, bool) {
    let units = project.derived().units.iter();
    let stated = units.filter(|(id, _)| users.contains(*id)).map(|(id, unit)| {
        let workload = Stated::of(project, id, unit).workload();
        (workload.monthly_requests.map(|volume| volume.value), workload.payload_kb.value)
    });
    let mut stated: Vec<_> = stated.collect();
    if stated.is_empty() {
        // Nobody is seen to use it; an example is better than a bill of nothing.
        stated.push((None, resolve(&[]).payload_kb.value));
    }
    let known = stated.iter().all(|(volume, _)| volume.is_some());
    let volumes = stated.into_iter().map(|(volume, payload)| (volume.unwrap_or(ASSUMED_VOLUME), payload));
    (Demand::of(volumes), known)
}

/// The units that use a resource. Visitors of a static unit are taken to be those of the units behind gateways.
pub(crate) fn users(project: &Project, reference: &Reference) -> BTreeSet<String> {
    let derived = project.derived();
    let behind = |id: &str| {
        let gateway = derived.gateways.get(id);
        gateway.into_iter().flat_map(|gateway| gateway.routes.values().map(|route| route.unit.clone()))
    };
    match reference.kind {
        Kind::Gateway => behind(&reference.id).collect(),
        Kind::StaticUnit => derived.gateways.keys().flat_map(|id| behind(id)).collect(),
        Kind::Pubsub => {
            let topic = derived.topics.get(&reference.id);
            let events = topic.into_iter().flat_map(|topic| &topic.events);
            events
                .filter(|(_, event)| event.way == EventWay::Published)
                .map(|(unit, _)| unit.clone())
                .collect()
        }
        _ => {
            let store = derived.stores.get(reference);
            store.into_iter().flat_map(|store| store.units.iter().cloned()).collect()
        }
    }
}

fn parameters(project: &Project, reference: &Reference) -> Parameters {
    let config = project.config();
    let said = config.parameters(reference.kind, &reference.id).into_iter();
    let said = said.filter_map(|parameter| Some((parameter.name, plain(&parameter.value)?)));
    let tables = [config.defaults(reference.kind), config.table(reference.kind, &reference.id)];
    let api = tables.into_iter().flatten().filter_map(|table| table.string(API_TYPE));
    let api = api.map(|kind| (API_TYPE.to_owned(), Value::Text(kind.to_owned())));
    Parameters::of(said.chain(api))
}

/// A value of a request or of the configuration, if it is a plain one.
pub(crate) fn plain(value: &Json) -> Option<Value> {
    match value {
        Json::Number(number) => number.as_f64().map(Value::Number),
        Json::String(text) => Some(Value::Text(text.clone())),
        Json::Bool(flag) => Some(Value::Flag(*flag)),
        _ => None,
    }
}
