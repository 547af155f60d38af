//! What a program defines on its router and the compiler passes over in silence, or takes otherwise than it is meant
//! (reference, 5.6).

use super::chi::{Router, VERBS};
use super::expressions::{Call, identifier, literal};
use super::outline::Outline;
use crate::source::Source;
use crate::walk::within;
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;
use klotho_text::Span;

/// More notes in one file say nothing new.
const MOST: usize = 64;

/// The methods that define a route which the compiler does not know.
const UNKNOWN: [&str; 6] = ["Connect", "Handle", "HandleFunc", "Method", "MethodFunc", "Trace"];

/// What stands where a function is asked for.
#[derive(PartialEq)]
enum Inner {
    /// A function whose parameter is called like the router.
    SameName,
    /// Any other function.
    Unseen,
    /// No function yet.
    Missing,
}

/// A note at each call on the exposed router that the compiler does not take as it is meant.
pub(super) fn of(source: &Source<'_>, outline: &Outline<'_>, router: &Router<'_>) -> Vec<Finding> {
    let mut shadows = shadows(source, outline, router).into_iter().peekable();
    let mut shadowed_until = 0;
    let calls = outline.calls_in(router.block).iter().filter(|call| call.host == router.name);
    let own = calls.filter(|call| {
        let start = call.node.start_byte();
        while let Some((_, until)) = shadows.next_if(|(from, _)| *from <= start) {
            shadowed_until = shadowed_until.max(until);
        }
        start >= shadowed_until
    });
    own.filter_map(|call| gap(source, call)).take(MOST).collect()
}

/// Where the router's name means something else, in document order: below a parameter or variable of that name.
fn shadows(source: &Source<'_>, outline: &Outline<'_>, router: &Router<'_>) -> Vec<(usize, usize)> {
    let literals = within(&outline.literals, router.block, |node| *node).iter();
    let parameters = literals.filter(|literal| is_other(source, **literal, router.name));
    let mut all: Vec<_> = parameters.map(|node| (node.start_byte(), node.end_byte())).collect();
    for assignment in within(&outline.assignments, router.block, |it| it.statement) {
        let declares = assignment.is_short || assignment.statement.kind() == "var_declaration";
        let inner = assignment.block.filter(|block| *block != router.block && declares);
        if let Some(block) = inner.filter(|_| assignment.targets.contains(&router.name)) {
            all.push((assignment.statement.start_byte(), block.range().end));
        }
    }
    all.sort_unstable();
    all
}

/// Whether a function has a parameter of this name that is no router.
fn is_other(source: &Source<'_>, function: Node<'_>, name: &str) -> bool {
    let Some(parameters) = function.child_by_field_name("parameters") else { return false };
    parameters.named_children().any(|parameter| {
        let of = parameter.child_by_field_name("type").map_or("", |of| source.text_of(of));
        let mut names = parameter.children_by_field_name("name");
        !of.ends_with("Router") && !of.ends_with("Mux") && names.any(|it| source.text_of(it) == name)
    })
}

fn gap(source: &Source<'_>, call: &Call<'_>) -> Option<Finding> {
    let (first, second) = call.first_two();
    let first = first.filter(|first| !first.is_error());
    let is_unread = first.is_some_and(|first| literal(source, first).is_none());
    let is_verb = VERBS.iter().any(|verb| verb.eq_ignore_ascii_case(call.method));
    let variant = match call.method {
        method if UNKNOWN.contains(&method) => "chi-method",
        "With" => "chi-with",
        "Route" => match inner(source, call.host, second) {
            // Nothing is lost with a path that adds nothing.
            Inner::SameName => {
                let path = first.and_then(|first| literal(source, first));
                path.is_none_or(|path| !path.trim_matches('/').is_empty()).then_some("chi-prefix")?
            }
            Inner::Unseen => "chi-nested",
            Inner::Missing => return None,
        },
        "Group" => (inner(source, call.host, first) == Inner::Unseen).then_some("chi-group")?,
        "Mount" if is_unread => "chi-path",
        "Mount" => second.filter(|second| is_local(source, *second)).map(|_| "chi-mount")?,
        _ if is_verb && is_unread => "chi-path",
        _ => return None,
    };
    let finding = Finding::new(Code::CompilerGap, variant, method_name(call));
    Some(finding.with("method", call.method).with("router", call.host))
}

/// The function that an argument is, or stands for.
fn inner(source: &Source<'_>, router: &str, argument: Option<Node<'_>>) -> Inner {
    let Some(argument) = argument.filter(|argument| !argument.is_error()) else { return Inner::Missing };
    let parameters = argument.child_by_field_name("parameters").filter(|_| argument.kind() == "func_literal");
    let first = parameters.and_then(|parameters| parameters.named_child(0));
    let name = first.and_then(|first| identifier(source, first.child_by_field_name("name")?));
    if name == Some(router) { Inner::SameName } else { Inner::Unseen }
}

/// Whether what is mounted is no call of another package's function.
fn is_local(source: &Source<'_>, mounted: Node<'_>) -> bool {
    !mounted.is_error() && (mounted.kind() != "call_expression" || Call::read(source, mounted).is_none())
}

fn method_name(call: &Call<'_>) -> Span {
    let function = call.node.child_by_field_name("function");
    let name = function.and_then(|function| function.child_by_field_name("field"));
    name.unwrap_or(call.node).byte_range().into()
}
