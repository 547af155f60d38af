//! How a variable gets an Express app, and whether the compiler sees that it does (reference, 5.3).

use crate::Imported;
use crate::ecmascript::grammar::Kind;
use crate::ecmascript::imports::{Form, Imports};
use crate::ecmascript::outline::{Bind, Binding, Outline};
use crate::ecmascript::reader::Reader;
use klotho_grammars::Node;

/// The package.
pub(super) const PACKAGE: &str = "express";

/// How the value of a variable relates to Express.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Making<'a> {
    /// An app as the compiler sees it.
    Seen,
    /// An app of TypeScript's default import, under this name: the graph counts it, the compiler does not see it.
    Default(&'a str),
    /// An app behind `var`.
    Var,
    /// `require("express")()`
    Inline,
    /// `(0, express_1.default)()`: what `tsc` makes of a default import.
    Compiled,
    /// An app of a name that the file imports more than once.
    Twice(&'a str),
    /// An app that a namespace exports: `tsc` makes a property of the namespace of it.
    Property,
    /// No app of Express.
    Other,
}

impl Making<'_> {
    /// Whether there is a gateway.
    pub(super) fn counts(self) -> bool {
        matches!(self, Making::Seen | Making::Default(_))
    }
}

/// The declaration or assignment that makes the app of the file: the first that counts.
pub(super) fn app<'o, 'a>(
    reader: &Reader<'a>,
    outline: &'o Outline<'a>,
    imports: &Imports<'a>,
) -> Option<&'o Bind<'a>> {
    outline.bindings.iter().find(|bind| making(reader, imports, bind).counts())
}

/// What a declaration or assignment makes.
pub(super) fn making<'a>(reader: &Reader<'a>, imports: &Imports<'a>, bind: &Bind<'a>) -> Making<'a> {
    if !reader.is(bind.value, Kind::Call) {
        return Making::Other;
    }
    let Some(callee) = reader.field(bind.value, |fields| fields.function) else { return Making::Other };
    let made = called(reader, imports, callee);
    match made {
        Making::Seen | Making::Default(_) if bind.of_namespace => Making::Property,
        Making::Seen | Making::Default(_) if !is_app_name(reader, bind) => Making::Other,
        Making::Seen | Making::Default(_) if bind.binding == Binding::Var => Making::Var,
        made => made,
    }
}

/// A plain name or `exports.name`.
pub(super) fn is_app_name<'a>(reader: &Reader<'a>, bind: &Bind<'a>) -> bool {
    reader.path(bind.target).is_some_and(|variable| {
        let name = variable.strip_prefix("exports.").unwrap_or(&variable);
        !name.contains('.')
    })
}

/// `require("express")`
pub(super) fn is_required<'a>(reader: &Reader<'a>, node: Node<'a>) -> bool {
    let required = || {
        let arguments = reader.field(node, |fields| fields.arguments)?;
        let function = reader.field(node, |fields| fields.function)?;
        Some((reader.text(function), reader.literal(reader.first(arguments)?)?))
    };
    reader.is(node, Kind::Call) && required() == Some(("require", PACKAGE))
}

/// What calling `callee` makes.
fn called<'a>(reader: &Reader<'a>, imports: &Imports<'a>, callee: Node<'a>) -> Making<'a> {
    if let Some(function) = reader.identifier(callee) {
        return named(reader, imports, function);
    }
    if reader.is(callee, Kind::Call) {
        return if is_required(reader, callee) { Making::Inline } else { Making::Other };
    }
    let whole = reader.sequence_end(callee).unwrap_or(callee);
    match reader.chain(whole) {
        Some((root, names)) if names == ["default"] && is_of_package(imports, reader.text(root)) => {
            Making::Compiled
        }
        _ => Making::Other,
    }
}

/// What calling a plain name makes.
fn named<'a>(reader: &Reader<'a>, imports: &Imports<'a>, function: &'a str) -> Making<'a> {
    if !is_of_package(imports, function) {
        return Making::Other;
    }
    let Some((_, import, binding)) = imports.only(function) else { return Making::Twice(function) };
    match &binding.imported {
        // In TypeScript's output the names of an import statement are properties of the module: `Router()` makes no
        // app there, and neither does the default import.
        Imported::Default if reader.typed && import.form == Form::Es => Making::Default(function),
        Imported::Name(_) if reader.typed && import.form == Form::Es => Making::Other,
        _ => Making::Seen,
    }
}

fn is_of_package(imports: &Imports<'_>, local: &str) -> bool {
    imports.named(local).is_some_and(|(_, import, _)| import.import.specifier == PACKAGE)
}
