//! What the annotations of one unit state differently: one of the values counts, and which is said at the other.

use crate::workload::Keys;
use klotho_annotation::finding::Code;
use klotho_annotation::{Table, Value};
use klotho_graph::{Advice, Anchor, FactRef, GraphFinding, Kind, Project, Unit};
use std::collections::HashMap;
use std::mem::discriminant;

/// All of it about one unit.
pub(super) fn of_unit(project: &Project, id: &str, unit: &Unit, advice: &mut Advice) {
    // Almost every unit has one annotation.
    if unit.declared.len() < 2 {
        return;
    }
    let entry = project.config().table(Kind::ExecutionUnit, id);
    for keys in [Keys::Workload, Keys::Requires] {
        let name = keys.table();
        let is_settled = |key: &str| entry.and_then(|entry| entry.table(name)?.get(key)).is_some();
        let stating =
            unit.declared.iter().filter_map(|fact| Some((fact, stated(project, fact)?.table(name)?)));
        // The first that states a key is the one that counts.
        let mut counting: HashMap<&str, (&FactRef, &Value)> = HashMap::new();
        for (fact, table) in stating {
            // Other keys are notes.
            let known = table.entries.iter().enumerate().filter(|(_, entry)| keys.has(&entry.key));
            for (index, entry) in known {
                let (first, value) = *counting.entry(&entry.key).or_insert((fact, &entry.value));
                if first == fact || is_settled(&entry.key) || !differ(value, &entry.value) {
                    continue;
                }
                let anchor = Anchor::SettingValue { annotation: fact.annotation, table: name, index };
                let finding = GraphFinding::new(Code::WorkloadConflict, "", anchor)
                    .with("key", &entry.key)
                    .with("unit", id)
                    .with("value", value.to_json())
                    .with("path", &first.path);
                advice.sources.entry(fact.path.clone()).or_default().push(finding);
            }
        }
    }
}

/// Whether two values that may both count differ. One of another kind is wrong, which is said of it by itself.
fn differ(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one != other,
        (None, None) => {
            discriminant(&one.kind) == discriminant(&other.kind) && one.to_json() != other.to_json()
        }
        _ => false,
    }
}

fn stated<'a>(project: &'a Project, fact: &FactRef) -> Option<&'a Table> {
    Some(&project.summary(&fact.path)?.facts.annotations.get(fact.annotation)?.directives)
}
