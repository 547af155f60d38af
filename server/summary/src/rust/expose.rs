//! `expose`: which server the annotated code starts, and the routes that can be reached (axum, Actix Web).

use super::outline::Outline;
use super::routers::{Routers, Server};
use crate::source::Source;
use crate::walk::within;
use crate::{Declaration, Declares, Export, Facts, Function, FunctionName, Imported, MountTarget, required};
use klotho_annotation::Annotation;
use klotho_annotation::finding::{Code, Finding};
use klotho_text::Span;
use std::collections::{HashMap, HashSet};

/// Adds the servers that `expose` annotations start, and all routes that a server or another file can reach.
pub(super) fn add<'a>(source: &Source<'a>, outline: &Outline<'a>, facts: &mut Facts) {
    let routers = Routers::of(source, outline);
    let mut reached: HashSet<String> = HashSet::new();
    for (index, annotation) in source.of_capability("expose") {
        let refused = required::not_public(annotation);
        let is_public = refused.is_none();
        facts.findings.extend(refused);
        match served(source, &routers, annotation) {
            Some(server) if is_public => {
                reached.insert(server.router.clone());
                facts.declarations.push(declaration(index, server));
            }
            Some(_) => {}
            None => {
                facts.findings.push(Finding::new(Code::NoResource, "no-listen", annotation.capability_at));
            }
        }
    }
    for maker in outline.makers.iter().filter(|maker| maker.is_maker) {
        reached.insert(maker.router.clone());
        let node = maker.name.zip(maker.node);
        facts.exports.extend(node.map(|(name, node)| Export {
            exported: Imported::Name(name.to_owned()),
            local: maker.router.clone(),
            at: Source::place_of(node),
            is_passed_on: false,
        }));
    }
    take(routers, reached, facts);
}

fn declaration(annotation: usize, server: &Server<'_>) -> Declaration {
    let declares = Declares::Gateway {
        framework: server.framework,
        router: server.router.clone(),
        prefix: String::new(),
    };
    Declaration { annotation, declares, symbol: server.symbol.map(str::to_owned) }
}

/// What the annotated code starts: the first server in it, else the first router that it creates.
fn served<'r, 'a>(
    source: &Source<'a>,
    routers: &'r Routers<'_, 'a>,
    annotation: &Annotation,
) -> Option<&'r Server<'a>> {
    let node = super::annotated(source.node_of(annotation)?);
    let first = |list: &'r [Server<'a>]| within(list, node.byte_range().into(), |server| server.node).first();
    first(&routers.servers).or_else(|| first(&routers.created))
}

/// Adds what belongs to the routers that can be reached: the others are variables of some other kind.
fn take(routers: Routers<'_, '_>, mut reached: HashSet<String>, facts: &mut Facts) {
    let mut local: HashMap<&str, Vec<&str>> = HashMap::new();
    for mount in &routers.mounts {
        if let MountTarget::Local(target) = &mount.target {
            local.entry(&mount.on).or_default().push(target);
        }
    }
    let mut open: Vec<String> = reached.iter().cloned().collect();
    while let Some(router) = open.pop() {
        for target in local.remove(router.as_str()).unwrap_or_default() {
            if reached.insert(target.to_owned()) {
                open.push(target.to_owned());
            }
        }
    }
    for (route, handler) in routers.routes.into_iter().filter(|(route, _)| reached.contains(&route.on)) {
        facts.functions.extend(handler.map(|handler| Function {
            name: FunctionName::HandlerOf(facts.routes.len()),
            at: Source::place_of(handler),
            name_at: Span::empty(handler.start_byte()).into(),
            is_async: handler.child(0).is_some_and(|first| first.kind() == "async"),
        }));
        facts.routes.push(route);
    }
    facts.mounts.extend(routers.mounts.into_iter().filter(|mount| reached.contains(&mount.on)));
    facts.imports = routers.imports;
}
