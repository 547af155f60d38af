//! Relational databases: Sequelize and TypeORM.

use super::{Search, Store, is_variable};
use crate::ecmascript::grammar::Kind;
use crate::ecmascript::outline::Bind;
use crate::ecmascript::reader::place;
use crate::{Imported, StoreKind};
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;
use klotho_text::Span;
use std::borrow::Cow;

/// The connections of both libraries.
const CLASSES: [&str; 2] = ["Sequelize", "DataSource"];

/// The first `x = new C(argument)` of the node, if `C` is a connection of either library.
pub(super) fn store<'a>(search: &Search<'_, 'a>, span: Span) -> Option<Store<'a>> {
    let mut candidates = search.bindings(span, Kind::New).filter_map(|bind| candidate(search, bind));
    let (class, node, variable) = candidates.next()?;
    let is_connection = CLASSES.contains(&class) && is_variable(&variable);
    is_connection.then(|| Store { kind: StoreKind::Orm, variable: Some(variable), gap: gap(search, node) })
}

fn candidate<'s, 'a>(search: &Search<'s, 'a>, bind: &Bind<'a>) -> Option<(&'s str, Node<'a>, Cow<'a, str>)> {
    let reader = search.reader;
    let arguments = reader.field(bind.value, |fields| fields.arguments)?;
    let class = reader.field(bind.value, |fields| fields.constructor)?;
    let name = match reader.member(class) {
        Some((object, name)) => reader.identifier(object).map(|_| reader.text(name)),
        None => reader.identifier(class).map(|name| search.original(name)),
    };
    let variable = search.target(bind)?;
    (arguments.named_child_count() > 0).then_some((name?, class, variable))
}

/// A class that is imported as a module's default goes by the name `default` in what TypeScript makes of it.
fn gap(search: &Search<'_, '_>, class: Node<'_>) -> Option<Finding> {
    let name = search.reader.text(class);
    let (node, imported) = search.imports.replaced(search.reader, name)?;
    let gap = Finding::new(Code::CompilerGap, "orm-default", place(class)).with("class", name);
    (*imported == Imported::Default).then(|| gap.with("module", &node.import.specifier))
}
