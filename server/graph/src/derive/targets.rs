//! What a resource becomes in the cloud: klotho.yaml, the annotation, the defaults, the provider, in this order.

use super::{FactRef, Target};
use crate::config::Origin;
use crate::kind::Kind;
use crate::project::Project;

/// The type of a resource that no annotation can set.
pub(super) fn type_of(project: &Project, kind: Kind, id: &str) -> String {
    let config = project.config();
    let stated = config.stated_type(kind, id).or_else(|| config.default_type(kind));
    // An id in `persisted` may belong to a store of another kind: what this kind cannot be does not count.
    let valid = stated.filter(|(name, _)| kind.spec().types.contains(&name.as_str()));
    valid.map_or_else(|| kind.spec().default_type.to_owned(), |(name, _)| name)
}

/// The target of a unit.
pub(super) fn target_of(project: &Project, id: &str, declared: &[FactRef]) -> Target {
    let config = project.config();
    let kind = Kind::ExecutionUnit;
    let from = |name: String, origin| Target { name, origin, stated: None, obeyed: None };
    if let Some((name, _)) = config.stated_type(kind, id) {
        return from(name, Origin::Config);
    }
    let unstated = match config.default_type(kind) {
        Some((name, _)) => from(name, Origin::Defaults),
        None => from(kind.spec().default_type.to_owned(), Origin::Provider),
    };
    match annotated_target(project, declared) {
        Some(target) if target.name == unstated.name => target,
        Some(target) => Target { obeyed: Some(unstated.name), ..target },
        None => unstated,
    }
}

/// The target that the unit's annotations state: the first one that does.
pub(super) fn annotated_target(project: &Project, declared: &[FactRef]) -> Option<Target> {
    declared.iter().find_map(|fact| {
        let annotation = project.summary(&fact.path)?.facts.annotations.get(fact.annotation)?;
        let name = annotation.directives.string("target")?.to_owned();
        Some(Target { name, origin: Origin::Annotation, stated: Some(fact.clone()), obeyed: None })
    })
}
