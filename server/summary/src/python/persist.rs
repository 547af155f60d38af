//! `persist` (reference, 5.8).

use super::imports::ModuleName;
use super::outline::Outline;
use super::secrets;
use super::stores::{Pattern, pattern};
use crate::source::Source;
use crate::{Declaration, Declares, EnvironmentVariable, Facts, StoreKind, environment_variables};
use klotho_annotation::Annotation;
use klotho_annotation::finding::{Code, Finding};

/// Adds the stores that annotations declare.
pub(super) fn stores(
    source: &Source<'_>,
    outline: &Outline<'_>,
    modules: &[ModuleName<'_>],
    facts: &mut Facts,
) {
    for (index, annotation) in source.of_capability("persist") {
        if annotation.id().is_none() {
            let finding = Finding::new(Code::IdRequired, "", annotation.id_at());
            facts.findings.push(finding.with("capability", "persist"));
        }
        let secret = annotation.directives.boolean("secret") == Some(true);
        let node = source.node_of(annotation);
        let pattern = node.and_then(|node| pattern(outline, modules, node, secret));
        let (variables, findings) = environment_variables(annotation);
        facts.findings.extend(findings);
        if pattern.is_none() && !has_variables(annotation) {
            facts.findings.push(Finding::new(Code::NoResource, "no-store", annotation.capability_at));
        }
        declare(source, outline, index, pattern, variables, facts);
    }
}

fn has_variables(annotation: &Annotation) -> bool {
    annotation.directives.table("environment_variables").is_some()
}

/// Adds the store of the pattern and that of the variables: one if they are of one kind.
fn declare(
    source: &Source<'_>,
    outline: &Outline<'_>,
    annotation: usize,
    pattern: Option<Pattern<'_>>,
    variables: Vec<EnvironmentVariable>,
    facts: &mut Facts,
) {
    let mut variables = variables;
    if let Some(Pattern { kind, symbol }) = pattern {
        let is_same = variables.first().is_some_and(|variable| variable.kind == kind);
        let own = if is_same { std::mem::take(&mut variables) } else { Vec::new() };
        let mut secrets = Vec::new();
        if kind == StoreKind::Secret {
            secrets = secrets::secrets(source, outline, symbol, &mut facts.findings);
        }
        let declares = Declares::Store { kind, secrets, variables: own };
        facts.declarations.push(Declaration { annotation, declares, symbol: Some(symbol.to_owned()) });
    }
    if let Some(kind) = variables.first().map(|variable| variable.kind) {
        let declares = Declares::Store { kind, secrets: Vec::new(), variables };
        facts.declarations.push(Declaration { annotation, declares, symbol: None });
    }
}
