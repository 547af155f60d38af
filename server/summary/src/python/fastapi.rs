//! `expose` and the routes of FastAPI (reference, 5.5).

use super::outline::{Assignment, Outline};
use super::paths;
use super::syntax::{Literal, arguments, keyword, literal, plain};
use crate::source::Source;
use crate::{Declaration, Declares, Facts, Framework, Route};
use klotho_annotation::Annotation;
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;

const VERBS: [&str; 8] = ["ANY", "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"];

/// Adds the gateways that annotations declare, and the routes of the whole file.
pub(super) fn gateways(source: &Source<'_>, outline: &Outline<'_>, facts: &mut Facts) {
    let mut routers = Vec::new();
    for (index, annotation) in source.of_capability("expose") {
        facts.findings.extend(target_finding(annotation));
        let node = source.node_of(annotation);
        let assignments = node.map(|node| outline.assignments_in(node)).unwrap_or_default();
        let Some(app) = assignments.iter().find(|assignment| assignment.callee == "FastAPI") else {
            let finding = Finding::new(Code::NoResource, "no-app", annotation.capability_at);
            facts.findings.push(finding.with("framework", "FastAPI"));
            continue;
        };
        routers.push(app.name);
        facts.declarations.push(gateway(source, index, app));
    }
    for decorator in &outline.decorators {
        routes(source, *decorator, &routers, facts);
    }
}

fn target_finding(annotation: &Annotation) -> Option<Finding> {
    let Some(target) = annotation.directives.get("target") else {
        return Some(Finding::new(Code::TargetNotPublic, "missing", annotation.capability_at));
    };
    let finding = || Finding::new(Code::TargetNotPublic, "other", target.at).with("value", target.to_json());
    (target.as_str() != Some("public")).then(finding)
}

fn gateway(source: &Source<'_>, annotation: usize, app: &Assignment<'_>) -> Declaration {
    // The compiler takes the first keyword with a plain string and asks for its name only then.
    let strings = arguments(app.call).into_iter().filter_map(|argument| {
        let (name, value) = keyword(source, argument)?;
        Some((name, plain(source, value)?))
    });
    let root_path = strings.take(1).find(|(name, _)| *name == "root_path");
    let prefix = root_path.map_or_else(String::new, |(_, path)| paths::prefix(path));
    let router = app.name.to_owned();
    let declares = Declares::Gateway { framework: Framework::FastApi, router, prefix };
    Declaration { annotation, declares, symbol: Some(app.name.to_owned()) }
}

fn routes(source: &Source<'_>, decorator: Node<'_>, routers: &[&str], facts: &mut Facts) {
    let Some((on, verb)) = receiver_and_verb(source, decorator) else { return };
    let Some(path) = path_argument(source, decorator) else { return };
    match literal(source, path) {
        Literal::Plain(path) => {
            let at = Source::place_of(decorator);
            facts.routes.push(Route { on: on.to_owned(), verb, path: paths::route(path), at });
        }
        // Only of an exposed app: `@mock.patch(f"...")` is no route.
        Literal::Prefixed if routers.contains(&on) => {
            facts.findings.push(Finding::new(Code::LiteralRequired, "route", Source::place_of(path)));
        }
        Literal::Prefixed | Literal::Other => {}
    }
}

fn receiver_and_verb<'a>(source: &Source<'a>, call: Node<'_>) -> Option<(&'a str, &'static str)> {
    let function = call.child_by_field_name("function").filter(|node| node.kind() == "attribute")?;
    let receiver = function.child_by_field_name("object").filter(|node| node.kind() == "identifier")?;
    let method = source.text_of(function.child_by_field_name("attribute")?);
    let verb = VERBS.iter().find(|verb| verb.eq_ignore_ascii_case(method))?;
    Some((source.text_of(receiver), *verb))
}

/// The first argument, or the one named `path`.
fn path_argument<'a>(source: &Source<'a>, call: Node<'a>) -> Option<Node<'a>> {
    let arguments = arguments(call);
    let first = arguments.first().copied().filter(|argument| argument.kind() != "keyword_argument");
    let named =
        || arguments.iter().find_map(|argument| keyword(source, *argument).filter(|(n, _)| *n == "path"));
    first.or_else(|| named().map(|(_, value)| value))
}
