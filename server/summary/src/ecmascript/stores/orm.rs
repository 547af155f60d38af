//! Relational databases: Sequelize and TypeORM.

use super::{Search, Store, is_variable};
use crate::StoreKind;
use crate::ecmascript::grammar::Kind;
use crate::ecmascript::outline::Bind;
use klotho_text::Span;

/// The first `x = new C(argument)` of the node, if `C` is a connection of either library.
pub(super) fn store(search: &Search<'_, '_>, span: Span) -> Option<Store> {
    let mut candidates = search.bindings(span, Kind::New).filter_map(|bind| candidate(search, bind));
    let (class, variable) = candidates.next()?;
    let is_connection = matches!(class, "Sequelize" | "DataSource") && is_variable(&variable);
    is_connection.then_some(Store { kind: StoreKind::Orm, variable })
}

fn candidate<'a>(search: &Search<'_, 'a>, bind: &Bind<'a>) -> Option<(&'a str, String)> {
    let arguments = search.reader.field(bind.value, |fields| fields.arguments)?;
    let class = search.class(bind.value)?;
    let variable = search.target(bind)?;
    (arguments.named_child_count() > 0).then_some((class, variable))
}
