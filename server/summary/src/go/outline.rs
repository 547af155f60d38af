//! The one walk over the tree: it collects the nodes that the other modules read, so that none walks again.

use super::expressions::{Call, identifier, literal};
use super::grammar::{Kind, kind};
use crate::source::Source;
use crate::walk::{Visitor, walk, within};
use klotho_grammars::Node;
use klotho_text::Span;

/// The statements and expressions of interest, each list in document order.
#[derive(Default)]
pub(super) struct Outline<'a> {
    pub(super) package: Option<&'a str>,
    pub(super) imports: Vec<Node<'a>>,
    /// Functions and methods.
    pub(super) functions: Vec<Node<'a>>,
    /// Functions without a name.
    pub(super) literals: Vec<Node<'a>>,
    pub(super) calls: Vec<Call<'a>>,
    /// Those of `calls` that look like one that starts a server: `a.b("...", name)`.
    pub(super) listens: Vec<Call<'a>>,
    pub(super) assignments: Vec<Assignment<'a>>,
}

/// `a, b := c`, `a, b = c`, or `a, b = c` in a declaration.
pub(super) struct Assignment<'a> {
    /// The whole statement: for a declaration, the one with `var` or `const`.
    pub(super) statement: Node<'a>,
    /// Those targets that are names.
    pub(super) targets: Vec<&'a str>,
    pub(super) values: Vec<Node<'a>>,
    pub(super) is_short: bool,
    /// The block around it.
    pub(super) block: Option<Span>,
}

impl<'a> Outline<'a> {
    /// Walks the tree of a file.
    pub(super) fn of(source: &Source<'a>) -> Self {
        let mut collector = Collector {
            source,
            above: Vec::new(),
            blocks: Vec::new(),
            declarations: Vec::new(),
            outline: Outline::default(),
        };
        walk(source.tree, &mut collector);
        collector.outline
    }

    /// The calls within a node's place.
    pub(super) fn calls_in(&self, at: Span) -> &[Call<'a>] {
        within(&self.calls, at, |call| call.node)
    }

    /// The first call within a node's place that looks like one that starts a server.
    pub(super) fn listen_in(&self, at: Span) -> Option<&Call<'a>> {
        within(&self.listens, at, |call| call.node).first()
    }
}

struct Collector<'s, 'a> {
    source: &'s Source<'a>,
    /// What the nodes from the root down to the current one are.
    above: Vec<Kind>,
    /// The blocks among them.
    blocks: Vec<Span>,
    /// The declarations among them.
    declarations: Vec<Node<'a>>,
    outline: Outline<'a>,
}

impl<'a> Visitor<'a> for Collector<'_, 'a> {
    fn enter(&mut self, node: Node<'a>) -> bool {
        let kind = kind(node);
        match kind {
            Kind::Package => {
                self.outline.package = node.named_child(0).map(|name| self.source.text_of(name));
            }
            Kind::Import => self.outline.imports.push(node),
            Kind::Function | Kind::Method => self.outline.functions.push(node),
            Kind::Literal => self.outline.literals.push(node),
            Kind::Call => self.call(node),
            Kind::Short | Kind::Assignment => self.assignment(node, node, kind == Kind::Short),
            Kind::Spec => {
                if let Some(declaration) = self.declarations.last() {
                    self.assignment(*declaration, node, false);
                }
            }
            Kind::Block => self.blocks.push(node.byte_range().into()),
            Kind::Declaration => self.declarations.push(node),
            Kind::Other => {}
        }
        self.above.push(kind);
        true
    }

    fn leave(&mut self) {
        match self.above.pop() {
            Some(Kind::Block) => drop(self.blocks.pop()),
            Some(Kind::Declaration) => drop(self.declarations.pop()),
            _ => {}
        }
    }
}

impl<'a> Collector<'_, 'a> {
    fn call(&mut self, node: Node<'a>) {
        let Some(call) = Call::read(self.source, node) else { return };
        let (first, second) = call.first_two();
        let text = first.and_then(|first| literal(self.source, first));
        let name = second.and_then(|second| identifier(self.source, second));
        if text.is_some() && name.is_some() {
            self.outline.listens.push(call);
        }
        self.outline.calls.push(call);
    }

    fn assignment(&mut self, statement: Node<'a>, part: Node<'a>, is_short: bool) {
        let targets = match part.child_by_field_name("left") {
            Some(left) => identifiers(self.source, left),
            None => named_by(self.source, part),
        };
        let right = part.child_by_field_name("right").or_else(|| part.child_by_field_name("value"));
        let mut values = Vec::new();
        if let Some(right) = right {
            values.extend(right.named_children());
        }
        let block = self.blocks.last().copied();
        self.outline.assignments.push(Assignment { statement, targets, values, is_short, block });
    }
}

fn identifiers<'a>(source: &Source<'a>, list: Node<'a>) -> Vec<&'a str> {
    list.named_children().filter_map(|target| identifier(source, target)).collect()
}

fn named_by<'a>(source: &Source<'a>, spec: Node<'a>) -> Vec<&'a str> {
    spec.children_by_field_name("name").filter_map(|name| identifier(source, name)).collect()
}
