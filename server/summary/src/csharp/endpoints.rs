//! Gateways and the routes that code maps: `endpoints.MapGet("/path", ...)` (reference, 5.6).

use super::gaps;
use super::literals::{string, value};
use super::outline::{Call, Outline};
use super::startup::Startup;
use super::template::mapped;
use crate::source::Source;
use crate::{
    Declaration, Declares, Facts, Framework, Function, FunctionName, Mount, MountTarget, Route, required,
};
use klotho_annotation::Annotation;
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;
use std::collections::{BTreeMap, HashSet};

/// What the routes of controllers are defined on: all of them, in whatever file. No name of the program looks like it.
pub(super) const CONTROLLERS: &str = "[controllers]";

/// The methods that map a route, and the verbs they stand for.
pub(super) const MAPPING: [(&str, &str); 5] =
    [("Map", "ANY"), ("MapGet", "GET"), ("MapPost", "POST"), ("MapPut", "PUT"), ("MapDelete", "DELETE")];

/// Adds the gateways that `expose` annotations declare, and the routes of all startup classes of the file.
pub(super) fn add(source: &Source<'_>, outline: &Outline<'_>, startups: &[Startup<'_>], facts: &mut Facts) {
    let mut exposed = BTreeMap::new();
    for (index, annotation) in source.of_capability("expose") {
        let refused = required::not_public(annotation);
        let is_public = refused.is_none();
        facts.findings.extend(refused);
        match startup(outline, startups, annotation) {
            Ok((number, startup)) if is_public => {
                exposed.insert(number, startup);
                facts.declarations.push(declaration(index, number, startup));
            }
            Ok(_) => {}
            Err(finding) => facts.findings.push(finding),
        }
    }
    let names: HashSet<_> = startups.iter().flat_map(|it| &it.endpoints).map(|it| it.name).collect();
    let mut with_controllers = HashSet::new();
    for call in outline.calls.iter().filter(|call| names.contains(call.receiver)) {
        if call.method == "MapControllers" {
            with_controllers.insert(call.receiver);
        }
        map(source, call, facts);
    }
    facts.findings.extend(gaps::of(outline, exposed.values().copied()));
    for (number, startup) in exposed {
        facts.mounts.extend(mounts(number, startup, &with_controllers));
    }
}

/// The startup class that an annotation stands in, and its number.
fn startup<'s, 'a>(
    outline: &Outline<'_>,
    startups: &'s [Startup<'a>],
    annotation: &Annotation,
) -> Result<(usize, &'s Startup<'a>), Finding> {
    let finding = |variant| Finding::new(Code::NoResource, variant, annotation.capability_at);
    let class = annotation.node.as_ref().and_then(|node| outline.type_around(*node.at));
    let found = class.and_then(|class| startups.binary_search_by_key(&class, |startup| startup.class).ok());
    let Some((number, startup)) = found.and_then(|number| Some((number, startups.get(number)?))) else {
        return Err(finding("no-startup"));
    };
    if startup.endpoints.is_empty() {
        return Err(finding("no-endpoints").with("app", startup.application));
    }
    Ok((number, startup))
}

fn declaration(annotation: usize, number: usize, startup: &Startup<'_>) -> Declaration {
    let router = router(number, startup);
    let declares = Declares::Gateway { framework: Framework::AspNet, router, prefix: String::new() };
    Declaration { annotation, declares, symbol: Some(startup.application.to_owned()) }
}

/// The application of one startup class: several may give it the same name.
fn router(number: usize, startup: &Startup<'_>) -> String {
    format!("{}#{number}", startup.application)
}

/// What `UseEndpoints` brings to an application: the routes mapped on the lambda's parameter, and controllers.
fn mounts(number: usize, startup: &Startup<'_>, with_controllers: &HashSet<&str>) -> Vec<Mount> {
    let mut mounts = Vec::new();
    let mut seen = HashSet::new();
    for endpoints in startup.endpoints.iter().filter(|endpoints| seen.insert(endpoints.name)) {
        let mount = |target| Mount {
            on: router(number, startup),
            prefix: None,
            target,
            at: Source::place_of(endpoints.call),
        };
        mounts.push(mount(MountTarget::Local(endpoints.name.to_owned())));
        if startup.adds_controllers && with_controllers.contains(endpoints.name) {
            mounts.push(mount(MountTarget::Everywhere(CONTROLLERS.to_owned())));
        }
    }
    mounts
}

/// Adds the routes of one call, and its handler if that has no name.
fn map(source: &Source<'_>, call: &Call<'_>, facts: &mut Facts) {
    let Some((_, verb)) = MAPPING.into_iter().find(|(name, _)| *name == call.method) else { return };
    let arguments = arguments(call);
    let literal = arguments.first().and_then(|first| string(source, value(*first)?));
    let Some(literal) = literal else { return };
    for path in mapped(&literal) {
        let at = Source::place_of(call.node);
        facts.routes.push(Route { on: call.receiver.to_owned(), verb, path, at });
    }
    let handler = arguments.get(1).and_then(|second| value(*second)).filter(is_anonymous);
    let route = facts.routes.len().checked_sub(1);
    facts.functions.extend(handler.zip(route).map(|(node, route)| handler_of(node, route)));
}

/// The first two arguments of a call.
pub(super) fn arguments<'a>(call: &Call<'a>) -> Vec<Node<'a>> {
    call.arguments.named_children().filter(|it| it.kind() == "argument").take(2).collect()
}

fn is_anonymous(node: &Node<'_>) -> bool {
    matches!(node.kind(), "lambda_expression" | "anonymous_method_expression")
}

fn handler_of(node: Node<'_>, route: usize) -> Function {
    let before_body = node.children().take_while(|child| child.kind() != "=>");
    let mut modifiers = before_body.filter(|child| matches!(child.kind(), "modifier" | "async"));
    Function {
        name: FunctionName::HandlerOf(route),
        at: Source::place_of(node),
        name_at: (node.start_byte()..node.start_byte()).into(),
        is_async: modifiers.next().is_some(),
    }
}
