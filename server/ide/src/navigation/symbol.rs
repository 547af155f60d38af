//! What the cursor names.

use super::{Navigator, places};
use crate::snapshot::Context;
use klotho_annotation::{Annotation, Table, Value, ValueKind};
use klotho_graph::{Anchor, FactRef, Kind, Reference, RouteRow, measurement_path};
use klotho_summary::{FileSummary, Function, FunctionName};
use klotho_text::Span;
use std::sync::Arc;

/// Something that has places.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Symbol {
    /// Resources that one id names: with a secret and another store of one id the configuration means both.
    Resources(Vec<Reference>),
    /// A route that gateways serve: the fact that defines it.
    Route { path: Arc<str>, anchor: Anchor },
    /// A function that other units call.
    Function { path: Arc<str>, name: String, unit: String },
    /// Files that a pattern or a path names.
    Files(Vec<Arc<str>>),
}

/// What the cursor names, and how far that name reaches.
pub(super) struct Found {
    pub(super) symbol: Symbol,
    pub(super) at: Span,
}

/// No pattern leads to more files: a list of more is of no use to anyone.
const MOST_FILES: usize = 1_000;

/// Directives that hold patterns.
const PATTERNS: [&str; 4] = ["static_files", "shared_files", "include", "exclude"];

/// What the cursor at `offset` names.
pub(super) fn at(navigator: &Navigator<'_>, offset: usize) -> Option<Found> {
    let context = &navigator.context;
    if context.is_config() {
        return in_config(navigator, offset);
    }
    let summary = context.project.summary(&context.relative)?;
    let annotations = summary.facts.annotations.iter().enumerate();
    for (index, annotation) in annotations.filter(|(_, annotation)| annotation.at.touches(offset)) {
        if let Some(found) = in_annotation(navigator, index, annotation, offset) {
            return Some(found);
        }
    }
    in_code(navigator, summary, offset)
}

/// What code names at `offset`; nothing in annotations and in the configuration.
pub(super) fn at_in_code(navigator: &Navigator<'_>, offset: usize) -> Option<Found> {
    let context = &navigator.context;
    let summary = context.project.summary(&context.relative).filter(|_| !context.is_config())?;
    let is_annotated = summary.facts.annotations.iter().any(|annotation| annotation.at.touches(offset));
    if is_annotated { None } else { in_code(navigator, summary, offset) }
}

fn resource(reference: Reference, at: Span) -> Found {
    Found { symbol: Symbol::Resources(vec![reference]), at }
}

fn in_annotation(
    navigator: &Navigator<'_>,
    index: usize,
    annotation: &Annotation,
    offset: usize,
) -> Option<Found> {
    let directives = &annotation.directives;
    if let Some(found) =
        files_named(navigator, annotation, offset).or_else(|| measured(navigator, directives, offset))
    {
        return Some(found);
    }
    let variables = directives.table("environment_variables");
    let variable =
        variables.iter().flat_map(|table| &table.entries).find(|entry| entry.key_at.touches(offset));
    let id = directives.get("id").map(|value| within_quotes(*value.at));
    let named = [id, Some(*annotation.capability_at), variable.map(|entry| *entry.key_at)];
    let at = named.into_iter().flatten().find(|at| at.touches(offset))?;
    let fact = FactRef { path: Arc::clone(&navigator.context.relative), annotation: index };
    Some(resource(places::declared_by(navigator, &fact)?, at))
}

/// Files that a directive of an annotation names.
fn files_named(navigator: &Navigator<'_>, annotation: &Annotation, offset: usize) -> Option<Found> {
    let (project, directives) = (navigator.context.project, &annotation.directives);
    let stated = PATTERNS.into_iter().flat_map(|key| directives.strings(key));
    if let Some((pattern, at)) = stated.into_iter().find(|(_, at)| at.touches(offset)) {
        let found = project.files_of_pattern(&navigator.context.relative, pattern);
        return files(found.take(MOST_FILES).cloned().collect(), *at);
    }
    let value = directives.get("index_document").filter(|value| value.at.touches(offset))?;
    file(navigator, value.as_str()?, *value.at)
}

/// The measurement that a table's workload names.
fn measured(navigator: &Navigator<'_>, table: &Table, offset: usize) -> Option<Found> {
    let value = table.at(&["workload", crate::figures::POWER_TUNING])?;
    let path = value.as_str().filter(|_| value.at.touches(offset)).and_then(measurement_path)?;
    file(navigator, &path, *value.at)
}

fn file(navigator: &Navigator<'_>, path: &str, at: Span) -> Option<Found> {
    let there = navigator.context.project.has(path).then(|| Arc::from(path));
    files(there.into_iter().collect(), at)
}

fn files(paths: Vec<Arc<str>>, at: Span) -> Option<Found> {
    (!paths.is_empty()).then_some(Found { symbol: Symbol::Files(paths), at })
}

fn in_code(navigator: &Navigator<'_>, summary: &FileSummary, offset: usize) -> Option<Found> {
    secret(navigator, summary, offset)
        .or_else(|| called(navigator, summary, offset))
        .or_else(|| used(navigator, summary, offset))
        .or_else(|| route(navigator, summary, offset))
        .or_else(|| called_function(navigator, summary, offset))
}

/// The file that is read through a secret store.
fn secret(navigator: &Navigator<'_>, summary: &FileSummary, offset: usize) -> Option<Found> {
    let secrets = summary.facts.declarations.iter().flat_map(places::secrets_of);
    let secret = secrets.into_iter().find(|secret| secret.at.touches(offset))?;
    file(navigator, secret.path.trim_start_matches("./"), *secret.at)
}

/// A call of another unit's function, or on a variable of another file.
fn called(navigator: &Navigator<'_>, summary: &FileSummary, offset: usize) -> Option<Found> {
    let (derived, path) = (navigator.context.project.derived(), &navigator.context.relative);
    let callee = |call: usize| {
        summary.facts.imported_calls.get(call).map(|call| *call.callee_at).filter(|at| at.touches(offset))
    };
    let mut hops = derived.hops_of(path).iter();
    if let Some((hop, at)) = hops.find_map(|hop| Some((hop, callee(hop.call)?))) {
        let (path, name, unit) = (Arc::clone(&hop.path), hop.function.clone(), hop.to.clone());
        return Some(Found { symbol: Symbol::Function { path, name, unit }, at });
    }
    let mut uses = derived.uses_of(path).iter();
    let (used, at) = uses.find_map(|used| Some((used, callee(used.call)?)))?;
    Some(resource(places::declared_by(navigator, &used.declared)?, at))
}

/// A name that holds a store or an emitter: of this file, or imported from another.
fn used(navigator: &Navigator<'_>, summary: &FileSummary, offset: usize) -> Option<Found> {
    let path = &navigator.context.relative;
    if let Some(used) = places::uses_in(navigator, path).iter().find(|used| used.at.touches(offset)) {
        let fact = FactRef { path: Arc::clone(path), annotation: used.annotation };
        return Some(resource(places::declared_by(navigator, &fact)?, *used.at));
    }
    let bound = places::bindings_in(navigator, path, summary);
    let (fact, at) = bound.into_iter().find(|(_, at)| at.touches(offset))?;
    Some(resource(places::declared_by(navigator, &fact)?, at))
}

fn route(navigator: &Navigator<'_>, summary: &FileSummary, offset: usize) -> Option<Found> {
    let (anchor, at) = route_at(&navigator.context, summary, offset)?;
    let symbol = Symbol::Route { path: Arc::clone(&navigator.context.relative), anchor };
    Some(Found { symbol, at })
}

/// A route that a gateway serves, where the cursor is at its definition rather than in what its handler does.
pub(crate) fn route_at(
    context: &Context<'_>,
    summary: &FileSummary,
    offset: usize,
) -> Option<(Anchor, Span)> {
    let functions = summary.facts.functions.iter();
    let inner =
        functions.filter(|function| function.at.touches(offset)).min_by_key(|function| function.at.len());
    let rows = places::routes_in(context.project, &context.relative);
    let around = rows.filter_map(|row| Some((row, at_route(row, summary, inner, offset)?)));
    let (row, at) = around.min_by_key(|(_, at)| at.len())?;
    Some((row.anchor, places::first_line(summary, at)))
}

/// The place of a route that the cursor names: by its definition, or by the name of its handler.
fn at_route(row: &RouteRow, summary: &FileSummary, inner: Option<&Function>, offset: usize) -> Option<Span> {
    let at = *row.anchor.place(summary);
    let handler = places::route_handler(summary, row.anchor);
    let is_name = handler.is_some_and(|function| {
        !matches!(function.name, FunctionName::HandlerOf(_)) && function.name_at.touches(offset)
    });
    let is_outside = inner.is_none_or(|function| {
        !at.covers(*function.at) || places::first_line(summary, *function.at).touches(offset)
    });
    (is_name || at.touches(offset) && is_outside).then_some(at)
}

/// A function that other units call, at its name.
fn called_function(navigator: &Navigator<'_>, summary: &FileSummary, offset: usize) -> Option<Found> {
    let (derived, path) = (navigator.context.project.derived(), &navigator.context.relative);
    let mut functions = summary.facts.functions.iter();
    let function = functions.find(|function| function.name_at.touches(offset))?;
    let FunctionName::Named(name) = &function.name else { return None };
    let mut hops = derived.hops().map(|(_, hop)| hop);
    let hop = hops.find(|hop| hop.path == *path && hop.function == *name)?;
    let symbol = Symbol::Function { path: Arc::clone(path), name: name.clone(), unit: hop.to.clone() };
    Some(Found { symbol, at: *function.name_at })
}

fn in_config(navigator: &Navigator<'_>, offset: usize) -> Option<Found> {
    let config = navigator.context.project.config();
    for section in places::sections(config) {
        let Some(table) = config.root.table(section) else { continue };
        let Some(entry) =
            table.entries.iter().find(|entry| entry.key_at.join(*entry.value.at).touches(offset))
        else {
            continue;
        };
        if entry.key_at.touches(offset) {
            let found = places::named_in(navigator, section, &entry.key);
            let at = crate::config_edit::unquoted(*entry.key_at, &config.text);
            return (!found.is_empty()).then_some(Found { symbol: Symbol::Resources(found), at });
        }
        if let Some(found) = in_entry(navigator, &entry.value, offset) {
            return Some(found);
        }
    }
    measured(navigator, config.defaults(Kind::ExecutionUnit)?, offset)
}

/// What the entry of a resource names: the store behind a variable, a measurement.
fn in_entry(navigator: &Navigator<'_>, value: &Value, offset: usize) -> Option<Found> {
    let ValueKind::Table(table) = &value.kind else { return None };
    let variables = table.table("environment_variables");
    let variable =
        variables.iter().flat_map(|table| &table.entries).find(|entry| entry.key_at.touches(offset));
    if let Some(variable) = variable {
        let stores = places::stores_of_variable(navigator, &variable.key);
        let at = crate::config_edit::unquoted(*variable.key_at, &navigator.context.project.config().text);
        return (!stores.is_empty()).then_some(Found { symbol: Symbol::Resources(stores), at });
    }
    measured(navigator, table, offset)
}

/// The value of a string without its quotes, which are one byte on each side or, in rare forms, stay.
pub(super) fn within_quotes(at: Span) -> Span {
    if at.len() < 2 { at } else { Span { start: at.start + 1, end: at.end - 1 } }
}
