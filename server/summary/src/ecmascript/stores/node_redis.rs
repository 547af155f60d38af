//! Redis: the clients of the package `redis`.

use super::{Search, Store, is_variable};
use crate::StoreKind;
use crate::ecmascript::grammar::Kind;
use crate::ecmascript::outline::Bind;
use klotho_text::Span;
use std::borrow::Cow;

/// The first `x = f()` of the node, if `f` makes a client.
pub(super) fn store<'a>(search: &Search<'_, 'a>, span: Span) -> Option<Store<'a>> {
    let mut candidates = search.bindings(span, Kind::Call).filter_map(|bind| candidate(search, bind));
    let (function, variable) = candidates.next()?;
    let kind = match function {
        "createClient" => StoreKind::RedisNode,
        "createCluster" => StoreKind::RedisCluster,
        _ => return None,
    };
    is_variable(&variable).then_some(Store { kind, variable: Some(variable), gap: None })
}

/// `f()`, or `(0, ns.f)()` as TypeScript writes the call of an imported function.
fn candidate<'s, 'a>(search: &Search<'s, 'a>, bind: &Bind<'a>) -> Option<(&'s str, Cow<'a, str>)> {
    let reader = search.reader;
    let callee = reader.plain(reader.field(bind.value, |fields| fields.function)?);
    let function = match reader.sequence_end(callee) {
        Some(end) => reader.member(end).map(|(_, name)| reader.text(name)),
        None => reader.identifier(callee).map(|name| search.original(name)),
    };
    Some((function?, search.target(bind)?))
}
