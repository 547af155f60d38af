use super::assets::Assets;
use super::units::Declarations;
use super::variables::Variables;
use super::{Call, Derived, gateways, resolve, stores, targets, topics, units, verdicts};
use crate::kind::{Kind, Reference};
use crate::project::Project;
use klotho_summary::{FunctionName, Imported, ImportedCall};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Derives everything from scratch.
pub(crate) fn derive(project: &Project) -> Derived {
    let mut wanted: BTreeSet<Arc<str>> = project.unread_manifests().collect();
    let assets = Assets::of(project);
    let declarations = Declarations::of(project, &assets.served);
    let mut derived =
        Derived { units: units::units(project, &declarations, &mut wanted), ..Derived::default() };
    for (id, unit) in &mut derived.units {
        unit.target = targets::target_of(project, id, &unit.declared);
    }
    derived.file_units = memberships(&derived);
    for (id, facts) in &declarations.units {
        for fact in facts {
            let reference = Reference::new(Kind::ExecutionUnit, id.as_str());
            derived.resources.insert(fact.clone(), reference);
        }
    }
    carry(assets.embedded, &declarations, &mut derived);
    for (id, unit) in &assets.static_units {
        for fact in &unit.declared {
            let reference = Reference::new(Kind::StaticUnit, id.as_str());
            derived.resources.insert(fact.clone(), reference);
        }
    }
    derived.static_units = assets.static_units;
    let mut findings = assets.findings;
    findings.extend(gateways::add(project, &declarations, &mut derived));
    stores::add(project, &mut derived);
    let variables = Variables::of(project, &derived);
    topics::add(project, &variables, &mut derived);
    derived.calls = calls(project, &declarations, &derived);
    derived.wanted = wanted.into_iter().collect();
    // While files are still to be read, what seems missing may only be unread.
    if derived.wanted.is_empty() {
        verdicts::add(project, findings, variables, &mut derived);
    }
    derived
}

/// Gives embedded files to the unit that the annotated file declares, or to every unit.
fn carry(embedded: Vec<(Arc<str>, BTreeSet<Arc<str>>)>, declarations: &Declarations, derived: &mut Derived) {
    for (path, files) in embedded {
        let declared = declarations.unit_of.get(&path);
        for (_, unit) in derived.units.iter_mut().filter(|(id, _)| declared.is_none_or(|unit| unit == *id)) {
            unit.assets.extend(files.iter().cloned());
        }
    }
}

fn memberships(derived: &Derived) -> BTreeMap<Arc<str>, Vec<String>> {
    let mut units: BTreeMap<Arc<str>, Vec<String>> = BTreeMap::new();
    for (id, unit) in &derived.units {
        for path in &unit.files {
            units.entry(Arc::clone(path)).or_default().push(id.clone());
        }
    }
    units
}

/// Calls of functions that another unit declares: each becomes a request between the two (reference, 4.7).
fn calls(project: &Project, declarations: &Declarations, derived: &Derived) -> BTreeSet<Call> {
    let mut calls = BTreeSet::new();
    if derived.units.len() < 2 {
        return calls;
    }
    for (path, units) in &derived.file_units {
        let Some(summary) = project.summary(path) else { continue };
        for call in &summary.facts.imported_calls {
            let import = summary.facts.imports.get(call.import);
            let callee = import.and_then(|import| resolve(project, &import.candidates));
            let Some((callee, to)) = callee.and_then(|path| declarations.unit_of.get_key_value(path)) else {
                continue;
            };
            let Some(function) = called_function(project, callee, call) else { continue };
            for from in units.iter().filter(|from| *from != to) {
                calls.insert(Call { from: from.clone(), to: to.clone(), function: function.clone() });
            }
        }
    }
    calls
}

/// The function of the module at `path` that a call names directly.
fn called_function(project: &Project, path: &str, call: &ImportedCall) -> Option<String> {
    let [exported] = call.path.as_slice() else { return None };
    let facts = &project.summary(path)?.facts;
    let is_wanted = |imported: &Imported| match imported {
        Imported::Name(name) => name == exported,
        Imported::Default | Imported::Module => exported == "default",
    };
    let local = facts.exports.iter().find(|export| is_wanted(&export.exported));
    // In Python every top-level name can be imported as it is.
    let name = local.map_or(exported.as_str(), |export| export.local.as_str());
    let named = FunctionName::Named(name.to_owned());
    facts.functions.iter().any(|function| function.name == named).then(|| name.to_owned())
}
