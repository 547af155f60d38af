//! Findings that need the cost model: what is stated and cannot be used, and targets that cannot do what is asked.

use crate::figures::Figures;
use crate::region;
use crate::resources;
use crate::tradeoff::{comparison, told};
use crate::workload::{Keys, Stated, unusable};
use klotho_annotation::finding::{Code, Finding};
use klotho_annotation::{Table, ValueKind};
use klotho_cost::Date;
use klotho_graph::{Advice, Anchor, FactRef, GraphFinding, Kind, Project, USAGE_FILE, Unit};
use std::collections::HashMap;

/// Works them out for one project, and remembers what the cost model said: it is asked again for a unit only when
/// something that it is told about the unit changed.
#[derive(Default)]
pub(crate) struct Adviser {
    /// By unit: what the model was told, as a hash, and why the unit cannot run where it does.
    verdicts: HashMap<String, (u64, Option<String>)>,
}

impl Adviser {
    /// All findings, for every unit.
    pub(crate) fn advice(&mut self, project: &Project, today: Date) -> Advice {
        let mut advice = Advice::default();
        let units = &project.derived().units;
        self.verdicts.retain(|id, _| units.contains_key(id));
        for (id, unit) in units {
            for fact in &unit.declared {
                in_annotation(project, fact, UNIT, &mut advice);
            }
            if let Some(reason) = self.why_infeasible(project, id, unit, today) {
                infeasible(project, id, unit, &reason, &mut advice);
            }
        }
        for (fact, reference) in &project.derived().resources {
            let row = resources::row_of(project, reference);
            row.into_iter().for_each(|row| in_annotation(project, fact, &[Keys::Use(row)], &mut advice));
        }
        in_config(project, &mut advice);
        let faults = Figures::of(project).map_or(&[][..], Figures::faults);
        if !faults.is_empty() {
            advice.texts.insert(USAGE_FILE.into(), faults.to_vec());
        }
        advice
    }

    /// Why the unit cannot run on its target. What is merely assumed rules nothing out.
    fn why_infeasible(&mut self, project: &Project, id: &str, unit: &Unit, today: Date) -> Option<String> {
        let stated = Stated::of(project, id, unit);
        if !stated.anything() {
            return None;
        }
        let told = told(project, id, unit, &stated);
        if let Some((_, verdict)) = self.verdicts.get(id).filter(|(known, _)| *known == told) {
            return verdict.clone();
        }
        let comparison = comparison(project, id, unit, today);
        let row = comparison.current().filter(|row| row.fits.is_ruled_out());
        let verdict = row.map(|row| row.fits.reasons().join("; "));
        self.verdicts.insert(id.to_owned(), (told, verdict.clone()));
        verdict
    }
}

/// The tables of a unit.
const UNIT: &[Keys] = &[Keys::Workload, Keys::Requires];

fn in_annotation(project: &Project, fact: &FactRef, tables: &[Keys], advice: &mut Advice) {
    let summary = project.summary(&fact.path);
    let Some(annotation) = summary.and_then(|summary| summary.facts.annotations.get(fact.annotation)) else {
        return;
    };
    for &keys in tables {
        let name = keys.table();
        let Some(table) = annotation.directives.table(name) else {
            if annotation.directives.get(name).is_some() {
                let anchor = Anchor::Directive { annotation: fact.annotation, key: name };
                let finding = GraphFinding::new(Code::WorkloadInvalid, "", anchor);
                let finding = finding.with("reason", no_table(name)).with("suggestion", "");
                advice.sources.entry(fact.path.clone()).or_default().push(finding);
            }
            continue;
        };
        for wrong in unusable(project, keys, table) {
            let (annotation, index) = (fact.annotation, wrong.index);
            let anchor = match wrong.instead {
                Some(_) => Anchor::Setting { annotation, table: name, index },
                None => Anchor::SettingValue { annotation, table: name, index },
            };
            let finding = GraphFinding::new(Code::WorkloadInvalid, "", anchor);
            let finding =
                finding.with("reason", wrong.reason).with("suggestion", wrong.instead.unwrap_or_default());
            advice.sources.entry(fact.path.clone()).or_default().push(finding);
        }
    }
}

fn in_config(project: &Project, advice: &mut Advice) {
    let config = project.config();
    advice.config.extend(region::unknown(project));
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
                finding.with("reason", no_table(name)).with("suggestion", "")
            }));
            continue;
        };
        for wrong in unusable(project, keys, stated) {
            let Some(entry) = stated.entries.get(wrong.index) else { continue };
            let at = if wrong.instead.is_some() { entry.key_at } else { entry.value.at };
            let finding = Finding::new(Code::WorkloadInvalid, "", at).with("reason", wrong.reason);
            advice.config.push(finding.with("suggestion", wrong.instead.unwrap_or_default()));
        }
    }
}

fn no_table(name: &str) -> String {
    format!("`{name}` needs a table of keys and values")
}

fn infeasible(project: &Project, id: &str, unit: &Unit, reason: &str, advice: &mut Advice) {
    let stating = unit.target.stated.as_ref();
    if let Some(fact) = stating.or(unit.declared.first()) {
        let finding = GraphFinding::new(Code::TargetInfeasible, "", Anchor::Target(fact.annotation));
        let finding = finding.with("target", &unit.target.name).with("reason", reason);
        advice.sources.entry(fact.path.clone()).or_default().push(finding);
    } else if let Some((_, at)) = project.config().stated_type(Kind::ExecutionUnit, id) {
        let finding = Finding::new(Code::TargetInfeasible, "", at);
        advice.config.push(finding.with("target", &unit.target.name).with("reason", reason));
    }
}
