//! What the files that changed say themselves: what they carry along and serve, what they declare, where they lead.

use super::Step;
use crate::derive::assets::{FileAssets, StaticUnit};
use crate::derive::units::{self, Said};
use crate::derive::walk::Links;
use crate::derive::{FactRef, gateways, targets};
use crate::kind::Kind;
use imbl::OrdSet;
use klotho_summary::FileSummary;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Step<'_> {
    /// What annotations say of files that are carried along or served; true when others are served now.
    pub(super) fn assets(&mut self) -> bool {
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
    pub(super) fn declarations(&mut self) {
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
            let passes = self.project.summary(path).is_some_and(|it| !it.facts.passed_on.is_empty());
            mark(&mut kept.passing, path, passes);
        }
    }

    /// Where files that expose a gateway lead.
    pub(super) fn links(&mut self) {
        let kept = &mut self.derived.kept;
        if self.changed.is_everything || !kept.links.hold(&kept.exposing, &self.changed.relinked) {
            let links = Links::of(self.project, &kept.exposing);
            self.is_wide |= links != *kept.links;
            kept.links = Arc::new(links);
        }
    }
}

/// Keeps in a set the files of which something is so.
fn mark(files: &mut OrdSet<Arc<str>>, path: &Arc<str>, is_so: bool) {
    match is_so {
        true => files.insert(Arc::clone(path)),
        false => files.remove(path),
    };
}
