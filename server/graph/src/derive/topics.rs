//! Emitters whose events go from unit to unit (reference, 5.7.6).

use super::{Derived, FactRef, Topic, resolve, targets};
use crate::kind::{Kind, Reference};
use crate::project::Project;
use klotho_summary::{Declares, Event, EventWay, Facts, FileSummary, Imported, ImportedCall};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Adds every emitter that a file of some unit declares, with the events that all files emit and listen to on it.
pub(super) fn add(project: &Project, derived: &mut Derived) {
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
            let remote =
                declaration.symbol.iter().flat_map(|symbol| elsewhere(project, derived, path, symbol));
            let events: BTreeSet<_> =
                events.iter().flat_map(|event| in_units(event, &units)).chain(remote).collect();
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

fn in_units<'a>(event: &'a Event, units: &'a [String]) -> impl Iterator<Item = (String, Event)> + 'a {
    units.iter().map(move |unit| (unit.clone(), event.clone()))
}

/// The events of the emitter `symbol` of the file at `path` that other files emit and listen to.
fn elsewhere(project: &Project, derived: &Derived, path: &str, symbol: &str) -> Vec<(String, Event)> {
    let Some(declaring) = project.summary(path) else { return Vec::new() };
    let mut found = Vec::new();
    for (other, units) in derived.file_units.iter().filter(|(other, _)| &***other != path) {
        let Some(summary) = project.summary(other) else { continue };
        for event in summary.facts.imported_calls.iter().filter_map(|call| {
            let event = event_of(call, &declaring.facts, symbol)?;
            leads_to(project, summary, call, path).then_some(event)
        }) {
            found.extend(in_units(&event, units));
        }
    }
    found
}

/// The event of a call such as `orders.emit("placed")` on an export of the declaring file.
fn event_of(call: &ImportedCall, declaring: &Facts, symbol: &str) -> Option<Event> {
    let [exported, method] = call.path.as_slice() else { return None };
    let way: EventWay = EventWay::of_method(method)?;
    let is_emitter = declaring.exports.iter().any(|export| {
        export.local == symbol && matches!(&export.exported, Imported::Name(name) if name == exported)
    });
    is_emitter.then_some(())?;
    Some(Event { name: call.literal.clone()?, way })
}

/// Whether a call is on something imported from the file at `path`, and that file is imported once: the compiler does not
/// choose between two imports.
fn leads_to(project: &Project, summary: &FileSummary, call: &ImportedCall, path: &str) -> bool {
    let imports = &summary.facts.imports;
    let is_there = |index: usize| {
        imports
            .get(index)
            .and_then(|import| resolve(project, &import.candidates))
            .is_some_and(|it| it == path)
    };
    is_there(call.import) && (0..imports.len()).filter(|index| is_there(*index)).count() == 1
}
