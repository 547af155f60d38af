//! Imports in all their forms (reference, 4.6), and the names that they bind.

use super::grammar::Kind;
use super::modules::{candidates, is_relative};
use super::outline::{Module, ModuleCall, Outline};
use super::reader::{Reader, place};
use crate::{Binding, Import, Imported};
use foldhash::{HashMap, HashMapExt, HashSet};
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;
use klotho_text::Span;

/// How an import is written: rules of the compiler differ by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `import ... from`
    Es,
    /// `require` as the value of a declaration, also TypeScript's `import x = require`.
    Declared,
    /// Every other `require`, and `import(...)`.
    Call,
    /// `export ... from`
    ReExport,
}

/// An import and how it is written.
pub(super) struct ImportNode {
    pub(super) import: Import,
    pub(super) form: Form,
    /// The whole statement.
    pub(super) statement: Span,
}

impl ImportNode {
    /// Whether it is an `import` statement.
    pub(super) fn is_statement(&self, reader: &Reader<'_>) -> bool {
        self.statement.of(reader.source.text).starts_with("import")
    }
}

/// All imports of a file, and what each local name was imported as.
pub(super) struct Imports<'a> {
    pub(super) list: Vec<ImportNode>,
    names: HashMap<&'a str, Name>,
}

struct Name {
    import: usize,
    binding: usize,
    /// How often the file imports something under this name.
    times: usize,
}

/// One imported name: its import's index, the import and the binding.
pub(super) type Found<'i> = (usize, &'i ImportNode, &'i Binding);

impl<'a> Imports<'a> {
    pub(super) fn of(reader: &Reader<'a>, outline: &Outline<'a>) -> Self {
        let mut list: Vec<ImportNode> =
            outline.modules.iter().filter_map(|module| read(reader, module)).collect();
        if reader.typed && outline.decorators.is_empty() {
            elide(reader, outline, &mut list);
        }
        let names = names(reader, &list);
        Self { list, names }
    }

    /// What a name is imported as, if anything.
    pub(super) fn named(&self, local: &str) -> Option<Found<'_>> {
        let name = self.names.get(local)?;
        let import = self.list.get(name.import)?;
        Some((name.import, import, import.import.bindings.get(name.binding)?))
    }

    /// The same as the compiler looks it up: a name that is imported more than once counts as not imported.
    pub(super) fn only(&self, local: &str) -> Option<Found<'_>> {
        self.names.get(local).filter(|name| name.times == 1)?;
        self.named(local)
    }

    /// The import and what it takes, for a name that TypeScript replaces wherever it stands: `import { f } from "m"` leaves
    /// `m_1.f` of each `f`.
    pub(super) fn replaced(&self, reader: &Reader<'_>, local: &str) -> Option<(&ImportNode, &Imported)> {
        let (_, node, binding) = self.named(local).filter(|_| reader.typed)?;
        let is_replaced = node.is_statement(reader) && binding.imported != Imported::Module;
        is_replaced.then_some((node, &binding.imported))
    }

    /// Whether the file imports a module by this specifier.
    pub(super) fn has(&self, specifier: &str) -> bool {
        self.list.iter().any(|node| node.import.specifier == specifier)
    }

    /// The first ES import of a JavaScript file: the compiler warns of them (reference, 6.3 U4).
    pub(super) fn es_import(&self, reader: &Reader<'a>) -> Option<Finding> {
        // Files of the other names that JavaScript has are no sources to it.
        let first = self.list.iter().find(|node| node.form == Form::Es && !reader.typed)?;
        reader.source.path.ends_with(".js").then(|| Finding::new(Code::EsImport, "", first.statement))
    }

    /// Whether a name comes from a package.
    pub(super) fn is_package(&self, local: &str) -> bool {
        self.named(local).is_some_and(|(_, import, _)| !is_relative(&import.import.specifier))
    }
}

fn names<'a>(reader: &Reader<'a>, list: &[ImportNode]) -> HashMap<&'a str, Name> {
    let mut names: HashMap<&'a str, Name> = HashMap::new();
    for (import, node) in list.iter().enumerate() {
        for (binding, bound) in node.import.bindings.iter().enumerate() {
            let local = bound.at.of(reader.source.text);
            names.entry(local).or_insert(Name { import, binding, times: 0 }).times += 1;
        }
    }
    names
}

/// TypeScript drops an import of which no name is used as a value.
fn elide<'a>(reader: &Reader<'a>, outline: &Outline<'a>, list: &mut [ImportNode]) {
    let droppable = |node: &ImportNode| {
        node.import.followed && !node.import.bindings.is_empty() && node.form != Form::Call
    };
    let bound = list.iter().filter(|node| droppable(node)).flat_map(|node| &node.import.bindings);
    let mut unused: HashSet<&'a str> = bound.map(|binding| binding.at.of(reader.source.text)).collect();
    for value in &outline.values {
        if unused.is_empty() {
            return;
        }
        unused.remove(value.of(reader.source.text));
    }
    for node in list.iter_mut().filter(|node| droppable(node)) {
        // `const x = require` stays whatever becomes of `x`; only import statements are dropped.
        node.import.followed = !node.is_statement(reader)
            || node.import.bindings.iter().any(|binding| !unused.contains(binding.local.as_str()));
    }
}

fn read<'a>(reader: &Reader<'a>, module: &Module<'a>) -> Option<ImportNode> {
    match module {
        Module::Import(node) => statement(reader, *node),
        Module::ExportFrom(node) => {
            let source = reader.field(*node, |fields| fields.source)?;
            let followed = reader.typed && !is_type_only(*node) && passes_values(reader, *node);
            Some(import(reader, source, Vec::new(), Form::ReExport, followed, *node))
        }
        Module::Call(call) => Some(module_call(reader, call)),
    }
}

fn import<'a>(
    reader: &Reader<'a>,
    source: Node<'a>,
    bindings: Vec<Binding>,
    form: Form,
    followed: bool,
    statement: Node<'a>,
) -> ImportNode {
    let specifier = reader.literal(source).unwrap_or_default();
    let candidates = candidates(reader.source.path, specifier, reader.typed);
    let import = Import {
        specifier: specifier.to_owned(),
        at: place(source),
        bindings,
        candidates,
        package: None,
        companions: Vec::new(),
        followed: followed && is_relative(specifier),
    };
    ImportNode { import, form, statement: statement.byte_range().into() }
}

/// `import ... from "x"`, `import "x"` and `import x = require("x")`.
fn statement<'a>(reader: &Reader<'a>, node: Node<'a>) -> Option<ImportNode> {
    let mut children = reader.children(node);
    let clause = children.find(|child| matches!(child.kind(), "import_clause" | "import_require_clause"));
    let own = reader.field(node, |fields| fields.source);
    let source = own.or_else(|| reader.field(clause?, |fields| fields.source))?;
    let is_require = clause.is_some_and(|clause| clause.kind() == "import_require_clause");
    let type_only = is_type_only(node);
    let mut bindings = Vec::new();
    if let Some(clause) = clause.filter(|_| !type_only) {
        for child in reader.children(clause) {
            clause_bindings(reader, child, is_require, &mut bindings);
        }
    }
    // Without a clause the import is there for what the module does; with one, for the names that are left.
    let followed = !reader.typed || clause.is_none() || !bindings.is_empty();
    let form = if is_require { Form::Declared } else { Form::Es };
    Some(import(reader, source, bindings, form, followed, node))
}

/// Whether the keyword `type` follows `import` or `export`.
pub(super) fn is_type_only(node: Node<'_>) -> bool {
    node.child(1).is_some_and(|child| matches!(child.kind(), "type" | "typeof"))
}

/// Whether `export ... from` passes on more than types: without a name that is none `tsc` drops it.
fn passes_values<'a>(reader: &Reader<'a>, node: Node<'a>) -> bool {
    let clause = reader.children(node).find(|child| child.kind() == "export_clause");
    clause.is_none_or(|clause| reader.children(clause).any(|specifier| !is_type(specifier)))
}

/// Whether one of several names is marked as a type.
fn is_type(specifier: Node<'_>) -> bool {
    specifier.child(0).is_some_and(|first| matches!(first.kind(), "type" | "typeof"))
}

fn clause_bindings<'a>(reader: &Reader<'a>, node: Node<'a>, is_require: bool, bindings: &mut Vec<Binding>) {
    match node.kind() {
        "identifier" => {
            let imported = if is_require { Imported::Module } else { Imported::Default };
            bindings.push(bind(reader, node, imported));
        }
        "namespace_import" => {
            bindings.extend(reader.first(node).map(|name| bind(reader, name, Imported::Module)));
        }
        "named_imports" => {
            bindings.extend(reader.children(node).filter_map(|child| specifier(reader, child)));
        }
        _ => {}
    }
}

fn specifier<'a>(reader: &Reader<'a>, node: Node<'a>) -> Option<Binding> {
    if is_type(node) {
        return None;
    }
    let name = reader.field(node, |fields| fields.name)?;
    let local = reader.field(node, |fields| fields.alias).unwrap_or(name);
    let imported = reader.literal(name).unwrap_or_else(|| reader.text(name));
    Some(bind(reader, local, named(imported)))
}

fn module_call<'a>(reader: &Reader<'a>, call: &ModuleCall<'a>) -> ImportNode {
    let declared = call.holder.is_some_and(|holder| reader.is(holder, Kind::Declarator));
    let form = if declared && !call.dynamic { Form::Declared } else { Form::Call };
    let bindings = if call.dynamic { None } else { call_bindings(reader, call) };
    // TypeScript makes `require` of `import(...)` too; the compiler does not see it in JavaScript.
    let followed = !call.dynamic || reader.typed;
    import(reader, call.source, bindings.unwrap_or_default(), form, followed, call.statement)
}

fn call_bindings<'a>(reader: &Reader<'a>, call: &ModuleCall<'a>) -> Option<Vec<Binding>> {
    let holder = call.holder?;
    let target = reader.field(holder, |fields| fields.name);
    let target = reader.plain(target.or_else(|| reader.field(holder, |fields| fields.left))?);
    let whole = match call.taken.as_slice() {
        [] => Imported::Module,
        [name] => named(name),
        _ => return None,
    };
    match (reader.kind(target), &whole) {
        (Kind::Identifier, _) => Some(vec![bind(reader, target, whole)]),
        (Kind::ObjectPattern, Imported::Module) => {
            let children = reader.children(target);
            Some(children.filter_map(|child| pattern_binding(reader, child)).collect())
        }
        _ => None,
    }
}

/// One name of `const { a, b: c, d = 1 } = require("x")`.
fn pattern_binding<'a>(reader: &Reader<'a>, node: Node<'a>) -> Option<Binding> {
    match node.kind() {
        "shorthand_property_identifier_pattern" => Some(bind(reader, node, named(reader.text(node)))),
        "object_assignment_pattern" => pattern_binding(reader, reader.field(node, |fields| fields.left)?),
        "pair_pattern" => {
            let key = reader.field(node, |fields| fields.key)?;
            let local = reader.field(node, |fields| fields.value)?;
            let name = reader.literal(key).unwrap_or_else(|| reader.text(key));
            reader.is(local, Kind::Identifier).then(|| bind(reader, local, named(name)))
        }
        _ => None,
    }
}

fn bind<'a>(reader: &Reader<'a>, local: Node<'a>, imported: Imported) -> Binding {
    Binding { local: reader.text(local).to_owned(), imported, at: place(local) }
}

/// What a name of a module is: `default` has a form of its own.
pub(super) fn named(name: &str) -> Imported {
    if name == "default" { Imported::Default } else { Imported::Name(name.to_owned()) }
}
