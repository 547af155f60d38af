//! Targets: what rules the unit's out, and what would be cheaper.

use super::Assessed;
use klotho_annotation::catalogue::TARGET;
use klotho_annotation::finding::{Code, Finding};
use klotho_cost::format::{count, money};
use klotho_graph::{Advice, Anchor, GraphFinding, Kind, Project, listed};

/// What there is to say of one unit's target.
pub(super) fn findings(project: &Project, unit: &Assessed<'_>, advice: &mut Advice) {
    let target = &unit.unit.target.name;
    if let Some(reason) = &unit.assessment.ruled_out {
        let way = way_out(project, unit);
        let said = [("unit", unit.id), ("target", &**target), ("reason", &**reason), ("way", &*way)];
        say(project, unit, Code::TargetInfeasible, &said, advice);
    }
    if let Some(reason) = &unit.assessment.open {
        let said = [("unit", unit.id), ("target", &**target), ("reason", &**reason)];
        say(project, unit, Code::RequirementUnchecked, &said, advice);
    }
    let cheaper = unit.cheaper.filter(|_| is_settled(project, unit));
    if let (Some(cheaper), Some(now)) = (cheaper, unit.assessment.monthly.map(|_| unit.monthly)) {
        let (now, then) = (money(now), money(cheaper.monthly));
        let volume = count(unit.assessment.requests);
        let said = [
            ("unit", unit.id),
            ("now", &*now),
            ("from", &**target),
            ("then", &*then),
            ("to", cheaper.name),
            ("volume", &*volume),
        ];
        say(project, unit, Code::CheaperTarget, &said, advice);
    }
}

/// Where a unit that cannot run where it does could run.
fn way_out(project: &Project, unit: &Assessed<'_>) -> String {
    let able = &unit.assessment.able;
    if !able.is_empty() {
        return format!(
            "It can on {}: switch its target, or change what it states or requires.",
            listed(able)
        );
    }
    let (file, provider) = (project.config_file(), project.config().provider());
    match unit.assessment.able_on_nodes {
        Some(cluster) => format!(
            "It can on `{cluster}` with nodes of its own: write `type: {cluster}`, and `nodeType: node` among its parameters, in {file}, \
             or change what it requires."
        ),
        None => format!(
            "No target of {provider} can in the sizes that are assumed here: change what it requires, or see whether `klotho-ls plan` \
             finds a size that can."
        ),
    }
}

/// Whether all places that state the target agree, and the compiler with them. Until then that is what there is to say.
fn is_settled(project: &Project, unit: &Assessed<'_>) -> bool {
    let target = &unit.unit.target;
    let stated = unit.unit.declared.iter().filter_map(|fact| {
        let annotations = &project.summary(&fact.path)?.facts.annotations;
        annotations.get(fact.annotation)?.directives.get(TARGET)
    });
    target.obeyed.is_none() && stated.into_iter().all(|value| value.as_str() == Some(&target.name))
}

/// Puts a finding where the target is stated: in the annotation, else in the configuration. Where nothing states it, it
/// stands at the unit's annotation.
fn say<T: ToString>(
    project: &Project,
    unit: &Assessed<'_>,
    code: Code,
    parameters: &[(&'static str, T)],
    advice: &mut Advice,
) {
    let stating = unit.unit.target.stated.as_ref();
    if let Some(fact) = stating.or(unit.unit.declared.first()) {
        let finding = GraphFinding::new(code, "", Anchor::Target(fact.annotation));
        let finding =
            parameters.iter().fold(finding, |finding, (name, value)| finding.with(name, value.to_string()));
        advice.sources.entry(fact.path.clone()).or_default().push(finding);
    } else if let Some((_, at)) = project.config().stated_type(Kind::ExecutionUnit, unit.id) {
        let finding = Finding::new(code, "", at);
        let finding =
            parameters.iter().fold(finding, |finding, (name, value)| finding.with(name, value.to_string()));
        advice.config.push(finding.into());
    }
}
