//! What other files can import from a file.

use super::grammar::Kind;
use super::imports::named;
use super::outline::{Bind, Outline};
use super::reader::{Reader, place};
use crate::{Export, Imported};
use foldhash::HashSet;
use klotho_grammars::Node;

/// What a file exports.
#[derive(Default)]
pub(super) struct Exports {
    /// In a form that the compiler looks routers, stores and functions up by.
    pub(super) seen: Vec<Export>,
    /// In a form that it passes over: `module.exports = { a }`, and ES exports in JavaScript.
    pub(super) unseen: Vec<Export>,
}

/// Reads all exports of a file.
pub(super) fn exports<'a>(reader: &Reader<'a>, outline: &Outline<'a>) -> Exports {
    let mut exports = Exports::default();
    for bind in &outline.bindings {
        assignment(reader, bind, &mut exports);
    }
    // TypeScript compiles them to `exports.x = ...`; the compiler does not look for them in JavaScript itself.
    let list = if reader.typed { &mut exports.seen } else { &mut exports.unseen };
    for node in &outline.exports {
        statement(reader, *node, list);
    }
    exports.seen.sort_by_key(|export| export.at);
    exports.unseen.sort_by_key(|export| export.at);
    exports
}

impl Exports {
    /// The variables that leave the file as `exports.name`, whatever the name (reference, 5.7.6).
    pub(super) fn variables(&self) -> HashSet<&str> {
        // `export = x` is `module.exports = x`.
        let named = self.seen.iter().filter(|export| export.exported != Imported::Module);
        named.map(|export| export.local.as_str()).collect()
    }
}

fn assignment<'a>(reader: &Reader<'a>, bind: &Bind<'a>, exports: &mut Exports) {
    if !reader.text(bind.target).contains("exports") {
        return;
    }
    let Some(path) = reader.path(bind.target) else { return };
    let exported = match path.as_ref() {
        "module.exports" | "exports" => Imported::Module,
        path => {
            let name = path.strip_prefix("module.exports.").or_else(|| path.strip_prefix("exports."));
            let Some(name) = name.filter(|name| !name.contains('.')) else { return };
            named(name)
        }
    };
    let at = place(bind.target);
    let local = reader.identifier(bind.value);
    match (exported, local) {
        (Imported::Module, None) => whole(reader, bind, &path, &mut exports.unseen),
        (exported, local) => {
            // A value without a name of its own goes by what it is assigned to.
            let local = local.unwrap_or(&path).to_owned();
            let list =
                if path.starts_with("module.exports.") { &mut exports.unseen } else { &mut exports.seen };
            list.push(Export { exported, local, at, is_passed_on: false });
        }
    }
}

/// What stands on the right of `module.exports = `, if it is no name.
fn whole<'a>(reader: &Reader<'a>, bind: &Bind<'a>, path: &str, list: &mut Vec<Export>) {
    match reader.kind(bind.value) {
        Kind::Object => members(reader, bind.value, list),
        Kind::Function | Kind::Arrow => {
            let (exported, local) = (Imported::Default, path.to_owned());
            list.push(Export { exported, local, at: place(bind.target), is_passed_on: false });
        }
        _ => {}
    }
}

/// The members of `{ a, b: c, d() {} }`.
fn members<'a>(reader: &Reader<'a>, object: Node<'a>, list: &mut Vec<Export>) {
    for member in reader.children(object) {
        let name = match reader.kind(member) {
            Kind::Shorthand => Some(member),
            Kind::Pair => reader.field(member, |fields| fields.key),
            Kind::Method => reader.field(member, |fields| fields.name),
            _ => None,
        };
        let Some(name) = name else { continue };
        let exported = reader.literal(name).unwrap_or_else(|| reader.text(name));
        let value = reader.field(member, |fields| fields.value).and_then(|value| reader.identifier(value));
        let local = value.unwrap_or(exported).to_owned();
        list.push(Export { exported: named(exported), local, at: place(name), is_passed_on: false });
    }
}

/// What an `export ...` makes known, under which name.
fn statement<'a>(reader: &Reader<'a>, node: Node<'a>, list: &mut Vec<Export>) {
    let is_type = node.child(1).is_some_and(|child| child.kind() == "type");
    if is_type {
        return;
    }
    if reader.field(node, |fields| fields.source).is_some() {
        return passed_on(reader, node, list);
    }
    if let Some(declaration) = reader.field(node, |fields| fields.declaration) {
        return declared(reader, declaration, reader.default_word(node).is_some(), list);
    }
    let value = reader.field(node, |fields| fields.value);
    let whole = assigned(reader, node);
    if let Some(value) = value.or(whole) {
        let exported = if whole.is_some() { Imported::Module } else { Imported::Default };
        let is_function = matches!(reader.kind(value), Kind::Function | Kind::Arrow | Kind::Class);
        let nameless = if is_function { "default" } else { "exports.default" };
        let local = reader.identifier(value).unwrap_or(nameless).to_owned();
        list.push(Export { exported, local, at: place(value), is_passed_on: false });
        return;
    }
    list.extend(specifiers(reader, node));
}

/// `export { a } from "./a"`: what is passed on has no name here. `tsc` declares it by `exports.a = void 0`, and the compiler takes that
/// for what is exported.
fn passed_on<'a>(reader: &Reader<'a>, node: Node<'a>, list: &mut Vec<Export>) {
    if reader.typed {
        list.extend(specifiers(reader, node).map(|export| {
            let name = match &export.exported {
                Imported::Name(name) => name,
                _ => "default",
            };
            Export { local: format!("exports.{name}"), is_passed_on: true, ..export }
        }));
    }
}

/// What stands between the braces of `export { a, b as c }`.
pub(super) fn specifiers<'a>(reader: &Reader<'a>, node: Node<'a>) -> impl Iterator<Item = Export> {
    let clauses = reader.children(node).filter(|child| child.kind() == "export_clause");
    clauses
        .flat_map(|clause| reader.children(clause))
        .filter_map(|specifier| export_specifier(reader, specifier))
}

/// The name in `export = name`.
fn assigned<'a>(reader: &Reader<'a>, node: Node<'a>) -> Option<Node<'a>> {
    let is_assignment = node.child(1).is_some_and(|child| child.kind() == "=");
    reader.first(node).filter(|_| is_assignment)
}

/// `export const a = ..., b = ...`, `export function f`, `export class C`, each also with `default`.
fn declared<'a>(reader: &Reader<'a>, node: Node<'a>, is_default: bool, list: &mut Vec<Export>) {
    if matches!(node.kind(), "interface_declaration" | "type_alias_declaration" | "ambient_declaration") {
        return;
    }
    let mut take = |name: Node<'a>| {
        let local = reader.text(name).to_owned();
        let exported = if is_default { Imported::Default } else { named(&local) };
        list.push(Export { exported, local, at: place(name), is_passed_on: false });
    };
    let own = reader.field(node, |fields| fields.name);
    let declarators = own.is_none().then(|| reader.children(node)).into_iter().flatten();
    let bound = declarators.filter_map(|declarator| reader.field(declarator, |fields| fields.name));
    for name in own.into_iter().chain(bound) {
        match reader.is(name, Kind::ObjectPattern) {
            true => members_of(reader, name).for_each(&mut take),
            false => take(name),
        }
    }
}

/// The names of one level of `{ a, b: c }`.
fn members_of<'a>(reader: &Reader<'a>, pattern: Node<'a>) -> impl Iterator<Item = Node<'a>> {
    reader.children(pattern).filter_map(|member| match member.kind() {
        "shorthand_property_identifier_pattern" => Some(member),
        "pair_pattern" => {
            reader.field(member, |fields| fields.value).filter(|value| reader.is(*value, Kind::Identifier))
        }
        _ => None,
    })
}

fn export_specifier<'a>(reader: &Reader<'a>, node: Node<'a>) -> Option<Export> {
    if node.child(0).is_some_and(|first| first.kind() == "type") {
        return None;
    }
    let name = reader.field(node, |fields| fields.name)?;
    let alias = reader.field(node, |fields| fields.alias).unwrap_or(name);
    let exported = reader.literal(alias).unwrap_or_else(|| reader.text(alias));
    let (exported, local) = (named(exported), reader.text(name).to_owned());
    Some(Export { exported, local, at: place(alias), is_passed_on: false })
}
