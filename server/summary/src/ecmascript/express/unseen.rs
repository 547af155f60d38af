//! Routes that the program defines and the compiler does not see, and what it takes for a route (reference, 5.3).

use super::app::{PACKAGE, app, is_app_name, is_required};
use super::paths;
use crate::Imported;
use crate::ecmascript::grammar::Kind;
use crate::ecmascript::imports::Imports;
use crate::ecmascript::outline::{Bind, Call, Outline};
use crate::ecmascript::reader::{Reader, place};
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;
use std::borrow::Cow;
use std::collections::HashSet;

/// What makes a router.
const ROUTER: &str = "Router";

/// A file is told of no more than these.
const MOST: usize = 64;

/// Longer chains of calls are not followed to their beginning.
const LONGEST_CHAIN: usize = 16;

/// What the compiler misses, or takes for a route, on the routers of a file and on the app that it exposes.
pub(in crate::ecmascript) fn unseen<'a>(
    reader: &Reader<'a>,
    outline: &Outline<'a>,
    imports: &Imports<'a>,
) -> Vec<Finding> {
    let is_exposed = reader.source.of_capability("expose").next().is_some();
    let app = app(reader, outline, imports).filter(|_| is_exposed);
    let app = app.and_then(|bind| reader.path(bind.target));
    let routers = outline.bindings.iter().filter(|bind| is_router(reader, imports, bind));
    let mut names: HashSet<Cow<'a, str>> = routers.filter_map(|bind| reader.path(bind.target)).collect();
    names.extend(app.clone());
    if names.is_empty() {
        return Vec::new();
    }
    let search = Search { reader, app, names };
    outline.calls.iter().filter_map(|call| search.of_call(call)).take(MOST).collect()
}

/// The variables whose calls are looked at.
struct Search<'s, 'a> {
    reader: &'s Reader<'a>,
    /// The one that holds the app.
    app: Option<Cow<'a, str>>,
    names: HashSet<Cow<'a, str>>,
}

impl<'a> Search<'_, 'a> {
    fn of_call(&self, call: &Call<'a>) -> Option<Finding> {
        let (object, method) = call.method?;
        let is_route = method == "route";
        if !is_route && paths::verb(method).is_none() {
            return None;
        }
        let arguments: Vec<_> = self.reader.children(call.arguments?).collect();
        let first = *arguments.first()?;
        if let Some(router) = self.known(object) {
            return match (self.reader.literal(first), arguments.len()) {
                _ if is_route => self.chained(call, &router),
                (Some(literal), 1) if method == "get" && self.app.as_ref() == Some(&router) => {
                    setting(call, literal, &router)
                }
                (None, 2..) if self.may_be_path(first) => {
                    Some(Finding::new(Code::CompilerGap, "express-route", place(first)))
                }
                _ => None,
            };
        }
        if is_route || arguments.len() < 2 {
            return None;
        }
        self.chained(call, &self.start_of(object)?)
    }

    fn known(&self, object: Node<'a>) -> Option<Cow<'a, str>> {
        self.reader.path(object).filter(|path| self.names.contains(path))
    }

    /// What a call on the result of another is missing, told at its name.
    fn chained(&self, call: &Call<'a>, router: &str) -> Option<Finding> {
        let (_, name) = self.reader.member(call.callee)?;
        Some(Finding::new(Code::CompilerGap, "express-chain", place(name)).with("router", router))
    }

    /// Functions are no paths, and what is spread may hold anything.
    fn may_be_path(&self, argument: Node<'a>) -> bool {
        let argument = self.reader.plain(argument);
        let kind = self.reader.kind(argument);
        !matches!(kind, Kind::Arrow | Kind::Function | Kind::Object) && argument.kind() != "spread_element"
    }

    /// The router at the beginning of a chain of calls that all return it.
    fn start_of(&self, object: Node<'a>) -> Option<Cow<'a, str>> {
        let mut object = self.reader.plain(object);
        for _ in 0..LONGEST_CHAIN {
            if !self.reader.is(object, Kind::Call) {
                return self.known(object);
            }
            object = self.reader.plain(self.returned(object)?);
        }
        None
    }

    /// The object of a call that defines routes on it: such a call returns its object.
    fn returned(&self, call: Node<'a>) -> Option<Node<'a>> {
        let callee = self.reader.plain(self.reader.field(call, |fields| fields.function)?);
        let (object, name) = self.reader.member(callee)?;
        let method = self.reader.text(name);
        let arguments = self.reader.field(call, |fields| fields.arguments)?;
        let defines = match method {
            "use" => true,
            method => paths::verb(method).is_some() && self.reader.children(arguments).count() > 1,
        };
        defines.then_some(object)
    }
}

fn setting(call: &Call<'_>, literal: &str, app: &str) -> Option<Finding> {
    let path = paths::route(literal).pop()?;
    let finding = Finding::new(Code::CompilerGap, "express-setting", place(call.node));
    Some(finding.with("path", path).with("router", app))
}

/// Whether a variable gets a router: `Router()`, `express.Router()` or `require("express").Router()`, also with `new`.
fn is_router<'a>(reader: &Reader<'a>, imports: &Imports<'a>, bind: &Bind<'a>) -> bool {
    let class = match reader.kind(bind.value) {
        Kind::Call => reader.field(bind.value, |fields| fields.function),
        Kind::New => reader.field(bind.value, |fields| fields.constructor),
        _ => None,
    };
    class.is_some_and(|class| makes_router(reader, imports, reader.plain(class)) && is_app_name(reader, bind))
}

fn makes_router<'a>(reader: &Reader<'a>, imports: &Imports<'a>, class: Node<'a>) -> bool {
    let imported = |name: &str| {
        let (_, import, binding) = imports.named(name)?;
        (import.import.specifier == PACKAGE).then_some(&binding.imported)
    };
    if let Some(name) = reader.identifier(class) {
        return matches!(imported(name), Some(Imported::Name(name)) if name == ROUTER);
    }
    reader.member(class).is_some_and(|(object, name)| {
        let is_package = || match reader.identifier(object) {
            Some(root) => imported(root).is_some(),
            None => is_required(reader, object),
        };
        reader.text(name) == ROUTER && is_package()
    })
}
