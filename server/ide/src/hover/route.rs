//! A route where it is defined, and the call or class that a gateway stands for.

use super::{Detail, SHOWN, resource_text, unit_text};
use crate::Hover;
use crate::markdown::code;
use crate::navigation::{first_line, route_handler};
use crate::placement::UNITS_SHOWN;
use crate::snapshot::Context;
use crate::tradeoff::target_name;
use klotho_graph::{Anchor, FactRef, Kind, Reference, RouteRow};
use klotho_summary::{FileSummary, FunctionName};
use klotho_text::Span;
use std::collections::HashSet;
use std::sync::Arc;

/// The route that a file defines at `anchor`, with others that the same code defines, as gateways serve them; and the
/// units that they lead to.
pub(super) fn of_route(context: &Context<'_>, anchor: Anchor, span: Span, detail: Detail) -> Option<Hover> {
    let derived = context.project.derived();
    let summary = context.project.summary(&context.relative)?;
    let (at, handler) = (anchor.place(summary), answered(summary, anchor));
    let (mut heads, mut units) = (Vec::new(), Vec::new());
    for (id, gateway) in derived.gateways.iter() {
        let is_own = |row: &RouteRow| row.path == context.relative && row.anchor.place(summary) == at;
        for ((path, verb), row) in gateway.routes.iter().filter(|(_, row)| is_own(row)) {
            let place =
                derived.units.get(&row.unit).map(|unit| target_name(context.project, &unit.target.name));
            let place = place.map(|place| format!(" on **{place}**")).unwrap_or_default();
            let (route, unit) = (code(&format!("{verb} {path}")), code(&row.unit));
            let gateway = format!("gateway **{}** ({})", code(id), code(&gateway.type_name));
            heads.push(format!("**{route}** → **{unit}**{place}, through {gateway}{handler}"));
            units.push(row.unit.as_str());
        }
    }
    if heads.is_empty() {
        return None;
    }
    let more = heads.len().saturating_sub(SHOWN);
    heads.truncate(SHOWN);
    if more > 0 {
        heads.push(format!("and {more} more"));
    }
    let mut seen = HashSet::new();
    units.retain(|unit| seen.insert(*unit));
    let units = units.into_iter().take(UNITS_SHOWN);
    let texts = units.filter_map(|id| Some(unit_text(context, id, derived.units.get(id)?, detail)));
    let parts: Vec<_> = [heads.join("\n\n")].into_iter().chain(texts).collect();
    Some(Hover { span, markdown: parts.join("\n\n") })
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
