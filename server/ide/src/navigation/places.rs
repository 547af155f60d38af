//! Where a symbol stands.

use super::Navigator;
use super::symbol::{Symbol, within_quotes};
use crate::config_edit::unquoted;
use klotho_graph::{Anchor, Config, FactRef, Hop, Kind, Project, Reference, RouteRow};
use klotho_summary::{
    Declaration, Declares, FileSummary, Function, FunctionName, Imported, SecretPath, Use, uses,
    variable_name,
};
use klotho_text::Span;
use std::borrow::Cow;
use std::sync::Arc;

/// What a place does with its symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It declares it.
    Declaration,
    /// It declares what it belongs to: the gateway of a route, the unit of a function.
    Owner,
    /// It configures it.
    Config,
    /// It is the variable that holds it.
    Variable,
    /// It uses it.
    Use,
    /// It carries it out. Such places are no mentions.
    Code,
}

/// A place of a symbol.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Relative to the project.
    pub(super) path: Arc<str>,
    pub(super) full: Span,
    pub(super) focus: Span,
    pub(super) role: Role,
    /// What is taken of a variable there, as far as that is known.
    pub(super) member: Option<String>,
}

impl Place {
    fn new(path: &Arc<str>, full: Span, focus: Span, role: Role) -> Self {
        Self { path: Arc::clone(path), full, focus, role, member: None }
    }
}

/// A unit's code is named by no more functions than this.
const MOST_FUNCTIONS: usize = 1_000;

/// All places of a symbol, in no order.
pub(super) fn of_symbol(navigator: &Navigator<'_>, symbol: &Symbol) -> Vec<Place> {
    match symbol {
        Symbol::Resources(references) => {
            let mut places = config_entries(navigator, references);
            places.extend(references.iter().flat_map(|reference| of_resource(navigator, reference)));
            places
        }
        Symbol::Route { path, anchor } => of_route(navigator, path, *anchor),
        Symbol::Function { path, name, unit } => of_function(navigator, path, name, unit),
        Symbol::Files(paths) => paths.iter().map(of_file).collect(),
    }
}

fn of_file(path: &Arc<str>) -> Place {
    Place::new(path, Span::empty(0), Span::empty(0), Role::Declaration)
}

fn of_resource(navigator: &Navigator<'_>, reference: &Reference) -> Vec<Place> {
    let mut places = declarations(navigator, reference);
    places.extend(mentions(navigator, reference));
    places.extend(code(navigator, reference));
    places
}

/// The annotations that declare a resource, by their ids; the entry points of a unit that none declares.
pub(super) fn declarations(navigator: &Navigator<'_>, reference: &Reference) -> Vec<Place> {
    let derived = navigator.context.project.derived();
    let declared = declared(navigator, reference);
    if declared.is_empty() && reference.kind == Kind::ExecutionUnit {
        let unit = derived.units.get(&reference.id);
        return unit.iter().flat_map(|unit| &unit.entrypoints).map(of_file).collect();
    }
    declared.iter().filter_map(|fact| declaration(navigator.context.project, fact)).collect()
}

fn owners(navigator: &Navigator<'_>, reference: &Reference) -> Vec<Place> {
    let declared = declarations(navigator, reference).into_iter();
    declared.map(|place| Place { role: Role::Owner, ..place }).collect()
}

fn declaration(project: &Project, fact: &FactRef) -> Option<Place> {
    let annotation = project.summary(&fact.path)?.facts.annotations.get(fact.annotation)?;
    let id = annotation.directives.get("id").map(|value| within_quotes(*value.at));
    let focus = id.unwrap_or(*annotation.capability_at);
    Some(Place::new(&fact.path, *annotation.at, focus, Role::Declaration))
}

/// The annotations that declare a resource.
pub(super) fn declared<'a>(navigator: &Navigator<'a>, reference: &Reference) -> &'a [FactRef] {
    let (derived, id) = (navigator.context.project.derived(), reference.id.as_str());
    let found = match reference.kind {
        Kind::ExecutionUnit => derived.units.get(id).map(|it| &it.declared),
        Kind::Gateway => derived.gateways.get(id).map(|it| &it.declared),
        Kind::Pubsub => derived.topics.get(id).map(|it| &it.declared),
        Kind::StaticUnit => derived.static_units.get(id).map(|it| &it.declared),
        _ => derived.stores.get(reference).map(|it| &it.declared),
    };
    found.map_or(&[], Vec::as_slice)
}

/// What an annotation declares.
pub(super) fn declared_by(navigator: &Navigator<'_>, fact: &FactRef) -> Option<Reference> {
    navigator.context.project.derived().resources.get(fact).cloned()
}

/// Where a resource is used: by its variable, through a gateway's routes, by calls of its functions, by variables of units.
pub(super) fn mentions(navigator: &Navigator<'_>, reference: &Reference) -> Vec<Place> {
    let derived = navigator.context.project.derived();
    match reference.kind {
        Kind::Gateway => {
            let rows =
                derived.gateways.get(&reference.id).into_iter().flat_map(|gateway| gateway.routes.values());
            rows.filter_map(|row| route_place(navigator, row, Role::Use)).collect()
        }
        Kind::ExecutionUnit => {
            let to = derived.hops().filter(|(_, hop)| hop.to == reference.id);
            to.filter_map(|(path, hop)| hop_place(navigator, path, hop)).collect()
        }
        _ => variable_uses(navigator, reference)
            .into_iter()
            .chain(unit_variables(navigator, reference))
            .collect(),
    }
}

/// The places in code that name the variable of a store or an emitter, in all files.
fn variable_uses(navigator: &Navigator<'_>, reference: &Reference) -> Vec<Place> {
    let project = navigator.context.project;
    let declared = declared(navigator, reference);
    let mut places = Vec::new();
    for fact in declared {
        let Some(summary) = project.summary(&fact.path) else { continue };
        let node = summary.facts.annotations.get(fact.annotation).and_then(|found| found.node.as_ref());
        for used in uses_in(navigator, &fact.path).iter().filter(|used| used.annotation == fact.annotation) {
            let is_variable = node.is_some_and(|node| node.at.covers(*used.at));
            let role = if is_variable { Role::Variable } else { Role::Use };
            places.push(Place {
                member: used.member.clone(),
                ..Place::new(&fact.path, *used.at, *used.at, role)
            });
        }
    }
    for (path, uses) in project.derived().uses() {
        let Some(summary) = project.summary(path) else { continue };
        let mut own = uses.iter().filter(|used| declared.contains(&used.declared)).peekable();
        if own.peek().is_none() {
            continue;
        }
        for call in own.filter_map(|used| summary.facts.imported_calls.get(used.call)) {
            let place = Place::new(path, *call.callee_at, *call.callee_at, Role::Use);
            places.push(Place { member: call.path.last().cloned(), ..place });
        }
        let bound = bindings_in(navigator, path, summary);
        let bound = bound.into_iter().filter(|(fact, _)| declared.contains(fact));
        places.extend(bound.map(|(_, at)| Place::new(path, at, at, Role::Use)));
    }
    places
}

/// The names under which a file imports maps and emitters that it uses, each with the declaring annotation.
pub(super) fn bindings_in(
    navigator: &Navigator<'_>,
    path: &str,
    summary: &FileSummary,
) -> Vec<(FactRef, Span)> {
    let facts = &summary.facts;
    let mut found: Vec<(FactRef, Span)> = Vec::new();
    for used in navigator.context.project.derived().uses_of(path) {
        let Some(call) = facts.imported_calls.get(used.call) else { continue };
        let bindings = facts.imports.get(call.import).map_or(&[][..], |import| &import.bindings);
        let binding = bindings.iter().find(|binding| match &binding.imported {
            Imported::Name(name) => call.path.first() == Some(name),
            Imported::Default => call.path.first().is_some_and(|name| name == "default"),
            Imported::Module => false,
        });
        let Some(binding) = binding else { continue };
        if !found.iter().any(|(fact, at)| *at == *binding.at && *fact == used.declared) {
            found.push((used.declared.clone(), *binding.at));
        }
    }
    found
}

/// Where a file names its own stores and emitters: an open document is looked through, of others it was noted.
pub(super) fn uses_in<'a>(navigator: &Navigator<'a>, path: &str) -> Cow<'a, [Use]> {
    let Some(summary) = navigator.context.project.summary(path) else { return Cow::Borrowed(&[]) };
    match navigator.world.documents.get(&navigator.context.absolute(path)) {
        Some(document) => match &document.tree {
            Some(tree) => Cow::Owned(uses(&document.text, tree, &summary.facts)),
            None => Cow::Borrowed(&[]),
        },
        None => Cow::Borrowed(&summary.uses),
    }
}

/// The variables in the configuration of units that stand for a property of a store.
fn unit_variables(navigator: &Navigator<'_>, reference: &Reference) -> Vec<Place> {
    let project = navigator.context.project;
    let (config, path) = (project.config(), Arc::from(project.config_file()));
    let units = config.root.table(config.names(Kind::ExecutionUnit).section);
    let entries = units.iter().flat_map(|units| &units.entries);
    let tables = entries
        .filter_map(|entry| config.table(Kind::ExecutionUnit, &entry.key)?.table("environment_variables"));
    let keys = tables.flat_map(|table| &table.entries);
    let own = keys.filter(|entry| stores_of_variable(navigator, &entry.key).contains(reference));
    own.map(|entry| {
        Place::new(
            &path,
            entry.key_at.join(*entry.value.at),
            unquoted(*entry.key_at, &config.text),
            Role::Config,
        )
    })
    .collect()
}

/// The stores that a variable stands for, by its name.
pub(super) fn stores_of_variable(navigator: &Navigator<'_>, name: &str) -> Vec<Reference> {
    let name = variable_name(name);
    let stores = navigator.context.project.derived().stores.iter().filter(|(reference, store)| {
        let is_bound = store.variables.iter().any(|(bound, _)| *bound == name);
        is_bound || store.variables.is_empty() && reference.generated_variables().contains(&name)
    });
    stores.map(|(reference, _)| reference.clone()).collect()
}

/// The code that carries a resource out.
fn code(navigator: &Navigator<'_>, reference: &Reference) -> Vec<Place> {
    let derived = navigator.context.project.derived();
    match reference.kind {
        Kind::Gateway => {
            let rows =
                derived.gateways.get(&reference.id).into_iter().flat_map(|gateway| gateway.routes.values());
            rows.filter_map(|row| handler_place(navigator, row)).collect()
        }
        Kind::ExecutionUnit => unit_code(navigator, reference),
        Kind::StaticUnit => {
            let unit = derived.static_units.get(&reference.id);
            let files = unit.into_iter().flat_map(|unit| unit.files.keys());
            files.map(|path| Place { role: Role::Code, ..of_file(path) }).collect()
        }
        _ => {
            let variable = |place: &Place| place.role == Role::Variable;
            let mut places: Vec<_> =
                variable_uses(navigator, reference).into_iter().filter(variable).collect();
            places.iter_mut().for_each(|place| place.role = Role::Code);
            places
        }
    }
}

/// The code of a unit: the functions that its annotations stand above, else those of the files that they stand in.
fn unit_code(navigator: &Navigator<'_>, reference: &Reference) -> Vec<Place> {
    let project = navigator.context.project;
    let mut places = Vec::new();
    for fact in declared(navigator, reference) {
        let Some(summary) = project.summary(&fact.path) else { continue };
        let node = summary.facts.annotations.get(fact.annotation).and_then(|found| found.node.as_ref());
        let inside = |function: &&Function| node.is_some_and(|node| node.at.covers(*function.at));
        let functions = summary.facts.functions.iter();
        // An annotation at the top of a file stands above whatever comes first there, and means the file.
        let is_above_code = functions.clone().any(|function| inside(&function));
        let own = functions.filter(|function| !is_above_code || inside(function));
        let own = own.map(|function| function_place(&fact.path, function, Role::Code));
        places.extend(own.take(MOST_FUNCTIONS));
    }
    if places.is_empty() {
        let unit = project.derived().units.get(&reference.id);
        let entrypoints = unit.into_iter().flat_map(|unit| &unit.entrypoints);
        places.extend(entrypoints.map(|path| Place { role: Role::Code, ..of_file(path) }));
    }
    places
}

fn function_place(path: &Arc<str>, function: &Function, role: Role) -> Place {
    Place::new(path, *function.at, *function.name_at, role)
}

fn of_route(navigator: &Navigator<'_>, path: &Arc<str>, anchor: Anchor) -> Vec<Place> {
    let gateways = &navigator.context.project.derived().gateways;
    let serving = gateways
        .iter()
        .filter(|(_, gateway)| gateway.routes.values().any(|row| row.path == *path && row.anchor == anchor));
    let mut places: Vec<_> =
        serving.flat_map(|(id, _)| owners(navigator, &Reference::new(Kind::Gateway, id.as_str()))).collect();
    let row = routes_in(navigator.context.project, path).find(|row| row.anchor == anchor);
    places.extend(row.and_then(|row| route_place(navigator, row, Role::Use)));
    places.extend(row.and_then(|row| handler_place(navigator, row)));
    places
}

/// The routes that a file defines, as gateways serve them.
pub(super) fn routes_in<'a>(project: &'a Project, path: &'a str) -> impl Iterator<Item = &'a RouteRow> {
    let gateways = project.derived().gateways.values();
    gateways.flat_map(|gateway| gateway.routes.values()).filter(move |row| &*row.path == path)
}

pub(super) fn route_place(navigator: &Navigator<'_>, row: &RouteRow, role: Role) -> Option<Place> {
    let summary = navigator.context.project.summary(&row.path)?;
    let at = *row.anchor.place(summary);
    Some(Place::new(&row.path, at, first_line(summary, at), role))
}

/// The first line of what stands at `at`.
pub(crate) fn first_line(summary: &FileSummary, at: Span) -> Span {
    let line = summary.lines.line_span(summary.lines.line_of(at.start as usize));
    Span { start: at.start, end: line.end.min(at.end).max(at.start) }
}

fn handler_place(navigator: &Navigator<'_>, row: &RouteRow) -> Option<Place> {
    let summary = navigator.context.project.summary(&row.path)?;
    match route_handler(summary, row.anchor) {
        Some(function) => Some(function_place(&row.path, function, Role::Code)),
        None => route_place(navigator, row, Role::Code),
    }
}

/// The function that answers a route: the one that is written there.
pub(crate) fn route_handler(summary: &FileSummary, anchor: Anchor) -> Option<&Function> {
    let Anchor::Route(index) = anchor else { return None };
    let route = summary.facts.routes.get(index)?;
    let functions = &summary.facts.functions;
    let own = functions.iter().find(|function| function.name == FunctionName::HandlerOf(index));
    own.or_else(|| {
        let inside = functions.iter().filter(|function| route.at.covers(*function.at));
        inside.max_by_key(|function| function.at.len())
    })
}

fn of_function(navigator: &Navigator<'_>, path: &Arc<str>, name: &str, unit: &str) -> Vec<Place> {
    let project = navigator.context.project;
    let mut places = owners(navigator, &Reference::new(Kind::ExecutionUnit, unit));
    if let Some(function) = function_named(project, path, name) {
        places.push(function_place(path, function, Role::Declaration));
        places.push(function_place(path, function, Role::Code));
    }
    let own = project.derived().hops().filter(|(_, hop)| hop.path == *path && hop.function == name);
    places.extend(own.filter_map(|(from, hop)| hop_place(navigator, from, hop)));
    places
}

fn function_named<'a>(project: &'a Project, path: &str, name: &str) -> Option<&'a Function> {
    let mut functions = project.summary(path)?.facts.functions.iter();
    functions.find(|function| matches!(&function.name, FunctionName::Named(own) if own == name))
}

/// Where a call of another unit's function stands.
pub(super) fn hop_place(navigator: &Navigator<'_>, path: &Arc<str>, hop: &Hop) -> Option<Place> {
    let call = navigator.context.project.summary(path)?.facts.imported_calls.get(hop.call)?;
    Some(Place::new(path, *call.at, *call.callee_at, Role::Use))
}

/// The sections of the configuration that hold entries of resources.
pub(super) fn sections(config: &Config) -> Vec<&'static str> {
    let mut sections: Vec<_> = Kind::all().map(|kind| config.names(kind).section).collect();
    sections.retain(|section| !section.is_empty());
    sections.sort_unstable();
    sections.dedup();
    sections
}

/// The resources that an entry of a section means.
pub(super) fn named_in(navigator: &Navigator<'_>, section: &str, id: &str) -> Vec<Reference> {
    let project = navigator.context.project;
    let kinds = Kind::all().filter(|kind| project.config().names(*kind).section == section);
    kinds.map(|kind| Reference::new(kind, id)).filter(|reference| is_there(project, reference)).collect()
}

fn is_there(project: &Project, reference: &Reference) -> bool {
    let (derived, id) = (project.derived(), reference.id.as_str());
    match reference.kind {
        Kind::ExecutionUnit => derived.units.contains_key(id),
        Kind::Gateway => derived.gateways.contains_key(id),
        Kind::Pubsub => derived.topics.contains_key(id),
        Kind::StaticUnit => derived.static_units.contains_key(id),
        _ => derived.stores.contains_key(reference),
    }
}

/// The entries of the configuration that mean any of the resources.
fn config_entries(navigator: &Navigator<'_>, references: &[Reference]) -> Vec<Place> {
    let project = navigator.context.project;
    let (config, path) = (project.config(), Arc::from(project.config_file()));
    let entries = references.iter().filter_map(|reference| config.entry(reference.kind, &reference.id));
    let place = |at: Span, full| Place::new(&path, full, unquoted(at, &config.text), Role::Config);
    entries.map(|entry| place(*entry.key_at, entry.key_at.join(*entry.value.at))).collect()
}

/// The files that a declaration reads through a secret store.
pub(super) fn secrets_of(declaration: &Declaration) -> &[SecretPath] {
    match &declaration.declares {
        Declares::Store { secrets, .. } => secrets,
        _ => &[],
    }
}
