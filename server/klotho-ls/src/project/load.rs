use super::discover::{discover, whole};
use super::enclosing::root_of;
use super::read::{is_folder, read, read_each};
use super::shown::{plain, shown};
use super::{concerns, decides};
use crate::output::{note, progress};
use crate::words::listed;
use klotho_ide::{
    Change, Code, Contents, Diagnostic, FilePath, Host, ListedProject, ProjectFiles, Skip, Snapshot, is_below,
};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Why there is nothing to say about a project that was found a moment ago.
pub(crate) const VANISHED: &str = "the project vanished while it was read";

/// How many projects in a folder are named.
const INNER: usize = 5;

/// How many files that were left out are named.
const SKIPPED: usize = 20;

/// Projects that were read completely.
pub(crate) struct Loaded {
    pub(crate) snapshot: Snapshot,
    /// Sorted.
    pub(crate) roots: Vec<FilePath>,
    /// Where they lie.
    pub(crate) base: FilePath,
    host: Host,
    named: PathBuf,
    /// What the system would not let us read, and why. Sorted.
    unread: Vec<(FilePath, String)>,
    /// Folders with a configuration of their own, which does not count here; relative to `base`.
    inner: BTreeSet<String>,
}

impl Loaded {
    /// With another name than that of the folder it was read from.
    pub(crate) fn renamed(self, named: &Path) -> Self {
        Self { named: named.to_owned(), ..self }
    }

    /// Has a file say something else than it does on disk, and reads what that leads to.
    pub(crate) fn open(&mut self, path: &FilePath, text: String) {
        let change = Change::Open { path: FilePath::clone(path), language: None, version: 0, text };
        self.host.apply(change);
        if let Some(root) = self.snapshot.root_of(path) {
            settle(&mut self.host, &root, &mut self.unread);
        }
        self.snapshot = self.host.snapshot();
    }

    /// Takes in what changed on disk: single files one by one, and all anew where it may be divided into projects otherwise.
    /// Returns whether anything of it counts; the error says why the folder cannot be read any more.
    pub(crate) fn follow(&mut self, changed: &BTreeSet<PathBuf>) -> Result<bool, String> {
        let paths = changed.iter().map(|path| path.to_string_lossy().replace('\\', "/").into());
        let inside = |path: &FilePath| *path == self.base || is_below(&self.base, path);
        let mut paths: Vec<FilePath> = paths.filter(inside).collect();
        paths.retain(|path| *path == self.base || !self.snapshot.never_enters(concerns(path)));
        if paths.iter().any(|path| self.is_wide(path)) {
            *self = load(&self.named)?;
            return Ok(true);
        }
        let before = self.snapshot.clone();
        for path in &paths {
            self.reread(path);
        }
        self.snapshot = self.host.snapshot();
        let is_read = |path: &FilePath| before.lines(path).or(self.snapshot.lines(path)).is_some();
        Ok(before.generation() != self.snapshot.generation() || paths.iter().any(is_read))
    }

    /// Whether a change at `path` may concern other files: folders, and what makes a project of one.
    fn is_wide(&self, path: &FilePath) -> bool {
        let is_new = || self.snapshot.lines(path).is_some() != Path::new(&**path).is_file();
        *path == self.base
            || decides(path) && is_new()
            || is_folder(path)
            || self.snapshot.is_folder(path)
            || self.snapshot.is_outdated_by(path)
            || self.snapshot.root_of(path).is_none()
    }

    fn reread(&mut self, path: &FilePath) {
        let Some(root) = self.snapshot.root_of(path) else { return };
        let contents = read(&root, path);
        self.unread.retain(|(known, _)| known != path);
        self.unread.extend(refusal(&contents).map(|reason| (FilePath::clone(path), reason)));
        self.host.apply(Change::Read { path: FilePath::clone(path), contents });
        settle(&mut self.host, &root, &mut self.unread);
    }

    fn below(&self, path: &str) -> PathBuf {
        let below = path.strip_prefix(&*self.base).unwrap_or_default().trim_start_matches('/');
        if below.is_empty() { self.named.clone() } else { self.named.join(below) }
    }

    /// A root, or what lies in one, as the person named it.
    pub(crate) fn named(&self, path: &str) -> String {
        plain(&self.below(path))
    }

    /// The same as one opens it from the current folder.
    pub(crate) fn shown(&self, path: &str) -> String {
        shown(&self.below(path))
    }

    /// Projects that lie in this folder, which has no configuration, and was read as one all the same.
    fn inner(&self) -> Option<String> {
        let named = self.inner.iter().map(|folder| self.shown(&format!("{}/{folder}", self.base)));
        let named: Vec<_> = named.collect();
        (!named.is_empty()).then(|| format!("each of {}", listed(&named, INNER)))
    }

    /// Says on standard error which files of a project were left out of it, so that defaults are not taken in silence.
    pub(crate) fn tell_skipped(&self, root: &str) {
        let findings = self.snapshot.project_diagnostics(root).into_iter();
        let is_said =
            |path: &Option<FilePath>| self.unread.iter().any(|(unread, _)| Some(unread) == path.as_ref());
        let is_skip = |found: &Diagnostic| match found.code {
            // What the system refused is said at the end.
            _ if is_said(&found.path) => false,
            Code::FileSkipped => true,
            Code::ConfigSyntax => found.span.is_empty(),
            _ => false,
        };
        for found in findings.filter(is_skip).take(SKIPPED) {
            let path = found.path.as_deref().map(|path| format!("{}: ", self.shown(path)));
            note(&format!("{}{}", path.unwrap_or_default(), found.message));
        }
    }

    /// Why nothing may be written: what was not read may state where a unit runs as well.
    pub(crate) fn why_untouchable(&self, root: &str) -> Option<String> {
        self.unread().next().or_else(|| self.snapshot.unread_config(root))
    }

    /// One sentence for each file or folder that the system would not let us read.
    pub(crate) fn unread(&self) -> impl Iterator<Item = String> {
        self.unread.iter().map(|(path, reason)| format!("cannot read {}: {reason}", self.shown(path)))
    }
}

/// Reads the project at `path`, or the projects below it when it is a folder of several.
pub(crate) fn load(path: &Path) -> Result<Loaded, String> {
    load_with(path, |base| (progress::shown(|met| discover(base, &[], met)), BTreeSet::new()))
}

/// Reads the project that the folder at `path` stands for, with its root.
pub(crate) fn load_one(path: &Path) -> Result<(Loaded, FilePath), String> {
    let (loaded, root) = load_whole(&root_of(path))?;
    if let Some(inner) = loaded.inner() {
        note(&format!(
            "{inner} is a project of its own; here its configuration does not count: name one project"
        ));
    }
    Ok((loaded, root))
}

/// The same of a project that is going to be changed; the error says that several lie there.
pub(crate) fn load_to_change(path: &Path) -> Result<(Loaded, FilePath), String> {
    let (loaded, root) = load_whole(&root_of(path))?;
    match loaded.inner() {
        Some(inner) => Err(format!("{inner} is a project of its own: name the one that is to be changed")),
        None => Ok((loaded, root)),
    }
}

/// Reads the folder at `path` as one project, wherever it lies.
pub(crate) fn load_whole(path: &Path) -> Result<(Loaded, FilePath), String> {
    let loaded = load_with(path, whole)?;
    let root = loaded.roots.first().cloned().ok_or(VANISHED)?;
    Ok((loaded, root))
}

/// What `list` finds in a folder: projects, and the folders below whose own configuration does not count.
fn load_with(
    named: &Path,
    list: impl FnOnce(&str) -> (Vec<ProjectFiles>, BTreeSet<String>),
) -> Result<Loaded, String> {
    let base = absolute(named).map_err(|error| format!("cannot read {}: {error}", named.display()))?;
    let mut host = Host::new(crate::clock::today());
    let mut unread = Vec::new();
    let (projects, inner) = list(&base);
    for files in projects {
        complete(&mut host, files, &mut unread);
    }
    unread.sort();
    let snapshot = host.snapshot();
    let (roots, named) = (snapshot.projects(), named.to_owned());
    Ok(Loaded { roots, snapshot, host, base, named, unread, inner })
}

/// The path with `/` between folders and no links in it.
fn absolute(path: &Path) -> io::Result<FilePath> {
    let full = fs::canonicalize(path)?;
    if !full.is_dir() {
        return Err(io::Error::new(
            io::ErrorKind::NotADirectory,
            "it is a file; name the folder of its project",
        ));
    }
    // Whoever may not list the folder would otherwise be told that nothing is wrong in it.
    fs::read_dir(&full)?;
    Ok(full.to_string_lossy().replace('\\', "/").into())
}

/// Lists a project and reads it.
fn complete(host: &mut Host, files: ProjectFiles, unread: &mut Vec<(FilePath, String)>) {
    let root = FilePath::clone(&files.root);
    for (path, contents) in &files.contents {
        unread.extend(refusal(contents).map(|reason| (format!("{root}/{path}").into(), reason)));
    }
    host.apply(Change::Project(Box::new(ListedProject::new(files))));
    settle(host, &root, unread);
}

/// Reads what imports of the project at `root` lead to until nothing more is wanted.
fn settle(host: &mut Host, root: &FilePath, unread: &mut Vec<(FilePath, String)>) {
    loop {
        let wanted = host.settle();
        if wanted.is_empty() {
            return;
        }
        read_each(root, &wanted, |path, contents| {
            unread.extend(refusal(&contents).map(|reason| (FilePath::clone(path), reason)));
            host.apply(Change::Read { path: FilePath::clone(path), contents });
        });
    }
}

/// Why the system would not let us read something.
fn refusal(contents: &Contents) -> Option<String> {
    match contents {
        Contents::Skipped(Skip::Unreadable(reason) | Skip::Folder(reason)) => Some(reason.clone()),
        _ => None,
    }
}
