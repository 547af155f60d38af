use super::assets::Assets;
use super::units::Declarations;
use super::variables::Variables;
use super::{
    Derived, calls, gateways, manifests, measurements, stores, targets, topics, units, verdicts, walk,
};
use crate::kind::{Kind, Reference};
use crate::project::Project;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Derives everything from scratch.
pub(crate) fn derive(project: &Project) -> Derived {
    let mut wanted: BTreeSet<Arc<str>> = project.unread_manifests().collect();
    let mut assets = Assets::of(project);
    let declarations = Declarations::of(project, std::mem::take(&mut assets.served));
    let mut derived =
        Derived { units: units::units(project, &declarations, &mut wanted), ..Derived::default() };
    for (id, unit) in &mut derived.units {
        unit.target = targets::target_of(project, id, &unit.declared);
        *derived.targets.entry(unit.target.name.clone()).or_default() += 1;
    }
    derived.file_units = walk::memberships(derived.units.iter());
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
    for (id, gateway) in &derived.gateways {
        for row in gateway.routes.values() {
            if !derived.unit_gateways.contains_key(&row.unit) {
                derived.unit_gateways.insert(row.unit.clone(), id.clone());
            }
        }
    }
    stores::add(project, &mut derived);
    let variables = Variables::of(project, &derived);
    derived.uses = variables.by_file();
    topics::add(project, &variables, &mut derived);
    findings.extend(calls::add(project, &declarations, &mut derived));
    derived.measurements = measurements::named(project, &derived);
    wanted.extend(derived.measurements.iter().filter(|path| project.is_unread_text(path)).cloned());
    derived.wanted = wanted.into_iter().collect();
    // While files are still to be read, what seems missing may only be unread.
    if derived.wanted.is_empty() {
        findings.extend(declarations.findings.iter().cloned());
        findings.extend(manifests::add(project, &mut derived));
        verdicts::add(project, &declarations, findings, variables, &mut derived);
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
