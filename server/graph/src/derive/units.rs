//! Which units there are and which files belong to each (reference, chapter 4).

use super::walk::{Links, Walk};
use super::{Anchor, FactRef, GraphFinding, Unit};
use crate::manifest::{ECOSYSTEMS, Ecosystem, Starts, ecosystem, folders};
use crate::project::Project;
use imbl::{OrdMap, OrdSet};
use klotho_annotation::finding::Code;
use klotho_grammars::Language;
use klotho_summary::FileSummary;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The id of the unit of a project that names none.
pub(super) const IMPLICIT: &str = "main";

/// What `execution_unit` annotations say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Declarations {
    /// Annotations by unit id.
    pub(super) units: OrdMap<String, Arc<[FactRef]>>,
    /// The unit that a file declares: its file unit (reference, 4.2).
    pub(super) unit_of: OrdMap<Arc<str>, String>,
    /// Files that declare more than one unit, and all the others of each.
    several: OrdMap<Arc<str>, BTreeSet<String>>,
    /// Files that belong to every unit, whatever imports them.
    everywhere: OrdSet<Arc<str>>,
    /// Files that are no program code: a static unit serves them.
    pub(super) served: Arc<BTreeSet<Arc<str>>>,
}

/// What those of one file say.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Said {
    /// The annotations that name a unit.
    pub(super) units: Vec<(String, usize)>,
    /// The unit that the first of all of them names.
    pub(super) first: Option<String>,
    /// What the others name.
    several: BTreeSet<String>,
    is_everywhere: bool,
    pub(super) findings: Vec<GraphFinding>,
}

impl Said {
    /// Where a file has several annotations the compiler picks one at random; the first is as good and stays the same.
    pub(super) fn of(summary: &FileSummary) -> Self {
        let mut said = Self::default();
        let mut first = None;
        for (index, annotation) in summary.facts.annotations.iter().enumerate() {
            if annotation.capability == "execution_unit" && annotation.recorded {
                let shared = annotation.directives.boolean("all_units") == Some(true);
                said.add(index, annotation.id().filter(|_| !shared), &mut first);
            }
        }
        said
    }

    fn add<'a>(&mut self, index: usize, id: Option<&'a str>, first: &mut Option<Option<&'a str>>) {
        let is_first = first.is_none();
        let chosen = *first.get_or_insert(id);
        if chosen != id {
            let named = chosen.map_or_else(|| "of every file".to_owned(), |id| format!("\"{id}\""));
            let finding = GraphFinding::new(Code::UnitAmbiguous, "", Anchor::Capability(index));
            self.findings.push(finding.with("id", named));
        }
        let Some(id) = id else {
            self.is_everywhere |= is_first;
            return;
        };
        self.units.push((id.to_owned(), index));
        if is_first {
            self.first = Some(id.to_owned());
        } else {
            self.several.insert(id.to_owned());
        }
    }
}

impl Declarations {
    /// Replaces what one file says. True when that may concern any unit: a file that declares no unit may belong to all.
    pub(super) fn replace(&mut self, path: &Arc<str>, before: &Said, now: &Said) -> bool {
        let was_empty = self.units.is_empty();
        self.declare(path, before, now);
        self.unit_of.remove(path);
        self.several.remove(path);
        self.everywhere.remove(path);
        if let Some(first) = &now.first {
            self.unit_of.insert(Arc::clone(path), first.clone());
        }
        if !now.several.is_empty() {
            self.several.insert(Arc::clone(path), now.several.clone());
        }
        if now.is_everywhere {
            self.everywhere.insert(Arc::clone(path));
        }
        before.first.is_some() != now.first.is_some()
            || before.is_everywhere != now.is_everywhere
            || was_empty != self.units.is_empty()
    }

    fn declare(&mut self, path: &Arc<str>, before: &Said, now: &Said) {
        let ids: BTreeSet<_> = before.units.iter().chain(&now.units).map(|(id, _)| id).collect();
        for id in ids {
            let known = self.units.get(id).map_or(&[][..], |facts| facts);
            let own = now.units.iter().filter(|(named, _)| named == id);
            let own = own.map(|(_, index)| FactRef { path: Arc::clone(path), annotation: *index });
            let mut facts: Vec<_> =
                known.iter().filter(|fact| fact.path != *path).cloned().chain(own).collect();
            facts.sort();
            match facts.is_empty() {
                true => self.units.remove(id).is_some(),
                false => self.units.insert(id.clone(), facts.into()).is_some(),
            };
        }
    }

    /// Whether a file may belong to a unit, `None` being the implicit one: a file that declares another unit belongs to
    /// that unit alone, one that is served to none.
    pub(super) fn admits(&self, path: &str, unit: Option<&str>) -> bool {
        let elsewhere = match self.unit_of.get(path) {
            Some(of) if Some(of.as_str()) != unit => {
                !unit.is_some_and(|unit| self.several.get(path).is_some_and(|all| all.contains(unit)))
            }
            _ => false,
        };
        !elsewhere && !self.served.contains(path)
    }
}

/// One unit with its files, if there is one of that id. Files that have to be read first are added to `wanted`.
pub(super) fn unit(
    project: &Project,
    declarations: &Declarations,
    links: &Links,
    id: &str,
    wanted: &mut BTreeSet<Arc<str>>,
) -> Option<Unit> {
    if declarations.units.is_empty() {
        let walk = Walk { project, declarations, id: None, links };
        return implicit(&walk, wanted).filter(|_| id == IMPLICIT);
    }
    let declared = declarations.units.get(id)?;
    let walk = Walk { project, declarations, id: Some(id), links };
    Some(declared_unit(&walk, id, declared, wanted))
}

/// The one unit of a project that names none: there is one as soon as there is program code.
fn implicit(walk: &Walk<'_>, wanted: &mut BTreeSet<Arc<str>>) -> Option<Unit> {
    let project = walk.project;
    project.layout().programs().find(|path| !walk.declarations.served.contains(*path))?;
    let mut entrypoints: BTreeSet<Arc<str>> = match project.lone() {
        Some(path) => BTreeSet::from([Arc::clone(path)]),
        None => default_entrypoints(walk),
    };
    if entrypoints.is_empty() {
        entrypoints = starting(project);
    }
    if entrypoints.is_empty() {
        // A server that is started in a way of its own: what listens is where the program starts.
        entrypoints = walk.exposing().cloned().collect();
    }
    let mut unit = Unit { entrypoints, ..Unit::default() };
    complete(walk, &mut unit, of_root(project), wanted);
    Some(unit)
}

/// The first of the table with a project file in the root.
fn of_root(project: &Project) -> Option<&'static Ecosystem> {
    ECOSYSTEMS.iter().find(|ecosystem| ecosystem.project_file_in(project, "").is_some())
}

/// The files that say themselves that a program starts with them.
fn starting(project: &Project) -> BTreeSet<Arc<str>> {
    let starts = |path: &&Arc<str>| project.summary(path).is_some_and(|it| it.facts.starts_program);
    project.paths().filter(starts).cloned().collect()
}

/// The language of what a program starts with, best of what its project file stands for. Without such a file that says what
/// it runs on all the same; without either the first program does, where all files of its language belong to the unit.
fn leading_language(
    project: &Project,
    entrypoints: &BTreeSet<Arc<str>>,
    ecosystem: Option<&Ecosystem>,
) -> Option<Language> {
    let started = || entrypoints.iter().filter_map(|path| project.program_language(path));
    let first = started()
        .find(|language| ecosystem.is_some_and(|it| it.languages.contains(language)))
        .or(started().next());
    first.or_else(|| ecosystem?.language_in(project)).or_else(|| {
        let found = project.layout().programs().find_map(|path| project.program_language(path));
        found.filter(|language| language.spec().is_whole)
    })
}

/// Where a program starts that says nothing: by the first project file at the root, in the order of the table. A language
/// whose only project files lie further down does not start at all (reference, 4.3).
fn default_entrypoints(walk: &Walk<'_>) -> BTreeSet<Arc<str>> {
    let project = walk.project;
    if let Some(ecosystem) = of_root(project) {
        return starts(walk, ecosystem, BTreeSet::new(), None);
    }
    let mut lacking =
        ECOSYSTEMS.iter().filter(|ecosystem| project.layout().project_files_of(ecosystem).is_empty());
    lacking
        .find_map(|ecosystem| {
            Some(starts(walk, ecosystem, BTreeSet::new(), None)).filter(|starts| !starts.is_empty())
        })
        .unwrap_or_default()
}

/// What a unit starts with: the files that declare it, the default main files, the files that expose a gateway.
fn starts(
    walk: &Walk<'_>,
    ecosystem: &Ecosystem,
    declaring: BTreeSet<Arc<str>>,
    project_file: Option<&str>,
) -> BTreeSet<Arc<str>> {
    let is_ours = |path: &&Arc<str>| ecosystem.is_written(walk.project, path);
    let exposing = || walk.exposing().filter(is_ours).cloned();
    let mut starts = declaring;
    if ecosystem.starts == Starts::Instead {
        starts.extend(exposing());
    }
    if starts.is_empty() {
        let mains = ecosystem.default_mains(walk.project, project_file).into_iter();
        starts.extend(mains.filter(|path| walk.admits(path)));
    }
    if ecosystem.starts == Starts::Beside {
        starts.extend(exposing());
    }
    starts
}

/// A unit that annotations declare. What only describes how it is deployed is part of it, but no program to start with; nor
/// does `main` start with what is written in another language than it runs on.
fn declared_unit(walk: &Walk<'_>, id: &str, declared: &[FactRef], wanted: &mut BTreeSet<Arc<str>>) -> Unit {
    let project = walk.project;
    let paths = || declared.iter().map(|fact| &fact.path);
    let (ecosystem, stated_by) = runs_on(project, id, declared);
    let is_program = |path: &str| match ecosystem {
        Some(ecosystem) if id == IMPLICIT => ecosystem.is_written(project, path),
        _ => project.program_language(path).is_some(),
    };
    let programs: BTreeSet<_> = paths().filter(|path| is_program(path)).cloned().collect();
    if let Some(file) = stated_by.as_ref().filter(|file| project.is_unread_package(file)) {
        wanted.insert(Arc::clone(file));
    }
    let entrypoints = match ecosystem {
        Some(ecosystem) => starts(walk, ecosystem, programs, stated_by.as_deref()),
        None => programs,
    };
    let mut unit = Unit { declared: declared.to_vec(), entrypoints, ..Unit::default() };
    complete(walk, &mut unit, ecosystem, wanted);
    unit.files.extend(paths().cloned());
    unit
}

/// What a unit runs on, and the project file that says so: the first of the table that has one for a file which declares
/// the unit (reference, 4.2). `main` is the compiler's own unit, whatever it is declared in; a unit of another id runs on
/// what it is written in, and so does one in a language that the compiler does not know.
fn runs_on(
    project: &Project,
    id: &str,
    declared: &[FactRef],
) -> (Option<&'static Ecosystem>, Option<Arc<str>>) {
    let paths = || declared.iter().map(|fact| &fact.path);
    let is_written = |ecosystem: &&Ecosystem| paths().any(|path| ecosystem.is_written(project, path));
    let written: Vec<_> = ECOSYSTEMS.iter().filter(is_written).collect();
    let is_any = id == IMPLICIT && written.iter().all(|ecosystem| ecosystem.needs_project_file);
    let possible = if is_any { ECOSYSTEMS.iter().collect() } else { written.clone() };
    let stated = possible.into_iter().find_map(|ecosystem| {
        Some((ecosystem, paths().find_map(|path| ecosystem.project_file_above(project, path))?))
    });
    match (stated, written.first()) {
        (None, Some(ecosystem)) => (Some(*ecosystem), None),
        (None, None) => paths().find_map(|path| any_project_file(project, path)).unzip(),
        (stated, _) => stated.unzip(),
    }
}

/// The nearest project file of any ecosystem at or above a file.
fn any_project_file(project: &Project, path: &str) -> Option<(&'static Ecosystem, Arc<str>)> {
    folders(path).find_map(|folder| {
        ECOSYSTEMS.iter().find_map(|ecosystem| Some((ecosystem, ecosystem.project_file_in(project, folder)?)))
    })
}

/// Whether a file exposes a gateway, or tries to.
pub(super) fn exposes(
    project: &Project,
    declarations: &Declarations,
    path: &str,
    summary: &FileSummary,
) -> bool {
    let mut annotations = summary.facts.annotations.iter();
    annotations.any(|found| found.capability == "expose" && found.recorded)
        && project.program_language(path).is_some()
        && !declarations.served.contains(path)
}

/// Follows the imports of a unit's entry points, and of what exposes a gateway and leads to one of them.
fn complete(
    walk: &Walk<'_>,
    unit: &mut Unit,
    ecosystem: Option<&Ecosystem>,
    wanted: &mut BTreeSet<Arc<str>>,
) {
    let mut files = walk.closure(unit.entrypoints.iter().cloned(), wanted);
    let leading: Vec<_> = walk.leading_to(&unit.entrypoints);
    let more = walk.closure(leading.iter().filter(|path| !files.contains(*path)).cloned(), wanted);
    files.extend(more);
    unit.entrypoints.extend(walk.exposing().filter(|path| files.contains(*path)).cloned());
    files.extend(walk.declarations.everywhere.iter().cloned());
    unit.language = leading_language(walk.project, &unit.entrypoints, ecosystem);
    let mut languages: BTreeSet<_> =
        unit.entrypoints.iter().filter_map(|path| walk.project.program_language(path)).collect();
    languages.extend(unit.language);
    for language in languages.into_iter().filter(|language| language.spec().is_whole) {
        files.extend(walk.all_of(language, wanted));
    }
    unit.project_file = project_file(walk.project, unit);
    if let Some(file) = unit.project_file.as_ref().filter(|file| walk.project.is_unread_package(file)) {
        wanted.insert(Arc::clone(file));
    }
    unit.files = files;
}

/// The project file of a unit (reference, 4.3): that in the folder of a declaring file, or the nearest above one, the last
/// file first; else the root's.
fn project_file(project: &Project, unit: &Unit) -> Option<Arc<str>> {
    let ecosystem = ecosystem(unit.language?)?;
    let nearest = || project_files(project, ecosystem, unit).map(|(_, file)| file);
    let beside =
        project_files(project, ecosystem, unit).find(|(fact, file)| folder(&fact.path) == folder(file));
    let chosen = beside.map(|(_, file)| file).or_else(|| nearest().next());
    chosen.or_else(|| ecosystem.project_file_in(project, ""))
}

/// The declaring files, last first, and the nearest project file of each.
pub(super) fn project_files<'a>(
    project: &'a Project,
    ecosystem: &'static Ecosystem,
    unit: &'a Unit,
) -> impl Iterator<Item = (&'a FactRef, Arc<str>)> {
    let declaring = unit.declared.iter().rev();
    declaring.filter_map(move |fact| Some((fact, ecosystem.project_file_above(project, &fact.path)?)))
}

fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..slash])
}
