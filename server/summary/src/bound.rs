//! `persist` in languages whose stores are not recognised: the variables that it binds alone declare a store.

use crate::source::Source;
use crate::{Declaration, Declares, EnvironmentVariable, Facts, environment_variables, required};
use klotho_annotation::Annotation;

/// The facts of a file of which nothing but its annotations is read.
pub(crate) fn facts(source: &Source<'_>) -> Facts {
    let mut facts = Facts::default();
    stores(source, &mut facts);
    facts
}

/// Adds the stores that are declared by `environment_variables`, and what is wrong with `persist` annotations.
pub(crate) fn stores(source: &Source<'_>, facts: &mut Facts) {
    for (index, annotation) in source.of_capability("persist") {
        let variables = checked(annotation, facts);
        facts.declarations.extend(declaration(index, variables));
    }
}

/// The variables that a `persist` binds. What is wrong with them, or with its id, goes to the facts.
pub(crate) fn checked(annotation: &Annotation, facts: &mut Facts) -> Vec<EnvironmentVariable> {
    facts.findings.extend(required::missing_id(annotation));
    let (variables, findings) = environment_variables(annotation);
    facts.findings.extend(findings);
    variables
}

/// The store that variables declare, if there are any. They all have one kind, or the directive is refused.
pub(crate) fn declaration(annotation: usize, variables: Vec<EnvironmentVariable>) -> Option<Declaration> {
    let kind = variables.first()?.kind;
    let declares = Declares::Store { kind, secrets: Vec::new(), variables };
    Some(Declaration { annotation, declares, symbol: None })
}
