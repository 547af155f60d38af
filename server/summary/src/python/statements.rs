//! The statements and expressions that matter, as they are written.

use super::literals::children;
use crate::source::Source;
use klotho_grammars::Node;

/// Longer chains of names are no module, store or router.
const LONGEST_CHAIN: usize = 8;

/// An import statement.
pub(super) struct ImportStatement<'a> {
    pub(super) node: Node<'a>,
    /// The module of `from module import ...`.
    pub(super) module: Option<ModuleName<'a>>,
    /// Modules, or with `module` the names that are taken from it.
    pub(super) names: Vec<ImportedName<'a>>,
}

/// A module as an import statement names it.
pub(super) struct ModuleName<'a> {
    pub(super) node: Node<'a>,
    /// How many dots it starts with.
    pub(super) dots: usize,
    /// The names between its other dots.
    pub(super) names: Vec<&'a str>,
}

/// One of the names of an import statement.
pub(super) struct ImportedName<'a> {
    pub(super) node: Node<'a>,
    /// The names between its dots.
    pub(super) names: Vec<&'a str>,
    pub(super) alias: Option<Node<'a>>,
}

/// `name = function(...)` as a statement, with or without a type.
pub(super) struct Assignment<'a> {
    pub(super) statement: Node<'a>,
    /// What the call is assigned to.
    pub(super) target: &'a str,
    /// What the called function belongs to.
    pub(super) host: Host<'a>,
    /// The called function.
    pub(super) function: &'a str,
    pub(super) call: Node<'a>,
    pub(super) arguments: Node<'a>,
}

/// What a function is called on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Host<'a> {
    /// `f()`
    Nothing,
    /// `a.f()`
    Name(&'a str),
    /// `a.b.f()`
    Path(&'a str, &'a str),
    /// Anything else: `a().f()`, `a.b.c.f()`
    Expression,
}

/// A call.
pub(super) struct Call<'a> {
    pub(super) node: Node<'a>,
    pub(super) function: Node<'a>,
    /// Whether its result is awaited at once.
    pub(super) awaited: bool,
    /// Whether it is a statement of its own.
    pub(super) is_statement: bool,
}

impl<'a> ImportStatement<'a> {
    /// Reads an `import` or `from` statement.
    pub(super) fn read(source: &Source<'a>, node: Node<'a>) -> Self {
        let module = node.child_by_field_name("module_name").map(|module| ModuleName::read(source, module));
        let names = node.children_by_field_name("name");
        Self { node, module, names: names.filter_map(|name| ImportedName::read(source, name)).collect() }
    }
}

impl<'a> ModuleName<'a> {
    fn read(source: &Source<'a>, node: Node<'a>) -> Self {
        if node.kind() == "dotted_name" {
            return Self { node, dots: 0, names: dotted(source, node) };
        }
        let mut module = Self { node, dots: 0, names: Vec::new() };
        for part in children(node) {
            match part.kind() {
                "import_prefix" => {
                    module.dots = source.text_of(part).bytes().filter(|byte| *byte == b'.').count();
                }
                _ => module.names = dotted(source, part),
            }
        }
        module
    }
}

impl<'a> ImportedName<'a> {
    fn read(source: &Source<'a>, node: Node<'a>) -> Option<Self> {
        let (name, alias) = match node.kind() {
            "aliased_import" => (node.child_by_field_name("name")?, node.child_by_field_name("alias")),
            _ => (node, None),
        };
        Some(Self { node: name, names: dotted(source, name), alias })
    }

    /// The name with its dots.
    pub(super) fn text(&self) -> String {
        self.names.join(".")
    }
}

impl<'a> Assignment<'a> {
    /// Reads a statement; none if it is no such assignment.
    pub(super) fn read(source: &Source<'a>, statement: Node<'a>) -> Option<Self> {
        let assignment = statement.named_child(0).filter(|child| child.kind() == "assignment")?;
        let target = assignment.child_by_field_name("left").filter(is_identifier)?;
        let call = assignment.child_by_field_name("right").filter(|right| right.kind() == "call")?;
        let arguments = call.child_by_field_name("arguments").filter(|it| it.kind() == "argument_list")?;
        let (host, function) = callee(source, call.child_by_field_name("function")?)?;
        Some(Self { statement, target: source.text_of(target), host, function, call, arguments })
    }
}

impl<'a> Call<'a> {
    /// Reads a call.
    pub(super) fn read(node: Node<'a>, awaited: bool, is_statement: bool) -> Option<Self> {
        Some(Self { node, function: node.child_by_field_name("function")?, awaited, is_statement })
    }
}

/// What `a.b.f` is: the host and the function's name.
fn callee<'a>(source: &Source<'a>, function: Node<'a>) -> Option<(Host<'a>, &'a str)> {
    if is_identifier(&function) {
        return Some((Host::Nothing, source.text_of(function)));
    }
    let (object, name) = attribute(source, function)?;
    let host = match attribute(source, object) {
        _ if is_identifier(&object) => Host::Name(source.text_of(object)),
        Some((first, second)) if is_identifier(&first) => Host::Path(source.text_of(first), second),
        _ => Host::Expression,
    };
    Some((host, name))
}

/// The object and the name of `object.name`.
pub(super) fn attribute<'a>(source: &Source<'a>, node: Node<'a>) -> Option<(Node<'a>, &'a str)> {
    if node.kind() != "attribute" {
        return None;
    }
    let name = node.child_by_field_name("attribute")?;
    Some((node.child_by_field_name("object")?, source.text_of(name)))
}

/// The names of `a.b.c`; none for anything but a short chain of names.
pub(super) fn chain<'a>(source: &Source<'a>, node: Node<'a>) -> Option<Vec<&'a str>> {
    let mut names = Vec::new();
    let mut rest = node;
    while let Some((object, name)) = attribute(source, rest) {
        names.push(name);
        rest = object;
        if names.len() == LONGEST_CHAIN {
            return None;
        }
    }
    is_identifier(&rest).then(|| {
        names.push(source.text_of(rest));
        names.reverse();
        names
    })
}

/// The text of an identifier.
pub(super) fn identifier<'a>(source: &Source<'a>, node: Node<'a>) -> Option<&'a str> {
    is_identifier(&node).then(|| source.text_of(node))
}

fn is_identifier(node: &Node<'_>) -> bool {
    node.kind() == "identifier"
}

fn dotted<'a>(source: &Source<'a>, name: Node<'a>) -> Vec<&'a str> {
    let parts = children(name).into_iter().filter(is_identifier);
    parts.map(|part| source.text_of(part)).collect()
}
