//! Findings that need the cost model: what is stated and cannot be used, and targets that cannot do what is asked.

use crate::tradeoff::comparison;
use crate::workload::{REQUIRES, Stated, WORKLOAD, keys, unusable};
use klotho_annotation::Table;
use klotho_annotation::finding::{Code, Finding};
use klotho_cost::Date;
use klotho_graph::{Advice, Anchor, FactRef, GraphFinding, Kind, Project, Unit, suggestion};

/// All of them, for every unit of a project.
pub(crate) fn advice(project: &Project, today: Date) -> Advice {
    let mut advice = Advice::default();
    for (id, unit) in &project.derived().units {
        for fact in &unit.declared {
            in_annotation(project, fact, &mut advice);
        }
        infeasible(project, id, unit, today, &mut advice);
    }
    in_config(project, &mut advice);
    advice
}

fn in_annotation(project: &Project, fact: &FactRef, advice: &mut Advice) {
    let summary = project.summary(&fact.path);
    let Some(annotation) = summary.and_then(|summary| summary.facts.annotations.get(fact.annotation)) else {
        return;
    };
    for name in [WORKLOAD, REQUIRES] {
        let Some(table) = annotation.directives.table(name) else { continue };
        for (index, reason) in unusable(name, table) {
            let anchor = Anchor::Setting { annotation: fact.annotation, table: name, index };
            let finding = GraphFinding::new(Code::WorkloadInvalid, "", anchor);
            let finding = finding.with("reason", reason).with("suggestion", nearest(name, table, index));
            advice.sources.entry(fact.path.clone()).or_default().push(finding);
        }
    }
}

fn in_config(project: &Project, advice: &mut Advice) {
    let config = project.config();
    let section = config.root.table(Kind::ExecutionUnit.spec().section);
    let entries = section.into_iter().flat_map(|section| &section.entries);
    let tables = entries.filter_map(|entry| config.table(Kind::ExecutionUnit, &entry.key));
    for table in tables.chain(config.defaults(Kind::ExecutionUnit)) {
        for name in [WORKLOAD, REQUIRES] {
            let Some(stated) = table.table(name) else { continue };
            for (index, reason) in unusable(name, stated) {
                let finding = Finding::new(Code::WorkloadInvalid, "", stated.entries[index].key_at);
                let finding = finding.with("reason", reason).with("suggestion", nearest(name, stated, index));
                advice.config.push(finding);
            }
        }
    }
}

/// A near key, for one that nobody knows.
fn nearest(name: &str, table: &Table, index: usize) -> String {
    let stated = &table.entries[index].key;
    let known = keys(name).any(|key| key == stated);
    if known { String::new() } else { suggestion(stated, keys(name)) }
}

/// A target that cannot do what somebody stated. What is merely assumed rules nothing out.
fn infeasible(project: &Project, id: &str, unit: &Unit, today: Date, advice: &mut Advice) {
    if !Stated::of(project, id, unit).anything() {
        return;
    }
    let comparison = comparison(project, id, unit, today);
    let Some(row) = comparison.current().filter(|row| row.fits.is_ruled_out()) else { return };
    let reason = row.fits.reasons().join("; ");
    let stating = unit.target.stated.as_ref();
    if let Some(fact) = stating.or(unit.declared.first()) {
        let anchor = Anchor::Target(fact.annotation);
        let finding = GraphFinding::new(Code::TargetInfeasible, "", anchor);
        let finding = finding.with("target", &unit.target.name).with("reason", reason);
        advice.sources.entry(fact.path.clone()).or_default().push(finding);
    } else if let Some((_, at)) = project.config().stated_type(Kind::ExecutionUnit, id) {
        let finding = Finding::new(Code::TargetInfeasible, "", at);
        advice.config.push(finding.with("target", &unit.target.name).with("reason", reason));
    }
}
