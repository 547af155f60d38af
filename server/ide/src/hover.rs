//! What stands at the cursor: an annotation, a function, an entry of `klotho.yaml`.

mod config;
pub(crate) mod cost;
mod day;
mod hop;
mod resource;
mod route;

use crate::markdown::{code, list};
use crate::navigation::Named;
use crate::placement::{Subject, UNITS_SHOWN, subject_at};
use crate::resources::in_truth;
use crate::snapshot::Context;
use crate::{Hover, tradeoff};
use klotho_annotation::Annotation;
use klotho_annotation::catalogue::capability;
use klotho_graph::{FactRef, Gateway, Kind, Origin, Reference, StaticUnit, Store, Topic, Unit};
use klotho_summary::EventWay;
use klotho_text::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many routes or stores a hover names before it only counts.
const SHOWN: usize = 6;

/// How much a hover tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// All there is.
    Full,
    /// Of a unit where it runs, the table of places and the verdict; of a resource what it is and costs.
    Brief,
}

/// What to show at `offset`.
pub(crate) fn hover(context: &Context<'_>, offset: usize, detail: Detail) -> Option<Hover> {
    if context.is_config() {
        return config::hover(context, Span::empty(offset), detail);
    }
    let Some(subject) = subject_at(context, Span::empty(offset)) else {
        return route::of_server(context, offset, detail);
    };
    match subject {
        Subject::Annotation(index) => of_annotation(context, index, detail),
        Subject::Function { name, span, route, .. } => {
            of_function(context, (&name, route.as_deref()), span, detail)
        }
        Subject::Call { hop, span } => Some(Hover { span, markdown: hop::text(context, &hop) }),
        // The configuration is told of above.
        Subject::ConfigUnit(_) => None,
    }
}

/// What code names.
pub(crate) fn of_code(context: &Context<'_>, span: Span, named: &Named, detail: Detail) -> Option<Hover> {
    match named {
        Named::Resources(resources) => of_resources(context, span, resources, detail),
        Named::Route(anchor) => route::of_route(context, *anchor, span, detail),
    }
}

fn of_resources(context: &Context<'_>, span: Span, resources: &[Reference], detail: Detail) -> Option<Hover> {
    let texts = resources.iter().filter_map(|reference| resource_text(context, reference, detail));
    let texts: Vec<_> = texts.collect();
    (!texts.is_empty()).then(|| Hover { span, markdown: texts.join("\n\n---\n\n") })
}

fn of_annotation(context: &Context<'_>, index: usize, detail: Detail) -> Option<Hover> {
    let summary = context.project.summary(&context.relative)?;
    let annotation = summary.facts.annotations.get(index)?;
    let fact = FactRef { path: Arc::clone(&context.relative), annotation: index };
    let mut parts = Vec::new();
    if let Some(reference) = context.project.derived().resources.get(&fact) {
        parts.extend(resource_text(context, reference, detail));
    }
    if detail == Detail::Full || parts.is_empty() {
        parts.push(capability_text(annotation));
    }
    Some(Hover { span: *annotation.at, markdown: parts.join("\n\n---\n\n") })
}

fn capability_text(annotation: &Annotation) -> String {
    let head = format!("**{}**", code(&format!("@klotho::{}", annotation.capability)));
    match capability(&annotation.capability) {
        Some(known) => format!("{head} — {}", known.summary),
        None => format!("{head} is no capability that Klotho knows. It has no effect."),
    }
}

fn resource_text(context: &Context<'_>, reference: &Reference, detail: Detail) -> Option<String> {
    let derived = context.project.derived();
    let text = match reference.kind {
        Kind::ExecutionUnit => {
            return Some(unit_text(context, &reference.id, derived.units.get(&reference.id)?, detail));
        }
        Kind::Gateway => Some(gateway_text(&reference.id, derived.gateways.get(&reference.id)?)),
        Kind::Pubsub => Some(topic_text(&reference.id, derived.topics.get(&reference.id)?)),
        Kind::StaticUnit => Some(static_text(&reference.id, derived.static_units.get(&reference.id)?)),
        _ => Some(store_text(reference, derived.stores.get(reference)?)),
    };
    let cost = resource::text(context.project, reference, context.today, detail);
    Some(text.into_iter().chain(cost).collect::<Vec<_>>().join("\n\n"))
}

fn static_text(id: &str, unit: &StaticUnit) -> String {
    let files = unit.files.len();
    let noun = if files == 1 { "file" } else { "files" };
    format!("Static unit **{}** → {}\n\nServes {files} {noun}", code(id), code(&unit.type_name))
}

fn of_function(
    context: &Context<'_>,
    (name, route): (&str, Option<&str>),
    span: Span,
    detail: Detail,
) -> Option<Hover> {
    let derived = context.project.derived();
    let units = derived.units_of(&context.relative);
    let mut parts = Vec::new();
    for id in units.iter().take(UNITS_SHOWN) {
        let Some(unit) = derived.units.get(id) else { continue };
        let answers = route.map(|route| format!(" and answers {}", code(route))).unwrap_or_default();
        let place = tradeoff::target_name(context.project, &unit.target.name);
        let head = format!("**{}** runs on **{place}**{answers}", code(name));
        parts.push(format!("{head}\n\n{}", unit_text(context, id, unit, detail)));
    }
    let others: Vec<_> = units.iter().skip(UNITS_SHOWN).map(|id| other_unit(context, id)).collect();
    if !others.is_empty() {
        parts.push(format!("Also in {}", list(&others, 4 * SHOWN)));
    }
    (!parts.is_empty()).then(|| Hover { span, markdown: parts.join("\n\n---\n\n") })
}

/// One of many units that hold the same code.
fn other_unit(context: &Context<'_>, id: &str) -> String {
    let target = context.project.derived().units.get(id).map_or("", |unit| &unit.target.name);
    format!("{} on {}", code(id), tradeoff::target_name(context.project, target))
}

/// A unit: where it runs, who decided that, what it costs there and elsewhere, what it serves and uses, and what the figures
/// rest on.
fn unit_text(context: &Context<'_>, id: &str, unit: &Unit, detail: Detail) -> String {
    let place = tradeoff::target_name(context.project, &unit.target.name);
    let machine = tradeoff::machine(context.project, id, unit);
    let mut parts = vec![format!(
        "Execution unit **{}** → **{place}** ({machine}), {}",
        code(id),
        decided(context, id, unit)
    )];
    if let Some(obeyed) = &unit.target.obeyed {
        let obeyed = tradeoff::target_name(context.project, obeyed);
        parts.push(format!(
            "⚠ The compiler will use **{obeyed}**: it reads the target from {} alone",
            context.project.config_file()
        ));
    }
    if context.project.config().is_unreadable {
        let file = context.project.config_file();
        parts.push(format!("⚠ {file} cannot be read: nothing that it says is counted here"));
    }
    let cost = cost::text(context.project, id, unit, context.today);
    parts.push(cost.answer);
    if detail == Detail::Brief {
        return parts.join("\n\n");
    }
    let served = served(context, id);
    if !served.is_empty() {
        parts.push(format!("Serves {}", list(&served, SHOWN)));
    }
    let used = used(context, id);
    if !used.is_empty() {
        parts.push(format!("Uses {}", list(&used, SHOWN)));
    }
    let parameters = stated_parameters(context, id);
    if !parameters.is_empty() {
        parts.push(format!("Set by {}: {}", context.project.config_file(), list(&parameters, SHOWN)));
    }
    parts.push(cost.grounds);
    parts.join("\n\n")
}

/// The parameters that the configuration sets; the type's own are no news.
fn stated_parameters(context: &Context<'_>, id: &str) -> Vec<String> {
    let all = context.project.config().parameters(Kind::ExecutionUnit, id).into_iter();
    let stated = all.filter(|parameter| parameter.origin != Origin::Provider);
    stated.map(|parameter| code(&format!("{} = {}", parameter.name, parameter.value))).collect()
}

/// Who decided where the unit runs.
fn decided(context: &Context<'_>, id: &str, unit: &Unit) -> String {
    let file = context.project.config_file();
    match unit.target.origin {
        Origin::Config => format!("as {} in {file} says", code(&format!("execution_units.{id}.type"))),
        Origin::Defaults => format!("as `defaults.execution_unit.type` in {file} says"),
        Origin::Provider => {
            format!("the default of {}: nothing names a target", code(context.project.config().provider()))
        }
        Origin::Annotation => match &unit.target.stated {
            Some(fact) => format!("as the annotation says ({})", line_of(context, fact)),
            None => "as the annotation says".to_owned(),
        },
    }
}

fn line_of(context: &Context<'_>, fact: &FactRef) -> String {
    let summary = context.project.summary(&fact.path);
    let line = summary.and_then(|summary| {
        let annotation = summary.facts.annotations.get(fact.annotation)?;
        Some(summary.lines.line_of(annotation.at.start as usize) + 1)
    });
    code(&format!("{}:{}", fact.path, line.unwrap_or(1)))
}

fn served(context: &Context<'_>, id: &str) -> Vec<String> {
    let gateways = context.project.derived().gateways.values();
    let routes = gateways.flat_map(|gateway| &gateway.routes).filter(|(_, row)| row.unit == id);
    routes.map(|((path, verb), _)| code(&format!("{verb} {path}"))).collect()
}

fn used(context: &Context<'_>, id: &str) -> Vec<String> {
    let stores = context.project.derived().stores.iter().filter(|(_, store)| store.is_used_by(id));
    stores
        .map(|(reference, store)| {
            let place = place(reference.kind, &store.type_name);
            format!("{} {} ({place})", reference.kind.spec().title, code(&reference.id))
        })
        .collect()
}

fn gateway_text(id: &str, gateway: &Gateway) -> String {
    let routes: Vec<_> = gateway
        .routes
        .iter()
        .map(|((path, verb), row)| format!("- {} → {}", code(&format!("{verb} {path}")), code(&row.unit)))
        .collect();
    let more = match routes.len().saturating_sub(2 * SHOWN) {
        0 => String::new(),
        more => format!("\n- and {more} more"),
    };
    let shown = routes.iter().take(2 * SHOWN).cloned().collect::<Vec<_>>().join("\n");
    format!("Gateway **{}** → {}\n\n{shown}{more}", code(id), code(&gateway.type_name))
}

/// The type of a store, and what that becomes where it is something else.
fn place(kind: Kind, type_name: &str) -> String {
    let truth = in_truth(kind, type_name).map(|title| format!(", kept in {title}"));
    code(type_name) + &truth.unwrap_or_default()
}

fn store_text(reference: &Reference, store: &Store) -> String {
    let title = reference.kind.spec().title;
    let symbol = store.symbol.as_deref().map(|symbol| format!(", {} in the code", code(symbol)));
    let units: Vec<_> = store.units.iter().map(|id| code(id)).collect();
    let mut text = format!(
        "{} **{}** → {}{}\n\nUsed by {}",
        capitalised(title),
        code(&reference.id),
        place(reference.kind, &store.type_name),
        symbol.unwrap_or_default(),
        list(&units, SHOWN)
    );
    if !store.secrets.is_empty() {
        let paths: Vec<_> = store.secrets.iter().map(|path| code(path)).collect();
        text.push_str(&format!("\n\nReads {}", list(&paths, SHOWN)));
    }
    if !store.variables.is_empty() {
        let names: Vec<_> =
            store.variables.iter().map(|(name, property)| format!("{} = {property}", code(name))).collect();
        text.push_str(&format!("\n\nSets {}", list(&names, SHOWN)));
    }
    let generated: Vec<_> = reference.generated_variables().iter().map(|name| code(name)).collect();
    // Where the developer binds variables, the compiler generates none.
    if store.variables.is_empty() && !generated.is_empty() {
        text.push_str(&format!("\n\nThe compiler sets {}", list(&generated, SHOWN)));
    }
    text
}

/// A topic: which unit sends each event, and which receive it.
fn topic_text(id: &str, topic: &Topic) -> String {
    let symbol = topic.symbol.as_deref().map(|symbol| format!(", {} in the code", code(symbol)));
    let head = format!("Topic **{}** → {}{}", code(id), code(&topic.type_name), symbol.unwrap_or_default());
    let mut events: BTreeMap<&str, [Vec<String>; 2]> = BTreeMap::new();
    for (unit, event) in &topic.events {
        let [from, to] = events.entry(&event.name).or_default();
        if event.way == EventWay::Published { from } else { to }.push(code(unit));
    }
    if events.is_empty() {
        return format!("{head}\n\nNo event of it is seen");
    }
    let lines = events.iter().take(SHOWN).map(|(name, [from, to])| {
        let side = |units: &[String]| if units.is_empty() { "nobody".to_owned() } else { list(units, SHOWN) };
        format!("\n- {} from {} to {}", code(name), side(from), side(to))
    });
    let more = match events.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!("\n- and {more} more"),
    };
    format!("{head}\n{}{more}", lines.collect::<String>())
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + characters.as_str())
        .unwrap_or_default()
}
