//! Emitters whose events go from unit to unit (reference, 5.7.6).

use super::variables::member_call;
use super::{Derived, FactRef, Topic, targets};
use crate::kind::Kind;
use crate::project::Project;
use klotho_summary::{Declaration, Declares, Event, EventWay, FileSummary};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// The emitters that a file declares, by id.
pub(super) fn declared(summary: &FileSummary) -> impl Iterator<Item = (&str, &Declaration)> {
    summary.facts.declarations.iter().filter_map(|declaration| {
        let Declares::Topic { .. } = &declaration.declares else { return None };
        Some((summary.facts.annotations.get(declaration.annotation)?.id()?, declaration))
    })
}

/// What files declare and what others do with it, each file looked through once.
#[derive(Default)]
pub(super) struct Index<'a>(HashMap<Arc<str>, OfFile<'a>>);

#[derive(Default)]
struct OfFile<'a> {
    /// By id.
    declared: HashMap<&'a str, Vec<&'a Declaration>>,
    /// By annotation: the events of other files.
    elsewhere: HashMap<usize, Vec<(String, Event)>>,
}

impl<'a> Index<'a> {
    fn of(&mut self, project: &'a Project, derived: &Derived, path: &Arc<str>) -> &OfFile<'a> {
        self.0.entry(Arc::clone(path)).or_insert_with(|| {
            let mut of_file = OfFile { elsewhere: elsewhere(project, derived, path), ..OfFile::default() };
            for (id, declaration) in project.speaking(path).into_iter().flat_map(declared) {
                of_file.declared.entry(id).or_default().push(declaration);
            }
            of_file
        })
    }
}

/// An emitter as the files at some paths declare it, if one that belongs to a unit does, with the events that all files emit
/// and listen to on it.
pub(super) fn topic<'a>(
    project: &'a Project,
    derived: &Derived,
    index: &mut Index<'a>,
    id: &str,
    paths: &BTreeSet<Arc<str>>,
) -> Option<Topic> {
    let mut topic: Option<Topic> = None;
    for path in paths {
        let units = derived.units_of(path);
        if units.is_empty() {
            continue;
        }
        let of_file = index.of(project, derived, path);
        for declaration in of_file.declared.get(id).into_iter().flatten() {
            let Declares::Topic { events } = &declaration.declares else { continue };
            let topic = topic.get_or_insert_with(|| Topic {
                declared: Vec::new(),
                symbol: declaration.symbol.clone(),
                type_name: targets::type_of(project, Kind::Pubsub, id),
                events: BTreeSet::new(),
            });
            topic.events.extend(events.iter().flat_map(|event| in_units(event.clone(), units)));
            let elsewhere = of_file.elsewhere.get(&declaration.annotation);
            topic.events.extend(elsewhere.into_iter().flatten().cloned());
            topic.declared.push(FactRef { path: Arc::clone(path), annotation: declaration.annotation });
        }
    }
    topic
}

fn in_units(event: Event, units: &[String]) -> impl Iterator<Item = (String, Event)> + '_ {
    units.iter().map(move |unit| (unit.clone(), event.clone()))
}

/// The events that other files emit and listen to on the emitters of a file, by annotation.
fn elsewhere(project: &Project, derived: &Derived, path: &Arc<str>) -> HashMap<usize, Vec<(String, Event)>> {
    let mut found: HashMap<usize, Vec<_>> = HashMap::new();
    for importer in project.importers(path) {
        for used in derived.uses_of(importer).iter().filter(|used| used.declared.path == *path) {
            let call = project.summary(importer).and_then(|it| it.facts.imported_calls.get(used.call));
            let event = call.and_then(|call| {
                let (_, method) = member_call(call)?;
                Some(Event { name: call.literal.clone()?, way: EventWay::of_method(method)? })
            });
            let events = event.into_iter().flat_map(|event| in_units(event, derived.units_of(importer)));
            found.entry(used.declared.annotation).or_default().extend(events);
        }
    }
    found
}
