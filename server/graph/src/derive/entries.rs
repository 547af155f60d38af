//! What is wrong with entries of the configuration that only the sources can show.

use super::Derived;
use super::verdicts::Unread;
use crate::config::{Config, check_type, null_entry};
use crate::kind::Kind;
use crate::project::Project;
use klotho_annotation::finding::{Code, Finding};
use klotho_annotation::suggestion;
use klotho_annotation::{Entry, Value, ValueKind};
use std::collections::BTreeSet;

/// The kinds before and behind the stores: of what several of them share the first one judges.
const ORDER: [Kind; 2] = [Kind::ExecutionUnit, Kind::Gateway];
const LAST: [Kind; 2] = [Kind::Pubsub, Kind::StaticUnit];

/// All of it, in no order. It follows the entries, not the resources: most of these have none.
pub(super) fn findings(project: &Project, unread: &Unread, derived: &Derived) -> Vec<Finding> {
    if !project.has_config() {
        return Vec::new();
    }
    let mut found = unknown_entries(project, unread, derived);
    found.extend(misplaced_charts(project, derived));
    found.extend(wrong_types(project, unread, derived));
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
        let kinds: Vec<_> = kinds_of(project, section).collect();
        let is_known = |entry: &&Entry| kinds.iter().any(|kind| derived.has(*kind, &entry.key));
        let (known, unknown): (Vec<_>, Vec<_>) = table.entries.iter().partition(is_known);
        found.extend(null_entries(section, &known));
        for entry in unknown {
            let other = kind_elsewhere(project.config(), derived, &entry.key);
            let elsewhere = other.map(|kind| project.config().names(kind).section);
            if unread.explains(section, &entry.key, elsewhere) {
                continue;
            }
            let variant = if other.is_some() { "elsewhere" } else { "" };
            let finding = Finding::new(Code::ConfigUnknownResource, variant, entry.key_at)
                .with("section", section)
                .with("id", &entry.key);
            found.push(match (other, elsewhere) {
                (Some(kind), Some(home)) => {
                    finding.with("kind", kind.spec().with_article()).with("home", home)
                }
                _ => {
                    let ids = kinds.iter().flat_map(|kind| derived.ids(*kind));
                    finding.with("suggestion", suggestion(&entry.key, ids))
                }
            });
        }
    }
    found
}

/// The kind of a resource that has the id of an entry in a section of others: best one that has no settings yet.
fn kind_elsewhere(config: &Config, derived: &Derived, id: &str) -> Option<Kind> {
    let kinds = Kind::all().filter(|kind| !config.names(*kind).section.is_empty() && derived.has(*kind, id));
    kinds.min_by_key(|kind| config.entry(*kind, id).is_some())
}

/// The kinds whose entries stand in a section.
fn kinds_of(project: &Project, section: &str) -> impl Iterator<Item = Kind> {
    Kind::all().filter(move |kind| project.config().names(*kind).section == section)
}

/// Entries without settings of resources that are there: the compiler crashes on them (reference, 3.1). Those of units it
/// crashes on in any case.
fn null_entries(section: &'static str, known: &[&Entry]) -> Vec<Finding> {
    let is_null = |entry: &&&Entry| section != "execution_units" && entry.value.kind == ValueKind::Null;
    known.iter().filter(is_null).map(|entry| null_entry(section, entry)).collect()
}

/// Types that a resource cannot have, be they its own or the default that it takes (reference, 6.2 C8 and C9). What is said
/// of ids that nobody declares, and of defaults that nobody takes, the compiler does not look at. An id that can be
/// told of an annotation that cannot be read counts as declared where the section is that of one kind; of all others it is
/// silent, lest there be an error that is none once the annotation is mended.
fn wrong_types(project: &Project, unread: &Unread, derived: &Derived) -> Vec<Finding> {
    let config = project.config();
    let is_stated = |value: &&Value| config.scalar(value).is_none_or(|text| !text.is_empty());
    let own = |kind, id: &str| config.table(kind, id)?.get("type").filter(is_stated);
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    // A configuration value that is a secret has the one type, whatever is said (reference, 3.6).
    let kinds = ORDER.into_iter().chain(Kind::all().filter(|kind| kind.is_store())).chain(LAST);
    for kind in kinds {
        let name = config.names(kind).section;
        let section = config.root.table(name);
        let entries = section.into_iter().flat_map(|section| &section.entries);
        let is_alone = kinds_of(project, name).count() == 1;
        let is_hidden = |entry: &Entry| is_alone && unread.may_declare(name, &entry.key);
        let owned = entries.filter(|entry| derived.has(kind, &entry.key) || is_hidden(entry));
        let owned = owned.filter_map(|entry| own(kind, &entry.key));
        let default = config.defaults(kind).and_then(|table| table.get("type"));
        let default = default.filter(|_| derived.ids(kind).any(|id| own(kind, id).is_none()));
        for value in owned.chain(default) {
            if seen.insert(value.at.start) {
                found.extend(check_type(config, value, kind));
            }
        }
    }
    found
}

/// Helm charts of units that run on no cluster: the compiler refuses them (reference, 6.2 C11).
fn misplaced_charts(project: &Project, derived: &Derived) -> Vec<Finding> {
    let config = project.config();
    let section = config.root.table(config.names(Kind::ExecutionUnit).section);
    let entries = section.into_iter().flat_map(|section| &section.entries);
    let units = entries.filter_map(|entry| derived.units.get_key_value(&entry.key));
    let misplaced = units.filter(|(id, unit)| {
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
