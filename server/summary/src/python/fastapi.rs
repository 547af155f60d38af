//! Gateways and routes: FastAPI (reference, 5.5).

use super::block;
use super::literals::{children, is_string, keyword_strings, plain};
use super::outline::Outline;
use super::route_path;
use super::statements::{Assignment, Host, attribute, identifier};
use crate::source::Source;
use crate::{Declaration, Declares, Facts, Framework, Route, required};
use klotho_annotation::Annotation;
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;
use std::collections::HashSet;

/// The methods of an app that define a route, and the verbs they stand for.
const VERBS: [&str; 8] = ["ANY", "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"];

/// Other methods of an app that give it routes, none of which the compiler sees.
const UNSEEN: [&str; 7] = [
    "add_api_route",
    "add_api_websocket_route",
    "api_route",
    "include_router",
    "mount",
    "trace",
    "websocket",
];

/// More notes in one file say nothing new.
const MOST_UNSEEN: usize = 64;

/// Adds the apps that `expose` annotations serve, and all routes of the file.
pub(super) fn add(source: &Source<'_>, outline: &Outline<'_>, facts: &mut Facts) {
    let mut exposed = HashSet::new();
    for (index, annotation) in source.of_capability("expose") {
        let refused = required::not_public(annotation);
        let is_public = refused.is_none();
        facts.findings.extend(refused);
        match gateway(source, outline, annotation) {
            Ok((app, prefix)) if is_public => {
                exposed.insert(app.target);
                facts.findings.extend(block::inside(source, annotation, app.statement));
                facts.declarations.push(declaration(index, app.target, prefix));
            }
            Ok(_) => {}
            Err(finding) => facts.findings.push(finding),
        }
    }
    for decorator in &outline.decorators {
        if let Some(definition) = Definition::read(source, *decorator) {
            definition.add(source, &exposed, facts);
        }
    }
    facts.findings.extend(unseen(source, outline, &exposed));
}

/// A note at each call that gives an exposed app routes which the compiler does not see.
fn unseen(source: &Source<'_>, outline: &Outline<'_>, exposed: &HashSet<&str>) -> Vec<Finding> {
    let calls = if exposed.is_empty() { &[] } else { outline.calls.as_slice() };
    let unseen = calls.iter().filter_map(|call| {
        let (object, method) = attribute(source, call.function)?;
        let app = identifier(source, object).filter(|app| exposed.contains(app))?;
        let at = Source::place_of(call.function);
        let finding = Finding::new(Code::CompilerGap, "fastapi-method", at);
        UNSEEN.contains(&method).then(|| finding.with("method", method).with("app", app))
    });
    unseen.take(MOST_UNSEEN).collect()
}

fn declaration(annotation: usize, app: &str, prefix: String) -> Declaration {
    let declares = Declares::Gateway { framework: Framework::FastApi, router: app.to_owned(), prefix };
    Declaration { annotation, declares, symbol: Some(app.to_owned()) }
}

/// The app that an annotation serves, and its prefix.
fn gateway<'a, 's>(
    source: &Source<'a>,
    outline: &'s Outline<'a>,
    annotation: &Annotation,
) -> Result<(&'s Assignment<'a>, String), Finding> {
    let node = source.node_of(annotation);
    let mut assignments = node.into_iter().flat_map(|node| outline.assignments_in(node.byte_range().into()));
    let Some(app) = assignments.find(|it| it.host == Host::Nothing && it.function == "FastAPI") else {
        let finding = Finding::new(Code::NoResource, "no-app", annotation.capability_at);
        return Err(finding.with("framework", "FastAPI"));
    };
    Ok((app, root_path(source, app)?))
}

/// The prefix that an app gives all its routes. Only the first keyword argument with a string as its value is looked at.
fn root_path(source: &Source<'_>, app: &Assignment<'_>) -> Result<String, Finding> {
    match keyword_strings(source, app.arguments).next() {
        Some(("root_path", value)) => match plain(source, value) {
            Some(path) => Ok(route_path::prefix(path)),
            None => Err(not_literal(value)),
        },
        _ => Ok(String::new()),
    }
}

fn not_literal(path: Node<'_>) -> Finding {
    Finding::new(Code::LiteralRequired, "route", Source::place_of(path))
}

/// A decorator that defines routes: `@app.get("/")`.
struct Definition<'a> {
    decorator: Node<'a>,
    app: &'a str,
    verb: &'static str,
    /// The strings that are paths; more than one only where Python itself would refuse it.
    paths: Vec<Node<'a>>,
}

impl<'a> Definition<'a> {
    fn read(source: &Source<'a>, decorator: Node<'a>) -> Option<Self> {
        let call = decorator.named_child(0).filter(|child| child.kind() == "call")?;
        let (object, method) = attribute(source, call.child_by_field_name("function")?)?;
        let verb = VERBS.into_iter().find(|verb| verb.eq_ignore_ascii_case(method))?;
        let arguments = call.child_by_field_name("arguments").filter(|it| it.kind() == "argument_list")?;
        let first = children(arguments).first().copied().filter(|first| is_string(*first));
        let keywords = keyword_strings(source, arguments).filter(|(name, _)| *name == "path");
        let paths = first.into_iter().chain(keywords.map(|(_, value)| value)).collect();
        Some(Self { decorator, app: identifier(source, object)?, verb, paths })
    }

    /// Adds its routes. A path that cannot be read is refused only where the compiler looks for routes.
    fn add(&self, source: &Source<'a>, exposed: &HashSet<&str>, facts: &mut Facts) {
        for path in &self.paths {
            match plain(source, *path) {
                Some(text) => facts.routes.push(Route {
                    on: self.app.to_owned(),
                    verb: self.verb,
                    path: route_path::in_graph(text),
                    at: Source::place_of(self.decorator),
                }),
                None if exposed.contains(self.app) => facts.findings.push(not_literal(*path)),
                None => {}
            }
        }
    }
}
