//! Stores and configuration values, what uses them, and the variables bound to them.

use super::{Derived, FactRef, Store};
use crate::kind::{Kind, Reference};
use crate::project::Project;
use klotho_summary::{Declaration, Declares, FileSummary};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Adds every store that a file of some unit declares.
pub(super) fn add(project: &Project, derived: &mut Derived) {
    for (path, summary) in project.annotated() {
        if derived.units_of(path).is_empty() {
            continue;
        }
        for declaration in &summary.facts.declarations {
            add_one(project, path, summary, declaration, derived);
        }
    }
}

fn add_one(
    project: &Project,
    path: &Arc<str>,
    summary: &FileSummary,
    declaration: &Declaration,
    derived: &mut Derived,
) {
    let Declares::Store { kind, secrets, variables } = &declaration.declares else { return };
    let annotation = summary.facts.annotations.get(declaration.annotation);
    let Some(id) = annotation.and_then(|annotation| annotation.id()) else { return };
    let reference = Reference::new(Kind::from(*kind), id);
    let fact = FactRef { path: Arc::clone(path), annotation: declaration.annotation };
    derived.resources.entry(fact.clone()).or_insert_with(|| reference.clone());
    let units = derived.units_of(path).to_vec();
    let type_name = match reference.kind {
        // Whatever the configuration says (reference, 3.6).
        Kind::Config => "secrets_manager".to_owned(),
        kind => super::targets::type_of(project, kind, id),
    };
    let store = derived.stores.entry(reference).or_insert_with(|| Store {
        declared: Vec::new(),
        symbol: declaration.symbol.clone(),
        type_name,
        units: BTreeSet::new(),
        secrets: BTreeSet::new(),
        variables: BTreeSet::new(),
    });
    store.declared.push(fact);
    store.units.extend(units);
    store.secrets.extend(secrets.iter().map(|secret| secret.path.clone()));
    store.variables.extend(variables.iter().map(|variable| (variable.name.clone(), variable.property)));
}
