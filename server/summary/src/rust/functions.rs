//! Functions: what they are called, and what routers they make.

use super::attributes::Attribute;
use crate::source::Source;
use crate::{Function, FunctionName};
use klotho_grammars::Node;

/// Longer types do not lend their name to their functions: a type is written once for all of them.
pub(super) const LONGEST_OWNER: usize = 200;

/// The types of which a function that returns one makes a router.
const ROUTERS: [&str; 5] = ["Router", "App", "Scope", "Resource", "Route"];

/// A function as the maker of a router.
#[derive(Default)]
pub(super) struct Maker<'a> {
    /// Its name, for functions that are in no type.
    pub(super) name: Option<&'a str>,
    /// What the router that it makes is called.
    pub(super) router: String,
    /// Whether it makes one, by what it returns or configures.
    pub(super) is_maker: bool,
    /// The parameter that it configures, in Actix Web.
    pub(super) configures: Option<&'a str>,
    pub(super) attributes: Vec<Attribute<'a>>,
    pub(super) node: Option<Node<'a>>,
}

impl<'a> Maker<'a> {
    /// Reads a function.
    pub(super) fn read(
        source: &Source<'a>,
        node: Node<'a>,
        owner: Option<&'a str>,
        attributes: Vec<Attribute<'a>>,
    ) -> Self {
        let own = node.child_by_field_name("name").map_or("", |name| source.text_of(name));
        let configures = configures(source, node);
        let returned = node.child_by_field_name("return_type").map(|it| source.text_of(it));
        let returns = returned.is_some_and(|text| {
            let mut words = text.split(|letter: char| !letter.is_alphanumeric());
            words.any(|word| ROUTERS.iter().any(|router| word.ends_with(router)))
        });
        Self {
            name: owner.is_none().then_some(own),
            router: router_of(owner, own),
            is_maker: returns || configures.is_some() || !attributes.is_empty(),
            configures,
            attributes,
            node: Some(node),
        }
    }
}

/// What the router that a function makes is called. No variable is called like this.
pub(super) fn router_of(owner: Option<&str>, function: &str) -> String {
    owner.map_or_else(|| format!("{function}()"), |owner| format!("{owner}::{function}()"))
}

/// The parameter of the type `&mut web::ServiceConfig`.
fn configures<'a>(source: &Source<'a>, function: Node<'a>) -> Option<&'a str> {
    let parameters = function.child_by_field_name("parameters")?;
    let mut parameters = parameters.named_children();
    let parameter = parameters.find(|parameter| {
        let of = parameter.child_by_field_name("type").map(|of| source.text_of(of));
        of.is_some_and(|of| of.ends_with("ServiceConfig"))
    })?;
    let pattern = parameter.child_by_field_name("pattern").filter(|it| it.kind() == "identifier")?;
    Some(source.text_of(pattern))
}

/// Reads a function for the table of functions.
pub(super) fn function(source: &Source<'_>, node: Node<'_>, owner: Option<&str>) -> Option<Function> {
    let name = node.child_by_field_name("name").filter(|name| !name.byte_range().is_empty())?;
    let own = source.text_of(name);
    Some(Function {
        name: FunctionName::Named(owner.map_or_else(|| own.to_owned(), |of| format!("{of}::{own}"))),
        at: Source::place_of(node),
        name_at: Source::place_of(name),
        is_async: is_async(node),
    })
}

/// The type of an `impl` without its module and its parameters: `Users` of `impl Store for crate::Users<K>`.
pub(super) fn type_name<'a>(source: &Source<'a>, of: Option<Node<'a>>) -> Option<&'a str> {
    let mut of = of?;
    while of.kind() != "type_identifier" {
        let inner = of.child_by_field_name("name").or_else(|| of.child_by_field_name("type"));
        // A primitive, a tuple or a `dyn Trait` is called as it is written.
        let Some(inner) = inner else { return Some(source.text_of(of)) };
        of = inner;
    }
    Some(source.text_of(of))
}

fn is_async(function: Node<'_>) -> bool {
    let modifiers = function.children().find(|child| child.kind() == "function_modifiers");
    modifiers.is_some_and(|modifiers| modifiers.children().any(|modifier| modifier.kind() == "async"))
}
