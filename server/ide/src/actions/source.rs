//! Fixes that change the source which the finding is about.

use super::strings::{plain, plain_argument};
use super::{awaits, exports, imports, parameter, quick_fix};
use crate::snapshot::Context;
use crate::{CodeAction, FileEdit, TextEdit, WorkspaceEdit};
use klotho_annotation::finding::{Code, Finding};
use klotho_graph::Located;

/// The one way out of a finding, where there is one and the source can be changed safely.
pub(super) fn fix(context: &Context<'_>, located: &Located) -> Option<CodeAction> {
    let at = *located.at;
    let (title, edits) = match located.finding.code {
        Code::CompilerGap => ("Rewrite to the form that the compiler sees", rewrite(context, located)?),
        Code::MissingAwait => ("Await it", awaits::edits(context.document?, at)?),
        Code::UnitCall if located.finding.variant == "not-awaited" => {
            ("Await it", awaits::edits(context.document?, at)?)
        }
        Code::LiteralRequired => ("Write a plain string", vec![plain(context.document?, at)?]),
        Code::NoResource if located.finding.variant == "emitter-qualified" => {
            let class = parameter(located, "class");
            let facts = &context.project.summary(&context.relative)?.facts;
            ("Name the module `events`", imports::module_renamed(context.document?, facts, class)?)
        }
        Code::NotExported => ("Export it", vec![exports::edit(context.document?, at)?]),
        _ => return None,
    };
    let file = FileEdit { path: context.absolute(&context.relative), create: false, edits };
    Some(quick_fix(context, located, title.to_owned(), WorkspaceEdit { files: vec![file] }, true))
}

/// Whether there may be a form that the compiler sees, for one that it does not.
pub(crate) fn may_be_rewritten(finding: &Finding) -> bool {
    const BY_THE_TREE: [&str; 6] =
        ["emitter", "express-route", "event-name", "chi-path", "aspnet-pattern", "orm-default"];
    BY_THE_TREE.contains(&finding.variant)
        || finding.parameter("rewrite").is_some_and(|text| !text.is_empty())
}

/// That form.
fn rewrite(context: &Context<'_>, located: &Located) -> Option<Vec<TextEdit>> {
    let facts = &context.project.summary(&context.relative)?.facts;
    let class = parameter(located, "class");
    match located.finding.variant {
        "emitter" => imports::emitter(context.document?, facts, class),
        "express-route" | "event-name" => Some(vec![plain(context.document?, *located.at)?]),
        "chi-path" | "aspnet-pattern" => Some(vec![plain_argument(context.document?, *located.at)?]),
        "orm-default" => Some(vec![imports::by_name(facts, class)?]),
        _ => {
            let text = Some(parameter(located, "rewrite")).filter(|text| !text.is_empty())?;
            Some(vec![TextEdit { span: *located.at, text: text.to_owned() }])
        }
    }
}
