//! What a program maps on its endpoints and the compiler passes over in silence (reference, 5.6).

use super::attributes::Attribute;
use super::endpoints::{MAPPING, arguments};
use super::literals::{is_taken, is_unknown, value};
use super::outline::{Call, Outline};
use super::startup::Startup;
use crate::source::Source;
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;
use klotho_text::Span;
use std::collections::HashMap;

/// More notes in one file say nothing new.
pub(super) const MOST: usize = 64;

/// Methods that map something which the compiler does not know. A list, because what is no endpoint may have methods whose
/// names start alike.
const UNKNOWN: [&str; 24] = [
    "MapAreaControllerRoute",
    "MapBlazorHub",
    "MapConnectionHandler",
    "MapConnections",
    "MapControllerRoute",
    "MapDefaultControllerRoute",
    "MapDynamicControllerRoute",
    "MapDynamicPageRoute",
    "MapFallback",
    "MapFallbackToAreaController",
    "MapFallbackToAreaPage",
    "MapFallbackToController",
    "MapFallbackToFile",
    "MapFallbackToPage",
    "MapGraphQL",
    "MapGroup",
    "MapGrpcService",
    "MapHealthChecks",
    "MapHub",
    "MapIdentityApi",
    "MapMethods",
    "MapPatch",
    "MapRazorComponents",
    "MapRazorPages",
];

/// A note at each call on the endpoints of exposed startup classes that the compiler does not take as it is meant.
pub(super) fn of<'s, 'a: 's>(
    outline: &Outline<'a>,
    exposed: impl Iterator<Item = &'s Startup<'a>>,
) -> Vec<Finding> {
    let mut adds_controllers = HashMap::new();
    for startup in exposed {
        for endpoints in &startup.endpoints {
            *adds_controllers.entry(endpoints.name).or_insert(true) &= startup.adds_controllers;
        }
    }
    let gaps = outline.calls.iter().filter_map(|call| gap(call, *adds_controllers.get(call.receiver)?));
    gaps.take(MOST).collect()
}

fn gap(call: &Call<'_>, adds_controllers: bool) -> Option<Finding> {
    let method = call.method.split('<').next().unwrap_or_default().trim_end();
    let variant = match method {
        "MapControllers" if !adds_controllers => "aspnet-controllers",
        _ if UNKNOWN.contains(&method) => "aspnet-method",
        _ if MAPPING.iter().any(|(name, _)| *name == call.method) && is_unread(call) => "aspnet-pattern",
        _ => return None,
    };
    Some(Finding::new(Code::CompilerGap, variant, method_name(call)).with("method", method))
}

/// Notes where an attribute gives something that is no plain or verbatim string: the compiler takes a path letter by letter, and
/// makes nothing of a verb, nor of a template that has a name.
pub(super) fn of_attribute(attribute: &Attribute<'_>) -> impl Iterator<Item = Finding> {
    let (path, verbs) = attribute.routed();
    let variant = |path: Node<'_>| if is_taken(path) { "aspnet-template" } else { "aspnet-unread" };
    let path = path.map(|path| (variant(path), path));
    let all = path.into_iter().chain(verbs.iter().map(|verb| ("aspnet-unread", *verb)));
    let unread = all.filter(|(_, value)| is_unknown(*value));
    let named = attribute.named_template().map(|template| ("aspnet-named", template));
    unread
        .chain(named)
        .map(|(variant, value)| Finding::new(Code::CompilerGap, variant, Source::place_of(value)))
}

/// Whether a route is mapped, by a pattern that is not written as a plain or verbatim string.
fn is_unread(call: &Call<'_>) -> bool {
    let [first, _] = arguments(call)[..] else { return false };
    value(first).is_some_and(is_unknown)
}

fn method_name(call: &Call<'_>) -> Span {
    let function = call.node.child_by_field_name("function");
    let name = function.and_then(|function| function.child_by_field_name("name"));
    // `MapHub<Chat>` is a name and the types that it is given.
    let plain = name.and_then(|name| name.named_child(0)).or(name);
    plain.unwrap_or(call.node).byte_range().into()
}
