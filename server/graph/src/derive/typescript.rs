//! What `tsconfig.json` does to annotations before the compiler sees them (reference, Appendix D).

use super::{Anchor, Derived, GraphFinding};
use crate::layout::compiler_options;
use crate::project::Project;
use klotho_annotation::finding::Code;
use klotho_grammars::Language;
use std::sync::Arc;

/// The targets in which `tsc` writes `var` for every variable.
const WITHOUT_CONST: [&str; 2] = ["es3", "es5"];

/// What is lost on the way from TypeScript to what the compiler reads.
pub(super) fn findings(project: &Project, derived: &Derived) -> Vec<(Arc<str>, GraphFinding)> {
    let Some(options) = compiler_options(project) else { return Vec::new() };
    let removes_comments = options["removeComments"].as_bool() == Some(true);
    let target = options["target"].as_str().unwrap_or_default();
    let is_old = WITHOUT_CONST.iter().any(|old| target.eq_ignore_ascii_case(old));
    let is_typed = |path: &str| {
        let summary = project.summary(path);
        summary.is_some_and(|it| matches!(it.language, Language::TypeScript | Language::Tsx))
    };
    let mut found = Vec::new();
    for (path, _) in project.annotated().filter(|(path, _)| removes_comments && is_typed(path)) {
        found.push((
            Arc::clone(path),
            GraphFinding::new(Code::CompilerGap, "comments", Anchor::Capability(0)),
        ));
    }
    let servers = derived.gateways.values().flat_map(|gateway| &gateway.declared);
    found.extend(servers.filter(|fact| is_old && is_typed(&fact.path)).map(|fact| {
        let gap = GraphFinding::new(Code::CompilerGap, "express-es5", Anchor::Capability(fact.annotation));
        (Arc::clone(&fact.path), gap.with("target", target))
    }));
    found
}
