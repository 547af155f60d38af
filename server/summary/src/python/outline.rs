//! The one walk over the tree: it collects the nodes that the other modules read, so that none walks again.

use super::grammar::{Kind, kind};
use super::statements::{Assignment, Call, ImportStatement};
use crate::source::Source;
use crate::walk::{Visitor, walk};
use crate::{Function, FunctionName};
use klotho_grammars::Node;
use klotho_text::{Place, Span};

/// Functions nested deeper than this leave the outer names out.
const DEEPEST_NAME: usize = 8;

/// Longer names of classes and functions do not go into the names of what they hold.
const LONGEST_OWNER: usize = 200;

/// The statements and expressions of interest, each list in document order.
#[derive(Default)]
pub(super) struct Outline<'a> {
    pub(super) imports: Vec<ImportStatement<'a>>,
    /// `name = function(...)`
    pub(super) assignments: Vec<Assignment<'a>>,
    pub(super) calls: Vec<Call<'a>>,
    pub(super) decorators: Vec<Node<'a>>,
    /// `with ...:`, asynchronous or not.
    pub(super) withs: Vec<Node<'a>>,
    pub(super) functions: Vec<Function>,
}

impl<'a> Outline<'a> {
    /// Walks the tree of a file.
    pub(super) fn of(source: &Source<'a>) -> Self {
        let mut collector =
            Collector { source, above: Vec::new(), owners: Vec::new(), outline: Outline::default() };
        walk(source.tree, &mut collector);
        collector.outline
    }

    /// The assignments within a node's place.
    pub(super) fn assignments_in(&self, at: Span) -> impl Iterator<Item = &Assignment<'a>> {
        let range = at.range();
        let from = self.assignments.partition_point(|found| found.statement.start_byte() < range.start);
        self.assignments[from..].iter().take_while(move |found| found.statement.end_byte() <= range.end)
    }

    /// The import statements within a node's place.
    pub(super) fn imports_in(&self, at: Span) -> impl Iterator<Item = &ImportStatement<'a>> {
        let range = at.range();
        let from = self.imports.partition_point(|found| found.node.start_byte() < range.start);
        self.imports[from..].iter().take_while(move |found| found.node.end_byte() <= range.end)
    }
}

struct Collector<'s, 'a> {
    source: &'s Source<'a>,
    /// From the root down to the parent of the current node: what each is and where it starts.
    above: Vec<(Kind, usize)>,
    /// The names of the functions and classes around the current node, outermost first.
    owners: Vec<&'a str>,
    outline: Outline<'a>,
}

impl<'a> Visitor<'a> for Collector<'_, 'a> {
    fn enter(&mut self, node: Node<'a>) -> bool {
        let kind = kind(node);
        match kind {
            Kind::Import | Kind::FromImport => {
                self.outline.imports.push(ImportStatement::read(self.source, node));
                return false;
            }
            Kind::Statement => self.outline.assignments.extend(Assignment::read(self.source, node)),
            Kind::Call => {
                let holder = self.above.last().map(|(kind, _)| *kind);
                self.outline.calls.extend(Call::read(
                    node,
                    holder == Some(Kind::Await),
                    holder == Some(Kind::Statement),
                ));
            }
            Kind::Decorator => self.outline.decorators.push(node),
            Kind::With => self.outline.withs.push(node),
            Kind::Function | Kind::Class => self.define(kind, node),
            Kind::Await | Kind::Decorated | Kind::Other => {}
        }
        self.above.push((kind, node.start_byte()));
        true
    }

    fn leave(&mut self) {
        if let Some((Kind::Function | Kind::Class, _)) = self.above.pop() {
            self.owners.pop();
        }
    }
}

impl<'a> Collector<'_, 'a> {
    fn define(&mut self, kind: Kind, node: Node<'a>) {
        let name = node.child_by_field_name("name");
        let own = name.map_or("", |name| self.source.text_of(name));
        if let (Kind::Function, Some(name)) = (kind, name.filter(|_| !own.is_empty())) {
            self.outline.functions.push(Function {
                name: FunctionName::Named(self.qualified(own)),
                at: self.whole(node),
                name_at: Source::place_of(name),
                is_async: node.child(0).is_some_and(|first| first.kind() == "async"),
            });
        }
        self.owners.push(own);
    }

    /// A name after those of the functions and classes around it.
    fn qualified(&self, own: &str) -> String {
        let outermost = self.owners.len().saturating_sub(DEEPEST_NAME);
        let usable = |owner: &&str| !owner.is_empty() && owner.len() <= LONGEST_OWNER;
        let mut names: Vec<&str> = self.owners[outermost..].iter().copied().filter(usable).collect();
        names.push(own);
        names.join(".")
    }

    /// A function with its decorators.
    fn whole(&self, function: Node<'_>) -> Place {
        let start = match self.above.last() {
            Some((Kind::Decorated, start)) => *start,
            _ => function.start_byte(),
        };
        Span::new(start, function.end_byte()).into()
    }
}
