//! Ids of resources that are there already.

use super::comment::Comment;
use super::heads::{kinds_of, suggested_id};
use super::item::{Completion, CompletionKind, LIMIT};
use super::write::Writer;
use crate::snapshot::Context;
use klotho_annotation::catalogue::Capability;
use klotho_graph::{FactRef, Kind, Project, Reference};
use std::collections::BTreeSet;

/// What an annotation may be called: as an entry of the configuration that nobody declares, as a resource that it shares, or
/// as the code below it.
pub(super) fn of_annotation(
    context: &Context<'_>,
    comment: &Comment<'_>,
    (capability, at): (&Capability, usize),
    writer: &Writer<'_>,
) -> Vec<Completion> {
    let kinds = kinds_of(capability);
    let config = context.project.config();
    let file = context.project.config_file();
    let mut declared = declared(context.project, &kinds);
    declared.retain(|known| !is_only_here(context, at, known));
    let sections: BTreeSet<_> = kinds.iter().map(|kind| config.names(*kind).section).collect();
    let entries = sections.into_iter().filter_map(|section| config.root.table(section));
    let entries = entries.flat_map(|table| &table.entries).map(|entry| entry.key.as_str());
    let item = |id: &str, detail: String| writer.value(CompletionKind::Id, id, true).detail(detail);
    let mut items: Vec<_> = entries
        .filter(|id| declared.iter().all(|known| known.id != *id))
        .map(|id| item(id, format!("an entry of {file}")))
        .collect();
    items
        .extend(declared.iter().map(|known| item(&known.id, format!("{}, shared", known.kind.spec().title))));
    let suggested = suggested_id(context, comment, capability);
    if !suggested.is_empty() && items.iter().all(|item| item.label != suggested) {
        items.push(item(&suggested, "new".to_owned()));
    }
    items.truncate(LIMIT);
    items
}

/// Whether nothing but the annotation at `at` declares a resource.
fn is_only_here(context: &Context<'_>, at: usize, known: &Reference) -> bool {
    let annotations = context.project.summary(&context.relative).map(|summary| &summary.facts.annotations);
    let is_here = |fact: &FactRef| {
        let found = annotations.filter(|_| fact.path == context.relative)?.get(fact.annotation)?;
        Some(found.at.start as usize == at)
    };
    let resources = context.project.derived().resources.iter();
    let mut facts = resources.filter(|(_, declared)| *declared == known).map(|(fact, _)| fact).peekable();
    facts.peek().is_some() && facts.all(|fact| is_here(fact) == Some(true))
}

/// The resources of some kinds that the project has.
pub(super) fn declared(project: &Project, kinds: &[Kind]) -> BTreeSet<Reference> {
    let derived = project.derived();
    let units = derived.units.keys().map(|id| Reference::new(Kind::ExecutionUnit, id.as_str()));
    let all = derived.resources.values().cloned().chain(units);
    all.filter(|reference| kinds.contains(&reference.kind)).collect()
}
