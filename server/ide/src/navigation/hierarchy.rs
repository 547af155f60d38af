//! Calls over the resource graph: who calls, uses, publishes to and listens to whom, across files and languages.

use super::edges::{self, Ends};
use super::places::{self, Place};
use super::symbol::{self, Symbol};
use super::{CallItem, CallSite, Navigator, Target};
use crate::resources::type_in_words;
use crate::{Snapshot, tradeoff};
use klotho_graph::{Kind, Reference};
use klotho_text::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Snapshot {
    /// The resources that the cursor names, as ends of calls.
    pub fn call_items(&self, path: &str, offset: usize) -> Vec<CallItem> {
        let Some(navigator) = self.navigator(path) else { return Vec::new() };
        let found = symbol::at(&navigator, offset);
        let references = match found.map(|found| found.symbol) {
            Some(Symbol::Resources(references)) => references,
            Some(Symbol::Function { unit, .. }) => vec![Reference::new(Kind::ExecutionUnit, unit)],
            Some(Symbol::Route { path, anchor }) => {
                let rows =
                    places::routes_in(navigator.context.project, &path).filter(|row| row.anchor == anchor);
                let mut units: Vec<_> =
                    rows.map(|row| Reference::new(Kind::ExecutionUnit, &*row.unit)).collect();
                units.dedup();
                units
            }
            Some(Symbol::Files(_)) | None => Vec::new(),
        };
        references.iter().filter_map(|reference| navigator.item(reference)).collect()
    }

    /// What calls a resource of the project that the file belongs to.
    pub fn incoming_calls(&self, path: &str, reference: &Reference) -> Vec<CallSite> {
        let Some(navigator) = self.navigator(path) else { return Vec::new() };
        let ends = edges::incoming(&navigator, reference);
        ends.iter().flat_map(|(caller, places)| navigator.callers(caller, places)).collect()
    }

    /// What a resource calls, with the places in the file that it was shown in.
    pub fn outgoing_calls(&self, path: &str, reference: &Reference) -> Vec<CallSite> {
        let Some(navigator) = self.navigator(path) else { return Vec::new() };
        let ends: Ends = edges::outgoing(&navigator, reference);
        let here = &navigator.context.relative;
        let own = navigator.item(reference).filter(|item| &*item.target.path == path);
        let site = |(called, places): (&Reference, &Vec<Place>)| {
            let mut spans = sorted(places.iter().filter(|place| place.path == *here));
            if spans.is_empty() {
                spans.extend(own.as_ref().map(|item| item.target.focus));
            }
            Some(CallSite { item: navigator.item(called)?, spans })
        };
        ends.iter().filter_map(site).collect()
    }
}

fn sorted<'a>(places: impl Iterator<Item = &'a Place>) -> Vec<Span> {
    let mut spans: Vec<_> = places.map(|place| place.focus).collect();
    spans.sort_unstable();
    spans.dedup();
    spans
}

impl Navigator<'_> {
    /// A resource where it is declared.
    pub(super) fn item(&self, reference: &Reference) -> Option<CallItem> {
        let place = places::declarations(self, reference).into_iter().next()?;
        let target = self.target(&place);
        let kind = super::outline::kind_of(reference.kind);
        Some(CallItem { reference: reference.clone(), kind, detail: self.detail(reference), target })
    }

    /// What a resource is and becomes.
    pub(super) fn detail(&self, reference: &Reference) -> String {
        let (project, id) = (self.context.project, reference.id.as_str());
        let derived = project.derived();
        let type_name = match reference.kind {
            Kind::ExecutionUnit => {
                derived.units.get(id).map(|it| tradeoff::target_name(project, &it.target.name))
            }
            Kind::Gateway => derived.gateways.get(id).map(|it| it.type_name.clone()),
            Kind::Pubsub => derived.topics.get(id).map(|it| it.type_name.clone()),
            Kind::StaticUnit => derived.static_units.get(id).map(|it| it.type_name.clone()),
            _ => derived.stores.get(reference).map(|it| it.type_name.clone()),
        };
        let title = reference.kind.spec().title;
        let place = type_name.map(|type_name| type_in_words(reference.kind, &type_name));
        place.map_or_else(|| title.to_owned(), |place| format!("{title} → {place}"))
    }

    /// A caller, once for each file that its calls stand in: the protocol knows places in one file a caller only.
    fn callers(&self, caller: &Reference, places: &[Place]) -> Vec<CallSite> {
        let Some(item) = self.item(caller) else { return Vec::new() };
        let mut files: BTreeMap<&Arc<str>, Vec<&Place>> = BTreeMap::new();
        places.iter().for_each(|place| files.entry(&place.path).or_default().push(place));
        if files.is_empty() {
            let spans = vec![item.target.focus];
            return vec![CallSite { item, spans }];
        }
        let site = |(path, places): (&Arc<str>, Vec<&Place>)| {
            let spans = sorted(places.into_iter());
            let absolute = self.context.absolute(path);
            let target = match spans.first() {
                Some(first) if item.target.path != absolute => {
                    let full = spans.iter().fold(*first, |full, span| full.join(*span));
                    Target { path: absolute, full, focus: *first }
                }
                _ => item.target.clone(),
            };
            CallSite { item: CallItem { target, ..item.clone() }, spans }
        };
        files.into_iter().map(site).collect()
    }
}
