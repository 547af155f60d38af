//! Ids that two resources share.

use super::{Anchor, Derived, FactRef, GraphFinding, Store};
use crate::kind::{Kind, Reference};
use klotho_annotation::finding::Code;
use std::sync::Arc;

/// What is wrong with an id that more than one resource has.
pub(super) fn findings(derived: &Derived, id: &str) -> Vec<(Arc<str>, GraphFinding)> {
    let stores = stores(derived, id);
    let mut found = duplicates(&stores);
    found.extend(secrets(&stores));
    found.extend(reused(derived, id, &stores));
    found
}

/// The stores and configuration values of an id, in the order of their kinds.
fn stores<'a>(derived: &'a Derived, id: &str) -> Vec<(&'a Reference, &'a Store)> {
    let kinds = Kind::all().filter(|kind| kind.is_store() || *kind == Kind::Config);
    let all = kinds.filter_map(|kind| derived.stores.get_key_value(&Reference::new(kind, id)));
    let mut found: Vec<_> = all.map(|(reference, store)| (reference, &**store)).collect();
    found.sort_by_key(|(reference, _)| *reference);
    found
}

fn located(fact: &FactRef, finding: impl Fn(Anchor) -> GraphFinding) -> (Arc<str>, GraphFinding) {
    (Arc::clone(&fact.path), finding(Anchor::Id(fact.annotation)))
}

/// Two stores of different kinds with one id (reference, 6.6 V3); secrets are exempt.
fn duplicates(stores: &[(&Reference, &Store)]) -> Vec<(Arc<str>, GraphFinding)> {
    let mut compared = stores.iter().filter(|(reference, _)| is_compared(reference.kind));
    let Some((earlier, _)) = compared.next() else { return Vec::new() };
    let finding = |reference: &Reference, fact| {
        located(fact, |anchor| {
            GraphFinding::new(Code::IdDuplicate, "", anchor)
                .with("id", &reference.id)
                .with("first", earlier.kind.spec().title)
                .with("second", reference.kind.spec().title)
        })
    };
    compared
        .flat_map(|(reference, store)| store.declared.iter().map(move |fact| (*reference, fact)))
        .map(|(reference, fact)| finding(reference, fact))
        .collect()
}

fn is_compared(kind: Kind) -> bool {
    kind.is_store() && kind != Kind::PersistSecret
}

/// Secrets whose id another secret or store has: the compiler compares all ids but theirs.
fn secrets(stores: &[(&Reference, &Store)]) -> Vec<(Arc<str>, GraphFinding)> {
    let other = stores.iter().find(|(reference, _)| is_compared(reference.kind));
    let mut found = Vec::new();
    for (reference, store) in stores.iter().filter(|(found, _)| found.kind == Kind::PersistSecret) {
        let shared = |variant| {
            move |anchor| GraphFinding::new(Code::IdShared, variant, anchor).with("id", &reference.id)
        };
        if let Some((other, _)) = other {
            let with_other = |anchor| shared("store")(anchor).with("other", other.kind.spec().title);
            found.extend(store.declared.iter().map(|fact| located(fact, with_other)));
        } else {
            // Within one file the later annotation replaces the earlier, which has a finding of its own.
            let first = store.declared.first().map(|fact| &fact.path);
            let others = store.declared.iter().filter(|fact| Some(&fact.path) != first);
            found.extend(others.map(|fact| located(fact, shared("secret"))));
        }
    }
    found
}

/// One id in several capabilities: allowed, and easily mistaken.
fn reused(derived: &Derived, id: &str, stores: &[(&Reference, &Store)]) -> Vec<(Arc<str>, GraphFinding)> {
    let unit = derived.units.get(id).filter(|unit| !unit.declared.is_empty());
    let unit = unit.map(|unit| (Kind::ExecutionUnit, &unit.declared));
    let gateway = derived.gateways.get(id).map(|gateway| (Kind::Gateway, &gateway.declared));
    let stores = stores.iter().map(|(reference, store)| (reference.kind, &store.declared));
    let topic = derived.topics.get(id).map(|topic| (Kind::Pubsub, &topic.declared));
    let website = derived.static_units.get(id).map(|website| (Kind::StaticUnit, &website.declared));
    let all = unit.into_iter().chain(gateway).chain(stores).chain(topic).chain(website);
    let mut earlier: Option<Kind> = None;
    let mut found = Vec::new();
    for (kind, declared) in all {
        let earlier = *earlier.get_or_insert(kind);
        if earlier.spec().classic.section == kind.spec().classic.section {
            continue;
        }
        found.extend(declared.iter().map(|fact| {
            located(fact, |anchor| {
                GraphFinding::new(Code::IdReused, "", anchor)
                    .with("id", id)
                    .with("other", earlier.spec().with_article())
            })
        }));
    }
    found
}
