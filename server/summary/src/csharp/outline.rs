//! The one walk over the tree: it collects the nodes that the other modules read, so that none walks again.

use super::grammar::{Kind, kind};
use super::scopes::Scopes;
use crate::source::Source;
use crate::walk::{Visitor, walk};
use crate::{Function, FunctionName};
use klotho_grammars::Node;
use klotho_text::Span;

/// Methods of types nested deeper than this leave the outer names out.
const DEEPEST_NAME: usize = 8;

/// Longer names of types do not go into the names of their methods.
const LONGEST_OWNER: usize = 200;

/// The declarations and calls of interest, each list in document order.
pub(super) struct Outline<'a> {
    pub(super) scopes: Scopes<'a>,
    pub(super) types: Vec<Type<'a>>,
    pub(super) methods: Vec<Method<'a>>,
    /// `name.method(...)`
    pub(super) calls: Vec<Call<'a>>,
    /// `namespace A;`, if the file has one.
    pub(super) file_namespace: Option<Span>,
}

/// A class, struct, record or interface.
pub(super) struct Type<'a> {
    pub(super) node: Node<'a>,
    pub(super) name: &'a str,
    pub(super) is_class: bool,
    pub(super) scope: usize,
    /// Index of the type that it is nested in.
    pub(super) outer: Option<usize>,
    pub(super) modifiers: Vec<&'a str>,
    pub(super) attributes: Vec<Node<'a>>,
    pub(super) bases: Option<Node<'a>>,
}

/// A method of a type.
pub(super) struct Method<'a> {
    pub(super) node: Node<'a>,
    pub(super) name: Node<'a>,
    pub(super) own_name: &'a str,
    /// Index of its type.
    pub(super) owner: usize,
    pub(super) modifiers: Vec<&'a str>,
    pub(super) attributes: Vec<Node<'a>>,
}

/// `name.method(...)`
pub(super) struct Call<'a> {
    pub(super) node: Node<'a>,
    pub(super) receiver: &'a str,
    pub(super) method: &'a str,
    pub(super) arguments: Node<'a>,
}

impl<'a> Outline<'a> {
    /// Walks the tree of a file.
    pub(super) fn of(source: &Source<'a>) -> Self {
        let outline = Outline {
            scopes: Scopes::new(),
            types: Vec::new(),
            methods: Vec::new(),
            calls: Vec::new(),
            file_namespace: None,
        };
        let mut collector =
            Collector { source, above: Vec::new(), scopes: vec![0], types: Vec::new(), outline };
        walk(source.tree, &mut collector);
        collector.outline
    }

    /// The calls within a node.
    pub(super) fn calls_in(&self, node: Node<'_>) -> impl Iterator<Item = &Call<'a>> {
        let range = node.byte_range();
        let from = self.calls.partition_point(|call| call.node.start_byte() < range.start);
        self.calls[from..].iter().take_while(move |call| call.node.start_byte() < range.end)
    }

    /// The innermost type around a place, other than one that stands exactly there.
    pub(super) fn type_around(&self, at: Span) -> Option<usize> {
        let before = self.types.partition_point(|found| found.node.start_byte() < at.start as usize);
        let mut candidate = before.checked_sub(1);
        while let Some(found) = candidate.and_then(|index| self.types.get(index)) {
            if found.node.end_byte() >= at.end as usize {
                return candidate;
            }
            candidate = found.outer;
        }
        None
    }

    /// Methods with a body, named after their types.
    pub(super) fn functions(&self) -> Vec<Function> {
        let with_body =
            self.methods.iter().filter(|method| method.node.child_by_field_name("body").is_some());
        let function = |method: &Method<'a>| Function {
            name: FunctionName::Named(self.qualified(method)),
            at: Source::place_of(method.node),
            name_at: Source::place_of(method.name),
            is_async: method.modifiers.contains(&"async"),
        };
        with_body.filter(|method| !method.name.byte_range().is_empty()).map(function).collect()
    }

    /// The name of a method after those of the types around it.
    fn qualified(&self, method: &Method<'a>) -> String {
        let owners = std::iter::successors(self.types.get(method.owner), |it| self.types.get(it.outer?));
        let names = owners.take(DEEPEST_NAME).map(|owner| owner.name);
        let usable = names.filter(|name| !name.is_empty() && name.len() <= LONGEST_OWNER);
        let mut names: Vec<_> = usable.collect();
        names.reverse();
        names.push(method.own_name);
        names.join(".")
    }
}

/// What stands above a node, as far as it matters to what is right below.
#[derive(Clone, Copy, PartialEq)]
enum Above {
    Namespace,
    Type,
    Method,
    Other,
}

struct Collector<'s, 'a> {
    source: &'s Source<'a>,
    /// From the root down to the parent of the current node.
    above: Vec<Above>,
    /// The scopes around the current node, innermost last.
    scopes: Vec<usize>,
    /// The types around the current node, innermost last.
    types: Vec<usize>,
    outline: Outline<'a>,
}

impl<'a> Visitor<'a> for Collector<'_, 'a> {
    fn enter(&mut self, node: Node<'a>) -> bool {
        let above = self.above.last().copied().unwrap_or(Above::Other);
        let mut opened = Above::Other;
        match kind(node) {
            Kind::Namespace => {
                let name = self.name_of(node);
                self.scopes.push(self.outline.scopes.open(self.scope(), name));
                opened = Above::Namespace;
            }
            Kind::FileNamespace => {
                self.outline.scopes.name_file(self.name_of(node));
                self.outline.file_namespace = Some(node.byte_range().into());
            }
            Kind::Using => self.using(node),
            Kind::Class => opened = self.open_type(node, true),
            Kind::OtherType => opened = self.open_type(node, false),
            Kind::Method => opened = self.open_method(node),
            Kind::Attributes | Kind::Modifier | Kind::Bases => self.describe(above, node),
            Kind::Call => self.outline.calls.extend(Call::read(self.source, node)),
            Kind::Other => {}
        }
        self.above.push(opened);
        true
    }

    fn leave(&mut self) {
        match self.above.pop() {
            Some(Above::Namespace) => {
                self.scopes.pop();
            }
            Some(Above::Type) => {
                self.types.pop();
            }
            _ => {}
        }
    }
}

impl<'a> Collector<'_, 'a> {
    fn scope(&self) -> usize {
        self.scopes.last().copied().unwrap_or_default()
    }

    fn name_of(&self, node: Node<'a>) -> &'a str {
        node.child_by_field_name("name").map_or("", |name| self.source.text_of(name))
    }

    fn using(&mut self, node: Node<'a>) {
        let scope = self.scope();
        let Some(target) = super::literals::value(node).map(|target| self.source.text_of(target)) else {
            return;
        };
        let is_static = node.child(1).is_some_and(|second| second.kind() == "static");
        match node.child_by_field_name("name") {
            Some(alias) => self.outline.scopes.add_alias(scope, self.source.text_of(alias), target),
            None if is_static => {}
            None => self.outline.scopes.add_using(scope, target),
        }
    }

    fn open_type(&mut self, node: Node<'a>, is_class: bool) -> Above {
        let (name, scope, outer) = (self.name_of(node), self.scope(), self.types.last().copied());
        if outer.is_none() {
            self.outline.scopes.add_type(scope, name);
        }
        self.types.push(self.outline.types.len());
        self.outline.types.push(Type {
            node,
            name,
            is_class,
            scope,
            outer,
            modifiers: Vec::new(),
            attributes: Vec::new(),
            bases: None,
        });
        Above::Type
    }

    fn open_method(&mut self, node: Node<'a>) -> Above {
        let (Some(name), Some(owner)) = (node.child_by_field_name("name"), self.types.last().copied()) else {
            return Above::Other;
        };
        let own_name = self.source.text_of(name);
        self.outline.methods.push(Method {
            node,
            name,
            own_name,
            owner,
            modifiers: Vec::new(),
            attributes: Vec::new(),
        });
        Above::Method
    }

    /// A modifier, attribute or base belongs to the declaration right above it.
    fn describe(&mut self, above: Above, node: Node<'a>) {
        let text = self.source.text_of(node);
        match (above, kind(node)) {
            (Above::Type, found) => {
                let Some(owner) = self.types.last().and_then(|index| self.outline.types.get_mut(*index))
                else {
                    return;
                };
                match found {
                    Kind::Attributes => owner.attributes.push(node),
                    Kind::Modifier => owner.modifiers.push(text),
                    _ => owner.bases = Some(node),
                }
            }
            (Above::Method, found) => {
                let Some(method) = self.outline.methods.last_mut() else { return };
                match found {
                    Kind::Attributes => method.attributes.push(node),
                    _ => method.modifiers.push(text),
                }
            }
            _ => {}
        }
    }
}

impl<'a> Call<'a> {
    fn read(source: &Source<'a>, node: Node<'a>) -> Option<Self> {
        let function = node.child_by_field_name("function")?;
        if function.kind() != "member_access_expression" {
            return None;
        }
        let receiver = function.child_by_field_name("expression").filter(|it| it.kind() == "identifier")?;
        let method = source.text_of(function.child_by_field_name("name")?);
        let arguments = node.child_by_field_name("arguments")?;
        Some(Self { node, receiver: source.text_of(receiver), method, arguments })
    }
}

impl Type<'_> {
    /// Whether only the type that it is nested in can use it: nested types are private unless they say otherwise.
    pub(super) fn is_private(&self) -> bool {
        let has = |modifier| self.modifiers.contains(&modifier);
        let is_open = ["public", "internal", "protected"].into_iter().any(has);
        !is_open && (has("private") || self.outer.is_some())
    }
}

impl Method<'_> {
    /// Whether it is a public method of its objects, with code of its own.
    pub(super) fn is_public(&self) -> bool {
        let has = |modifier| self.modifiers.contains(&modifier);
        has("public") && !has("static") && !has("abstract")
    }
}
