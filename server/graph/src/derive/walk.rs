//! Following imports: what a unit's entry points reach, and what reaches them.

use super::units::Declarations;
use crate::project::Project;
use imbl::OrdSet;
use klotho_grammars::Language;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Which files import which, as far as files that expose a gateway lead.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Links {
    /// Of the files that `exposing` leads to, those that import each.
    importers: HashMap<Arc<str>, Vec<Arc<str>>>,
    /// The files that expose a gateway.
    exposing: OrdSet<Arc<str>>,
    /// All that their imports lead to, and themselves.
    reached: BTreeSet<Arc<str>>,
    /// Those of them that have to be read first.
    pub(super) wanted: Vec<Arc<str>>,
}

impl Links {
    /// Follows the imports of all files that expose a gateway, whatever unit they belong to.
    pub(super) fn of(project: &Project, exposing: &OrdSet<Arc<str>>) -> Self {
        let mut links = Self { exposing: exposing.clone(), ..Self::default() };
        let followed = exposing.iter().filter(|path| !is_whole(project, path));
        let mut open: Vec<_> = followed.cloned().collect();
        links.reached = open.iter().cloned().collect();
        while let Some(path) = open.pop() {
            if project.is_unread(&path) {
                links.wanted.push(Arc::clone(&path));
            }
            for next in imports_of(project, &path) {
                links.importers.entry(Arc::clone(next)).or_default().push(Arc::clone(&path));
                if links.reached.insert(Arc::clone(next)) {
                    open.push(Arc::clone(next));
                }
            }
        }
        links
    }

    /// Whether they are the same as long as nothing but the imports of some files changed.
    pub(super) fn hold(&self, exposing: &OrdSet<Arc<str>>, relinked: &BTreeSet<Arc<str>>) -> bool {
        self.exposing == *exposing && relinked.iter().all(|path| !self.reached.contains(path))
    }
}

fn is_whole(project: &Project, path: &str) -> bool {
    project.program_language(path).is_some_and(|language| language.spec().is_whole)
}

/// The files that a file imports.
fn imports_of<'a>(project: &'a Project, path: &str) -> &'a [Arc<str>] {
    project.linked(path).map_or(&[], |(_, links)| &links.followed)
}

/// How far imports are followed for one unit.
pub(super) struct Walk<'a> {
    pub(super) project: &'a Project,
    pub(super) declarations: &'a Declarations,
    /// The unit; none for the implicit one.
    pub(super) id: Option<&'a str>,
    pub(super) links: &'a Links,
}

impl Walk<'_> {
    pub(super) fn admits(&self, path: &str) -> bool {
        self.declarations.admits(path, self.id)
    }

    /// The files that expose a gateway and may belong to the unit.
    pub(super) fn exposing(&self) -> impl Iterator<Item = &Arc<str>> {
        self.links.exposing.iter().filter(|path| self.admits(path))
    }

    /// All that the roots import, and themselves.
    pub(super) fn closure(
        &self,
        roots: impl IntoIterator<Item = Arc<str>>,
        wanted: &mut BTreeSet<Arc<str>>,
    ) -> BTreeSet<Arc<str>> {
        let mut open: Vec<_> =
            roots.into_iter().filter(|path| self.project.has(path) && self.admits(path)).collect();
        let mut reached: BTreeSet<_> = open.iter().cloned().collect();
        while let Some(path) = open.pop() {
            if self.project.is_unread(&path) {
                wanted.insert(Arc::clone(&path));
            }
            for next in imports_of(self.project, &path) {
                if self.admits(next) && reached.insert(Arc::clone(next)) {
                    open.push(Arc::clone(next));
                }
            }
        }
        reached
    }

    /// The files that expose a gateway and import one of the entry points, directly or not: found from the entry points
    /// backwards, so that files which lead nowhere cost nothing.
    pub(super) fn leading_to(&self, entrypoints: &BTreeSet<Arc<str>>) -> Vec<Arc<str>> {
        let mut open: Vec<_> = entrypoints.iter().filter(|path| self.admits(path)).cloned().collect();
        let mut reached: BTreeSet<_> = open.iter().cloned().collect();
        while let Some(path) = open.pop() {
            for importer in self.links.importers.get(&path).into_iter().flatten() {
                if self.admits(importer) && reached.insert(Arc::clone(importer)) {
                    open.push(Arc::clone(importer));
                }
            }
        }
        self.exposing().filter(|path| reached.contains(*path)).cloned().collect()
    }

    /// Every file of a language whose packages are not resolved: all belong to the unit.
    pub(super) fn all_of(&self, language: Language, wanted: &mut BTreeSet<Arc<str>>) -> Vec<Arc<str>> {
        let of_language = self.project.layout().sources_of(language).iter();
        let files: Vec<_> = of_language.filter(|path| self.admits(path)).cloned().collect();
        wanted.extend(files.iter().filter(|path| self.project.is_unread(path)).cloned());
        files
    }
}
