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

use super::assets::{FileAssets, StaticUnit};
use super::gateways::{self, Gateways};
use super::judging::Judged;
use super::tally::Tally;
use super::units::{self, Declarations, IMPLICIT, Said};
use super::variables::Exports;
use super::verdicts::Unread;
use super::walk::Links;
use super::{Derived, FactRef, Unit, calls, measurements, stores, targets, topics, variables};
use crate::kind::{Kind, Reference};
use crate::project::Project;
use imbl::{OrdMap, OrdSet};
use klotho_summary::{Declares, FileSummary};
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
    /// Units that may be others.
    units: BTreeSet<String>,
    /// Whether that is all of them.
    is_wide: bool,
    /// The units that files belong to no longer, and newly.
    moved: BTreeMap<Arc<str>, (Vec<String>, Vec<String>)>,
    exports: Exports,
    news: News,
}

/// What follows from the files once these changed; `known` followed before.
pub(crate) fn derive(project: &Project, known: Derived, changed: &Changed) -> (Derived, News) {
    let mut step = Step {
        project,
        changed,
        derived: known,
        held: changed.files.keys().cloned().collect(),
        units: BTreeSet::new(),
        is_wide: changed.is_everything,
        moved: BTreeMap::new(),
        exports: Exports::default(),
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

    /// What annotations say of files that are carried along or served; true when others are served now.
    fn assets(&mut self) -> bool {
        let (mut serves, mut embeds) = (false, false);
        for path in self.changed() {
            if !self.both(path).any(FileAssets::concern) {
                continue;
            }
            let now = self.project.speaking(path).filter(|summary| FileAssets::concern(summary));
            let now = now.map(|summary| FileAssets::of(self.project, path, summary));
            let assets = &mut self.derived.kept.assets;
            let before = match &now {
                Some(now) => assets.insert(Arc::clone(path), Arc::new(now.clone())),
                None => assets.remove(path),
            };
            let (before, now) = (before.unwrap_or_default(), now.unwrap_or_default());
            serves |= before.static_units != now.static_units;
            embeds |= before.embedded != now.embedded;
        }
        self.is_wide |= embeds;
        serves && self.static_units()
    }

    fn static_units(&mut self) -> bool {
        let mut all: BTreeMap<String, StaticUnit> = BTreeMap::new();
        let mut served = BTreeSet::new();
        for (path, assets) in &self.derived.kept.assets {
            for serving in &assets.static_units {
                served.extend(serving.served.iter().cloned());
                let unit = all.entry(serving.id.clone()).or_default();
                unit.declared.push(FactRef { path: Arc::clone(path), annotation: serving.annotation });
                unit.type_name = targets::type_of(self.project, Kind::StaticUnit, &serving.id);
                unit.files.extend(serving.files.iter().map(|(path, role)| (Arc::clone(path), *role)));
            }
        }
        let judged = &mut self.derived.kept.judged;
        judged.ids(all.keys().chain(self.derived.static_units.keys()));
        self.derived.static_units = Arc::new(all);
        let is_other = *self.derived.kept.declarations.served != served;
        self.derived.kept.declarations.served = Arc::new(served);
        is_other
    }

    /// What the files that changed declare.
    fn declarations(&mut self) {
        for path in self.changed() {
            let (before, now) = (self.before(path), self.project.speaking(path));
            let kept = &mut self.derived.kept;
            kept.unread.replace(before, now);
            let is_served = kept.declarations.served.contains(path);
            let said = |it: Option<&FileSummary>| it.filter(|_| !is_served).map(Said::of).unwrap_or_default();
            let (said, says) = (said(before), said(now));
            // What else the annotations say of a unit counts too.
            self.units.extend(said.units.iter().chain(&says.units).map(|(id, _)| id.clone()));
            if said != says {
                self.is_wide |= kept.declarations.replace(path, &said, &says);
            }
            let exposes = now.is_some_and(|it| units::exposes(self.project, &kept.declarations, path, it));
            mark(&mut kept.exposing, path, exposes);
            mark(&mut kept.serving, path, now.is_some_and(gateways::serves));
            let mounts = self.project.summary(path).is_some_and(|it| gateways::mounts(it));
            mark(&mut kept.mounting, path, mounts);
        }
    }

    /// Where files that expose a gateway lead.
    fn links(&mut self) {
        let kept = &mut self.derived.kept;
        if self.changed.is_everything || !kept.links.hold(&kept.exposing, &self.changed.relinked) {
            let links = Links::of(self.project, &kept.exposing);
            self.is_wide |= links != *kept.links;
            kept.links = Arc::new(links);
        }
    }

    /// Follows every unit anew that may be another one.
    fn units(&mut self) {
        let declared = &self.derived.kept.declarations.units;
        let mut ids = std::mem::take(&mut self.units);
        let reaching = self.changed.relinked.iter().flat_map(|path| self.derived.units_of(path));
        ids.extend(reaching.cloned());
        if self.is_wide {
            ids.extend(self.derived.units.keys().chain(declared.keys()).cloned());
        }
        if declared.is_empty()
            && (self.is_wide || !self.changed.relinked.is_empty() || self.starts_elsewhere())
        {
            ids.insert(IMPLICIT.to_owned());
        }
        for id in &ids {
            self.unit(id);
        }
        self.derived.kept.judged.units(ids.iter());
        self.news.units = ids;
    }

    /// Whether a file begins or ceases to say that a program starts with it.
    fn starts_elsewhere(&self) -> bool {
        let starts = |it: Option<&FileSummary>| it.is_some_and(|it| it.facts.starts_program);
        self.changed.files.iter().any(|(path, before)| {
            let now = self.project.summary(path).map(|summary| &**summary);
            starts(before.as_deref()) != starts(now)
        })
    }

    fn unit(&mut self, id: &str) {
        let kept = &mut self.derived.kept;
        let mut wanted = BTreeSet::new();
        let now = units::unit(self.project, &kept.declarations, &kept.links, id, &mut wanted);
        let now = now.map(|mut unit| {
            unit.target = targets::target_of(self.project, id, &unit.declared);
            unit.assets = carried(kept, id);
            Arc::new(unit)
        });
        match wanted.is_empty() {
            true => kept.wanted.remove(id).is_some(),
            false => kept.wanted.insert(id.to_owned(), Arc::new(wanted)).is_some(),
        };
        let before = match &now {
            Some(now) => self.derived.units.insert(id.to_owned(), Arc::clone(now)),
            None => self.derived.units.remove(id),
        };
        self.measure(before.as_deref(), now.as_deref());
        if before != now {
            self.count(before.as_deref(), now.as_deref());
            self.move_files(id, before.as_deref(), now.as_deref());
            self.derived.kept.judged.ids([id]);
        }
    }

    /// Counts what units say that is asked for by what they say.
    fn count(&mut self, before: Option<&Unit>, now: Option<&Unit>) {
        let kept = &mut self.derived.kept;
        if let Some(unit) = now {
            self.derived.targets.add(unit.target.name.clone());
            unit.entrypoints.iter().for_each(|path| _ = kept.entrypoints.add(Arc::clone(path)));
            unit.project_file.iter().for_each(|path| _ = kept.project_files.add(Arc::clone(path)));
        }
        if let Some(unit) = before {
            self.derived.targets.take(&unit.target.name);
            unit.entrypoints.iter().for_each(|path| _ = kept.entrypoints.take(path));
            unit.project_file.iter().for_each(|path| _ = kept.project_files.take(path));
        }
        let file = |unit: Option<&Unit>| unit.and_then(|unit| unit.project_file.clone());
        if file(before) != file(now) {
            kept.judged.texts();
        }
    }

    /// Counts the measurements that the annotations of a unit name.
    fn measure(&mut self, before: Option<&Unit>, now: Option<&Unit>) {
        let named = |unit: Option<&Unit>, said: &dyn Fn(&str) -> Option<&'a FileSummary>| -> Vec<_> {
            let facts = unit.into_iter().flat_map(|unit| &unit.declared);
            let named =
                facts.filter_map(|fact| measurements::in_annotation(said(&fact.path)?, fact.annotation));
            named.collect()
        };
        let before = named(before, &|path| self.before(path));
        let now = named(now, &|path| self.project.speaking(path));
        let measured = &mut self.derived.kept.measured;
        let mut is_other = self.changed.is_everything;
        for path in now {
            is_other |= measured.add(path);
        }
        for path in before {
            is_other |= measured.take(&path);
        }
        if is_other {
            let named = measured.keys().cloned().chain(measurements::in_config(self.project));
            self.derived.measurements = Arc::new(named.collect());
        }
    }

    /// Notes which files come to a unit and which leave it.
    fn move_files(&mut self, id: &str, before: Option<&Unit>, now: Option<&Unit>) {
        let none = BTreeSet::new();
        let files = |unit: Option<&'_ Unit>| unit.map_or(none.clone(), |unit| unit.files.clone());
        let (before, now) = (files(before), files(now));
        for path in before.difference(&now) {
            self.moved.entry(Arc::clone(path)).or_default().0.push(id.to_owned());
        }
        for path in now.difference(&before) {
            self.moved.entry(Arc::clone(path)).or_default().1.push(id.to_owned());
        }
    }

    /// Says of each file that moved which units hold it.
    fn memberships(&mut self) {
        for (path, (left, joined)) in std::mem::take(&mut self.moved) {
            let stays = self.derived.units_of(&path).iter().filter(|id| !left.contains(id)).cloned();
            let mut units: Vec<_> = stays.chain(joined.iter().cloned()).collect();
            units.sort();
            if self.derived.kept.serving.contains(&path) {
                self.derived.kept.judged.units(units.iter().chain(&left));
            }
            match units.is_empty() {
                true => self.derived.file_units.remove(&path).is_some(),
                false => self.derived.file_units.insert(Arc::clone(&path), units.into()).is_some(),
            };
            self.held.insert(path);
        }
        self.hosting();
    }

    /// What starts a unit, and the gateways in front of it, are judged with the unit.
    fn hosting(&mut self) {
        let concerns = |it: &FileSummary| !it.facts.hosts.is_empty() || gateways::serves(it);
        let files = self.changed.files.iter().filter(|(path, before)| {
            let now = self.project.summary(path).map(|now| &**now);
            before.as_deref().into_iter().chain(now).any(concerns)
        });
        let holding = files.flat_map(|(path, _)| self.derived.units_of(path));
        let holding: Vec<_> = holding.cloned().collect();
        self.derived.kept.judged.units(holding.iter());
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

    /// Makes the stores anew that files declare which are others.
    fn stores(&mut self) {
        let mut dirty: BTreeMap<Reference, BTreeSet<Arc<str>>> = BTreeMap::new();
        for path in &self.held {
            for (reference, _) in self.both(path).flat_map(stores::declared) {
                dirty.entry(reference).or_default().insert(Arc::clone(path));
            }
        }
        let mut index = stores::Index::default();
        for (reference, mut paths) in dirty {
            let before = self.derived.stores.get(&reference).cloned();
            let declared = before.iter().flat_map(|store| &store.declared);
            paths.extend(declared.map(|fact| Arc::clone(&fact.path)));
            let now = stores::store(self.project, &self.derived, &mut index, &reference, &paths);
            let now = now.map(Arc::new);
            if before != now {
                self.derived.kept.judged.ids([&reference.id]);
                match now {
                    Some(now) => self.derived.stores.insert(reference, now),
                    None => self.derived.stores.remove(&reference),
                };
            }
        }
    }

    /// Looks anew at what files do with the variables of others, and at the emitters among these.
    fn uses_and_topics(&mut self) {
        let mut dirty: BTreeMap<String, BTreeSet<Arc<str>>> = BTreeMap::new();
        for path in &self.held {
            for (id, _) in self.both(path).flat_map(topics::declared) {
                dirty.entry(id.to_owned()).or_default().insert(Arc::clone(path));
            }
        }
        let exporting = self.held.iter().filter(|path| self.both(path).any(variables::has_variables));
        let importing = exporting.flat_map(|path| self.project.importers(path));
        let using: BTreeSet<_> = self.held.iter().chain(importing).cloned().collect();
        for path in &using {
            let (now, _) = variables::of_file(self.project, &self.derived, &self.exports, path);
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
        let declares = |path: &&&Arc<str>| {
            let before = self.before(path).is_some_and(|it| Said::of(it).first.is_some());
            before || self.derived.kept.declarations.unit_of.contains_key(**path)
        };
        let called: Vec<_> = self.changed().collect();
        let calling = called.iter().filter(declares).flat_map(|path| self.project.importers(path));
        let calling: BTreeSet<_> = self.held.iter().chain(calling).cloned().collect();
        for path in &calling {
            let declarations = &self.derived.kept.declarations;
            let (now, _) = calls::of_file(self.project, declarations, &self.derived, path);
            match now.is_empty() {
                true => self.derived.hops.remove(path).is_some(),
                false => self.derived.hops.insert(Arc::clone(path), now.into()).is_some(),
            };
        }
        self.derived.kept.judged.files(calling.iter());
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

    /// Where a variable of another file is looked up.
    pub(super) fn exports(&self) -> &Exports {
        &self.exports
    }
}

/// Keeps in a set the files of which something is so.
fn mark(files: &mut OrdSet<Arc<str>>, path: &Arc<str>, is_so: bool) {
    match is_so {
        true => files.insert(Arc::clone(path)),
        false => files.remove(path),
    };
}

/// What is embedded for a unit: by the files that declare it, and by those that declare none.
fn carried(kept: &Kept, id: &str) -> BTreeSet<Arc<str>> {
    let declarations = &kept.declarations;
    let counting = kept.assets.iter().filter(|(path, _)| {
        !declarations.served.contains(*path) && declarations.unit_of.get(*path).is_none_or(|unit| unit == id)
    });
    counting.flat_map(|(_, assets)| assets.embedded.iter().flatten()).cloned().collect()
}
