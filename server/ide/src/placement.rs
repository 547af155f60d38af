//! What the cursor stands on, as far as it says where something runs.

use crate::navigation::route_at;
use crate::snapshot::Context;
use klotho_annotation::Annotation;
use klotho_graph::{Anchor, Gateway, Hop, Kind, RouteRow};
use klotho_summary::{FileSummary, Function, FunctionName};
use klotho_text::Span;
use std::collections::HashSet;

/// Of how many units that hold one function everything is told: code that all units share is in hundreds.
pub(crate) const UNITS_SHOWN: usize = 3;

/// What the cursor stands on.
pub(crate) enum Subject {
    /// The annotation with this index.
    Annotation(usize),
    /// A function; the cursor may be anywhere in it.
    Function {
        name: String,
        /// Its name, or its first line when it has none.
        span: Span,
        /// The route that it answers.
        route: Option<String>,
        /// Whether the cursor is at its name or in its first line.
        at_head: bool,
    },
    /// A call that leaves the unit: what calls and what is called.
    Call { hop: Hop, span: Span },
    /// A unit's entry in `klotho.yaml`.
    ConfigUnit(String),
}

/// What a hover at `span` is about. Inside a function's body only its head speaks, so that hovers of other servers are
/// left alone there.
pub(crate) fn subject_at(context: &Context<'_>, span: Span) -> Option<Subject> {
    call(context, span).or_else(|| enclosing_subject(context, span)).filter(|subject| {
        // A body is left to other servers.
        !matches!(subject, Subject::Function { at_head: false, .. })
    })
}

/// What an action at `span` is about: anywhere in a function counts.
pub(crate) fn enclosing_subject(context: &Context<'_>, span: Span) -> Option<Subject> {
    if context.is_config() {
        return config_unit(context, span);
    }
    let summary = context.project.summary(&context.relative)?;
    let annotations = &summary.facts.annotations;
    let reach = |annotation: &Annotation| from_line_start(annotation, summary);
    if let Some(index) = annotations.iter().position(|annotation| reach(annotation).meets(span)) {
        return Some(Subject::Annotation(index));
    }
    let functions = summary.facts.functions.iter();
    let innermost =
        functions.filter(|function| function.at.covers(span)).min_by_key(|function| function.at.len())?;
    Some(function(context, summary, innermost, span))
}

/// An annotation with what its comment has before it on its line, where the cursor of many editors is unless it was moved.
fn from_line_start(annotation: &Annotation, summary: &FileSummary) -> Span {
    let line = summary.lines.line_span(summary.lines.line_of(annotation.at.start as usize));
    Span { start: line.start.max(annotation.comment.start), end: annotation.at.end }
}

/// A route, and the gateway that serves it.
pub(crate) struct Served<'a> {
    pub(crate) gateway: (&'a str, &'a Gateway),
    pub(crate) path: &'a str,
    pub(crate) verb: &'a str,
    pub(crate) unit: &'a str,
}

/// The route that the file defines at `anchor`, with others that the same code defines, as gateways serve them.
pub(crate) fn served_at<'a>(context: &'a Context<'_>, anchor: Anchor) -> Vec<Served<'a>> {
    let Some(summary) = context.project.summary(&context.relative) else { return Vec::new() };
    let at = anchor.place(summary);
    let is_own = |row: &RouteRow| row.path == context.relative && row.anchor.place(summary) == at;
    let gateways = context.project.derived().gateways.iter();
    let routes = gateways.flat_map(|(id, gateway)| {
        let own = gateway.routes.iter().filter(|(_, row)| is_own(row));
        own.map(move |((path, verb), row)| Served { gateway: (id, gateway), path, verb, unit: &row.unit })
    });
    routes.collect()
}

/// The units that answer the route at `offset`, each once.
pub(crate) fn units_of_route(context: &Context<'_>, offset: usize) -> Vec<String> {
    let summary = context.project.summary(&context.relative).filter(|_| !context.is_config());
    let named = summary.and_then(|summary| route_at(context, summary, offset));
    let Some((anchor, _)) = named else { return Vec::new() };
    answering(&served_at(context, anchor)).into_iter().map(str::to_owned).collect()
}

/// The units that answer routes, each once; of many the first few.
pub(crate) fn answering<'a>(routes: &[Served<'a>]) -> Vec<&'a str> {
    let mut seen = HashSet::new();
    let units = routes.iter().map(|route| route.unit).filter(|unit| seen.insert(*unit));
    units.take(UNITS_SHOWN).collect()
}

fn config_unit(context: &Context<'_>, span: Span) -> Option<Subject> {
    let config = context.project.config();
    let section = config.root.table(config.names(Kind::ExecutionUnit).section)?;
    let entry = section.entries.iter().find(|entry| entry.key_at.join(*entry.value.at).meets(span))?;
    Some(Subject::ConfigUnit(entry.key.clone()))
}

/// A call of another unit's function; its arguments speak for themselves.
fn call(context: &Context<'_>, span: Span) -> Option<Subject> {
    let summary = context.project.summary(&context.relative)?;
    let hops = context.project.derived().hops_of(&context.relative);
    hops.iter().find_map(|hop| {
        let called = *summary.facts.imported_calls.get(hop.call)?.callee_at;
        called.meets(span).then(|| Subject::Call { hop: hop.clone(), span: called })
    })
}

fn function(context: &Context<'_>, summary: &FileSummary, function: &Function, span: Span) -> Subject {
    let derived = context.project.derived();
    let name = derived.function_name(&context.relative, summary, &function.name);
    let route = match &function.name {
        FunctionName::HandlerOf(_) => Some(name.clone()),
        FunctionName::Named(_) => None,
    };
    let line = summary.lines.line_span(summary.lines.line_of(function.at.start as usize));
    let head = Span { start: function.at.start, end: line.end.min(function.at.end) };
    let at_head = function.name_at.meets(span) || head.meets(span);
    let shown = if function.name_at.is_empty() { head } else { *function.name_at };
    Subject::Function { name, span: shown, route, at_head }
}
