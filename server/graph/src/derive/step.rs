//! One step of the derivation: what follows from the files that changed since the last one.
//!
//! What is known is kept by file, by unit and by resource, in maps that share what did not change with the snapshots that
//! hold it. A step goes from what changed to what follows from that, each kind of thing after those that it follows from:
//!
//! ```text
//! files ─ declarations ─ units ─ files in units ─ gateways ─ resources ─ stores ─ uses ─ topics ─ calls ─ findings
//! ```
//!
//! It looks through each thing that may be another one, and hands on only those that are. From nothing it is the same step
//! with every file as one that changed; so it is done where more changed than files that were there before: the list of
//! files, or what configures the project.
//!
//! Some things are coarser than one file, because hardly an edit touches them: where a file begins or ceases to declare a
//! unit, a gateway leads elsewhere, or other files are embedded, every unit is followed anew; gateways are all made anew when
//! a file changes that any of them was made of; and where a static unit serves other files, all is derived anew.

mod followed;
mod sources;

use super::assets::FileAssets;
use super::gateways::{self, Gateways};
use super::judging::Judged;
use super::sheets::{Origin, all_in};
use super::tally::Tally;
use super::units::{Declarations, Said};
use super::variables::Exports;
use super::verdicts::Unread;
use super::walk::Links;
use super::{Derived, FactRef, calls, stores, topics, variables};
use crate::kind::{Kind, Reference};
use crate::project::Project;
use imbl::{OrdMap, OrdSet};
use klotho_summary::{Declaration, Declares, FileSummary};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What changed since the last step.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changed {
    /// Files that say something else, and what they said before.
    pub(crate) files: BTreeMap<Arc<str>, Option<Arc<FileSummary>>>,
    /// Those whose imports lead elsewhere, or that were not read before.
    pub(crate) relinked: BTreeSet<Arc<str>>,
    /// Whether nothing is known yet: all files are among them.
    pub(crate) is_everything: bool,
}

/// What a step looked through anew: what else follows from these may be another thing. Files, by what they declare, and units.
#[derive(Clone, Debug, Default)]
pub struct News {
    /// The number of the step. Who missed one cannot know what changed in it.
    pub step: u64,
    /// Whether all is looked through anew.
    pub is_everything: bool,
    /// The files.
    pub files: BTreeSet<Arc<str>>,
    /// The ids of the units, there or no more.
    pub units: BTreeSet<String>,
}

/// What is kept from one step to the next, beside what is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Kept {
    /// Of the files that say something of assets.
    pub(super) assets: OrdMap<Arc<str>, Arc<FileAssets>>,
    pub(super) declarations: Declarations,
    pub(super) unread: Unread,
    /// Files that expose a gateway, or try to.
    exposing: OrdSet<Arc<str>>,
    /// Files that declare one.
    serving: OrdSet<Arc<str>>,
    /// Files that mount something on what they import.
    mounting: OrdSet<Arc<str>>,
    /// Files that pass on what they import.
    pub(super) passing: OrdSet<Arc<str>>,
    links: Arc<Links>,
    pub(super) gateways: Arc<Gateways>,
    /// The files to read next for each unit that needs any.
    wanted: OrdMap<String, Arc<BTreeSet<Arc<str>>>>,
    /// The measurements that annotations name.
    measured: Tally<Arc<str>>,
    /// The entry points of all units.
    pub(super) entrypoints: Tally<Arc<str>>,
    /// Their project files.
    pub(super) project_files: Tally<Arc<str>>,
    pub(super) judged: Judged,
}

/// A step as far as it has come.
pub(super) struct Step<'a> {
    pub(super) project: &'a Project,
    pub(super) changed: &'a Changed,
    pub(super) derived: Derived,
    /// Files that say something else, or belong to other units.
    held: BTreeSet<Arc<str>>,
    /// Those that belong to other units.
    rehoused: BTreeSet<Arc<str>>,
    /// Units that may be others.
    units: BTreeSet<String>,
    /// Whether that is all of them.
    is_wide: bool,
    /// The units that files belong to no longer, and newly.
    moved: BTreeMap<Arc<str>, (Vec<String>, Vec<String>)>,
    news: News,
}

/// What follows from the files once these changed; `known` followed before.
pub(crate) fn derive(project: &Project, known: Derived, changed: &Changed) -> (Derived, News) {
    let mut step = Step {
        project,
        changed,
        derived: known,
        held: changed.files.keys().cloned().collect(),
        rehoused: BTreeSet::new(),
        units: BTreeSet::new(),
        is_wide: changed.is_everything,
        moved: BTreeMap::new(),
        news: News { is_everything: changed.is_everything, ..News::default() },
    };
    if step.assets() && !changed.is_everything {
        // What is served is no program code, whoever speaks of it.
        return derive(project, Derived::default(), &project.everything());
    }
    step.declarations();
    step.links();
    step.units();
    step.memberships();
    step.gateways();
    step.stores();
    step.uses_and_topics();
    step.calls();
    step.wanted();
    step.judge();
    (step.derived, step.news)
}

impl<'a> Step<'a> {
    /// What a file said of Klotho before; nothing if it held no annotation.
    pub(super) fn before(&self, path: &str) -> Option<&'a FileSummary> {
        match self.changed.files.get(path) {
            Some(before) => self.project.heard(path, before.as_deref()?),
            None => self.project.speaking(path),
        }
    }

    /// What it says before and now.
    fn both(&self, path: &str) -> impl Iterator<Item = &'a FileSummary> + use<'a> {
        self.before(path).into_iter().chain(self.project.speaking(path))
    }

    fn changed(&self) -> impl Iterator<Item = &'a Arc<str>> + use<'a> {
        self.changed.files.keys()
    }

    /// Makes all gateways anew if something changed that any of them was made of.
    fn gateways(&mut self) {
        let kept = &self.derived.kept;
        let mounts = |path: &str| {
            let before = self.changed.files.get(path).and_then(|before| before.as_deref());
            let now = self.project.summary(path).map(|summary| &**summary);
            before.into_iter().chain(now).any(gateways::mounts)
        };
        let concerns = |path: &Arc<str>| {
            kept.gateways.consulted.holds(path) || self.both(path).any(gateways::serves) || mounts(path)
        };
        let is_other = self.changed.is_everything || self.held.iter().any(concerns);
        if is_other {
            let (serving, mounting) = (&kept.serving, &kept.mounting);
            let now = gateways::all(self.project, &kept.declarations, &self.derived, serving, mounting);
            self.take_gateways(now);
        } else {
            self.resources(BTreeSet::new());
        }
    }

    fn take_gateways(&mut self, now: Gateways) {
        let before = std::mem::replace(&mut self.derived.gateways, Arc::clone(&now.by_id));
        let ids: BTreeSet<_> = before.keys().chain(now.by_id.keys()).collect();
        let differing: Vec<_> = ids.into_iter().filter(|id| before.get(*id) != now.by_id.get(*id)).collect();
        let declared = |gateways: &BTreeMap<String, super::Gateway>| -> Vec<Arc<str>> {
            let differing = differing.iter().filter_map(|id| gateways.get(*id));
            differing.flat_map(|gateway| &gateway.declared).map(|fact| Arc::clone(&fact.path)).collect()
        };
        let paths: BTreeSet<_> = declared(&before).into_iter().chain(declared(&now.by_id)).collect();
        let mut first: BTreeMap<String, String> = BTreeMap::new();
        for (id, gateway) in now.by_id.iter() {
            for row in gateway.routes.values() {
                if !first.contains_key(&row.unit) {
                    first.insert(row.unit.clone(), id.clone());
                }
            }
        }
        self.derived.unit_gateways = Arc::new(first);
        let holding: Vec<_> = paths.iter().flat_map(|path| self.derived.units_of(path)).cloned().collect();
        let judged = &mut self.derived.kept.judged;
        judged.ids(differing);
        judged.units(holding.iter());
        judged.gateways();
        self.derived.kept.gateways = Arc::new(now);
        self.resources(paths);
    }

    /// Says anew what the annotations of files declare: of those at `paths`, and of all that are others.
    fn resources(&mut self, mut paths: BTreeSet<Arc<str>>) {
        paths.extend(self.held.iter().filter(|path| self.both(path).next().is_some()).cloned());
        for path in &paths {
            let from = FactRef { path: Arc::clone(path), annotation: 0 };
            let known = self.derived.resources.range(from..).take_while(|(fact, _)| fact.path == *path);
            let mut now = self.declared(path);
            let differs = |(fact, reference): &(&FactRef, &Reference)| {
                let same = now.get(&fact.annotation) == Some(*reference);
                if same {
                    now.remove(&fact.annotation);
                }
                !same
            };
            let gone: Vec<_> = known.filter(differs).map(|(fact, _)| fact.clone()).collect();
            gone.iter().for_each(|fact| _ = self.derived.resources.remove(fact));
            for (annotation, reference) in now {
                let fact = FactRef { path: Arc::clone(path), annotation };
                self.derived.resources.insert(fact, reference);
            }
        }
        self.derived.kept.judged.files(paths.iter());
        self.news.files = paths;
    }

    /// The resource that each annotation of a file declares.
    fn declared(&self, path: &Arc<str>) -> BTreeMap<usize, Reference> {
        let (derived, kept) = (&self.derived, &self.derived.kept);
        let Some(summary) = self.project.speaking(path) else { return BTreeMap::new() };
        let mut found = BTreeMap::new();
        if !kept.declarations.served.contains(path) {
            let units = Said::of(summary).units.into_iter();
            found.extend(units.map(|(id, index)| (index, Reference::new(Kind::ExecutionUnit, id))));
        }
        let websites = kept.assets.get(path).into_iter().flat_map(|assets| &assets.static_units);
        let website =
            |it: &super::assets::Serving| (it.annotation, Reference::new(Kind::StaticUnit, it.id.as_str()));
        found.extend(websites.map(website));
        if derived.units_of(path).is_empty() {
            return found;
        }
        for declaration in &summary.facts.declarations {
            let annotation = summary.facts.annotations.get(declaration.annotation);
            let Some(id) = annotation.and_then(|annotation| annotation.id()) else { continue };
            let fact = FactRef { path: Arc::clone(path), annotation: declaration.annotation };
            let declares = |gateway: &super::Gateway| gateway.declared.contains(&fact);
            if matches!(declaration.declares, Declares::Gateway { .. })
                && derived.gateways.get(id).is_some_and(declares)
            {
                found.insert(declaration.annotation, Reference::new(Kind::Gateway, id));
            }
        }
        for (reference, declaration) in stores::declared(summary) {
            found.entry(declaration.annotation).or_insert(reference);
        }
        let topics = topics::declared(summary);
        found.extend(topics.map(|(id, it)| (it.annotation, Reference::new(Kind::Pubsub, id))));
        found
    }

    /// What files declare otherwise than before, or in other units than before, each with these files.
    fn redeclared<K: Ord, D: Iterator<Item = (K, &'a Declaration)>>(
        &self,
        declared: impl Fn(&'a FileSummary) -> D,
    ) -> BTreeMap<K, BTreeSet<Arc<str>>> {
        let mut found: BTreeMap<K, BTreeSet<_>> = BTreeMap::new();
        for path in &self.held {
            let list = |summary: Option<&'a FileSummary>| summary.into_iter().flat_map(&declared);
            let before: Vec<_> = list(self.before(path)).collect();
            let now: Vec<_> = list(self.project.speaking(path)).collect();
            // One after the other: whoever edits one declaration leaves the others as they are.
            let is_alike = before.len() == now.len() && !self.rehoused.contains(path);
            let same: Vec<_> =
                before.iter().zip(&now).map(|(before, now)| is_alike && before == now).collect();
            let differing = |(at, _): &(usize, _)| !same.get(*at).is_some_and(|same| *same);
            let both = before.into_iter().enumerate().chain(now.into_iter().enumerate());
            for (_, (key, _)) in both.filter(differing) {
                found.entry(key).or_default().insert(Arc::clone(path));
            }
        }
        found
    }

    /// Makes the stores anew that files declare which are others.
    fn stores(&mut self) {
        let dirty = self.redeclared(stores::declared);
        let mut index = stores::Index::default();
        for (reference, mut paths) in dirty {
            let before = self.derived.stores.get(&reference).cloned();
            let declared = before.iter().flat_map(|store| &store.declared);
            paths.extend(declared.map(|fact| Arc::clone(&fact.path)));
            let now = stores::store(self.project, &self.derived, &mut index, &reference, &paths);
            let now = now.map(Arc::new);
            if before != now {
                // Ids are compared by what declares them.
                if before.as_ref().map(|it| &it.declared) != now.as_ref().map(|it| &it.declared) {
                    self.derived.kept.judged.ids([&reference.id]);
                }
                match now {
                    Some(now) => self.derived.stores.insert(reference, now),
                    None => self.derived.stores.remove(&reference),
                };
            }
        }
    }

    /// Looks anew at what files do with the variables of others, and at the emitters among these.
    fn uses_and_topics(&mut self) {
        let redeclared = self.redeclared(topics::declared).into_iter();
        let mut dirty: BTreeMap<_, _> = redeclared.map(|(id, paths)| (id.to_owned(), paths)).collect();
        let exporting = self.held.iter().filter(|path| self.both(path).any(variables::has_variables));
        let importing = exporting.flat_map(|path| self.project.importers(path));
        let using: BTreeSet<_> = self.held.iter().chain(importing).cloned().collect();
        let exports = Exports::default();
        for path in &using {
            let (now, found) = variables::of_file(self.project, &self.derived, &exports, path);
            self.derived.findings.put(&Origin::Uses(Arc::clone(path)), all_in(path, found));
            for used in self.derived.uses_of(path).iter().chain(&now) {
                let summary = self.project.summary(&used.declared.path);
                let annotation = summary.and_then(|it| it.facts.annotations.get(used.declared.annotation));
                let id = annotation.and_then(|annotation| annotation.id());
                id.into_iter().for_each(|id| _ = dirty.entry(id.to_owned()).or_default());
            }
            match now.is_empty() {
                true => self.derived.uses.remove(path).is_some(),
                false => self.derived.uses.insert(Arc::clone(path), now.into()).is_some(),
            };
        }
        self.derived.kept.judged.files(using.iter());
        let mut index = topics::Index::default();
        for (id, mut paths) in dirty {
            let before = self.derived.topics.get(&id).cloned();
            let declared = before.iter().flat_map(|topic| &topic.declared);
            paths.extend(declared.map(|fact| Arc::clone(&fact.path)));
            let now = topics::topic(self.project, &self.derived, &mut index, &id, &paths).map(Arc::new);
            if before != now {
                self.derived.kept.judged.ids([&id]);
                match now {
                    Some(now) => self.derived.topics.insert(id, now),
                    None => self.derived.topics.remove(&id),
                };
            }
        }
    }

    /// Looks anew at the calls from unit to unit.
    fn calls(&mut self) {
        for path in &self.calling() {
            let declarations = &self.derived.kept.declarations;
            let (now, found) = calls::of_file(self.project, declarations, &self.derived, path);
            self.derived.findings.put(&Origin::Calls(Arc::clone(path)), all_in(path, found));
            match now.is_empty() {
                true => self.derived.hops.remove(path).is_some(),
                false => self.derived.hops.insert(Arc::clone(path), now.into()).is_some(),
            };
        }
    }

    /// The files whose calls may lead elsewhere: those that changed, and those that import one which says where calls lead, be it
    /// through others that pass on what they import.
    fn calling(&self) -> BTreeSet<Arc<str>> {
        let mut calling = self.held.clone();
        if self.changed.is_everything {
            return calling;
        }
        let mut leading: BTreeSet<_> = self.changed().filter(|path| self.leads(path)).collect();
        let passing = &self.derived.kept.passing;
        let mut open: Vec<_> = self.changed().filter(|path| self.leads_elsewhere(path)).collect();
        while let Some(path) = open.pop() {
            let behind = self.project.importers(path).filter(|path| passing.contains(*path));
            open.extend(behind.filter(|path| leading.insert(path)));
        }
        calling.extend(leading.into_iter().flat_map(|path| self.project.importers(path)).cloned());
        calling
    }

    /// Whether calls of what a file exports that changed may lead to another unit than that of the caller, or might before.
    fn leads(&self, path: &Arc<str>) -> bool {
        let before = self.changed.files.get(path).and_then(|before| before.as_deref());
        let passed = || before.is_some_and(|it| !it.facts.passed_on.is_empty());
        self.derived.kept.declarations.unit_of.contains_key(path)
            || self.before(path).is_some_and(|it| Said::of(it).first.is_some())
            || (self.derived.kept.passing.contains(path) || passed()) && self.leads_elsewhere(path)
    }

    /// Whether they lead elsewhere than before, as far as the file itself tells.
    fn leads_elsewhere(&self, path: &Arc<str>) -> bool {
        let declarations = &self.derived.kept.declarations;
        let declared = self.before(path).and_then(|it| Said::of(it).first);
        let both = || self.changed.files.get(path)?.as_deref().zip(self.project.summary(path));
        let is_alike = || both().is_some_and(|(before, now)| calls::lead_alike(before, now));
        declared.as_ref() != declarations.unit_of.get(path) || declarations.units.len() > 1 && !is_alike()
    }

    /// The files to read next.
    fn wanted(&mut self) {
        let (project, kept) = (self.project, &self.derived.kept);
        let mut wanted: BTreeSet<Arc<str>> = project.unread_manifests().collect();
        wanted.extend(kept.links.wanted.iter().cloned());
        wanted.extend(kept.wanted.values().flat_map(|files| files.iter().cloned()));
        let measured = self.derived.measurements.iter();
        wanted.extend(measured.filter(|path| project.is_unread_text(path)).cloned());
        self.derived.wanted = wanted.into_iter().collect();
    }
}
