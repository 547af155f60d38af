//! A copy of the world in which fixes are made.

use super::fixes::{Chosen, Fix, of_file};
use super::{MendedFile, Mending};
use crate::config_edit::difference;
use crate::types::applied;
use crate::{Change, FileEdit, FilePath, Host, Snapshot, TextEdit};
use klotho_annotation::finding::{Code, Severity};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// A world, and what was changed in it. Cloning it is cheap.
#[derive(Clone)]
pub(super) struct World {
    root: FilePath,
    snapshot: Snapshot,
    /// The files that are open in it, with what they said in the beginning.
    open: BTreeMap<FilePath, Opened>,
}

/// A file that is open.
#[derive(Clone)]
struct Opened {
    /// What it said; `None` of one that was made.
    before: Option<Arc<str>>,
    /// The edits, as long as they were made at once.
    once: Option<Arc<Vec<TextEdit>>>,
    is_changed: bool,
}

/// How often the project has each kind of finding: the file, the code and its variant, with the severity.
pub(super) type Counts = HashMap<(Option<Arc<str>>, Code, &'static str, Severity), usize>;

impl World {
    /// The world as it is, with the files open that findings stand in.
    pub(super) fn of(snapshot: &Snapshot, root: &FilePath, how: &Mending<'_>) -> Self {
        let mut world =
            Self { root: FilePath::clone(root), snapshot: snapshot.clone(), open: BTreeMap::new() };
        world.open_found(how);
        world
    }

    /// What there is to know of it.
    pub(super) fn snapshot(&self) -> Snapshot {
        self.snapshot.clone()
    }

    /// The fixes that there are, but for those of files that cannot be opened.
    pub(super) fn fixes(&self, how: &Mending<'_>) -> Vec<Fix> {
        let paths = self.open.keys().filter(|path| how.only.is_none_or(|only| only == *path));
        let found = paths.filter_map(|path| Some((path, self.snapshot.context(path)?)));
        found.flat_map(|(path, context)| of_file(&context, path, how)).collect()
    }

    /// The findings that count.
    pub(super) fn counts(&self, how: &Mending<'_>) -> Counts {
        let mut counts = Counts::new();
        let project = self.snapshot.projects.get(&self.root);
        for located in project.map(|project| project.findings()).unwrap_or_default() {
            let code = located.finding.code;
            if let Some(severity) = (how.level)(code, located.severity) {
                *counts.entry((located.path, code, located.finding.variant, severity)).or_default() += 1;
            }
        }
        counts
    }

    /// Whether a change of a file can be made here.
    pub(super) fn can_edit(&self, file: &FileEdit) -> bool {
        file.create != self.snapshot.documents.contains_key(&file.path)
    }

    /// The world after changes.
    pub(super) fn after(&self, chosen: &Chosen, how: &Mending<'_>) -> Self {
        let mut after = self.clone();
        let mut changes = Vec::new();
        for (path, (create, edits)) in &chosen.files {
            let before = if *create { None } else { self.snapshot.text(path) };
            let text = applied(before.as_deref().unwrap_or_default(), edits);
            let new = Opened { before: before.clone(), once: None, is_changed: false };
            let file = after.open.entry(FilePath::clone(path)).or_insert(new);
            let is_first = !std::mem::replace(&mut file.is_changed, true);
            file.once = is_first.then(|| Arc::new(edits.clone()));
            changes.push(self.opening(path, text));
        }
        after.apply(changes, how);
        after.open_found(how);
        after
    }

    /// What was changed in all.
    pub(super) fn files(&self) -> Vec<MendedFile> {
        let changed = self.open.iter().filter(|(_, file)| file.is_changed);
        let files = changed.filter_map(|(path, file)| {
            let after = self.snapshot.text(path)?;
            let before = file.before.as_deref();
            if before == Some(&*after) {
                return None;
            }
            let edits = match &file.once {
                Some(once) => once.to_vec(),
                None => vec![difference(before.unwrap_or_default(), &after)],
            };
            let edit = FileEdit { path: FilePath::clone(path), create: before.is_none(), edits };
            let (before, after) = (before.map(str::to_owned), after.to_string());
            Some(MendedFile { path: FilePath::clone(path), before, after, edit })
        });
        files.collect()
    }

    /// Opens the files that findings stand in, and the configuration, which their fixes may change.
    fn open_found(&mut self, how: &Mending<'_>) {
        let mut changes = Vec::new();
        for path in self.found(how) {
            let known = self.snapshot.text(&path);
            let is_open = known.is_some();
            let Some(text) = known.map(|text| text.to_string()).or_else(|| (how.text)(&path)) else {
                continue;
            };
            let before = Some(text.as_str().into());
            self.open.insert(FilePath::clone(&path), Opened { before, once: None, is_changed: false });
            if !is_open {
                changes.push(self.opening(&path, text));
            }
        }
        if !changes.is_empty() {
            self.apply(changes, how);
        }
    }

    /// Files in which something is wrong and that are not open.
    fn found(&self, how: &Mending<'_>) -> BTreeSet<FilePath> {
        let mut paths = match how.only {
            Some(only) => BTreeSet::from([FilePath::clone(only)]),
            None => self.wrong(how),
        };
        paths.retain(|path| !self.open.contains_key(path));
        paths
    }

    fn wrong(&self, how: &Mending<'_>) -> BTreeSet<FilePath> {
        let Some(project) = self.snapshot.projects.get(&self.root) else { return BTreeSet::new() };
        let counts = |code, severity| (how.level)(code, severity).is_some();
        let found = project.shown_findings().into_iter();
        let found = found.filter(|located| counts(located.finding.code, located.severity));
        let mut paths: BTreeSet<FilePath> =
            found.filter_map(|located| located.path).map(|path| self.absolute(&path)).collect();
        if !paths.is_empty() && project.has_config() {
            paths.insert(self.absolute(project.config_file()));
        }
        paths
    }

    fn absolute(&self, relative: &str) -> FilePath {
        format!("{}/{relative}", self.root).into()
    }

    fn opening(&self, path: &FilePath, text: String) -> Change {
        let document = self.snapshot.documents.get(path);
        let (language, version) = document.map_or((None, 0), |known| (known.language, known.version));
        Change::Open { path: FilePath::clone(path), language, version, text }
    }

    fn apply(&mut self, changes: Vec<Change>, how: &Mending<'_>) {
        let mut host = Host::of(self.snapshot.clone());
        changes.into_iter().for_each(|change| host.apply(change));
        loop {
            let wanted = host.settle();
            if wanted.is_empty() {
                break;
            }
            for path in wanted {
                if let Some(contents) = (how.contents)(&path) {
                    host.apply(Change::Read { path, contents });
                }
            }
        }
        self.snapshot = host.snapshot();
    }
}
