//! NestJS: controllers, the modules that list them, and the application made of a module (reference, 5.4).
//!
//! The compiler reads what `tsc` makes of the decorators; here both are read, TypeScript's decorators and, in JavaScript,
//! the calls that they become. A controller is a router named like its class, a module mounts its controllers, and the
//! application mounts its module.

mod compiled;
mod decorators;

use super::awaited::awaited_call;
use super::imports::Imports;
use super::outline::{Bind, Binding, Outline};
use super::reader::{Reader, place};
use crate::paths::clean;
use crate::{Imported, Mount, MountTarget, Route};
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;
use klotho_text::Place;
use std::collections::{HashMap, HashSet};

/// Where the decorators come from.
const DECORATORS: &str = "@nestjs/common";

/// Where the factory comes from.
const FACTORY: &str = "@nestjs/core";

/// The decorators of methods that answer requests.
const VERBS: [(&str, &str); 8] = [
    ("Get", "GET"),
    ("Post", "POST"),
    ("Put", "PUT"),
    ("Delete", "DELETE"),
    ("Patch", "PATCH"),
    ("Options", "OPTIONS"),
    ("Head", "HEAD"),
    ("All", "ANY"),
];

/// What the file says of Nest.
#[derive(Default)]
pub(super) struct Nest {
    pub(super) routes: Vec<Route>,
    pub(super) mounts: Vec<Mount>,
    /// The variables that hold applications.
    pub(super) applications: HashSet<String>,
    pub(super) findings: Vec<Finding>,
}

/// A decorator of Nest on a class, or on one of its methods.
struct Decoration<'a> {
    class: &'a str,
    is_method: bool,
    /// As Nest calls it, however the file does.
    name: String,
    /// The first argument.
    argument: Option<Node<'a>>,
    at: Place,
}

impl Nest {
    pub(super) fn of<'a>(reader: &Reader<'a>, outline: &Outline<'a>, imports: &Imports<'a>) -> Self {
        let mut nest = Self::default();
        if !imports.has(DECORATORS) && !imports.has(FACTORY) {
            return nest;
        }
        for bind in &outline.bindings {
            nest.application(reader, imports, bind);
        }
        let decorations = if reader.typed {
            decorators::decorations(reader, outline, imports)
        } else {
            compiled::decorations(reader, outline, imports)
        };
        let bases = nest.controllers(reader, &decorations);
        for decoration in &decorations {
            match (decoration.is_method, decoration.name.as_str()) {
                (false, "Module") => nest.module(reader, imports, decoration),
                (true, name) => nest.method(reader, &bases, decoration, name),
                _ => {}
            }
        }
        nest
    }

    /// `app = await NestFactory.create(Module, ...)`
    fn application<'a>(&mut self, reader: &Reader<'a>, imports: &Imports<'a>, bind: &Bind<'a>) {
        let found = || {
            let on = reader.identifier(bind.target).filter(|_| bind.binding != Binding::Var)?;
            let (call, callee) = awaited_call(reader, bind.value)?;
            let (factory, create) = reader.member(callee)?;
            let is_factory = exported(reader, imports, factory, FACTORY)? == "NestFactory";
            let module = reader.first(reader.field(call, |fields| fields.arguments)?)?;
            let target = imported_class(reader, imports, module)?;
            (is_factory && reader.text(create) == "create").then(|| (on.to_owned(), target))
        };
        if let Some((on, target)) = found() {
            self.applications.insert(on.clone());
            self.mounts.push(Mount { on, prefix: None, target, at: place(bind.node) });
        }
    }

    /// The base path of every controller: it has to be stated. A controller is there even if it has no routes, and shows
    /// that by a mount without any.
    fn controllers<'a>(
        &mut self,
        reader: &Reader<'a>,
        decorations: &[Decoration<'a>],
    ) -> HashMap<&'a str, &'a str> {
        let mut bases = HashMap::new();
        for found in decorations.iter().filter(|found| !found.is_method && found.name == "Controller") {
            if let Some(base) = found.argument.and_then(|argument| reader.literal(argument)) {
                bases.insert(found.class, base);
                let on = found.class.to_owned();
                self.mounts.push(Mount { on, prefix: None, target: MountTarget::Opaque, at: found.at });
            }
        }
        bases
    }

    /// `@Module({ controllers: [A, B] }) class M`
    fn module<'a>(&mut self, reader: &Reader<'a>, imports: &Imports<'a>, decoration: &Decoration<'a>) {
        let mut pairs = decoration.argument.into_iter().flat_map(|object| reader.children(object));
        let is_controllers = |pair: &Node<'a>| {
            reader.field(*pair, |fields| fields.key).is_some_and(|key| reader.text(key) == "controllers")
        };
        let listed = pairs.find(is_controllers).and_then(|pair| reader.field(pair, |fields| fields.value));
        for controller in listed.into_iter().flat_map(|list| reader.children(list)) {
            let imported = imported_class(reader, imports, controller);
            self.findings.extend(gap(reader, controller, imported.as_ref()));
            let local = || Some(MountTarget::Local(reader.identifier(controller)?.to_owned()));
            self.mounts.extend(imported.or_else(local).map(|target| Mount {
                on: decoration.class.to_owned(),
                prefix: None,
                target,
                at: place(controller),
            }));
        }
    }

    /// `@Get("path") method() {}` in a class with `@Controller("base")`
    fn method<'a>(
        &mut self,
        reader: &Reader<'a>,
        bases: &HashMap<&'a str, &'a str>,
        decoration: &Decoration<'a>,
        name: &str,
    ) {
        let verb = VERBS.iter().find(|(decorator, _)| *decorator == name);
        if let (Some((_, verb)), Some(base)) = (verb, bases.get(decoration.class)) {
            let path = decoration.argument.and_then(|argument| reader.literal(argument)).unwrap_or_default();
            let path = clean(&format!("{base}/{path}"));
            // What a wildcard at the end leaves open is the rest of the path.
            let path = path.strip_suffix("/*").map_or(path.clone(), |head| format!("{head}/:rest*"));
            self.routes.push(Route { on: decoration.class.to_owned(), verb, path, at: decoration.at });
        }
    }
}

/// A controller that is imported as a default: the compiler knows controllers by the names of their classes, and `tsc` writes `default`.
fn gap<'a>(reader: &Reader<'a>, controller: Node<'a>, imported: Option<&MountTarget>) -> Option<Finding> {
    let Some(MountTarget::Imported(_, Imported::Default)) = imported else { return None };
    let finding = Finding::new(Code::CompilerGap, "nest-default", place(controller));
    Some(finding.with("class", reader.text(controller)))
}

/// What `package` exports, if an expression names that: `name`, which TypeScript makes a property of the module, or
/// `module.name`.
fn exported<'a>(reader: &Reader<'a>, imports: &Imports<'a>, node: Node<'a>, package: &str) -> Option<String> {
    let (root, names) = reader.chain(node)?;
    let (_, import, binding) = imports.only(reader.text(root))?;
    match (&binding.imported, names.as_slice()) {
        _ if import.import.specifier != package => None,
        (Imported::Name(name), []) if reader.typed => Some(name.clone()),
        (Imported::Module, [name]) => Some((*name).to_owned()),
        _ => None,
    }
}

/// A class of another file.
fn imported_class<'a>(reader: &Reader<'a>, imports: &Imports<'a>, node: Node<'a>) -> Option<MountTarget> {
    let (root, names) = reader.chain(node)?;
    let (index, _, binding) = imports.only(reader.text(root))?;
    match (&binding.imported, names.as_slice()) {
        (imported @ (Imported::Name(_) | Imported::Default), []) if reader.typed => {
            Some(MountTarget::Imported(index, imported.clone()))
        }
        (Imported::Module, [name]) => Some(MountTarget::Imported(index, Imported::Name((*name).to_owned()))),
        _ => None,
    }
}
