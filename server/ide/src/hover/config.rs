//! What a key of the configuration means, and the unit or resource whose entry it stands in.

use super::{Detail, resource_text};
use crate::Hover;
use crate::bill::application;
use crate::markdown::{code, list};
use crate::region::{in_words, known};
use crate::resources::row_of;
use crate::snapshot::Context;
use crate::workload::{Keys, REQUIRES, WORKLOAD};
use klotho_annotation::{Entry, Table, ValueKind};
use klotho_cost::format;
use klotho_graph::{Config, Kind, Project, Reference, config_key};
use klotho_text::Span;

/// What to show at `span`.
pub(super) fn hover(context: &Context<'_>, span: Span, detail: Detail) -> Option<Hover> {
    let config = context.project.config();
    let path = path_at(&config.root, span);
    let last = path.last()?;
    let keys: Vec<_> = path.iter().map(|entry| entry.key.as_str()).collect();
    let reference = reference(context.project, &keys);
    let meaning = meaning(context.project, reference.as_ref(), &keys);
    let about = reference.as_ref().and_then(|reference| resource_text(context, reference, detail));
    let about = about.or_else(|| (keys.first() == Some(&"budget")).then(|| all_together(context)));
    let parts: Vec<_> = meaning.into_iter().chain(about).collect();
    let at = match (&reference, keys.len()) {
        // Anywhere in an entry that says nothing of its own the entry itself is meant.
        (Some(_), 3..) if parts.len() < 2 => path.get(1).map_or(last.key_at, |entry| entry.key_at),
        _ => last.key_at,
    };
    (!parts.is_empty()).then(|| Hover { span: *at, markdown: parts.join("\n\n---\n\n") })
}

/// What a budget is held against.
fn all_together(context: &Context<'_>) -> String {
    let bill = application(context.project, context.today);
    let known = format::money(bill.known);
    match bill.monthly {
        Some(_) => format!("All units and resources come to **{known} a month**"),
        None => format!("What is known of them comes to **{known} a month**; prices are missing"),
    }
}

/// The entries that `span` lies in, outermost first.
fn path_at(root: &Table, span: Span) -> Vec<&Entry> {
    let (mut table, mut path) = (root, Vec::new());
    // Where one value ends the next key may begin: then the key is meant.
    let at_key = |entry: &&Entry| entry.key_at.meets(span);
    let inside = |entry: &&Entry| entry.key_at.join(*entry.value.at).meets(span);
    while let Some(entry) = table.entries.iter().find(at_key).or_else(|| table.entries.iter().find(inside)) {
        path.push(entry);
        match &entry.value.kind {
            ValueKind::Table(below) if !entry.key_at.meets(span) => table = below,
            _ => break,
        }
    }
    path
}

/// The unit or resource whose entry the keys lead into, where the project has it.
fn reference(project: &Project, keys: &[&str]) -> Option<Reference> {
    let [section, id, ..] = keys else { return None };
    let derived = project.derived();
    let is_here = |reference: &Reference| match reference.kind {
        Kind::ExecutionUnit => derived.units.contains_key(&reference.id),
        _ => row_of(project, reference).is_some(),
    };
    let kinds = Kind::all().filter(|kind| project.config().names(*kind).section == *section);
    kinds.map(|kind| Reference::new(kind, *id)).find(is_here)
}

/// What the last of the keys means.
fn meaning(project: &Project, reference: Option<&Reference>, keys: &[&str]) -> Option<String> {
    let head = format!("**{}**", code(&keys.join(".")));
    let said = match keys {
        _ if keys.first() == Some(&"region") && keys.len() == 1 => region(project),
        [.., table @ (WORKLOAD | REQUIRES), name] => of_table(project, reference, table, name)?,
        [.., WORKLOAD] => {
            "What the traffic is: what costs are worked out from. klotho-ls reads it, the compiler does not."
                .to_owned()
        }
        [.., REQUIRES] => {
            "What the unit must meet: it rules targets out. klotho-ls reads it, the compiler does not."
                .to_owned()
        }
        [.., "type"] => types(project.config(), keys)?,
        _ => config_key(project.config().era, keys)?.about().to_owned(),
    };
    Some(format!("{head} — {said}"))
}

/// A key of a `workload` or `requires` table.
fn of_table(project: &Project, reference: Option<&Reference>, table: &str, name: &str) -> Option<String> {
    let row =
        reference.filter(|found| found.kind != Kind::ExecutionUnit).and_then(|found| row_of(project, found));
    let keys = match (table, row) {
        (REQUIRES, _) => Keys::Requires,
        (_, Some(row)) => Keys::Use(row),
        _ => Keys::Workload,
    };
    keys.about(name)
}

/// The types that a resource of this section can have.
fn types(config: &Config, keys: &[&str]) -> Option<String> {
    let section = match keys {
        [section, _, "type"] => *section,
        _ => return None,
    };
    let kinds = Kind::all().filter(|kind| config.names(*kind).section == section);
    let mut types: Vec<_> = kinds.flat_map(|kind| config.names(kind).types).map(|name| code(name)).collect();
    types.sort();
    types.dedup();
    (!types.is_empty()).then(|| format!("What it becomes in the cloud: {}", list(&types, types.len())))
}

fn region(project: &Project) -> String {
    let known: Vec<_> = known(project).into_iter().map(code).collect();
    format!("{}. Prices are known for {}", in_words(project), list(&known, 12))
}
