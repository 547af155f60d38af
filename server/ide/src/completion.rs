//! What can be written at the cursor: annotations with their directives and values in comments, keys and values in the
//! configuration. Plain comments and code are left to others.

mod annotation;
mod comment;
mod config;
mod files;
mod flow;
mod heads;
mod ids;
mod item;
mod parameters;
mod place;
mod subject;
mod toml;
mod units;
mod world;
mod write;
mod yaml;

pub use item::{Completion, CompletionKind, Completions, Documentation};

use crate::hover::cost;
use crate::snapshot::Context;
use klotho_graph::Project;

/// What can be written at `offset` of an open document; targets with what a unit would cost there only `with_costs`.
pub(crate) fn completions(context: &Context<'_>, offset: usize, with_costs: bool) -> Completions {
    let Some(document) = context.document.filter(|document| document.text.is_char_boundary(offset)) else {
        return Completions::default();
    };
    let found = if context.is_config() {
        config::completions(context, offset, with_costs)
    } else {
        annotation::completions(context, offset, with_costs)
    };
    let newline = if document.text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut found = found.unwrap_or_default();
    found.items.truncate(item::LIMIT);
    Completions { newline, ..found }
}

/// What the unit `id` costs here and elsewhere, as the items at `offset` count it.
pub(crate) fn unit_documentation(context: &Context<'_>, offset: usize, id: &str) -> Option<String> {
    let text = |project: &Project| {
        let text = cost::text(project, id, project.derived().units.get(id)?, context.today);
        Some(format!("{}\n\n{}", text.answer, text.grounds))
    };
    if let Some(told) = text(context.project) {
        return Some(told);
    }
    let project = annotation::project_at(context, offset)?;
    text(&project)
}
