//! Gateways and routes: controllers of Spring.

use super::annotations::{Annotation, last, literal};
use super::outline::{Method, Outline};
use crate::source::Source;
use crate::walk::within;
use crate::{Declaration, Declares, Facts, Framework, Mount, MountTarget, Route, braces, required};
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;

/// The application, and the controllers that Spring finds by itself: no variable is called like either.
const APPLICATION: &str = "application()";
const CONTROLLERS: &str = "controllers()";

/// The annotations that map requests of one verb.
const MAPPINGS: [(&str, &str); 5] = [
    ("GetMapping", "GET"),
    ("PostMapping", "POST"),
    ("PutMapping", "PUT"),
    ("DeleteMapping", "DELETE"),
    ("PatchMapping", "PATCH"),
];

/// The verbs that `RequestMethod` names.
const VERBS: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"];

/// Adds the applications that `expose` annotations start, and the routes of the file's controllers.
pub(super) fn add(source: &Source<'_>, outline: &Outline<'_>, facts: &mut Facts) {
    let runs: Vec<_> = outline.calls.iter().copied().filter(|call| runs(source, *call)).collect();
    for (index, annotation) in source.of_capability("expose") {
        let refused = required::not_public(annotation);
        let is_public = refused.is_none();
        facts.findings.extend(refused);
        let node = source.node_of(annotation);
        if !node.is_some_and(|node| is_application(outline, &runs, node)) {
            facts.findings.push(Finding::new(Code::NoResource, "no-listen", annotation.capability_at));
        } else if is_public {
            let (framework, router) = (Framework::Spring, APPLICATION.to_owned());
            let declares = Declares::Gateway { framework, router, prefix: String::new() };
            facts.declarations.push(Declaration { annotation: index, declares, symbol: None });
            facts.mounts.push(Mount {
                on: APPLICATION.to_owned(),
                prefix: None,
                target: MountTarget::Everywhere(CONTROLLERS.to_owned()),
                at: annotation.at,
            });
        }
    }
    let controllers: Vec<_> = outline.types.iter().map(|it| prefixes(source, &it.annotations)).collect();
    for method in &outline.methods {
        let prefixes = method.holder.and_then(|at| controllers.get(at)?.as_ref());
        if let Some(prefixes) = prefixes {
            map(source, method, prefixes, facts);
        }
    }
}

/// Whether code starts a Spring application: its class, or what runs it.
fn is_application(outline: &Outline<'_>, runs: &[Node<'_>], node: Node<'_>) -> bool {
    let at = node.byte_range().into();
    let types = within(&outline.types, at, |it| it.node);
    let mut annotations = types.iter().flat_map(|it| &it.annotations);
    !within(runs, at, |run| *run).is_empty() || annotations.any(|it| it.name == "SpringBootApplication")
}

/// `SpringApplication.run(...)`, or `new SpringApplicationBuilder(...).run(...)`.
fn runs(source: &Source<'_>, call: Node<'_>) -> bool {
    let name = call.child_by_field_name("name").map(|name| source.text_of(name));
    let object = call.child_by_field_name("object").filter(|_| name == Some("run"));
    object.is_some_and(|object| match object.kind() {
        "identifier" | "field_access" => last(source, object) == "SpringApplication",
        _ => source.text_of(object).starts_with("new SpringApplication"),
    })
}

/// The paths that a class gives all its routes; none if it is no controller, or they cannot be read.
fn prefixes(source: &Source<'_>, annotations: &[Annotation<'_>]) -> Option<Vec<String>> {
    annotations.iter().find(|it| matches!(it.name, "RestController" | "Controller"))?;
    match annotations.iter().find(|it| it.name == "RequestMapping") {
        Some(mapping) => paths(source, mapping),
        None => Some(vec![String::new()]),
    }
}

/// The paths of a mapping: the empty one without any, none if one is no plain string.
fn paths(source: &Source<'_>, mapping: &Annotation<'_>) -> Option<Vec<String>> {
    let values = mapping.values(source, &["value", "path"]);
    if values.is_empty() {
        return Some(vec![String::new()]);
    }
    // What `${...}` stands for is known when the program runs.
    let plain = |value| literal(source, value).filter(|text| !text.contains("${"));
    values.into_iter().map(|value| Some(plain(value)?.to_owned())).collect()
}

/// Adds the routes that a method of a controller answers.
fn map(source: &Source<'_>, method: &Method<'_>, prefixes: &[String], facts: &mut Facts) {
    for mapping in &method.annotations {
        let own = MAPPINGS.iter().find(|(name, _)| *name == mapping.name).map(|(_, verb)| *verb);
        let verbs = match own {
            Some(verb) => vec![verb],
            None if mapping.name == "RequestMapping" => verbs(source, mapping),
            None => continue,
        };
        for path in paths(source, mapping).unwrap_or_default() {
            for prefix in prefixes {
                let path = braces::in_graph(&format!("{prefix}/{path}"), braces::one_or_rest);
                let route = |verb| Route {
                    on: CONTROLLERS.to_owned(),
                    verb,
                    path: path.clone(),
                    at: Source::place_of(method.node),
                };
                verbs.iter().copied().map(route).for_each(|route| facts.add_route(route));
            }
        }
    }
}

/// The verbs of `@RequestMapping(method = ...)`: any without.
fn verbs(source: &Source<'_>, mapping: &Annotation<'_>) -> Vec<&'static str> {
    let named = mapping.values(source, &["method"]);
    let verbs = named.iter().filter_map(|name| {
        let name = last(source, *name);
        VERBS.into_iter().find(|verb| *verb == name)
    });
    if named.is_empty() { vec!["ANY"] } else { verbs.collect() }
}
