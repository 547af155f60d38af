//! Key-value stores: a `Map`.

use super::{Search, Store};
use crate::StoreKind;
use crate::ecmascript::grammar::Kind;
use crate::ecmascript::outline::Binding;
use crate::ecmascript::reader::place;
use foldhash::HashSet;
use klotho_annotation::finding::{Code, Finding};
use klotho_text::Span;

/// The first `Map` of the node, if nothing else is made after it: `x = new Map()` in a declarator or
/// `exports.x = new Map()`.
pub(super) fn store<'a>(search: &Search<'_, 'a>, span: Span) -> Option<Store<'a>> {
    let reader = search.reader;
    let mut candidates = search.bindings(span, Kind::New).filter(|bind| {
        // `x = new Map()` without a declaration is passed over, not even counted.
        bind.binding != Binding::Assignment
            || matches!(reader.kind(bind.target), Kind::Member | Kind::Default)
    });
    let map = candidates.find(|bind| {
        let class = reader.field(bind.value, |fields| fields.constructor);
        class.is_some_and(|class| reader.text(class) == "Map")
            // TypeScript makes `m_1.Map` of one that is imported.
            && search.imports.replaced(reader, "Map").is_none()
    })?;
    if candidates.next().is_some() {
        return None;
    }
    let variable = reader.path(map.target)?;
    let is_variable = super::is_variable(&variable);
    is_variable.then_some(Store { kind: StoreKind::Kv, variable: Some(variable), gap: None })
}

/// Calls on the maps of this file that are not awaited.
pub(super) fn missing_awaits(
    search: &Search<'_, '_>,
    stores: &[(usize, Store<'_>)],
    findings: &mut Vec<Finding>,
) {
    let maps = stores.iter().filter(|(_, store)| store.kind == StoreKind::Kv);
    let maps: HashSet<&str> = maps.filter_map(|(_, store)| store.variable.as_deref()).collect();
    if maps.is_empty() {
        return;
    }
    for call in search.outline.calls.iter().filter(|call| !call.awaited) {
        let Some((object, method)) = call.method.filter(|(_, method)| StoreKind::Kv.is_asynchronous(method))
        else {
            continue;
        };
        let Some(variable) = search.reader.path(object).filter(|variable| maps.contains(variable.as_ref()))
        else {
            continue;
        };
        let called = format!("{variable}.{method}");
        findings.push(Finding::new(Code::MissingAwait, "", place(call.node)).with("call", called));
    }
}
