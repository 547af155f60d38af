//! What a C# unit is started through: its startup class, its entry point for Lambda, the API of its gateways (reference,
//! 2.2.1 and 5.6).

use super::sheets::Found;
use super::{Anchor, Derived, FactRef, GraphFinding, Unit};
use crate::project::Project;
use klotho_annotation::finding::Code;
use klotho_summary::{Declares, Framework, Host, HostRole};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A class of a unit, and where it is declared.
struct Class<'a> {
    path: &'a Arc<str>,
    index: usize,
    host: &'a Host,
}

/// A gateway of a unit.
struct Gateway<'a> {
    fact: FactRef,
    id: &'a str,
    api: &'a str,
}

/// What is wrong with the hosts and gateways of one unit.
pub(super) fn findings(project: &Project, derived: &Derived, id: &str, unit: &Unit) -> Vec<Found> {
    let classes = classes(project, unit);
    let gateways = gateways(project, derived, id);
    let mut found = startup(id, unit, &classes, &gateways);
    found.extend(entries(id, &classes, &gateways));
    found.extend(apis(&gateways));
    found
}

fn classes<'a>(project: &'a Project, unit: &'a Unit) -> Vec<Class<'a>> {
    let files = unit.files.iter().filter_map(|path| Some((path, &project.summary(path)?.facts.hosts)));
    let classes = files.flat_map(|(path, hosts)| {
        hosts.iter().enumerate().map(move |(index, host)| Class { path, index, host })
    });
    classes.collect()
}

/// The gateways in front of a unit that ASP.NET Core serves.
fn gateways<'a>(project: &'a Project, derived: &'a Derived, unit: &str) -> Vec<Gateway<'a>> {
    let mut found = Vec::new();
    for (id, gateway) in derived.gateways.iter() {
        for fact in &gateway.declared {
            let runs_here = derived.units_of(&fact.path).first().is_some_and(|first| first == unit);
            if runs_here && is_aspnet(project, fact) {
                found.push(Gateway { fact: fact.clone(), id, api: project.config().api_type(id) });
            }
        }
    }
    found
}

pub(super) fn is_aspnet(project: &Project, fact: &FactRef) -> bool {
    let Some(summary) = project.summary(&fact.path) else { return false };
    summary.facts.declarations.iter().any(|found| {
        found.annotation == fact.annotation
            && matches!(found.declares, Declares::Gateway { framework: Framework::AspNet, .. })
    })
}

/// Several startup classes, or none for a gateway. Where the unit is declared, only annotated ones count.
fn startup(id: &str, unit: &Unit, classes: &[Class<'_>], gateways: &[Gateway<'_>]) -> Vec<Found> {
    let all = || classes.iter().filter(|class| class.host.role == HostRole::Startup);
    let counting: Vec<_> =
        all().filter(|class| unit.declared.is_empty() || stands_below(unit, class)).collect();
    if !counting.is_empty() {
        return several(id, "several", &counting);
    }
    let Some(fact) = unit.declared.first().filter(|_| !gateways.is_empty()) else { return Vec::new() };
    let meant = all().next().map_or_else(
        || "the startup class".to_owned(),
        |class| format!("the class `{}` in {}", class.host.name, class.path),
    );
    let finding = GraphFinding::new(Code::StartupClass, "missing", Anchor::Capability(fact.annotation));
    vec![(Arc::clone(&fact.path), finding.with("unit", id).with("class", meant))]
}

/// Whether a class stands right below one of the unit's annotations.
fn stands_below(unit: &Unit, class: &Class<'_>) -> bool {
    class.host.annotation.is_some_and(|annotation| {
        unit.declared.iter().any(|fact| fact.path == *class.path && fact.annotation == annotation)
    })
}

/// Several entry points for the API of a gateway.
fn entries(id: &str, classes: &[Class<'_>], gateways: &[Gateway<'_>]) -> Vec<Found> {
    let apis: BTreeSet<_> = gateways.iter().map(|gateway| gateway.api).collect();
    let of_api = |api: &str| -> Vec<_> {
        let is_one = |role| matches!(role, HostRole::LambdaEntry(served) if served == api);
        classes.iter().filter(|class| is_one(class.host.role)).collect()
    };
    apis.into_iter().flat_map(|api| several(id, "entries", &of_api(api))).collect()
}

/// Every class but the first is one too many.
fn several(id: &str, variant: &'static str, classes: &[&Class<'_>]) -> Vec<Found> {
    let Some((first, others)) = classes.split_first() else { return Vec::new() };
    let finding = |class: &&Class<'_>| {
        let finding = GraphFinding::new(Code::StartupClass, variant, Anchor::Host(class.index));
        let named = format!("{}` in `{}", first.host.name, first.path);
        (Arc::clone(class.path), finding.with("unit", id).with("first", named))
    };
    others.iter().map(finding).collect()
}

/// Gateways of different types of API in front of one unit.
fn apis(gateways: &[Gateway<'_>]) -> Vec<Found> {
    let Some((first, others)) = gateways.split_first() else { return Vec::new() };
    let differing = others.iter().filter(|gateway| gateway.api != first.api);
    let finding = |gateway: &Gateway<'_>| {
        let finding = GraphFinding::new(Code::GatewayConflict, "api", Anchor::Id(gateway.fact.annotation));
        let finding = finding.with("own", gateway.api).with("first", first.id).with("other", first.api);
        (Arc::clone(&gateway.fact.path), finding)
    };
    differing.map(finding).collect()
}
