//! What `tsconfig.json` does to annotations before the compiler sees them (reference, Appendix D).

use super::sheets::Found;
use super::{Anchor, Derived, GraphFinding};
use crate::project::Project;
use klotho_annotation::finding::Code;
use klotho_grammars::Language;
use klotho_summary::FileSummary;
use serde_json::Value;
use std::sync::Arc;

/// The targets in which `tsc` writes `var` for every variable.
const WITHOUT_CONST: [&str; 2] = ["es3", "es5"];

/// What `tsconfig.json` takes away.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Losses {
    removes_comments: bool,
    /// The target of `tsc`, if it is one without `const`.
    old_target: Option<String>,
}

impl Losses {
    /// By the options of the compiler of TypeScript.
    pub(crate) fn of(options: &Value) -> Self {
        let target = options["target"].as_str().unwrap_or_default();
        let is_old = WITHOUT_CONST.iter().any(|old| target.eq_ignore_ascii_case(old));
        Self {
            removes_comments: options["removeComments"].as_bool() == Some(true),
            old_target: is_old.then(|| target.to_owned()),
        }
    }
}

/// What is lost of one file on the way from TypeScript to what the compiler reads.
pub(super) fn of_file(project: &Project, summary: &FileSummary) -> Option<GraphFinding> {
    let is_lost = project.layout().losses.removes_comments && is_typed(summary);
    is_lost.then(|| GraphFinding::new(Code::CompilerGap, "comments", Anchor::Capability(0)))
}

/// The gateways that are lost on the way.
pub(super) fn of_gateways(project: &Project, derived: &Derived) -> Vec<Found> {
    let Some(target) = &project.layout().losses.old_target else { return Vec::new() };
    let servers = derived.gateways.values().flat_map(|gateway| &gateway.declared);
    let lost = servers.filter(|fact| project.summary(&fact.path).is_some_and(|it| is_typed(it)));
    lost.map(|fact| {
        let gap = GraphFinding::new(Code::CompilerGap, "express-es5", Anchor::Capability(fact.annotation));
        (Arc::clone(&fact.path), gap.with("target", target))
    })
    .collect()
}

fn is_typed(summary: &FileSummary) -> bool {
    matches!(summary.language, Language::TypeScript | Language::Tsx)
}
