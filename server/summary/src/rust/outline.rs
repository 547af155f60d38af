//! The one walk over the tree: it collects the nodes that the other modules read, so that none walks again.

use super::attributes::{self, Attribute};
use super::functions::{self, Maker};
use super::names::Names;
use crate::Function;
use crate::source::Source;
use crate::walk::{Visitor, walk};
use klotho_grammars::Node;

/// What the walk finds, each list in document order.
#[derive(Default)]
pub(super) struct Outline<'a> {
    pub(super) names: Names<'a>,
    pub(super) items: Vec<Item<'a>>,
    /// The functions that items are in; the first is the file itself.
    pub(super) makers: Vec<Maker<'a>>,
    pub(super) functions: Vec<Function>,
}

/// A node of interest, and the index of the function that it is in.
pub(super) struct Item<'a> {
    pub(super) node: Node<'a>,
    pub(super) kind: Kind,
    pub(super) maker: usize,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Call,
    /// `let`, `static`, `const` or an assignment.
    Binding,
    Function,
    Return,
}

impl<'a> Outline<'a> {
    /// Walks the tree of a file.
    pub(super) fn of(source: &Source<'a>) -> Self {
        let outline = Outline { makers: vec![Maker::default()], ..Outline::default() };
        let mut collector =
            Collector { source, owners: Vec::new(), makers: vec![0], attributes: Vec::new(), outline };
        walk(source.tree, &mut collector);
        collector.outline
    }
}

struct Collector<'s, 'a> {
    source: &'s Source<'a>,
    /// From the root down: the type that functions right below belong to, and whether the node is a function.
    owners: Vec<(Option<&'a str>, bool)>,
    /// The functions around the current node.
    makers: Vec<usize>,
    /// Attributes that no item has followed yet.
    attributes: Vec<Attribute<'a>>,
    outline: Outline<'a>,
}

impl<'a> Visitor<'a> for Collector<'_, 'a> {
    fn enter(&mut self, node: Node<'a>) -> bool {
        let above = self.owners.last().and_then(|(owner, _)| *owner);
        let is_between = node.kind() == "attribute_item" || node.kind().ends_with("comment");
        // An attribute belongs to the item that follows it.
        let attributes = if is_between { Vec::new() } else { std::mem::take(&mut self.attributes) };
        let mut owner = None;
        let mut is_function = false;
        match node.kind() {
            "use_declaration" => {
                self.outline.names.take_use(self.source, node);
                return false;
            }
            "attribute_item" => {
                self.attributes.extend(attributes::read(self.source, node));
                return false;
            }
            "mod_item" => self.module(node),
            "impl_item" => owner = functions::type_name(self.source, node.child_by_field_name("type")),
            "trait_item" => owner = node.child_by_field_name("name").map(|name| self.source.text_of(name)),
            "declaration_list" => owner = above,
            "function_item" => {
                self.function(node, above, attributes);
                is_function = true;
            }
            "call_expression" => self.item(node, Kind::Call),
            "let_declaration" | "static_item" | "const_item" | "assignment_expression" => {
                self.item(node, Kind::Binding);
            }
            "return_expression" => self.item(node, Kind::Return),
            _ => {}
        }
        self.owners.push((owner.filter(|owner| owner.len() <= functions::LONGEST_OWNER), is_function));
        true
    }

    fn leave(&mut self) {
        if let Some((_, true)) = self.owners.pop() {
            self.makers.pop();
        }
    }
}

impl<'a> Collector<'_, 'a> {
    fn item(&mut self, node: Node<'a>, kind: Kind) {
        let maker = self.makers.last().copied().unwrap_or_default();
        self.outline.items.push(Item { node, kind, maker });
    }

    fn module(&mut self, node: Node<'a>) {
        let name = node.child_by_field_name("name").filter(|_| node.child_by_field_name("body").is_some());
        if let Some(name) = name {
            self.outline.names.take_module(self.source.text_of(name));
        }
    }

    fn function(&mut self, node: Node<'a>, owner: Option<&'a str>, attributes: Vec<Attribute<'a>>) {
        self.outline.functions.extend(functions::function(self.source, node, owner));
        self.makers.push(self.outline.makers.len());
        self.outline.makers.push(Maker::read(self.source, node, owner, attributes));
        self.item(node, Kind::Function);
    }
}
