//! Where else a unit could run.

use klotho_graph::{Kind, Unit};

/// What people call each target.
const NAMES: [(&str, &str); 3] = [("lambda", "AWS Lambda"), ("ecs", "ECS on Fargate"), ("eks", "EKS")];

/// A target that a unit can be switched to.
pub(crate) struct Switch {
    pub(crate) target: &'static str,
    pub(crate) title: String,
}

/// What people call a target; as it is written when nobody knows it.
pub(crate) fn target_name(key: &str) -> &str {
    NAMES.iter().find(|(known, _)| *known == key).map_or(key, |(_, name)| name)
}

/// Every target but the unit's own.
pub(crate) fn switches(id: &str, unit: &Unit) -> Vec<Switch> {
    let others = Kind::ExecutionUnit.spec().types.iter().filter(|target| **target != unit.target.name);
    others.map(|target| Switch { target, title: format!("Switch {id} to {}", target_name(target)) }).collect()
}

/// The targets that a unit could run on instead, for the graph as text.
pub fn alternatives(unit: &Unit) -> String {
    let others = Kind::ExecutionUnit.spec().types.iter().filter(|target| **target != unit.target.name);
    others.map(|target| target_name(target)).collect::<Vec<_>>().join(", ")
}
