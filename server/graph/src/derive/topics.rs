//! Emitters whose events go from unit to unit (reference, 5.7.6).

use super::variables::member_call;
use super::{Derived, FactRef, Topic, targets};
use crate::kind::Kind;
use crate::project::Project;
use klotho_summary::{Declaration, Declares, Event, EventWay, FileSummary};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The emitters that a file declares, by id.
pub(super) fn declared(summary: &FileSummary) -> impl Iterator<Item = (&str, &Declaration)> {
    summary.facts.declarations.iter().filter_map(|declaration| {
        let Declares::Topic { .. } = &declaration.declares else { return None };
        Some((summary.facts.annotations.get(declaration.annotation)?.id()?, declaration))
    })
}

/// An emitter as the files at some paths declare it, if one that belongs to a unit does, with the events that all files emit
/// and listen to on it.
pub(super) fn topic(
    project: &Project,
    derived: &Derived,
    id: &str,
    paths: &BTreeSet<Arc<str>>,
) -> Option<Topic> {
    let mut topic: Option<Topic> = None;
    for path in paths {
        let units = derived.units_of(path);
        let Some(summary) = project.speaking(path).filter(|_| !units.is_empty()) else { continue };
        for (_, declaration) in declared(summary).filter(|(found, _)| *found == id) {
            let Declares::Topic { events } = &declaration.declares else { continue };
            let fact = FactRef { path: Arc::clone(path), annotation: declaration.annotation };
            let topic = topic.get_or_insert_with(|| Topic {
                declared: Vec::new(),
                symbol: declaration.symbol.clone(),
                type_name: targets::type_of(project, Kind::Pubsub, id),
                events: BTreeSet::new(),
            });
            topic.events.extend(events.iter().flat_map(|event| in_units(event.clone(), units)));
            topic.events.extend(elsewhere(project, derived, &fact));
            topic.declared.push(fact);
        }
    }
    topic
}

fn in_units(event: Event, units: &[String]) -> impl Iterator<Item = (String, Event)> + '_ {
    units.iter().map(move |unit| (unit.clone(), event.clone()))
}

/// The events that other files emit and listen to on an emitter.
fn elsewhere(project: &Project, derived: &Derived, fact: &FactRef) -> Vec<(String, Event)> {
    let mut found = Vec::new();
    for path in project.importers(&fact.path) {
        for used in derived.uses_of(path).iter().filter(|used| used.declared == *fact) {
            let call = project.summary(path).and_then(|it| it.facts.imported_calls.get(used.call));
            let event = call.and_then(|call| {
                let (_, method) = member_call(call)?;
                Some(Event { name: call.literal.clone()?, way: EventWay::of_method(method)? })
            });
            found.extend(event.into_iter().flat_map(|event| in_units(event, derived.units_of(path))));
        }
    }
    found
}
