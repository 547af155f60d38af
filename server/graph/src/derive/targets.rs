//! What a resource becomes in the cloud: klotho.yaml, the annotation, the defaults, the provider, in this order.

use super::{Anchor, Derived, FactRef, GraphFinding, Target, Unit};
use crate::called::meant_target;
use crate::config::{Origin, listed};
use crate::kind::{Kind, is_other_target};
use crate::project::Project;
use klotho_annotation::Value;
use klotho_annotation::catalogue::TARGET;
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Language;
use std::sync::Arc;

/// The type of a resource that no annotation can set.
pub(super) fn type_of(project: &Project, kind: Kind, id: &str) -> String {
    let config = project.config();
    let stated = config.stated_type(kind, id).or_else(|| config.default_type(kind));
    // An id in `persisted` may belong to a store of another kind: what this kind cannot be does not count.
    let valid = stated.filter(|(name, _)| config.names(kind).types.contains(&name.as_str()));
    valid.map_or_else(|| config.names(kind).default_type().to_owned(), |(name, _)| name)
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
        None => from(config.names(kind).default_type().to_owned(), Origin::Provider),
    };
    match annotated_target(project, declared) {
        Some(target) if target.name == unstated.name || !config.is_built() => target,
        Some(target) => Target { obeyed: Some(unstated.name), ..target },
        None => unstated,
    }
}

/// The target that the unit's annotations state: the first one that does.
fn annotated_target(project: &Project, declared: &[FactRef]) -> Option<Target> {
    declared.iter().find_map(|fact| {
        let name = directive(project, fact)?.as_str()?.to_owned();
        Some(Target { name, origin: Origin::Annotation, stated: Some(fact.clone()), obeyed: None })
    })
}

/// Whether the compiler builds a program of this language for a target (reference, 3.4). It builds nothing for other
/// clouds than AWS, so it refuses nothing there.
pub fn builds(language: Option<Language>, target: &str) -> bool {
    language != Some(Language::CSharp) || target == "lambda" || is_other_target(target)
}

/// Types in `klotho.yaml` that the compiler obeys and does not build a unit's language for.
pub(super) fn refused_types(project: &Project, derived: &Derived) -> Vec<Finding> {
    let (config, kind) = (project.config(), Kind::ExecutionUnit);
    let mut found: Vec<Finding> = Vec::new();
    // Of most languages all types are built.
    if !project.has_config() || project.layout().sources_of(Language::CSharp).is_empty() {
        return found;
    }
    let picky = derived.units.iter().filter(|(_, unit)| unit.language == Some(Language::CSharp));
    for (id, unit) in picky {
        let Some((name, at)) = config.stated_type(kind, id).or_else(|| config.default_type(kind)) else {
            continue;
        };
        let is_type = config.names(kind).types.contains(&name.as_str());
        let is_new = !found.iter().any(|finding| finding.at == at);
        if let Some(language) = unit.language.filter(|_| is_type && is_new && !builds(unit.language, &name)) {
            let finding = Finding::new(Code::ConfigType, "language", at);
            found.push(finding.with("type", &name).with("unit", id).with("language", language.spec().name));
        }
    }
    found
}

/// What is wrong with the targets that annotations name: they must never disagree in silence with what the compiler
/// obeys, or with each other.
pub(super) fn findings(project: &Project, id: &str, unit: &Unit) -> Vec<(Arc<str>, GraphFinding)> {
    let mut found = Vec::new();
    let obeyed = target_of(project, id, &[]);
    let mut first = None;
    for fact in &unit.declared {
        let Some(value) = directive(project, fact) else { continue };
        let finding = match value.as_str() {
            None => Some(unknown(project, fact, &value.to_json().to_string())),
            Some(name) if is_target(project, name) && !builds(unit.language, name) => {
                Some(not_built(fact, (id, unit), name))
            }
            Some(name) => disagreement(project, fact, name, &obeyed, first.get_or_insert(name)),
        };
        found.extend(finding.map(|finding| (Arc::clone(&fact.path), finding)));
    }
    found
}

fn is_target(project: &Project, name: &str) -> bool {
    project.config().unit_targets().contains(&name)
}

/// A target for which the compiler does not build the unit's language.
fn not_built(fact: &FactRef, (id, unit): (&str, &Unit), name: &str) -> GraphFinding {
    let language = unit.language.map_or("", |language| language.spec().name);
    GraphFinding::new(Code::TargetInfeasible, "language", Anchor::Target(fact.annotation))
        .with("unit", id)
        .with("target", name)
        .with("language", language)
}

/// What is wrong with a target that an annotation names, if anything is.
fn disagreement(
    project: &Project,
    fact: &FactRef,
    name: &str,
    obeyed: &Target,
    first: &str,
) -> Option<GraphFinding> {
    let finding = |code, variant| GraphFinding::new(code, variant, Anchor::Target(fact.annotation));
    let config = project.config();
    if !is_target(project, name) {
        return Some(unknown(project, fact, name));
    }
    if obeyed.origin == Origin::Config && !config.is_built() && obeyed.name != name {
        // The compiler takes no name there that could agree with the annotation.
        let conflict = finding(Code::TargetConflict, "provider").with("file", project.config_file());
        let conflict = conflict.with("annotation", name).with("config", &obeyed.name);
        return Some(conflict.with("provider", config.provider()));
    }
    if obeyed.origin == Origin::Config && obeyed.name != name {
        let conflict = finding(Code::TargetConflict, "");
        return Some(
            conflict
                .with("file", project.config_file())
                .with("annotation", name)
                .with("config", &obeyed.name),
        );
    }
    if name != first {
        let conflict = finding(Code::TargetConflict, "annotations");
        return Some(conflict.with("annotation", name).with("config", first));
    }
    // For other providers the compiler builds nothing, whatever the configuration says: `config-provider` tells that.
    let differs = obeyed.name != name && config.is_built();
    differs.then(|| {
        finding(Code::TargetNotInConfig, "")
            .with("file", project.config_file())
            .with("target", name)
            .with("default", &obeyed.name)
    })
}

fn unknown(project: &Project, fact: &FactRef, stated: &str) -> GraphFinding {
    let types = project.config().unit_targets();
    GraphFinding::new(Code::TargetUnknown, "", Anchor::Target(fact.annotation))
        .with("target", stated)
        .with("provider", project.config().provider())
        .with("allowed", listed(types))
        .with("suggestion", meant_target(stated, types))
}

/// The `target` of an annotation.
fn directive<'a>(project: &'a Project, fact: &FactRef) -> Option<&'a Value> {
    project.summary(&fact.path)?.facts.annotations.get(fact.annotation)?.directives.get(TARGET)
}
