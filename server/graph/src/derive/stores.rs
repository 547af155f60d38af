//! Stores and configuration values, what uses them, and the variables bound to them.

use super::{Derived, FactRef, Store};
use crate::kind::{Kind, Reference};
use crate::project::Project;
use klotho_summary::{Declaration, Declares, FileSummary};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// The stores that a file declares.
pub(super) fn declared(summary: &FileSummary) -> impl Iterator<Item = (Reference, &Declaration)> {
    summary.facts.declarations.iter().filter_map(|declaration| {
        let Declares::Store { kind, .. } = &declaration.declares else { return None };
        let id = summary.facts.annotations.get(declaration.annotation)?.id()?;
        Some((Reference::new(Kind::from(*kind), id), declaration))
    })
}

/// What declares a resource in one file.
type Declared<'a> = Vec<&'a Declaration>;

/// What files declare, each file looked through once.
#[derive(Default)]
pub(super) struct Index<'a>(HashMap<Arc<str>, HashMap<Reference, Declared<'a>>>);

impl<'a> Index<'a> {
    fn of(&mut self, project: &'a Project, path: &Arc<str>, reference: &Reference) -> &[&'a Declaration] {
        let of_file = self.0.entry(Arc::clone(path)).or_insert_with(|| {
            let mut of_file: HashMap<_, Declared<'_>> = HashMap::new();
            for (reference, declaration) in project.speaking(path).into_iter().flat_map(declared) {
                of_file.entry(reference).or_default().push(declaration);
            }
            of_file
        });
        of_file.get(reference).map_or(&[], |declared| declared)
    }
}

/// A store as the files at some paths declare it, if one that belongs to a unit does.
pub(super) fn store<'a>(
    project: &'a Project,
    derived: &Derived,
    index: &mut Index<'a>,
    reference: &Reference,
    paths: &BTreeSet<Arc<str>>,
) -> Option<Store> {
    let mut store: Option<Store> = None;
    for path in paths {
        let Some(units) = derived.file_units.get(path) else { continue };
        for declaration in index.of(project, path, reference) {
            let store = store.get_or_insert_with(|| new(project, reference, declaration));
            store.declared.push(FactRef { path: Arc::clone(path), annotation: declaration.annotation });
            store.units = together(&store.units, units);
            if let Declares::Store { secrets, variables, .. } = &declaration.declares {
                store.secrets.extend(secrets.iter().map(|secret| secret.path.clone()));
                let variables = variables.iter().map(|variable| (variable.name.clone(), variable.property));
                store.variables.extend(variables);
            }
        }
    }
    store
}

/// The units of both lists.
fn together(some: &Arc<[String]>, others: &Arc<[String]>) -> Arc<[String]> {
    if some.is_empty() || some == others {
        return Arc::clone(others);
    }
    let all: BTreeSet<_> = some.iter().chain(others.iter()).collect();
    all.into_iter().cloned().collect()
}

fn new(project: &Project, reference: &Reference, declaration: &Declaration) -> Store {
    let type_name = match reference.kind {
        // Whatever the configuration says (reference, 3.6).
        Kind::Config => "secrets_manager".to_owned(),
        kind => super::targets::type_of(project, kind, &reference.id),
    };
    Store {
        declared: Vec::new(),
        symbol: declaration.symbol.clone(),
        type_name,
        units: Arc::default(),
        secrets: BTreeSet::new(),
        variables: BTreeSet::new(),
    }
}
