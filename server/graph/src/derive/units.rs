//! Which units there are and which files belong to each (reference, chapter 4).

use super::{FactRef, Unit, resolve};
use crate::manifest::{Ecosystem, default_mains, ecosystem, stated_language};
use crate::project::{Project, source_language};
use klotho_annotation::Annotation;
use klotho_grammars::Language;
use klotho_summary::{Declares, FileSummary};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The id of the unit of a project that names none.
const IMPLICIT: &str = "main";

/// What `execution_unit` annotations say.
#[derive(Default)]
pub(super) struct Declarations {
    /// Annotations by unit id.
    pub(super) units: BTreeMap<String, Vec<FactRef>>,
    /// The unit that a file declares.
    pub(super) unit_of: BTreeMap<Arc<str>, String>,
    /// Files that belong to every unit, whatever imports them.
    everywhere: Vec<Arc<str>>,
    /// Files that are no program code: a static unit serves them.
    served: BTreeSet<Arc<str>>,
}

impl Declarations {
    pub(super) fn of(project: &Project, served: &BTreeSet<Arc<str>>) -> Self {
        let mut all = Self { served: served.clone(), ..Self::default() };
        for (path, summary) in project.annotated().filter(|(path, _)| !served.contains(*path)) {
            for (index, annotation) in summary.facts.annotations.iter().enumerate() {
                if annotation.capability == "execution_unit" && annotation.recorded {
                    all.add(path, index, annotation);
                }
            }
        }
        all
    }

    fn add(&mut self, path: &Arc<str>, index: usize, annotation: &Annotation) {
        let shared = annotation.directives.boolean("all_units") == Some(true);
        let Some(id) = annotation.id().filter(|_| !shared) else {
            self.everywhere.push(Arc::clone(path));
            return;
        };
        let fact = FactRef { path: Arc::clone(path), annotation: index };
        self.units.entry(id.to_owned()).or_default().push(fact);
        // Where a file declares several, the compiler picks one at random; the first is as good and stays the same.
        self.unit_of.entry(Arc::clone(path)).or_insert_with(|| id.to_owned());
    }
}

/// All units with their files. Files that have to be read first are added to `wanted`.
pub(super) fn units(
    project: &Project,
    declarations: &Declarations,
    wanted: &mut BTreeSet<Arc<str>>,
) -> BTreeMap<String, Unit> {
    let exposing: Vec<_> = exposing(project).collect();
    if declarations.units.is_empty() {
        let unit = implicit(project, declarations, &exposing, wanted);
        return unit.map(|unit| (IMPLICIT.to_owned(), unit)).into_iter().collect();
    }
    let units = declarations.units.iter().map(|(id, declared)| {
        let entrypoints = declared.iter().map(|fact| Arc::clone(&fact.path)).collect();
        let mut unit = Unit { declared: declared.clone(), entrypoints, ..Unit::default() };
        complete(&Walk { project, declarations, id: Some(id) }, &exposing, &mut unit, wanted);
        (id.clone(), unit)
    });
    units.collect()
}

/// The one unit of a project that names none: there is one as soon as there is program code.
fn implicit(
    project: &Project,
    declarations: &Declarations,
    exposing: &[&Arc<str>],
    wanted: &mut BTreeSet<Arc<str>>,
) -> Option<Unit> {
    project.paths().find(|path| program_language(path).is_some() && !declarations.served.contains(*path))?;
    let entrypoints = match project.lone() {
        Some(path) => BTreeSet::from([Arc::clone(path)]),
        None => default_mains(project).into_iter().map(Arc::from).collect(),
    };
    let mut unit = Unit { entrypoints, ..Unit::default() };
    unit.language = leading_language(project, &unit.entrypoints);
    if unit.entrypoints.is_empty() && unit.language == Some(Language::Java) {
        unit.entrypoints = starting(project);
    }
    // A server that is started in a way of its own: what listens is where the program starts. In Go it is whatever else
    // there is (reference, 4.4).
    if (unit.entrypoints.is_empty() || unit.language == Some(Language::Go)) && !exposing.is_empty() {
        unit.entrypoints = exposing.iter().copied().cloned().collect();
    }
    complete(&Walk { project, declarations, id: None }, exposing, &mut unit, wanted);
    Some(unit)
}

/// The files that say themselves that a program starts with them.
fn starting(project: &Project) -> BTreeSet<Arc<str>> {
    let starts = |path: &&Arc<str>| project.summary(path).is_some_and(|it| it.facts.starts_program);
    project.paths().filter(starts).cloned().collect()
}

/// The language of a file of program code.
fn program_language(path: &str) -> Option<Language> {
    source_language(path).filter(|language| language.is_program())
}

/// The files that expose a gateway.
fn exposing(project: &Project) -> impl Iterator<Item = &Arc<str>> {
    project.annotated().filter(|(_, summary)| exposes(summary)).map(|(path, _)| path)
}

/// Where all files belong to the unit the annotation decides, and not what it comes to (reference, 4.4).
fn exposes(summary: &FileSummary) -> bool {
    let facts = &summary.facts;
    let declares = facts.declarations.iter().any(|found| matches!(found.declares, Declares::Gateway { .. }));
    let states = |annotation: &Annotation| annotation.recorded && annotation.capability == "expose";
    declares || (summary.language.spec().is_whole && facts.annotations.iter().any(states))
}

/// The language of what a program starts with. Where all files of a language belong to the unit it needs no such file: the
/// project file tells, or the first file that is a program.
fn leading_language(project: &Project, entrypoints: &BTreeSet<Arc<str>>) -> Option<Language> {
    let first = entrypoints.iter().find_map(|path| program_language(path));
    first.or_else(|| {
        let stated = stated_language(project);
        let found = stated.or_else(|| project.paths().find_map(|path| program_language(path)));
        found.filter(|language| language.spec().is_whole)
    })
}

/// Follows the imports of a unit's entry points, then adds what exposes a gateway and leads to one of them.
fn complete(walk: &Walk<'_>, exposing: &[&Arc<str>], unit: &mut Unit, wanted: &mut BTreeSet<Arc<str>>) {
    let mut files = walk.closure(unit.entrypoints.iter().cloned(), wanted);
    for &path in exposing {
        if files.contains(path) {
            unit.entrypoints.insert(Arc::clone(path));
        } else if walk.admits(path) {
            let reached = walk.closure([Arc::clone(path)], wanted);
            if !reached.is_disjoint(&unit.entrypoints) {
                unit.entrypoints.insert(Arc::clone(path));
                files.extend(reached);
            }
        }
    }
    files.extend(walk.declarations.everywhere.iter().cloned());
    unit.language = leading_language(walk.project, &unit.entrypoints);
    if let Some(language) = unit.language.filter(|language| language.spec().is_whole) {
        let all = walk.all_of(language, wanted);
        unit.entrypoints.extend(exposing.iter().filter(|path| all.contains(**path)).copied().cloned());
        files.extend(all);
    }
    unit.project_file = nearest_project_file(walk.project, unit);
    unit.files = files;
}

/// How far imports are followed for one unit.
struct Walk<'a> {
    project: &'a Project,
    declarations: &'a Declarations,
    id: Option<&'a str>,
}

impl Walk<'_> {
    /// A file that declares another unit belongs to that unit alone, one that is served to none.
    fn admits(&self, path: &str) -> bool {
        let elsewhere =
            self.declarations.unit_of.get(path).is_some_and(|unit| Some(unit.as_str()) != self.id);
        !elsewhere && !self.declarations.served.contains(path)
    }

    fn closure(
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
            for next in self.imports_of(&path) {
                if self.admits(next) && reached.insert(next.into()) {
                    open.push(next.into());
                }
            }
        }
        reached
    }

    fn imports_of(&self, path: &str) -> Vec<&str> {
        let Some(summary) = self.project.summary(path) else { return Vec::new() };
        let mut found = Vec::new();
        for import in summary.facts.imports.iter().filter(|import| import.followed) {
            found.extend(resolve(self.project, &import.candidates));
            let companions = import.companions.iter().map(String::as_str);
            found.extend(companions.filter(|path| self.project.has(path)));
        }
        found
    }

    /// Every file of a language whose packages are not resolved: all belong to the unit.
    fn all_of(&self, language: Language, wanted: &mut BTreeSet<Arc<str>>) -> BTreeSet<Arc<str>> {
        let of_language = self.project.paths().filter(|path| source_language(path) == Some(language));
        let files: BTreeSet<_> = of_language.filter(|path| self.admits(path)).cloned().collect();
        wanted.extend(files.iter().filter(|path| self.project.is_unread(path)).cloned());
        files
    }
}

/// The nearest project file at or above a declaring file, else the root's (reference, 4.3).
fn nearest_project_file(project: &Project, unit: &Unit) -> Option<Arc<str>> {
    let ecosystem = ecosystem(unit.language?)?;
    let declaring = unit.declared.iter().map(|fact| &*fact.path);
    let nearest = declaring.filter_map(|path| above(project, ecosystem, path)).next_back();
    nearest.or_else(|| ecosystem.project_file_in(project, ""))
}

fn above(project: &Project, ecosystem: &Ecosystem, path: &str) -> Option<Arc<str>> {
    let mut folder = path;
    loop {
        folder = folder.trim_end_matches('/');
        folder = folder.rfind('/').map_or("", |slash| &folder[..=slash]);
        let found = ecosystem.project_file_in(project, folder);
        if found.is_some() || folder.is_empty() {
            return found;
        }
    }
}
