//! Who calls whom in the resource graph, and where that stands.

use super::Navigator;
use super::places::{self, Place};
use klotho_graph::{Hop, Kind, Reference};
use klotho_summary::EventWay;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The other ends of a resource's edges, with the places where the calls stand.
pub(super) type Ends = BTreeMap<Reference, Vec<Place>>;

/// What calls a resource: gateways and units call units, units use stores and publish to topics, topics call their listeners.
pub(super) fn incoming(navigator: &Navigator<'_>, reference: &Reference) -> Ends {
    match reference.kind {
        Kind::ExecutionUnit => into_unit(navigator, &reference.id),
        Kind::Gateway | Kind::StaticUnit => Ends::new(),
        Kind::Pubsub => members(navigator, reference, EventWay::Published),
        _ => users(navigator, reference),
    }
}

/// What a resource calls.
pub(super) fn outgoing(navigator: &Navigator<'_>, reference: &Reference) -> Ends {
    match reference.kind {
        Kind::ExecutionUnit => out_of_unit(navigator, &reference.id),
        Kind::Gateway => routed(navigator, reference),
        Kind::Pubsub => members(navigator, reference, EventWay::Subscribed),
        _ => Ends::new(),
    }
}

fn unit(id: &str) -> Reference {
    Reference::new(Kind::ExecutionUnit, id)
}

fn into_unit(navigator: &Navigator<'_>, id: &str) -> Ends {
    let derived = navigator.context.project.derived();
    let mut ends = Ends::new();
    for (gateway, found) in derived.gateways.iter() {
        let rows = found.routes.values().filter(|row| row.unit == id);
        let places: Vec<_> =
            rows.filter_map(|row| places::route_place(navigator, row, places::Role::Use)).collect();
        if !places.is_empty() {
            ends.insert(Reference::new(Kind::Gateway, gateway.as_str()), places);
        }
    }
    for (path, hop) in hops(navigator).filter(|(_, hop)| hop.to == id) {
        for from in &hop.from {
            ends.entry(unit(from)).or_default().extend(places::hop_place(navigator, path, hop));
        }
    }
    ends.extend(topics(navigator, id, EventWay::Subscribed));
    ends
}

fn out_of_unit(navigator: &Navigator<'_>, id: &str) -> Ends {
    let derived = navigator.context.project.derived();
    let mut ends = Ends::new();
    for (path, hop) in hops(navigator).filter(|(_, hop)| hop.from.iter().any(|from| from == id)) {
        ends.entry(unit(&hop.to)).or_default().extend(places::hop_place(navigator, path, hop));
    }
    for (reference, _) in derived.stores.iter().filter(|(_, store)| store.is_used_by(id)) {
        ends.insert(reference.clone(), in_unit(navigator, id, places::mentions(navigator, reference)));
    }
    ends.extend(topics(navigator, id, EventWay::Published));
    ends
}

fn hops<'a>(navigator: &Navigator<'a>) -> impl Iterator<Item = (&'a Arc<str>, &'a Hop)> {
    navigator.context.project.derived().hops()
}

/// The topics with which a unit does something, and where.
fn topics(navigator: &Navigator<'_>, id: &str, way: EventWay) -> Ends {
    let topics = navigator.context.project.derived().topics.iter();
    let own =
        topics.filter(|(_, topic)| topic.events.iter().any(|(unit, event)| unit == id && event.way == way));
    own.map(|(topic, _)| {
        let topic = Reference::new(Kind::Pubsub, topic.as_str());
        let places = in_unit(navigator, id, events(navigator, &topic, way));
        (topic, places)
    })
    .collect()
}

/// The units that do something with a topic, and where.
fn members(navigator: &Navigator<'_>, reference: &Reference, way: EventWay) -> Ends {
    let topic = navigator.context.project.derived().topics.get(&reference.id);
    let events_of = topic.into_iter().flat_map(|topic| &topic.events);
    let units: BTreeSet<_> = events_of.filter(|(_, event)| event.way == way).map(|(unit, _)| unit).collect();
    let all = events(navigator, reference, way);
    units.into_iter().map(|id| (unit(id), in_unit(navigator, id, all.clone()))).collect()
}

/// The places that emit a topic's events, or listen to them.
fn events(navigator: &Navigator<'_>, topic: &Reference, way: EventWay) -> Vec<Place> {
    let mut places = places::mentions(navigator, topic);
    places.retain(|place| place.member.as_deref().and_then(EventWay::of_method) == Some(way));
    places
}

/// The units that use a store, and where.
fn users(navigator: &Navigator<'_>, reference: &Reference) -> Ends {
    let store = navigator.context.project.derived().stores.get(reference);
    let all = places::mentions(navigator, reference);
    let units = store.into_iter().flat_map(|store| store.units.iter());
    units.map(|id| (unit(id), in_unit(navigator, id, all.clone()))).collect()
}

/// The units behind a gateway, and its routes to each.
fn routed(navigator: &Navigator<'_>, reference: &Reference) -> Ends {
    let gateway = navigator.context.project.derived().gateways.get(&reference.id);
    let mut ends = Ends::new();
    for row in gateway.into_iter().flat_map(|gateway| gateway.routes.values()) {
        let place = places::route_place(navigator, row, places::Role::Use);
        ends.entry(unit(&row.unit)).or_default().extend(place);
    }
    ends
}

/// Those of the places in code that a unit holds.
fn in_unit(navigator: &Navigator<'_>, id: &str, mut places: Vec<Place>) -> Vec<Place> {
    let files = navigator.context.project.derived().units.get(id).map(|unit| &unit.files);
    places.retain(|place| {
        place.role == places::Role::Use && files.is_some_and(|files| files.contains(&place.path))
    });
    places
}
