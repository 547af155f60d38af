//! Emitters whose events go from unit to unit (reference, 5.7.6).

use super::variables::{Variables, member_call};
use super::{Derived, FactRef, Topic, targets};
use crate::kind::{Kind, Reference};
use crate::project::Project;
use klotho_summary::{Declares, Event, EventWay};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Adds every emitter that a file of some unit declares, with the events that all files emit and listen to on it.
pub(super) fn add(project: &Project, variables: &Variables, derived: &mut Derived) {
    for (path, summary) in project.annotated() {
        let units = derived.units_of(path).to_vec();
        if units.is_empty() {
            continue;
        }
        for declaration in &summary.facts.declarations {
            let Declares::Topic { events } = &declaration.declares else { continue };
            let annotation = summary.facts.annotations.get(declaration.annotation);
            let Some(id) = annotation.and_then(|annotation| annotation.id()) else { continue };
            let fact = FactRef { path: Arc::clone(path), annotation: declaration.annotation };
            derived.resources.insert(fact.clone(), Reference::new(Kind::Pubsub, id));
            let own = events.iter().flat_map(|event| in_units(event.clone(), &units));
            let events: BTreeSet<_> = own.chain(elsewhere(project, variables, derived, &fact)).collect();
            let topic = derived.topics.entry(id.to_owned()).or_insert_with(|| Topic {
                declared: Vec::new(),
                symbol: declaration.symbol.clone(),
                type_name: targets::type_of(project, Kind::Pubsub, id),
                events: BTreeSet::new(),
            });
            topic.declared.push(fact);
            topic.events.extend(events);
        }
    }
}

fn in_units(event: Event, units: &[String]) -> impl Iterator<Item = (String, Event)> + '_ {
    units.iter().map(move |unit| (unit.clone(), event.clone()))
}

/// The events that other files emit and listen to on an emitter.
fn elsewhere(
    project: &Project,
    variables: &Variables,
    derived: &Derived,
    fact: &FactRef,
) -> Vec<(String, Event)> {
    let mut found = Vec::new();
    for used in variables.uses(fact) {
        let call = project.summary(&used.path).and_then(|it| it.facts.imported_calls.get(used.call));
        let event = call.and_then(|call| {
            let (_, method) = member_call(call)?;
            Some(Event { name: call.literal.clone()?, way: EventWay::of_method(method)? })
        });
        found.extend(event.into_iter().flat_map(|event| in_units(event, derived.units_of(&used.path))));
    }
    found
}
