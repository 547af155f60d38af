//! The one walk over the tree: it collects the nodes that the other modules read, so that none walks again.

use super::annotations::{self, Annotation};
use crate::source::Source;
use crate::walk::{Visitor, walk};
use crate::{Function, FunctionName};
use klotho_grammars::Node;

/// Classes nested deeper than this leave the outer names out.
const DEEPEST_NAME: usize = 8;

/// Longer names of classes do not go into the names of what they hold.
const LONGEST_OWNER: usize = 200;

/// What the walk finds, each list in document order.
#[derive(Default)]
pub(super) struct Outline<'a> {
    pub(super) package: Option<&'a str>,
    pub(super) types: Vec<Type<'a>>,
    pub(super) methods: Vec<Method<'a>>,
    /// Fields and local variables.
    pub(super) variables: Vec<Node<'a>>,
    pub(super) calls: Vec<Node<'a>>,
    pub(super) functions: Vec<Function>,
    /// Whether it holds `public static void main`.
    pub(super) starts_program: bool,
}

/// A class, record or interface.
pub(super) struct Type<'a> {
    pub(super) node: Node<'a>,
    pub(super) name: &'a str,
    pub(super) annotations: Vec<Annotation<'a>>,
}

/// A method, and the index of the type that holds it.
pub(super) struct Method<'a> {
    pub(super) node: Node<'a>,
    pub(super) holder: Option<usize>,
    pub(super) annotations: Vec<Annotation<'a>>,
}

impl<'a> Outline<'a> {
    /// Walks the tree of a file.
    pub(super) fn of(source: &Source<'a>) -> Self {
        let mut collector =
            Collector { source, above: Vec::new(), holders: Vec::new(), outline: Outline::default() };
        walk(source.tree, &mut collector);
        collector.outline
    }
}

struct Collector<'s, 'a> {
    source: &'s Source<'a>,
    /// Whether each node from the root down is a type.
    above: Vec<bool>,
    /// The types around the current node.
    holders: Vec<usize>,
    outline: Outline<'a>,
}

impl<'a> Visitor<'a> for Collector<'_, 'a> {
    fn enter(&mut self, node: Node<'a>) -> bool {
        let mut is_type = false;
        match node.kind() {
            "package_declaration" => {
                let name =
                    node.named_child(u32::try_from(node.named_child_count().saturating_sub(1)).unwrap_or(0));
                self.outline.package = name.map(|name| self.source.text_of(name));
            }
            "class_declaration" | "record_declaration" | "interface_declaration" | "enum_declaration" => {
                is_type = true;
                let name = node.child_by_field_name("name").map_or("", |name| self.source.text_of(name));
                self.holders.push(self.outline.types.len());
                let annotations = annotations::of(self.source, node);
                self.outline.types.push(Type { node, name, annotations });
            }
            "method_declaration" => self.method(node),
            "field_declaration" | "local_variable_declaration" => self.outline.variables.push(node),
            "method_invocation" => self.outline.calls.push(node),
            _ => {}
        }
        self.above.push(is_type);
        true
    }

    fn leave(&mut self) {
        if self.above.pop() == Some(true) {
            self.holders.pop();
        }
    }
}

impl<'a> Collector<'_, 'a> {
    fn method(&mut self, node: Node<'a>) {
        let annotations = annotations::of(self.source, node);
        self.outline.methods.push(Method { node, holder: self.holders.last().copied(), annotations });
        let Some(name) = node.child_by_field_name("name").filter(|name| !name.byte_range().is_empty()) else {
            return;
        };
        let own = self.source.text_of(name);
        self.outline.starts_program |= own == "main" && self.is_main(node);
        self.outline.functions.push(Function {
            name: FunctionName::Named(self.qualified(own)),
            at: Source::place_of(node),
            name_at: Source::place_of(name),
            is_async: false,
        });
    }

    fn is_main(&self, method: Node<'a>) -> bool {
        let modifiers = method.children().find(|child| child.kind() == "modifiers");
        let text = modifiers.map_or("", |modifiers| self.source.text_of(modifiers));
        let returned = method.child_by_field_name("type").map(|it| self.source.text_of(it));
        let words: Vec<&str> = text.split_whitespace().collect();
        words.contains(&"public") && words.contains(&"static") && returned == Some("void")
    }

    /// A name after those of the types around it.
    fn qualified(&self, own: &str) -> String {
        let outermost = self.holders.len().saturating_sub(DEEPEST_NAME);
        let holders = self.holders.iter().skip(outermost).filter_map(|at| self.outline.types.get(*at));
        let usable = holders.map(|it| it.name).filter(|name| !name.is_empty() && name.len() <= LONGEST_OWNER);
        let mut names: Vec<&str> = usable.collect();
        names.push(own);
        names.join(".")
    }
}
