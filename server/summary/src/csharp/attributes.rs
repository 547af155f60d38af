//! The attributes that ASP.NET Core reads: those of `Microsoft.AspNetCore.Mvc`.

use super::literals::{is_taken, string, value};
use super::scopes::Scopes;
use crate::source::Source;
use klotho_grammars::Node;

/// Where they are declared.
const NAMESPACE: &str = "Microsoft.AspNetCore.Mvc";

/// What an attribute says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Route,
    Area,
    /// `[ApiController]`, `[Controller]`
    Controller,
    NonController,
    NonAction,
    AcceptVerbs,
    Verb(&'static str),
}

/// Short names alone: the compiler does not know `[RouteAttribute]`.
const MEANINGS: [(&str, Meaning); 14] = [
    ("Route", Meaning::Route),
    ("Area", Meaning::Area),
    ("ApiController", Meaning::Controller),
    ("Controller", Meaning::Controller),
    ("NonController", Meaning::NonController),
    ("NonAction", Meaning::NonAction),
    ("AcceptVerbs", Meaning::AcceptVerbs),
    ("HttpGet", Meaning::Verb("GET")),
    ("HttpPost", Meaning::Verb("POST")),
    ("HttpPut", Meaning::Verb("PUT")),
    ("HttpDelete", Meaning::Verb("DELETE")),
    ("HttpPatch", Meaning::Verb("PATCH")),
    ("HttpOptions", Meaning::Verb("OPTIONS")),
    ("HttpHead", Meaning::Verb("HEAD")),
];

/// An attribute of ASP.NET Core.
pub(super) struct Attribute<'a> {
    pub(super) node: Node<'a>,
    pub(super) meaning: Meaning,
    /// Without a name.
    positional: Vec<Node<'a>>,
    named: Vec<(&'a str, Node<'a>)>,
}

/// A template as an attribute gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Template {
    /// The attribute has no argument at all.
    Missing,
    /// A string, or the very letters of anything else; empty where only other arguments are given.
    Text(String),
    /// Something of which the compiler makes nothing.
    Unreadable,
}

/// The attributes of lists, in document order.
pub(super) fn of<'a>(
    source: &Source<'a>,
    scopes: &Scopes<'a>,
    scope: usize,
    lists: &[Node<'a>],
) -> Vec<Attribute<'a>> {
    let mut found = Vec::new();
    for list in lists {
        let attributes = list.named_children().filter(|child| child.kind() == "attribute");
        found.extend(attributes.filter_map(|node| Attribute::read(source, scopes, scope, node)));
    }
    found
}

impl<'a> Attribute<'a> {
    fn read(source: &Source<'a>, scopes: &Scopes<'a>, scope: usize, node: Node<'a>) -> Option<Self> {
        let written = source.text_of(node.child_by_field_name("name")?);
        let name = scopes.type_in(scope, written, NAMESPACE)?;
        let (_, meaning) = MEANINGS.into_iter().find(|(known, _)| *known == name)?;
        let mut attribute = Self { node, meaning, positional: Vec::new(), named: Vec::new() };
        let list = node.named_children().find(|child| child.kind() == "attribute_argument_list");
        if let Some(list) = list {
            for argument in list.named_children().filter(|it| it.kind() == "attribute_argument") {
                attribute.add(source, argument);
            }
        }
        Some(attribute)
    }

    fn add(&mut self, source: &Source<'a>, argument: Node<'a>) {
        let Some(value) = value(argument) else { return };
        match argument.child_by_field_name("name") {
            Some(name) => self.named.push((source.text_of(name), value)),
            None => self.positional.push(value),
        }
    }

    /// The first argument without a name.
    pub(super) fn template(&self, source: &Source<'_>) -> Template {
        match self.positional.first() {
            Some(first) => text(source, *first),
            None if self.named.is_empty() => Template::Missing,
            None => Template::Text(String::new()),
        }
    }

    /// `Route = "..."`
    pub(super) fn named_route(&self, source: &Source<'_>) -> Template {
        let route = self.named.iter().find(|(name, _)| *name == "Route");
        route.map_or(Template::Missing, |(_, value)| text(source, *value))
    }

    /// The values that say where routes lead, and those that say their verbs.
    pub(super) fn routed(&self) -> (Option<Node<'a>>, &[Node<'a>]) {
        match self.meaning {
            Meaning::Route | Meaning::Area | Meaning::Verb(_) => (self.positional.first().copied(), &[]),
            Meaning::AcceptVerbs => {
                let route = self.named.iter().find(|(name, _)| *name == "Route");
                (route.map(|(_, value)| *value), &self.positional)
            }
            _ => (None, &[]),
        }
    }

    /// The template that is given by its name, where the compiler looks for one without.
    pub(super) fn named_template(&self) -> Option<Node<'a>> {
        let is_looked_for =
            matches!(self.meaning, Meaning::Route | Meaning::Verb(_)) && self.positional.is_empty();
        let template = self.named.iter().find(|(name, _)| is_looked_for && *name == "template");
        template.map(|(_, value)| *value)
    }

    /// The verbs that it lists.
    pub(super) fn verbs(&self, source: &Source<'_>) -> Vec<&'static str> {
        const VERBS: [&str; 8] = ["ANY", "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"];
        let stated: Vec<_> = self.positional.iter().filter_map(|node| string(source, *node)).collect();
        VERBS.into_iter().filter(|verb| stated.iter().any(|it| verb.eq_ignore_ascii_case(it))).collect()
    }
}

/// What the compiler takes an argument for: it knows no values, so that of what is no string it takes what is written.
fn text(source: &Source<'_>, node: Node<'_>) -> Template {
    let written = || is_taken(node).then(|| source.text_of(node).to_owned());
    let text = string(source, node).or_else(written);
    text.map_or(Template::Unreadable, Template::Text)
}
