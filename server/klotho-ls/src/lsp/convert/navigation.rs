//! Places, symbols and ends of calls.

use super::{range, uri};
use crate::lsp::capabilities::Client;
use klotho_graph::{Kind, Reference};
use klotho_ide::{
    CallItem, Encoding, LineIndex, OutlineItem, Snapshot, Span, SymbolKind, Target, WorkspaceSymbol,
};
use klotho_text::visible_line;
use serde_json::{Value, json};
use std::sync::Arc;
use tower_lsp::ls_types as lsp;

/// The lines of a file; of one that nobody read, such as an image, only its start can be meant.
fn lines(path: &str, snapshot: &Snapshot) -> Arc<LineIndex> {
    snapshot.lines(path).unwrap_or_default()
}

pub(crate) fn location(target: &Target, snapshot: &Snapshot, encoding: Encoding) -> Option<lsp::Location> {
    let range = range(target.focus, &lines(&target.path, snapshot), encoding);
    Some(lsp::Location { uri: uri(&target.path)?, range })
}

pub(crate) fn link(
    origin: lsp::Range,
    target: &Target,
    snapshot: &Snapshot,
    encoding: Encoding,
) -> Option<lsp::LocationLink> {
    let lines = lines(&target.path, snapshot);
    Some(lsp::LocationLink {
        origin_selection_range: Some(origin),
        target_uri: uri(&target.path)?,
        // The one has to hold the other.
        target_range: range(target.full.join(target.focus), &lines, encoding),
        target_selection_range: range(target.focus, &lines, encoding),
    })
}

pub(crate) fn ranges(spans: &[Span], path: &str, snapshot: &Snapshot, encoding: Encoding) -> Vec<lsp::Range> {
    let lines = lines(path, snapshot);
    spans.iter().map(|span| range(*span, &lines, encoding)).collect()
}

/// The kinds that not every client knows.
pub(crate) const LATE_KINDS: [lsp::SymbolKind; 3] =
    [lsp::SymbolKind::OBJECT, lsp::SymbolKind::KEY, lsp::SymbolKind::EVENT];

/// The kind, or the nearest that every client knows.
fn known_kind(wanted: SymbolKind, knows_late: bool) -> lsp::SymbolKind {
    match wanted {
        SymbolKind::Store | SymbolKind::Topic if !knows_late => lsp::SymbolKind::VARIABLE,
        SymbolKind::Secret if !knows_late => lsp::SymbolKind::CONSTANT,
        _ => kind(wanted),
    }
}

fn kind(kind: SymbolKind) -> lsp::SymbolKind {
    match kind {
        SymbolKind::Unit => lsp::SymbolKind::MODULE,
        SymbolKind::Gateway => lsp::SymbolKind::INTERFACE,
        SymbolKind::Store => lsp::SymbolKind::OBJECT,
        SymbolKind::Secret => lsp::SymbolKind::KEY,
        SymbolKind::Topic => lsp::SymbolKind::EVENT,
        SymbolKind::Website => lsp::SymbolKind::PACKAGE,
        SymbolKind::Files => lsp::SymbolKind::FILE,
        SymbolKind::Annotation => lsp::SymbolKind::CONSTANT,
        SymbolKind::Route => lsp::SymbolKind::METHOD,
        SymbolKind::Section => lsp::SymbolKind::NAMESPACE,
        SymbolKind::Property => lsp::SymbolKind::PROPERTY,
    }
}

/// The depth of an outline is bounded where it is made.
#[expect(deprecated, reason = "the type cannot be made without its old field")]
pub(crate) fn nested_symbols(
    items: &[OutlineItem],
    lines: &LineIndex,
    client: &Client,
) -> Vec<lsp::DocumentSymbol> {
    let symbol = |item: &OutlineItem| lsp::DocumentSymbol {
        name: visible_line(&item.name).into_owned(),
        detail: (!item.detail.is_empty()).then(|| visible_line(&item.detail).into_owned()),
        kind: known_kind(item.kind, client.late_kinds),
        tags: None,
        deprecated: None,
        range: range(item.full, lines, client.encoding),
        selection_range: range(item.focus, lines, client.encoding),
        children: (!item.children.is_empty()).then(|| nested_symbols(&item.children, lines, client)),
    };
    items.iter().map(symbol).collect()
}

/// The same in a row, each with the name of what it lies in.
pub(crate) fn flat_symbols(
    items: &[OutlineItem],
    uri: &lsp::Uri,
    lines: &LineIndex,
    client: &Client,
) -> Vec<lsp::SymbolInformation> {
    let mut flat = Vec::new();
    let mut rest: Vec<(&OutlineItem, Option<&str>)> = items.iter().rev().map(|item| (item, None)).collect();
    while let Some((item, container)) = rest.pop() {
        let location = lsp::Location { uri: uri.clone(), range: range(item.full, lines, client.encoding) };
        flat.push(information(&item.name, known_kind(item.kind, client.late_kinds), container, location));
        rest.extend(item.children.iter().rev().map(|child| (child, Some(item.name.as_str()))));
    }
    flat
}

pub(crate) fn symbol_information(
    found: &WorkspaceSymbol,
    snapshot: &Snapshot,
    client: &Client,
) -> Option<lsp::SymbolInformation> {
    let location = location(&found.target, snapshot, client.encoding)?;
    Some(information(
        &found.name,
        known_kind(found.kind, client.late_kinds_found),
        Some(&found.container),
        location,
    ))
}

#[expect(deprecated, reason = "the type cannot be made without its old field")]
fn information(
    name: &str,
    kind: lsp::SymbolKind,
    container: Option<&str>,
    location: lsp::Location,
) -> lsp::SymbolInformation {
    let container_name = container.map(|name| visible_line(name).into_owned());
    lsp::SymbolInformation {
        name: visible_line(name).into_owned(),
        kind,
        tags: None,
        deprecated: None,
        location,
        container_name,
    }
}

pub(crate) fn call_item(
    item: &CallItem,
    snapshot: &Snapshot,
    encoding: Encoding,
) -> Option<lsp::CallHierarchyItem> {
    let lines = lines(&item.target.path, snapshot);
    Some(lsp::CallHierarchyItem {
        name: visible_line(&item.reference.id).into_owned(),
        kind: kind(item.kind),
        tags: None,
        detail: Some(visible_line(&item.detail).into_owned()),
        uri: uri(&item.target.path)?,
        range: range(item.target.full.join(item.target.focus), &lines, encoding),
        selection_range: range(item.target.focus, &lines, encoding),
        data: Some(json!({ "kind": item.reference.kind.spec().name, "id": item.reference.id })),
    })
}

/// The resource that the data of an item names.
pub(crate) fn reference(data: &Value) -> Option<Reference> {
    let name = data["kind"].as_str()?;
    let kind = Kind::all().find(|kind| kind.spec().name == name)?;
    Some(Reference::new(kind, data["id"].as_str()?))
}
