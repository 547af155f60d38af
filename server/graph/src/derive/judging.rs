//! What is wrong that one file alone cannot show: looked for anew where something changed.
//!
//! While files are still to be read, what seems missing may only be unread. So what changed is noted until all are read,
//! and nothing is shown of what was found before. What is wrong with the calls and uses of a file is found where these are.

use super::sheets::{Found, Origin, all_in};
use super::step::Step;
use super::units::Said;
use super::verdicts::{Context, entrypoints, lost_links, missing_awaits, no_resource};
use super::{entries, hosts, ids, manifests, targets, typescript};
use imbl::OrdSet;
use std::sync::Arc;

/// What is to be looked at, and what the last look rested on.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Judged {
    files: OrdSet<Arc<str>>,
    units: OrdSet<String>,
    ids: OrdSet<String>,
    gateways: bool,
    texts: bool,
    basis: Basis,
    /// Annotated files that belong to no unit.
    unreached: OrdSet<Arc<str>>,
}

/// What the findings in many files rest on.
#[derive(Clone, Debug, Default, PartialEq)]
struct Basis {
    /// The entry points of all units, for people.
    entrypoints: String,
    /// Whether an annotation that would declare a unit cannot be read.
    hides_units: bool,
    /// Whether project files are spoken of.
    concerns_manifests: bool,
}

impl Judged {
    pub(super) fn files<'a>(&mut self, paths: impl Iterator<Item = &'a Arc<str>>) {
        self.files.extend(paths.cloned());
    }

    pub(super) fn units<'a>(&mut self, ids: impl Iterator<Item = &'a String>) {
        self.units.extend(ids.cloned());
    }

    pub(super) fn ids<S: AsRef<str>>(&mut self, ids: impl IntoIterator<Item = S>) {
        self.ids.extend(ids.into_iter().map(|id| id.as_ref().to_owned()));
    }

    pub(super) fn gateways(&mut self) {
        self.gateways = true;
    }

    pub(super) fn texts(&mut self) {
        self.texts = true;
    }
}

impl Step<'_> {
    /// Looks at all that is to be looked at, once everything is read.
    pub(super) fn judge(&mut self) {
        if !self.derived.wanted.is_empty() {
            return;
        }
        let (project, kept) = (self.project, &self.derived.kept);
        let basis = Basis {
            entrypoints: entrypoints(&kept.entrypoints),
            hides_units: kept.unread.hides_units(),
            concerns_manifests: manifests::concern(project),
        };
        let mut due = std::mem::take(&mut self.derived.kept.judged);
        if basis != due.basis {
            due.files.extend(due.unreached.iter().cloned());
        }
        if basis.concerns_manifests != due.basis.concerns_manifests {
            due.texts = true;
            due.units.extend(self.derived.units.keys().cloned());
        }
        for path in &due.files {
            let is_unreached = project.speaking(path).is_some() && self.derived.units_of(path).is_empty();
            match is_unreached {
                true => due.unreached.insert(Arc::clone(path)),
                false => due.unreached.remove(path),
            };
            let found = self.in_file(path, &basis);
            self.derived.findings.put(&Origin::File(Arc::clone(path)), found);
        }
        for id in &due.units {
            let found = self.in_unit(id, &basis);
            self.derived.findings.put(&Origin::Unit(id.clone()), found);
        }
        for id in &due.ids {
            let found = ids::findings(&self.derived, id);
            self.derived.findings.put(&Origin::Id(id.clone()), found);
        }
        if due.gateways {
            let own = self.derived.kept.gateways.findings.iter().cloned();
            let found = own.chain(typescript::of_gateways(project, &self.derived)).collect();
            self.derived.findings.put(&Origin::Gateways, found);
        }
        if due.texts || self.changed.is_everything {
            self.judge_texts(basis.concerns_manifests);
        }
        let mut of_config = entries::findings(project, &self.derived.kept.unread, &self.derived);
        of_config.extend(targets::refused_types(project, &self.derived));
        self.derived.config_findings = of_config;
        self.derived.kept.judged = Judged { unreached: due.unreached, basis, ..Judged::default() };
    }

    /// What is wrong in a file with what it is to the others.
    fn in_file(&self, path: &Arc<str>, basis: &Basis) -> Vec<Found> {
        let (project, derived, kept) = (self.project, &self.derived, &self.derived.kept);
        let is_served = kept.declarations.served.contains(path);
        let mut found = Vec::new();
        if let Some(summary) = project.speaking(path) {
            let (declarations, entrypoints) = (&kept.declarations, &*basis.entrypoints);
            let context =
                Context { project, declarations, derived, hides_units: basis.hides_units, entrypoints };
            found.extend(no_resource(&context, path, summary));
            let assets = kept.assets.get(path).into_iter();
            found.extend(assets.flat_map(|assets| assets.findings(is_served)).cloned());
            if !is_served {
                found.extend(Said::of(summary).findings);
            }
            found.extend(typescript::of_file(project, summary));
        }
        found.extend(missing_awaits(project, derived, path));
        found.extend(lost_links(project, derived, path));
        all_in(path, found)
    }

    /// What is wrong with a unit.
    fn in_unit(&self, id: &str, basis: &Basis) -> Vec<Found> {
        let (project, derived) = (self.project, &self.derived);
        let Some(unit) = derived.units.get(id) else { return Vec::new() };
        let mut found = match basis.concerns_manifests {
            true => manifests::of_unit(project, id, unit),
            false => Vec::new(),
        };
        found.extend(targets::findings(project, id, unit));
        found.extend(hosts::findings(project, derived, id, unit));
        found
    }

    fn judge_texts(&mut self, concerns: bool) {
        let (project, kept) = (self.project, &self.derived.kept);
        let texts = match concerns {
            true => manifests::unreadable(project, kept.project_files.keys()),
            false => Default::default(),
        };
        let of_project = if concerns { manifests::of_project(project) } else { Vec::new() };
        self.derived.text_findings = Arc::new(texts);
        self.derived.project_findings = of_project;
    }
}
