//! The graph for people: unit by unit.

use klotho_graph::{Kind, Origin, Project, Reference, Unit};
use klotho_ide::Snapshot;
use std::fmt::Write;

/// Every unit with what it costs, serves and uses, then what belongs to no unit, then how many findings there are.
pub(super) fn text(project: &Project, snapshot: &Snapshot, root: &str) -> String {
    let derived = project.derived();
    let mut out = String::new();
    if project.config().is_unreadable {
        let _ = writeln!(
            out,
            "{} cannot be read: nothing that it says is in what follows.\n",
            project.config_file()
        );
    }
    for (id, unit) in &derived.units {
        unit_text(project, id, unit, snapshot.unit_cost(root, id), &mut out);
    }
    if derived.units.is_empty() {
        out.push_str("No execution unit: there is no program code here.\n");
    }
    findings(project, &mut out);
    out
}

fn unit_text(project: &Project, id: &str, unit: &Unit, cost: Option<String>, out: &mut String) {
    let language = unit.language.map_or("no language", |language| language.spec().name);
    let obeyed = unit.target.obeyed.as_deref();
    let gap = obeyed.map(|name| format!("; the compiler will use {name}")).unwrap_or_default();
    let _ = writeln!(out, "{id}  {language}, {} ({}{gap})", unit.target.name, origin(project, unit));
    if let Some(cost) = cost {
        let _ = writeln!(out, "  costs   {cost}");
    }
    for (gateway_id, gateway) in &project.derived().gateways {
        for ((path, verb), _) in gateway.routes.iter().filter(|(_, row)| row.unit == id) {
            let _ = writeln!(out, "  serves  {verb:<7} {path}  ({gateway_id}, {})", gateway.type_name);
        }
    }
    for (reference, store) in project.derived().stores.iter().filter(|(_, store)| store.units.contains(id)) {
        let _ = writeln!(out, "  uses    {reference}  ({})", store.type_name);
    }
    for call in project.derived().calls.iter().filter(|call| call.from == id) {
        let to = Reference::new(Kind::ExecutionUnit, call.to.as_str());
        let _ = writeln!(out, "  calls   {} in {to}", call.function);
    }
    for path in &unit.files {
        let role = if unit.entrypoints.contains(path) { "  (entry point)" } else { "" };
        let _ = writeln!(out, "  file    {path}{role}");
    }
    out.push('\n');
}

fn origin(project: &Project, unit: &Unit) -> String {
    match unit.target.origin {
        Origin::Config => project.config_file().to_owned(),
        Origin::Annotation => "annotation".to_owned(),
        Origin::Defaults => format!("defaults in {}", project.config_file()),
        Origin::Provider => "the provider's default".to_owned(),
    }
}

fn findings(project: &Project, out: &mut String) {
    let count = project.findings().len();
    if count > 0 {
        let word = if count == 1 { "finding" } else { "findings" };
        let _ = writeln!(out, "{count} {word}: see klotho-ls check");
    }
}
