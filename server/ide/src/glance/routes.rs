//! The routes that handlers answer, as their gateways serve them.

use super::line_end;
use crate::InlayHint;
use crate::markdown::list;
use crate::snapshot::Context;
use klotho_graph::Anchor;
use klotho_summary::{FileSummary, Route};
use klotho_text::{LineIndex, Span};
use std::collections::BTreeMap;

/// How many routes of one line are named before they are only counted.
const SHOWN: usize = 3;

/// One hint for each line in `range` whose handler answers a route that the line does not spell out itself.
pub(super) fn hints(context: &Context<'_>, lines: &LineIndex, range: Span) -> Vec<InlayHint> {
    let Some(summary) = context.project.summary(&context.relative) else { return Vec::new() };
    let gateways = context.project.derived().gateways.values();
    let served = gateways.flat_map(|gateway| &gateway.routes).filter(|(_, row)| row.path == context.relative);
    let mut found: BTreeMap<usize, (usize, Vec<String>)> = BTreeMap::new();
    for ((path, verb), row) in served {
        let Anchor::Route(index) = row.anchor else { continue };
        let Some(route) = summary.facts.routes.get(index) else { continue };
        let about = head(summary, route);
        let at = line_end(lines, about as u32);
        if range.touches(at) && !is_spelled_out(context, lines, at, path) {
            found.entry(at).or_insert((about, Vec::new())).1.push(format!("{verb} {path}"));
        }
    }
    let hints = found.into_iter();
    hints.map(|(at, (about, names))| InlayHint { at, label: list(&names, SHOWN), about }).collect()
}

/// Where the handler of a route starts, if it stands inside the route's definition; else where the definition does.
fn head(summary: &FileSummary, route: &Route) -> usize {
    let functions = &summary.facts.functions;
    let first = functions.partition_point(|function| function.at.start < route.at.start);
    let handler = functions.get(first).filter(|function| route.at.covers(*function.at));
    handler.map_or(route.at.start, |function| function.name_at.start) as usize
}

/// Whether the line that ends at `at` holds the whole path: no router above adds to it.
fn is_spelled_out(context: &Context<'_>, lines: &LineIndex, at: usize, path: &str) -> bool {
    let line = lines.line_span(lines.line_of(at));
    let text = context.document.map_or("", |document| line.of(&document.text));
    ['"', '\'', '`'].iter().any(|quote| text.contains(&format!("{quote}{path}{quote}")))
}
