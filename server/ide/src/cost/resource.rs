//! What one resource costs: a store, a topic, a gateway, a static unit.

use crate::markdown::code;
use crate::region::{in_words, provider, region};
use crate::tradeoff::entry_units;
use crate::workload::{Stated, WORKLOAD, neutral};
use klotho_cost::compare::ASSUMED_VOLUME;
use klotho_cost::estimate::Estimate;
use klotho_cost::resource::{
    Demand, Parameters, ResourceType, ResourceUsage, ResourceWorkload, Site, price_resource, rate_summary,
    resolve_usage, resource_type,
};
use klotho_cost::{Origin, format};
use klotho_graph::{FactRef, Kind, Project, Reference};

/// A resource, what it is used for, and what that costs.
pub(crate) struct ResourceCost {
    pub(crate) row: &'static ResourceType,
    pub(crate) usage: ResourceUsage,
    pub(crate) estimate: Estimate,
    /// Its rates in one line.
    pub(crate) rates: String,
}

/// What a resource costs a month; `None` for what has no type that anybody knows.
pub(crate) fn resource_cost(project: &Project, reference: &Reference) -> Option<ResourceCost> {
    let found = found(project, reference)?;
    let row = resource_type(reference.kind.spec().name, found.type_name)?;
    let layers = layers(project, reference, row, found.declared);
    let layers: Vec<_> = layers.iter().map(|(origin, layer)| (*origin, layer)).collect();
    let usage = resolve_usage(row, &layers, &demand(project, &found.units));
    let parameters = parameters(project, reference);
    let site = Site { provider: provider(project), region: region(project), free_tier: false };
    let estimate = price_resource(row, site, &usage, &parameters);
    let rates = rate_summary(row, site.provider, site.region, &parameters);
    Some(ResourceCost { row, usage, estimate, rates })
}

/// A resource of the graph, as far as its cost depends on it.
struct Found<'a> {
    type_name: &'a str,
    declared: &'a [FactRef],
    /// The units whose requests reach it.
    units: Vec<&'a str>,
}

fn found<'a>(project: &'a Project, reference: &Reference) -> Option<Found<'a>> {
    let derived = project.derived();
    let id = &reference.id;
    Some(match reference.kind {
        Kind::ExecutionUnit => return None,
        Kind::Gateway => {
            let gateway = derived.gateways.get(id)?;
            let units = entry_units(gateway).into_iter().collect();
            Found { type_name: &gateway.type_name, declared: &gateway.declared, units }
        }
        Kind::Pubsub => {
            let topic = derived.topics.get(id)?;
            let mut units: Vec<_> = topic.events.iter().map(|(unit, _)| unit.as_str()).collect();
            units.dedup();
            Found { type_name: &topic.type_name, declared: &topic.declared, units }
        }
        Kind::StaticUnit => {
            let unit = derived.static_units.get(id)?;
            Found { type_name: &unit.type_name, declared: &unit.declared, units: Vec::new() }
        }
        _ => {
            let store = derived.stores.get(reference)?;
            let units = store.units.iter().map(String::as_str).collect();
            Found { type_name: &store.type_name, declared: &store.declared, units }
        }
    })
}

/// What every place says about its use, the most believed first.
fn layers(
    project: &Project,
    reference: &Reference,
    row: &ResourceType,
    declared: &[FactRef],
) -> Vec<(Origin, ResourceWorkload)> {
    let config = project.config();
    let annotations = declared.iter().filter_map(|fact| {
        let annotation = project.summary(&fact.path)?.facts.annotations.get(fact.annotation)?;
        Some((Origin::Annotation, &annotation.directives))
    });
    let entry = config.table(reference.kind, &reference.id).map(|table| (Origin::Config, table));
    let defaults = config.defaults(reference.kind).map(|table| (Origin::Defaults, table));
    let tables = entry.into_iter().chain(annotations).chain(defaults);
    let stated = tables.filter_map(|(origin, table)| Some((origin, table.table(WORKLOAD)?)));
    let read = |(origin, table): (Origin, &klotho_annotation::Table)| {
        let mut layer = ResourceWorkload::default();
        for entry in &table.entries {
            // What cannot be used says nothing here.
            let _ = neutral(&entry.value).map(|value| layer.set(row, &entry.key, &value));
        }
        (origin, layer)
    };
    stated.map(read).collect()
}

/// The traffic of units, that of a unit of which nobody states it as assumed.
fn demand(project: &Project, units: &[&str]) -> Demand {
    let derived = project.derived();
    Demand::of(units.iter().filter_map(|id| {
        let workload = Stated::of(project, id, derived.units.get(*id)?).workload();
        let requests = workload.monthly_requests.map_or(ASSUMED_VOLUME, |input| input.value);
        Some((requests, workload.payload_kb.value))
    }))
}

fn parameters(project: &Project, reference: &Reference) -> Parameters {
    let all = project.config().parameters(reference.kind, &reference.id).into_iter();
    Parameters::of(all.filter_map(|parameter| Some((parameter.name, plain(&parameter.value)?))))
}

fn plain(json: &serde_json::Value) -> Option<klotho_cost::Value> {
    Some(match json {
        serde_json::Value::Number(number) => klotho_cost::Value::Number(number.as_f64()?),
        serde_json::Value::String(text) => klotho_cost::Value::Text(text.clone()),
        serde_json::Value::Bool(flag) => klotho_cost::Value::Flag(*flag),
        _ => return None,
    })
}

/// What a resource costs, for a hover; `None` where nothing is known of its type.
pub(crate) fn text(project: &Project, reference: &Reference) -> Option<String> {
    let found = resource_cost(project, reference)?;
    let mut parts = Vec::new();
    match found.estimate.monthly() {
        Some(monthly) => {
            let whose =
                if found.row.is_on_the_bill_of_units() { ", on the bill of the units behind it" } else { "" };
            let components = found.estimate.components.iter();
            let shown = components
                .map(|part| format!("{} {}", part.name.replace('_', " "), format::money(part.monthly)));
            parts.push(format!(
                "**{} a month** ({}; {}{whose})",
                format::money(monthly),
                shown.collect::<Vec<_>>().join(", "),
                found.row.billing.words()
            ));
        }
        None => {
            let missing: Vec<_> = found.estimate.missing.iter().map(ToString::to_string).collect();
            parts.push(format!("What it costs is not known: {}", missing.join("; ")));
        }
    }
    if found.estimate.monthly().is_some() {
        parts.push(format!("{}: {}", in_words(project), found.rates));
        let assumed = found.usage.assumed();
        let assumed: Vec<_> =
            assumed.iter().map(|input| code(&format!("{} = {}", input.input, input.value))).collect();
        if !assumed.is_empty() {
            parts.push(format!("Assumed: {}. Its `workload` table may say otherwise", assumed.join(", ")));
        }
    }
    Some(parts.join("\n\n"))
}
