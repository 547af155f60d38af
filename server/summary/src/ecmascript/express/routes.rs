//! Routes and mounts on anything that may be a router, by the compiler's rules (reference, 5.3): receivers are compared
//! as text, and scopes do not matter.

use super::paths;
use crate::ecmascript::grammar::Kind;
use crate::ecmascript::imports::{Form, Imports, named};
use crate::ecmascript::modules::is_relative;
use crate::ecmascript::nest::Nest;
use crate::ecmascript::outline::{Call, Outline};
use crate::ecmascript::reader::{Reader, place};
use crate::paths::clean;
use crate::{Imported, Mount, MountTarget, Route};
use klotho_grammars::Node;
use std::collections::HashMap;

/// The routes and mounts of a file.
#[derive(Default)]
pub(in crate::ecmascript) struct Routing {
    pub(in crate::ecmascript) routes: Vec<Route>,
    pub(in crate::ecmascript) mounts: Vec<Mount>,
    /// The functions that answer routes, by node, with the index of the route.
    pub(in crate::ecmascript) handlers: HashMap<usize, usize>,
}

impl Routing {
    pub(in crate::ecmascript) fn of<'a>(
        reader: &Reader<'a>,
        outline: &Outline<'a>,
        imports: &Imports<'a>,
    ) -> Self {
        let mut routing = Self::default();
        for call in &outline.calls {
            let Some((object, method)) = call.method else { continue };
            if let Some(verb) = paths::verb(method) {
                routing.route(reader, imports, call, object, verb);
            } else if method == "use" {
                routing.mount(reader, imports, call, object);
            }
        }
        routing
    }

    /// Adds what Nest routes and mounts. What its applications `use` besides is nothing to the compiler.
    pub(in crate::ecmascript) fn add(&mut self, nest: Nest) {
        self.mounts.retain(|mount| !nest.applications.contains(&mount.on));
        self.routes.extend(nest.routes);
        self.mounts.extend(nest.mounts);
    }

    /// `on.verb("literal", ...)`
    fn route<'a>(
        &mut self,
        reader: &Reader<'a>,
        imports: &Imports<'a>,
        call: &Call<'a>,
        object: Node<'a>,
        verb: &'static str,
    ) {
        let Some(arguments) = call.arguments else { return };
        let Some(literal) = reader.first(arguments).and_then(|first| reader.literal(first)) else { return };
        let Some(on) = receiver(reader, imports, object) else { return };
        for path in paths::route(literal) {
            self.routes.push(Route { on: on.clone(), verb, path, at: place(call.node) });
        }
        if let Some(handler) = reader.children(arguments).last().and_then(|last| handler(reader, last)) {
            self.handlers.insert(handler.id(), self.routes.len() - 1);
        }
    }

    /// `on.use(...)`: every argument of a known shape is mounted.
    fn mount<'a>(&mut self, reader: &Reader<'a>, imports: &Imports<'a>, call: &Call<'a>, object: Node<'a>) {
        let Some(arguments) = call.arguments else { return };
        let Some(on) = receiver(reader, imports, object) else { return };
        let from = imports.named(on.split('.').next().unwrap_or_default()).map(|(import, ..)| import);
        let prefix = reader.first(arguments).and_then(|first| reader.literal(first)).map(clean);
        for argument in reader.children(arguments) {
            let Some((name, property)) = middleware(reader, argument) else { continue };
            let target = match from {
                None => target(reader, imports, name, property),
                Some(from) => Some(MountTarget::Named {
                    from,
                    name: name.to_owned(),
                    property: property.map(str::to_owned),
                }),
            };
            let Some(target) = target else { continue };
            let prefix = prefix.clone();
            self.mounts.push(Mount { on: on.clone(), prefix, target, at: place(call.node) });
        }
    }
}

/// The receiver of a call, if it may be a router of this project: not something that a package provides.
fn receiver<'a>(reader: &Reader<'a>, imports: &Imports<'a>, object: Node<'a>) -> Option<String> {
    let path = reader.path(object)?;
    let root = path.split('.').next().unwrap_or_default();
    (!imports.is_package(root)).then(|| path.into_owned())
}

/// The function that answers a route: the last argument, or what a wrapper around it is given.
fn handler<'a>(reader: &Reader<'a>, argument: Node<'a>) -> Option<Node<'a>> {
    let argument = reader.plain(argument);
    if is_function(reader, argument) {
        return Some(argument);
    }
    let arguments =
        reader.field(argument, |fields| fields.arguments).filter(|_| reader.is(argument, Kind::Call))?;
    let last = reader.children(arguments).last()?;
    is_function(reader, last).then_some(last)
}

fn is_function<'a>(reader: &Reader<'a>, node: Node<'a>) -> bool {
    matches!(reader.kind(node), Kind::Arrow | Kind::Function)
}

/// What an argument of `use` names: `name`, `name.property` or `name.property(...)`.
fn middleware<'a>(reader: &Reader<'a>, argument: Node<'a>) -> Option<(&'a str, Option<&'a str>)> {
    let argument = reader.plain(argument);
    let named = match reader.kind(argument) {
        Kind::Identifier => return Some((reader.text(argument), None)),
        Kind::Member => argument,
        Kind::Call => reader.plain(reader.field(argument, |fields| fields.function)?),
        _ => return None,
    };
    let (object, property) = reader.member(named)?;
    let is_plain = reader.is(property, Kind::Property);
    Some((reader.identifier(object)?, Some(reader.text(property)).filter(|_| is_plain)))
}

/// What is mounted; nothing for what a package provides.
fn target<'a>(
    reader: &Reader<'a>,
    imports: &Imports<'a>,
    name: &str,
    property: Option<&str>,
) -> Option<MountTarget> {
    let Some((index, import, binding)) = imports.only(name) else {
        return Some(MountTarget::Local(name.to_owned()));
    };
    if !is_relative(&import.import.specifier) {
        return None;
    }
    // TypeScript turns the names of an import statement into properties of the module: `r` is `r_1.r`, and `r.x` is
    // then no name that the compiler knows.
    let is_property = reader.typed && import.form == Form::Es && binding.imported != Imported::Module;
    let imported = match (is_property, property) {
        (true, None) => binding.imported.clone(),
        (true, Some(_)) => return None,
        (false, Some(property)) => named(property),
        // Whatever a plain name was imported as, the compiler takes it for what `module.exports` is set to.
        (false, None) => Imported::Module,
    };
    Some(MountTarget::Imported(index, imported))
}
