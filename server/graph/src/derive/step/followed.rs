//! The units that may be others, followed anew, and which files belong to which of them.

use super::{Kept, Step};
use crate::derive::units::{self, IMPLICIT};
use crate::derive::{Unit, gateways, measurements, targets};
use klotho_summary::FileSummary;
use std::collections::BTreeSet;
use std::sync::Arc;

impl<'a> Step<'a> {
    /// Follows every unit anew that may be another one.
    pub(super) fn units(&mut self) {
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
    pub(super) fn memberships(&mut self) {
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
            self.rehoused.insert(Arc::clone(&path));
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
}

/// What is embedded for a unit: by the files that declare it, and by those that declare none.
fn carried(kept: &Kept, id: &str) -> BTreeSet<Arc<str>> {
    let declarations = &kept.declarations;
    let counting = kept.assets.iter().filter(|(path, _)| {
        !declarations.served.contains(*path) && declarations.unit_of.get(*path).is_none_or(|unit| unit == id)
    });
    counting.flat_map(|(_, assets)| assets.embedded.iter().flatten()).cloned().collect()
}
