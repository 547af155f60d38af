//! Ids that two resources share.

use super::{Anchor, Derived, FactRef, GraphFinding};
use crate::kind::{Kind, Reference};
use klotho_annotation::finding::Code;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is wrong with ids that more than one resource has.
pub(super) fn findings(derived: &Derived) -> Vec<(Arc<str>, GraphFinding)> {
    let mut found = duplicates(derived);
    found.extend(secrets(derived));
    found.extend(reused(derived));
    found
}

fn located(fact: &FactRef, finding: impl Fn(Anchor) -> GraphFinding) -> (Arc<str>, GraphFinding) {
    (Arc::clone(&fact.path), finding(Anchor::Id(fact.annotation)))
}

/// Two stores of different kinds with one id (reference, 6.6 V3); secrets are exempt.
fn duplicates(derived: &Derived) -> Vec<(Arc<str>, GraphFinding)> {
    let mut first: BTreeMap<&str, &Reference> = BTreeMap::new();
    let mut found = Vec::new();
    for (reference, store) in
        derived.stores.iter().filter(|(found, _)| found.kind.is_store() && found.kind != Kind::PersistSecret)
    {
        let earlier = *first.entry(&reference.id).or_insert(reference);
        if earlier == reference {
            continue;
        }
        found.extend(store.declared.iter().map(|fact| {
            located(fact, |anchor| {
                GraphFinding::new(Code::IdDuplicate, "", anchor)
                    .with("id", &reference.id)
                    .with("first", earlier.kind.spec().title)
                    .with("second", reference.kind.spec().title)
            })
        }));
    }
    found
}

/// Secrets whose id another secret or store has: the compiler compares all ids but theirs.
fn secrets(derived: &Derived) -> Vec<(Arc<str>, GraphFinding)> {
    let mut kinds: BTreeMap<&str, Kind> = BTreeMap::new();
    let others =
        derived.stores.keys().filter(|found| found.kind.is_store() && found.kind != Kind::PersistSecret);
    others.for_each(|other| _ = kinds.entry(&other.id).or_insert(other.kind));
    let mut found = Vec::new();
    for (reference, store) in derived.stores.iter().filter(|(found, _)| found.kind == Kind::PersistSecret) {
        let shared = |variant| {
            move |anchor| GraphFinding::new(Code::IdShared, variant, anchor).with("id", &reference.id)
        };
        if let Some(other) = kinds.get(reference.id.as_str()) {
            let with_other = |anchor| shared("store")(anchor).with("other", other.spec().title);
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
fn reused(derived: &Derived) -> Vec<(Arc<str>, GraphFinding)> {
    let mut first: BTreeMap<&str, Kind> = BTreeMap::new();
    let mut found = Vec::new();
    for (kind, id, declared) in resources(derived) {
        let earlier = *first.entry(id).or_insert(kind);
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

/// All resources that annotations declare.
pub(super) fn resources(derived: &Derived) -> impl Iterator<Item = (Kind, &str, &[FactRef])> {
    let units = derived.units.iter().filter(|(_, unit)| !unit.declared.is_empty());
    let units = units.map(|(id, unit)| (Kind::ExecutionUnit, id.as_str(), &unit.declared[..]));
    let gateways = derived.gateways.iter().map(|(id, it)| (Kind::Gateway, id.as_str(), &it.declared[..]));
    let stores = derived.stores.iter().map(|(it, store)| (it.kind, it.id.as_str(), &store.declared[..]));
    let topics = derived.topics.iter().map(|(id, it)| (Kind::Pubsub, id.as_str(), &it.declared[..]));
    let websites =
        derived.static_units.iter().map(|(id, it)| (Kind::StaticUnit, id.as_str(), &it.declared[..]));
    units.chain(gateways).chain(stores).chain(topics).chain(websites)
}
