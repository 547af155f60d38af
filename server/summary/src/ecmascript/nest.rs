//! NestJS: controllers, the modules that list them, and the application made of a module (reference, 5.4).
//!
//! Read from TypeScript's decorators: the compiler sees what they become. A controller is a router named like its class,
//! a module mounts its controllers, and the application mounts its module.

use super::grammar::Kind;
use super::imports::Imports;
use super::outline::{Bind, Outline};
use super::reader::{Reader, place};
use crate::{Imported, Mount, MountTarget, Route};
use klotho_grammars::Node;

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
    pub(super) applications: Vec<String>,
}

impl Nest {
    pub(super) fn of<'a>(reader: &Reader<'a>, outline: &Outline<'a>, imports: &Imports<'a>) -> Self {
        let mut nest = Self::default();
        for bind in &outline.bindings {
            nest.application(reader, imports, bind);
        }
        for decorator in &outline.decorators {
            let Some((name, argument)) = decoration(reader, imports, *decorator) else { continue };
            match name {
                "Module" => nest.module(reader, imports, *decorator, argument),
                _ => nest.method(reader, imports, outline, *decorator, name, argument),
            }
        }
        nest
    }

    /// `app = await NestFactory.create(Module, ...)`
    fn application<'a>(&mut self, reader: &Reader<'a>, imports: &Imports<'a>, bind: &Bind<'a>) {
        let found = || {
            let (call, callee) = awaited_call(reader, bind.value)?;
            let (factory, create) = reader.member(callee)?;
            let from_nest = imports.only(reader.identifier(factory)?)?.1.import.specifier == FACTORY;
            let module = reader.first(reader.field(call, |fields| fields.arguments)?)?;
            let target = class_target(imports, reader.identifier(module)?)?;
            let on = reader.path(bind.target)?.into_owned();
            (from_nest && reader.text(create) == "create").then_some((on, target))
        };
        if let Some((on, target)) = found() {
            self.applications.push(on.clone());
            self.mounts.push(Mount { on, prefix: None, target, at: place(bind.node) });
        }
    }

    /// `@Module({ controllers: [A, B] }) class M`
    fn module<'a>(
        &mut self,
        reader: &Reader<'a>,
        imports: &Imports<'a>,
        decorator: Node<'a>,
        argument: Option<Node<'a>>,
    ) {
        let Some(on) = decorated_class(reader, decorator) else { return };
        let pairs = argument.map(|object| reader.children(object)).unwrap_or_default();
        let is_controllers = |pair: &Node<'a>| {
            reader.field(*pair, |fields| fields.key).is_some_and(|key| reader.text(key) == "controllers")
        };
        let listed =
            pairs.into_iter().find(is_controllers).and_then(|pair| reader.field(pair, |fields| fields.value));
        for controller in listed.map(|list| reader.children(list)).unwrap_or_default() {
            let target = reader.identifier(controller).and_then(|name| class_target(imports, name));
            self.mounts.extend(target.map(|target| Mount {
                on: on.to_owned(),
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
        imports: &Imports<'a>,
        outline: &Outline<'a>,
        decorator: Node<'a>,
        name: &str,
        argument: Option<Node<'a>>,
    ) {
        let Some((_, verb)) = VERBS.iter().find(|(decorator, _)| *decorator == name) else { return };
        let class = decorator
            .parent()
            .filter(|body| reader.is(*body, Kind::ClassBody))
            .and_then(|body| body.parent());
        let Some((class, base)) = class.and_then(|class| controller(reader, imports, outline, class)) else {
            return;
        };
        let path = argument.and_then(|argument| reader.literal(argument)).unwrap_or_default();
        self.routes.push(Route {
            on: class.to_owned(),
            verb,
            path: joined(base, path),
            at: place(decorator),
        });
    }
}

/// The call that is awaited, and what it calls. With type arguments the parser takes `await f<T>(x)` for a call of `await f`.
fn awaited_call<'a>(reader: &Reader<'a>, value: Node<'a>) -> Option<(Node<'a>, Node<'a>)> {
    let callee = |call| reader.field(call, |fields| fields.function);
    if reader.is(value, Kind::Await) {
        let call = reader.plain(reader.first(value)?);
        return Some((call, callee(call)?));
    }
    let awaited = callee(value).filter(|callee| reader.is(*callee, Kind::Await))?;
    Some((value, reader.first(awaited)?))
}

/// The name and first argument of a decorator that Nest provides.
fn decoration<'a>(
    reader: &Reader<'a>,
    imports: &Imports<'a>,
    decorator: Node<'a>,
) -> Option<(&'a str, Option<Node<'a>>)> {
    let call = reader.first(decorator).filter(|call| reader.is(*call, Kind::Call))?;
    let local = reader.identifier(reader.field(call, |fields| fields.function)?)?;
    let (_, import, binding) = imports.only(local)?;
    if import.import.specifier != DECORATORS {
        return None;
    }
    // What counts is what Nest calls it, however the file does.
    let name = match &binding.imported {
        Imported::Name(name) => {
            VERBS.iter().map(|(verb, _)| *verb).chain(["Module", "Controller"]).find(|known| known == name)?
        }
        _ => return None,
    };
    let argument =
        reader.field(call, |fields| fields.arguments).and_then(|arguments| reader.first(arguments));
    Some((name, argument))
}

/// The name of the class that a decorator stands on.
fn decorated_class<'a>(reader: &Reader<'a>, decorator: Node<'a>) -> Option<&'a str> {
    let parent = decorator.parent()?;
    let class = match reader.kind(parent) {
        Kind::Class => parent,
        Kind::Export => reader.field(parent, |fields| fields.declaration)?,
        _ => return None,
    };
    reader.field(class, |fields| fields.name).map(|name| reader.text(name))
}

/// The name and base path of a class that is a controller; the path has to be stated.
fn controller<'a>(
    reader: &Reader<'a>,
    imports: &Imports<'a>,
    outline: &Outline<'a>,
    class: Node<'a>,
) -> Option<(&'a str, &'a str)> {
    let name = reader.text(reader.field(class, |fields| fields.name)?);
    outline.decorators.iter().find_map(|decorator| {
        let (decoration, argument) = decoration(reader, imports, *decorator)?;
        let is_its = decoration == "Controller" && decorated_class(reader, *decorator) == Some(name);
        if is_its { Some((name, reader.literal(argument?)?)) } else { None }
    })
}

/// A class of this file or of one that it is imported from.
fn class_target(imports: &Imports<'_>, name: &str) -> Option<MountTarget> {
    match imports.only(name) {
        Some((index, _, binding)) => Some(MountTarget::Imported(index, binding.imported.clone())),
        None => Some(MountTarget::Local(name.to_owned())),
    }
}

fn joined(base: &str, path: &str) -> String {
    let segments: Vec<_> =
        base.split('/').chain(path.split('/')).filter(|segment| !segment.is_empty()).collect();
    format!("/{}", segments.join("/"))
}
