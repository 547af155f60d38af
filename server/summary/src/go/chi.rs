//! Gateways, routes and mounted packages: chi (reference, 5.6).

use super::expressions::{Call, identifier, literal};
use super::gaps;
use super::imports::Names;
use super::outline::Outline;
use super::paths;
use crate::source::Source;
use crate::{
    Declaration, Declares, Export, Facts, Framework, Function, FunctionName, Imported, Mount, MountTarget,
    Route, required,
};
use klotho_annotation::Annotation;
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;
use klotho_text::Span;
use std::collections::HashSet;

/// The methods of a router that define a route, in any case, and the verbs they stand for.
pub(super) const VERBS: [&str; 8] = ["ANY", "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"];

/// Adds the servers that `expose` annotations start, their routes, and those that other packages can mount.
pub(super) fn add(source: &Source<'_>, outline: &Outline<'_>, facts: &mut Facts) {
    let router = Router::first(source, outline);
    let mut is_exposed = false;
    for (index, annotation) in source.of_capability("expose") {
        let refused = required::not_public(annotation);
        let is_public = refused.is_none();
        facts.findings.extend(refused);
        match served(source, outline, annotation, router.as_ref()) {
            Ok(name) if is_public => {
                is_exposed = true;
                facts.declarations.push(gateway(index, name));
            }
            Ok(_) => {}
            Err(finding) => facts.findings.push(finding),
        }
    }
    let mut routes = Routes { source, facts, handlers: HashSet::new() };
    if let Some(router) = router.filter(|_| is_exposed) {
        let calls = outline.calls_in(router.block);
        routes.define(calls, router.name, |host| host == router.name);
        routes.mount(calls, router.name);
        routes.facts.findings.extend(gaps::of(source, outline, &router));
    }
    for function in &outline.functions {
        routes.mountable(outline, *function);
    }
}

fn gateway(annotation: usize, router: &str) -> Declaration {
    let declares =
        Declares::Gateway { framework: Framework::Chi, router: router.to_owned(), prefix: String::new() };
    Declaration { annotation, declares, symbol: Some(router.to_owned()) }
}

/// The router of a file: the first that is defined as `name := chi.NewRouter()`.
pub(super) struct Router<'a> {
    pub(super) name: &'a str,
    /// The block that defines it: there its routes are looked for.
    pub(super) block: Span,
}

impl<'a> Router<'a> {
    fn first(source: &Source<'a>, outline: &Outline<'a>) -> Option<Self> {
        outline.assignments.iter().find_map(|assignment| {
            let ([name], [value]) = (assignment.targets.as_slice(), assignment.values.as_slice()) else {
                return None;
            };
            let is_router = assignment.is_short && source.text_of(*value) == "chi.NewRouter()";
            Some(Self { name, block: assignment.block.filter(|_| is_router)? })
        })
    }
}

/// The name of the router that the annotated code serves.
fn served<'a>(
    source: &Source<'a>,
    outline: &Outline<'a>,
    annotation: &Annotation,
    router: Option<&Router<'a>>,
) -> Result<&'a str, Finding> {
    let node = source.node_of(annotation);
    let Some(call) = node.and_then(|node| outline.listen_in(node.byte_range().into())) else {
        return Err(Finding::new(Code::NoResource, "no-listen", annotation.capability_at));
    };
    if (call.host, call.method) != ("http", "ListenAndServe") {
        let finding = Finding::new(Code::ExposeAppNotFound, "not-listening", Source::place_of(call.node));
        return Err(finding.with("call", format!("{}.{}", call.host, call.method)));
    }
    let handler = call.first_two().1.unwrap_or(call.node);
    let name = source.text_of(handler);
    match router {
        None => {
            Err(Finding::new(Code::NoResource, "no-app", Source::place_of(handler)).with("framework", "chi"))
        }
        Some(router) if router.name != name => {
            let finding = Finding::new(Code::ExposeAppNotFound, "other-router", Source::place_of(handler));
            Err(finding.with("handler", name).with("first", router.name))
        }
        Some(router) => Ok(router.name),
    }
}

/// Routes, mounts and handlers on their way into the facts.
struct Routes<'s, 'a, 'f> {
    source: &'s Source<'a>,
    facts: &'f mut Facts,
    /// Handlers that have their name already.
    handlers: HashSet<usize>,
}

impl<'a> Routes<'_, 'a, '_> {
    /// Adds the routes that calls on some hosts define, as routes of the router `on`.
    fn define(&mut self, calls: &[Call<'a>], on: &str, is_router: impl Fn(&str) -> bool) {
        let from = self.facts.routes.len();
        for call in calls.iter().filter(|call| is_router(call.host)) {
            let Some(verb) = VERBS.into_iter().find(|verb| verb.eq_ignore_ascii_case(call.method)) else {
                continue;
            };
            let (first, handler) = call.first_two();
            let Some(path) = first.and_then(|first| literal(self.source, first)) else { continue };
            self.handler(handler);
            self.facts.routes.push(Route {
                on: on.to_owned(),
                verb,
                path: paths::in_graph(path),
                at: Source::place_of(call.node),
            });
        }
        if calls.iter().any(|call| allows_origins(self.source, call)) {
            let options = |route: &Route| Route { verb: "OPTIONS", ..route.clone() };
            let added: Vec<_> = self.facts.routes.iter().skip(from).map(options).collect();
            self.facts.routes.extend(added);
        }
    }

    /// A function that is written where the route is defined is called after the route, which comes next.
    fn handler(&mut self, handler: Option<Node<'a>>) {
        let Some(function) = handler.filter(|it| it.kind() == "func_literal") else { return };
        if self.handlers.insert(function.id()) {
            self.facts.functions.push(Function {
                name: FunctionName::HandlerOf(self.facts.routes.len()),
                at: Source::place_of(function),
                name_at: Span::empty(function.start_byte()).into(),
                is_async: false,
            });
        }
    }

    /// Adds the routers of other packages that are mounted: `router.Mount("/path", package.Function())`.
    fn mount(&mut self, calls: &[Call<'a>], on: &str) {
        let mut mounts = Vec::new();
        let mut lost = Vec::new();
        let imports = Names::of(&self.facts.imports);
        for call in calls.iter().filter(|call| call.host == on && call.method == "Mount") {
            let (first, second) = call.first_two();
            let path = first.and_then(|first| literal(self.source, first));
            let target = second.filter(|it| it.kind() == "call_expression");
            let target = target.and_then(|target| Call::read(self.source, target));
            let (Some(path), Some(target)) = (path, target) else { continue };
            match imports.get(target.host) {
                Some(import) => mounts.push(Mount {
                    on: on.to_owned(),
                    prefix: Some(paths::in_graph(path)),
                    target: MountTarget::Imported(import, Imported::Name(target.method.to_owned())),
                    at: Source::place_of(call.node),
                }),
                None => {
                    let at = Source::place_of(target.node);
                    lost.push(Finding::new(Code::MountNotFound, "import", at).with("module", target.host));
                }
            }
        }
        self.facts.mounts.extend(mounts);
        self.facts.findings.extend(lost);
    }

    /// Adds a function that other packages can mount: its routes are all that any of its variables define.
    fn mountable(&mut self, outline: &Outline<'a>, function: Node<'a>) {
        let name = function.child_by_field_name("name").filter(|_| function.kind() == "function_declaration");
        let (Some(name), Some(body)) = (name, function.child_by_field_name("body")) else { return };
        let Some(own) = identifier(self.source, name) else { return };
        // No variable is called like this.
        let local = format!("{own}()");
        self.define(outline.calls_in(body.byte_range().into()), &local, |_| true);
        let exported = Imported::Name(own.to_owned());
        self.facts.exports.push(Export { exported, local, at: Source::place_of(name), is_passed_on: false });
    }
}

/// Whether a call is `router.Use(...)` with what answers the questions of browsers about other origins.
fn allows_origins(source: &Source<'_>, call: &Call<'_>) -> bool {
    if call.method != "Use" {
        return false;
    }
    let mut arguments = call.arguments.named_children();
    arguments.any(|argument| {
        let text = source.text_of(argument);
        text.split_once('.').is_some_and(|(before, _)| before.ends_with("cors"))
    })
}
