//! What the annotations of one unit state differently: one of the values counts, and which is said at the other.

use crate::workload::{REQUIRES, WORKLOAD};
use klotho_annotation::Table;
use klotho_annotation::finding::Code;
use klotho_graph::{Advice, Anchor, FactRef, GraphFinding, Kind, Project, Unit};

/// All of it about one unit.
pub(super) fn of_unit(project: &Project, id: &str, unit: &Unit, advice: &mut Advice) {
    // Almost every unit has one annotation.
    if unit.declared.len() < 2 {
        return;
    }
    let entry = project.config().table(Kind::ExecutionUnit, id);
    for name in [WORKLOAD, REQUIRES] {
        let is_settled = |key: &str| entry.and_then(|entry| entry.table(name)?.get(key)).is_some();
        let stating =
            unit.declared.iter().filter_map(|fact| Some((fact, stated(project, fact)?.table(name)?)));
        let stating: Vec<_> = stating.collect();
        for (place, (fact, table)) in stating.iter().enumerate() {
            for (index, entry) in
                table.entries.iter().enumerate().filter(|(_, entry)| !is_settled(&entry.key))
            {
                let mut before = stating.iter().take(place);
                let first = before.find_map(|(fact, table)| Some((fact, table.get(&entry.key)?)));
                let Some((counting, value)) = first else { continue };
                if value.to_json() == entry.value.to_json() {
                    continue;
                }
                let anchor = Anchor::SettingValue { annotation: fact.annotation, table: name, index };
                let finding = GraphFinding::new(Code::WorkloadConflict, "", anchor)
                    .with("key", &entry.key)
                    .with("unit", id)
                    .with("value", value.to_json())
                    .with("path", &counting.path);
                advice.sources.entry(fact.path.clone()).or_default().push(finding);
            }
        }
    }
}

fn stated<'a>(project: &'a Project, fact: &FactRef) -> Option<&'a Table> {
    Some(&project.summary(&fact.path)?.facts.annotations.get(fact.annotation)?.directives)
}
