//! The nodes that matter, collected in one pass over the tree.

use super::syntax::{awaited_call, callee};
use crate::source::Source;
use klotho_grammars::Node;

/// All that the modules beside this one read, in document order.
#[derive(Default)]
pub(super) struct Outline<'a> {
    /// `import` and `from ... import` statements.
    pub(super) imports: Vec<Node<'a>>,
    /// Assignments of a call to a plain name, each a statement of its own.
    pub(super) assignments: Vec<Assignment<'a>>,
    /// Functions and classes.
    pub(super) definitions: Vec<Node<'a>>,
    /// The calls that decorate a definition.
    pub(super) decorators: Vec<Node<'a>>,
    /// All calls.
    pub(super) calls: Vec<Call<'a>>,
    /// `async with` statements.
    pub(super) async_withs: Vec<Node<'a>>,
    /// Calls whose result is awaited in a statement or an assignment.
    pub(super) awaited_statements: Vec<Node<'a>>,
}

/// `name = callee(...)`.
pub(super) struct Assignment<'a> {
    pub(super) name: &'a str,
    pub(super) callee: &'a str,
    pub(super) statement: Node<'a>,
    pub(super) call: Node<'a>,
}

/// A call and whether its result is awaited at once.
pub(super) struct Call<'a> {
    pub(super) node: Node<'a>,
    pub(super) awaited: bool,
}

impl<'a> Outline<'a> {
    pub(super) fn of(source: &Source<'a>) -> Self {
        let mut outline = Self::default();
        let mut cursor = source.tree.walk();
        // A loop, because code from outside may nest deeper than the stack.
        loop {
            outline.visit(source, cursor.node());
            if cursor.goto_first_child() {
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    return outline;
                }
            }
        }
    }

    fn visit(&mut self, source: &Source<'a>, node: Node<'a>) {
        match node.kind() {
            "import_statement" | "import_from_statement" => self.imports.push(node),
            "function_definition" | "class_definition" => self.definitions.push(node),
            "decorator" => self.decorators.extend(node.named_child(0).filter(|child| child.kind() == "call")),
            "with_statement" if node.child(0).is_some_and(|child| child.kind() == "async") => {
                self.async_withs.push(node);
            }
            "expression_statement" => self.visit_statement(source, node),
            // The call comes after its `await` in document order, and the entry that it finds here is completed.
            "await" => self.calls.extend(awaited_call(node).map(|node| Call { node, awaited: true })),
            "call" if self.calls.last().is_none_or(|last| last.node != node) => {
                self.calls.push(Call { node, awaited: false });
            }
            _ => {}
        }
    }

    fn visit_statement(&mut self, source: &Source<'a>, statement: Node<'a>) {
        let Some(inner) = statement.named_child(0) else { return };
        let right = inner.child_by_field_name("right").filter(|_| inner.kind() == "assignment");
        self.awaited_statements.extend(awaited_call(right.unwrap_or(inner)));
        let (Some(left), Some(call)) = (inner.child_by_field_name("left"), right) else { return };
        if left.kind() == "identifier" && call.kind() == "call" {
            let (name, callee) = (source.text_of(left), callee(source, call));
            self.assignments.push(Assignment { name, callee, statement, call });
        }
    }

    /// The assignments inside a node.
    pub(super) fn assignments_in(&self, node: Node<'_>) -> &[Assignment<'a>] {
        within(&self.assignments, node, |assignment| assignment.statement)
    }

    /// The import statements inside a node.
    pub(super) fn imports_in(&self, node: Node<'_>) -> &[Node<'a>] {
        within(&self.imports, node, |import| *import)
    }

    /// The awaited calls inside a node that are statements or assigned.
    pub(super) fn awaited_in(&self, node: Node<'_>) -> &[Node<'a>] {
        within(&self.awaited_statements, node, |call| *call)
    }
}

/// What of `all`, which is in document order, starts inside `node`.
fn within<'s, 'a, T>(all: &'s [T], node: Node<'_>, of: impl Fn(&T) -> Node<'a>) -> &'s [T] {
    let start = all.partition_point(|item| of(item).start_byte() < node.start_byte());
    let end = all.partition_point(|item| of(item).start_byte() < node.end_byte());
    &all[start..end.max(start)]
}
