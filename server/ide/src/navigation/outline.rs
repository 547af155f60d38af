//! The outline of a file: its annotations with their directives, the routes that it serves, the entries of a configuration.

use super::{Navigator, OutlineItem, SymbolKind, places};
use crate::Snapshot;
use crate::config_edit::unquoted;
use klotho_annotation::catalogue::capability;
use klotho_annotation::{Annotation, Entry, Table, Value, ValueKind};
use klotho_graph::{Config, FactRef, Kind};
use klotho_summary::FileSummary;
use klotho_text::Span;
use std::sync::Arc;

/// How deep an outline shows tables: sections, entries, their keys, and one more.
const DEPTH: usize = 4;

/// A value is shown up to this many characters.
const SHOWN: usize = 60;

impl Snapshot {
    /// The outline of a file, in document order; what lies in something is among its children.
    pub fn outline(&self, path: &str) -> Vec<OutlineItem> {
        let Some(navigator) = self.navigator(path) else { return Vec::new() };
        let project = navigator.context.project;
        if navigator.context.is_config() {
            return of_config(&navigator, project.config());
        }
        let Some(summary) = project.summary(&navigator.context.relative) else { return Vec::new() };
        let annotations = summary.facts.annotations.iter().enumerate();
        let mut items: Vec<_> =
            annotations.map(|(index, found)| of_annotation(&navigator, index, found)).collect();
        items.extend(routes(&navigator, summary));
        nested(items)
    }
}

/// What a resource is in an outline.
pub(super) fn kind_of(kind: Kind) -> SymbolKind {
    match kind {
        Kind::ExecutionUnit => SymbolKind::Unit,
        Kind::Gateway => SymbolKind::Gateway,
        Kind::Pubsub => SymbolKind::Topic,
        Kind::StaticUnit => SymbolKind::Website,
        Kind::Config | Kind::PersistSecret => SymbolKind::Secret,
        _ => SymbolKind::Store,
    }
}

fn of_annotation(navigator: &Navigator<'_>, index: usize, annotation: &Annotation) -> OutlineItem {
    let fact = FactRef { path: Arc::clone(&navigator.context.relative), annotation: index };
    let declared = places::declared_by(navigator, &fact);
    let kind = match &declared {
        Some(reference) => kind_of(reference.kind),
        None if annotation.capability == "embed_assets" => SymbolKind::Files,
        None => SymbolKind::Annotation,
    };
    let detail = match &declared {
        Some(reference) => navigator.detail(reference),
        None => capability(&annotation.capability).map_or("unknown", |known| known.name).replace('_', " "),
    };
    let id = annotation.directives.get("id").and_then(Value::as_str).filter(|id| !id.trim().is_empty());
    OutlineItem {
        name: id.unwrap_or(&annotation.capability).to_owned(),
        detail,
        kind,
        full: *annotation.at,
        focus: *annotation.id_at(),
        children: of_table(&annotation.directives, *annotation.at, &Shown::ALL),
    }
}

/// The routes that a file defines and a gateway serves.
fn routes(navigator: &Navigator<'_>, summary: &FileSummary) -> Vec<OutlineItem> {
    let gateways = navigator.context.project.derived().gateways.iter();
    let rows = gateways.flat_map(|(id, gateway)| gateway.routes.iter().map(move |route| (id, route)));
    let own = rows.filter(|(_, (_, row))| row.path == navigator.context.relative);
    own.map(|(id, ((path, verb), row))| {
        let full = *row.anchor.place(summary);
        OutlineItem {
            name: format!("{verb} {path}"),
            detail: format!("{id} → {}", row.unit),
            kind: SymbolKind::Route,
            full,
            focus: places::first_line(summary, full),
            children: Vec::new(),
        }
    })
    .collect()
}

/// Puts items into those around them: what an annotation's comment holds, or a route's definition.
fn nested(mut items: Vec<OutlineItem>) -> Vec<OutlineItem> {
    items.sort_by_key(|item| (item.full.start, std::cmp::Reverse(item.full.end)));
    let mut done: Vec<OutlineItem> = Vec::new();
    for item in items {
        match done.last_mut() {
            Some(around) if around.full.covers(item.full) && around.full != item.full => {
                around.children.push(item)
            }
            _ => done.push(item),
        }
    }
    for item in &mut done {
        item.children.sort_by_key(|child| child.full);
    }
    done
}

/// How values are shown.
struct Shown<'a> {
    /// The configuration that they stand in; in it keys may be quoted.
    config: Option<&'a Config>,
    depth: usize,
}

impl Shown<'_> {
    const ALL: Self = Self { config: None, depth: 1 };
}

fn of_config(navigator: &Navigator<'_>, config: &Config) -> Vec<OutlineItem> {
    let whole = Span::new(0, config.text.len());
    let mut items = of_table(&config.root, whole, &Shown { config: Some(config), depth: 0 });
    let sections = places::sections(config);
    for section in &mut items {
        if !section.children.is_empty() {
            section.kind = SymbolKind::Section;
        }
        if !sections.contains(&&*section.name) {
            continue;
        }
        for entry in &mut section.children {
            if let Some(reference) = places::named_in(navigator, &section.name, &entry.name).first() {
                entry.kind = kind_of(reference.kind);
                entry.detail = navigator.detail(reference);
            }
        }
    }
    items
}

/// The entries of a table. What an alias of YAML stands for was written earlier, and is left out. Tables of TOML may be
/// written in parts, all of which come later.
fn of_table(table: &Table, around: Span, shown: &Shown<'_>) -> Vec<OutlineItem> {
    // The id is the name of an annotation already.
    let items = table.entries.iter().filter(|entry| shown.config.is_some() || entry.key != "id");
    let mut items: Vec<_> = items.map(|entry| of_entry(entry, shown)).collect();
    items.retain(|item| item.focus.start >= around.start);
    items.sort_by_key(|item| item.full);
    items
}

/// Its depth is bounded by [`DEPTH`].
fn of_entry(entry: &Entry, shown: &Shown<'_>) -> OutlineItem {
    let focus = shown.config.map_or(*entry.key_at, |config| unquoted(*entry.key_at, &config.text));
    let own = entry.key_at.join(*entry.value.at);
    let children = match &entry.value.kind {
        ValueKind::Table(table) if shown.depth + 1 < DEPTH => {
            of_table(table, own, &Shown { depth: shown.depth + 1, ..*shown })
        }
        _ => Vec::new(),
    };
    let full = children.iter().fold(own, |full, child| full.join(child.full));
    let name = if entry.key.trim().is_empty() { "\"\"".to_owned() } else { entry.key.clone() };
    OutlineItem { name, detail: value_text(&entry.value), kind: SymbolKind::Property, full, focus, children }
}

/// A value in few characters; nothing for a table.
fn value_text(value: &Value) -> String {
    let text = match &value.kind {
        ValueKind::Table(_) | ValueKind::Null => return String::new(),
        ValueKind::String(text) => text.clone(),
        _ => value.to_json().to_string(),
    };
    let mut characters =
        text.chars().map(|character| if klotho_text::is_unseen(character) { ' ' } else { character });
    let start: String = characters.by_ref().take(SHOWN).collect();
    if characters.next().is_some() { format!("{start}…") } else { start }
}
