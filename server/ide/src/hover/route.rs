//! A route where it is defined, and the call or class that a gateway stands for.

use super::{Detail, SHOWN, resource_text, unit_text};
use crate::Hover;
use crate::markdown::code;
use crate::navigation::{first_line, route_handler};
use crate::placement::{Served, answering, served_at};
use crate::snapshot::Context;
use crate::tradeoff::target_name;
use klotho_graph::{Anchor, FactRef, Kind, Reference};
use klotho_summary::{FileSummary, FunctionName};
use klotho_text::Span;
use std::sync::Arc;

/// The route that a file defines at `anchor`, with others that the same code defines, as gateways serve them; and the
/// units that they lead to.
pub(super) fn of_route(context: &Context<'_>, anchor: Anchor, span: Span, detail: Detail) -> Option<Hover> {
    let derived = context.project.derived();
    let summary = context.project.summary(&context.relative)?;
    let (routes, handler) = (served_at(context, anchor), answered(summary, anchor));
    if routes.is_empty() {
        return None;
    }
    let shown = routes.iter().take(SHOWN);
    let mut parts: Vec<_> = shown.map(|route| format!("{}{handler}", head(context, route))).collect();
    let more = routes.len().saturating_sub(SHOWN);
    if more > 0 {
        parts.push(format!("and {more} more"));
    }
    let units = answering(&routes).into_iter();
    parts.extend(units.filter_map(|id| Some(unit_text(context, id, derived.units.get(id)?, detail))));
    Some(Hover { span, markdown: parts.join("\n\n") })
}

/// Where a route leads.
fn head(context: &Context<'_>, route: &Served<'_>) -> String {
    let place = context.project.derived().units.get(route.unit);
    let place = place.map(|unit| format!(" on **{}**", target_name(context.project, &unit.target.name)));
    let (id, gateway) = route.gateway;
    let gateway = format!("gateway **{}** ({})", code(id), code(&gateway.type_name));
    let (route, unit) = (code(&format!("{} {}", route.verb, route.path)), code(route.unit));
    format!("**{route}** → **{unit}**{}, through {gateway}", place.unwrap_or_default())
}

/// The function that answers a route, where it has a name.
fn answered(summary: &FileSummary, anchor: Anchor) -> String {
    match route_handler(summary, anchor).map(|function| &function.name) {
        Some(FunctionName::Named(name)) => format!(", answered by {}", code(name)),
        Some(FunctionName::HandlerOf(_)) | None => String::new(),
    }
}

/// The gateway that is declared above the code at `offset`: the call that starts to listen, the variable or class that is
/// the server. Its first line speaks, where no function has it for its own.
pub(super) fn of_server(context: &Context<'_>, offset: usize, detail: Detail) -> Option<Hover> {
    let summary = context.project.summary(&context.relative)?;
    let annotations = summary.facts.annotations.iter().enumerate();
    let mut gateways = annotations.filter_map(|(index, annotation)| {
        let head = first_line(summary, *annotation.node.as_ref()?.at);
        let fact = FactRef { path: Arc::clone(&context.relative), annotation: index };
        let declared = head.touches(offset).then(|| context.project.derived().resources.get(&fact))??;
        (declared.kind == Kind::Gateway).then_some((head, declared))
    });
    let (span, gateway): (Span, &Reference) = gateways.next()?;
    let mut functions = summary.facts.functions.iter();
    if functions.any(|function| first_line(summary, *function.at).touches(offset) && span.meets(*function.at))
    {
        return None;
    }
    Some(Hover { span, markdown: resource_text(context, gateway, detail)? })
}
