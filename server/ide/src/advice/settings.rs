//! What is stated in a `workload` or `requires` table and cannot be used.

use crate::config_fixes::{ABOVE, BARE, BELOW, BESIDE, KEY};
use crate::resources;
use crate::workload::{Beside, Keys, Unusable, unusable};
use klotho_annotation::catalogue::{Capability, capability};
use klotho_annotation::finding::{Code, Finding};
use klotho_annotation::{Annotation, Table, ValueKind};
use klotho_graph::{Advice, Anchor, FactRef, GraphFinding, Kind, Project};
use std::sync::Arc;

/// The tables of a unit.
const UNIT: &[Keys] = &[Keys::Workload, Keys::Requires];

/// All of it in the annotations of one file.
pub(super) fn in_file(project: &Project, path: &Arc<str>) -> Vec<GraphFinding> {
    let from = FactRef { path: Arc::clone(path), annotation: 0 };
    let declared = project.derived().resources.range(from..).take_while(|(fact, _)| fact.path == *path);
    let mut found = Vec::new();
    for (fact, reference) in declared {
        match (reference.kind, resources::row_of(project, reference)) {
            (Kind::ExecutionUnit, _) => in_annotation(project, fact, UNIT, &mut found),
            (_, Some(row)) => in_annotation(project, fact, &[Keys::Use(row)], &mut found),
            _ => {}
        }
    }
    found
}

fn in_annotation(project: &Project, fact: &FactRef, tables: &[Keys], found: &mut Vec<GraphFinding>) {
    let summary = project.summary(&fact.path);
    let Some(annotation) = summary.and_then(|summary| summary.facts.annotations.get(fact.annotation)) else {
        return;
    };
    let Some(capability) = capability(&annotation.capability) else { return };
    found.extend(outside(annotation, fact.annotation, capability, tables));
    for &keys in tables {
        let name = keys.table();
        let Some(table) = annotation.directives.table(name) else {
            if annotation.directives.get(name).is_some() {
                let anchor = Anchor::Directive { annotation: fact.annotation, key: name };
                let finding = GraphFinding::new(Code::WorkloadInvalid, "", anchor);
                let finding = finding.with("reason", no_table(name)).with("suggestion", "");
                found.push(finding);
            }
            continue;
        };
        for wrong in unusable(project, keys, Beside::Annotation(capability), table) {
            let (annotation, index) = (fact.annotation, wrong.index);
            let anchor = match wrong.instead {
                Some(_) => Anchor::Setting { annotation, table: name, index },
                None => Anchor::SettingValue { annotation, table: name, index },
            };
            let finding = GraphFinding::new(Code::WorkloadInvalid, "", anchor);
            found.push(
                told(wrong, table).into_iter().fold(finding, |finding, (key, said)| finding.with(key, said)),
            );
        }
    }
}

/// Keys of tables that stand beside them in an annotation, where nobody reads them.
fn outside(
    annotation: &Annotation,
    place: usize,
    capability: &Capability,
    tables: &[Keys],
) -> impl Iterator<Item = GraphFinding> {
    let entries = annotation.directives.entries.iter().enumerate();
    let unread = entries.filter(|(_, entry)| capability.directive(&[&entry.key]).is_none());
    unread.filter_map(move |(index, entry)| {
        let owners: Vec<_> =
            tables.iter().filter(|keys| keys.is_meant_by(entry)).map(|keys| keys.table()).collect();
        let headers: Vec<_> = owners.iter().map(|name| format!("`[{name}]`")).collect();
        let way = way_below(annotation, &owners, &entry.key)?;
        let finding =
            GraphFinding::new(Code::UnknownDirective, ABOVE, Anchor::Key { annotation: place, index });
        let finding = finding.with(KEY, &entry.key).with("tables", headers.join(" and of ")).with("way", way);
        Some(finding.with(BELOW, owners.join(" ")))
    })
}

/// Where a key belongs that stands above the tables which have one of its name; `None` where there are none.
fn way_below(annotation: &Annotation, tables: &[&str], key: &str) -> Option<String> {
    let [name] = tables else {
        let is_any = tables.iter().any(|name| annotation.directives.get(name).is_some());
        let way = match is_any {
            true => "Write it below the one that is meant, behind all other keys.",
            false => "Write the one that is meant behind all other keys, and it below that.",
        };
        return (!tables.is_empty()).then(|| way.to_owned());
    };
    let is_there = annotation.directives.get(name).is_some();
    let is_said = annotation.directives.at(&[name, key]).is_some();
    Some(match (is_said, is_there) {
        (true, _) => format!("It stands below `[{name}]` already: remove it here."),
        (false, true) => format!("Write it below `[{name}]`."),
        (false, false) => format!("Write `[{name}]` behind all other keys, and it below that."),
    })
}

/// What a finding says of an entry that cannot be used.
fn told(wrong: Unusable, table: &Table) -> Vec<(&'static str, String)> {
    let key = table.entries.get(wrong.index).map(|entry| entry.key.clone()).unwrap_or_default();
    let mut told = vec![("reason", wrong.reason), ("suggestion", wrong.instead.unwrap_or(wrong.near))];
    told.extend(wrong.bare.map(|bare| (BARE, bare)));
    told.extend(wrong.is_beside.then(|| (BESIDE, key.clone())));
    told.push((KEY, key));
    told
}

/// All of it in the configuration.
pub(super) fn in_config(project: &Project, advice: &mut Advice) {
    let config = project.config();
    let section = config.root.table(config.names(Kind::ExecutionUnit).section);
    let entries = section.into_iter().flat_map(|section| &section.entries);
    let tables = entries.filter_map(|entry| config.table(Kind::ExecutionUnit, &entry.key));
    for table in tables.chain(config.defaults(Kind::ExecutionUnit)) {
        in_entry(project, table, UNIT, advice);
    }
    for (table, row) in resources::tables_of_config(project) {
        in_entry(project, table, &[Keys::Use(row)], advice);
    }
}

/// The tables of one entry of the configuration.
fn in_entry(project: &Project, entry: &Table, tables: &[Keys], advice: &mut Advice) {
    for &keys in tables {
        let name = keys.table();
        let Some(stated) = entry.table(name) else {
            let wrong = entry.entry(name).filter(|entry| entry.value.kind != ValueKind::Null);
            advice.config.extend(wrong.map(|entry| {
                let finding = Finding::new(Code::WorkloadInvalid, "", entry.value.at);
                finding.with("reason", no_table(name)).with("suggestion", "").into()
            }));
            continue;
        };
        for wrong in unusable(project, keys, Beside::Entry, stated) {
            let Some(entry) = stated.entries.get(wrong.index) else { continue };
            let at = if wrong.instead.is_some() { entry.key_at } else { entry.value.at };
            let finding = Finding::new(Code::WorkloadInvalid, "", at);
            let finding =
                told(wrong, stated).into_iter().fold(finding, |finding, (key, said)| finding.with(key, said));
            advice.config.push(finding.into());
        }
    }
}

fn no_table(name: &str) -> String {
    format!("`{name}` needs a table of keys and values")
}
