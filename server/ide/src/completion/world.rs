//! The project as it would be without what is being typed: a body that cannot be read says nothing, and what its unit costs
//! is asked while it is written.

use super::comment::Comment;
use super::toml::Scan;
use crate::snapshot::Context;
use klotho_grammars::parse;
use klotho_graph::{FactRef, Project, Reference};
use klotho_summary::summarise;
use std::ops::Range;
use std::sync::Arc;

/// The resource that the annotation at `at` declares, and the project that has it.
pub(super) fn declared(
    context: &Context<'_>,
    comment: &Comment<'_>,
    at: usize,
    scan: &Scan,
) -> Option<(Project, Reference)> {
    let found = find(context.project, &context.relative, at);
    if let Some(reference) = found {
        return Some((context.project.clone(), reference));
    }
    let repaired = repaired(context, comment, scan)?;
    let reference = find(&repaired, &context.relative, at)?;
    Some((repaired, reference))
}

fn find(project: &Project, path: &Arc<str>, at: usize) -> Option<Reference> {
    let summary = project.summary(path)?;
    let annotation = summary.facts.annotations.iter().position(|found| found.at.start as usize == at)?;
    project.derived().resources.get(&FactRef { path: Arc::clone(path), annotation }).cloned()
}

/// The project with the file as it would be without the statement at the cursor, and with the brace that it lacks. What
/// follows from that is worked out as after an edit.
fn repaired(context: &Context<'_>, comment: &Comment<'_>, scan: &Scan) -> Option<Project> {
    let document = context.document?;
    let mut text = document.text.to_string();
    let whole = comment.whole();
    let line =
        whole.get(scan.statement..)?.find('\n').map_or(whole.len(), |newline| scan.statement + newline);
    let statement = scan.statement..scan.end.map_or(line, |end| end.min(line));
    let shown = whole.get(statement.clone())?;
    let first = statement.start + shown.len() - shown.trim_start().len();
    blank(&mut text, first..statement.end.max(first));
    if scan.end.is_none() {
        let end = comment.end();
        text.insert_str(end, if comment.is_open { " } */" } else { " }" });
    }
    let tree = parse(comment.language, &text, None)?;
    let summary = summarise(&context.relative, comment.language, &text, &tree);
    let mut project = context.project.clone();
    project.put(&context.relative, Arc::new(summary));
    project.refresh();
    Some(project)
}

/// Puts blanks into a text.
pub(super) fn blank(text: &mut String, at: Range<usize>) {
    if let Some(old) = text.get(at.clone()) {
        let blanks = " ".repeat(old.len());
        text.replace_range(at, &blanks);
    }
}

/// The project with the configuration as it would be without the rest of the line at the cursor, where it cannot be read.
pub(super) fn configured(context: &Context<'_>, text: &str, from: usize, cursor: usize) -> Project {
    let mut project = context.project.clone();
    if !project.config().is_unreadable {
        return project;
    }
    let mut text = text.to_owned();
    let line =
        text.get(cursor..).and_then(|rest| rest.find(['\r', '\n'])).map_or(text.len(), |end| cursor + end);
    blank(&mut text, from..line);
    project.put_text(&context.relative, text.into());
    project.refresh();
    project
}
