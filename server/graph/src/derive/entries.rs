//! What is wrong with entries of the configuration that only the sources can show.

use super::verdicts::Unread;
use super::{Derived, ids};
use crate::config::{Config, check_type, null_entry};
use crate::kind::Kind;
use crate::project::Project;
use klotho_annotation::finding::{Code, Finding};
use klotho_annotation::suggestion;
use klotho_annotation::{Entry, Table, Value, ValueKind};
use std::collections::BTreeSet;

/// All of it, in no order.
pub(super) fn findings(project: &Project, unread: &Unread, derived: &Derived) -> Vec<Finding> {
    let mut found = unknown_entries(project, unread, derived);
    found.extend(misplaced_charts(project, derived));
    found.extend(wrong_types(project, derived));
    found
}

/// Entries of `klotho.yaml` whose id is no resource of their section (reference, 3.10).
fn unknown_entries(project: &Project, unread: &Unread, derived: &Derived) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut checked = Vec::new();
    for kind in Kind::all() {
        let section = project.config().names(kind).section;
        let Some(table) = project.config().root.table(section).filter(|_| !checked.contains(&section)) else {
            continue;
        };
        checked.push(section);
        found.extend(null_entries(section, table, &ids_of(project, derived, section)));
        let known = ids_of(project, derived, section);
        let unknown = table.entries.iter().filter(|entry| !known.contains(&entry.key.as_str()));
        for entry in unknown.filter(|entry| !unread.explains(section, &entry.key)) {
            found.push(
                Finding::new(Code::ConfigUnknownResource, "", entry.key_at)
                    .with("section", section)
                    .with("id", &entry.key)
                    .with("suggestion", suggestion(&entry.key, known.iter().copied())),
            );
        }
    }
    found
}

/// Entries without settings of resources that are there: the compiler crashes on them (reference, 3.1). Those of units it
/// crashes on in any case.
fn null_entries(section: &'static str, table: &Table, known: &[&str]) -> Vec<Finding> {
    let is_null = |entry: &&Entry| entry.value.kind == ValueKind::Null && known.contains(&&*entry.key);
    let entries = table.entries.iter().filter(|_| section != "execution_units").filter(is_null);
    entries.map(|entry| null_entry(section, entry)).collect()
}

/// Types that a resource cannot have, be they its own or the default that it takes (reference, 6.2 C8 and C9). What is said
/// of ids that nobody declares, and of defaults that nobody takes, the compiler does not look at.
fn wrong_types(project: &Project, derived: &Derived) -> Vec<Finding> {
    let config = project.config();
    let is_stated = |value: &&Value| config.scalar(value).is_none_or(|text| !text.is_empty());
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let units = derived.units.keys().map(|id| (Kind::ExecutionUnit, id.as_str()));
    for (kind, id) in units.chain(ids::resources(derived).map(|(kind, id, _)| (kind, id))) {
        let own = config.table(kind, id).and_then(|table| table.get("type")).filter(is_stated);
        let default = || config.defaults(kind).and_then(|table| table.get("type"));
        // A configuration value that is a secret has the one type, whatever is said (reference, 3.6).
        let Some(value) = own.or_else(default).filter(|_| kind != Kind::Config) else { continue };
        if seen.insert(value.at.start) {
            found.extend(check_type(config, value, kind));
        }
    }
    found
}

/// Helm charts of units that run on no cluster: the compiler refuses them (reference, 6.2 C11).
fn misplaced_charts(project: &Project, derived: &Derived) -> Vec<Finding> {
    let config = project.config();
    let misplaced = derived.units.iter().filter(|(id, unit)| {
        config.installs_chart(id)
            && !Config::takes_chart(unit.target.obeyed.as_ref().unwrap_or(&unit.target.name))
    });
    let findings = misplaced.filter_map(|(id, unit)| {
        let options = config.table(Kind::ExecutionUnit, id)?.table("helm_chart_options")?;
        let finding = Finding::new(Code::ConfigType, "chart", options.get("install")?.at);
        Some(finding.with("id", id).with("target", &unit.target.name))
    });
    findings.collect()
}

fn ids_of<'a>(project: &Project, derived: &'a Derived, section: &str) -> Vec<&'a str> {
    match section {
        "execution_units" => derived.units.keys().map(String::as_str).collect(),
        "static_unit" => derived.static_units.keys().map(String::as_str).collect(),
        "exposed" => derived.gateways.keys().map(String::as_str).collect(),
        "pubsub" => derived.topics.keys().map(String::as_str).collect(),
        _ => {
            let config = project.config();
            let stores = derived.stores.keys().filter(|found| config.names(found.kind).section == section);
            stores.map(|reference| reference.id.as_str()).collect()
        }
    }
}
