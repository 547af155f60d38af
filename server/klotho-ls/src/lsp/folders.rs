//! The folders that the client works on, and the projects in them.

use super::shell::internal_error;
use super::world::{Message, World};
use crate::project;
use klotho_ide::{Date, FilePath, ListedProject, ProjectFiles, is_below};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long the findings of a file wait for its folder to be listed. Then those are shown that hold whatever the rest may
/// be: someone may have opened a whole disk.
const PATIENCE: Duration = Duration::from_secs(2);

/// All folders.
pub(super) struct Folders {
    world: World,
    today: Date,
    known: BTreeMap<FilePath, Folder>,
}

struct Folder {
    /// When it was added.
    since: Instant,
    /// Whether findings still wait for it to be listed.
    is_awaited: bool,
    /// The roots of its projects; `None` until it has been listed once.
    projects: Option<BTreeSet<FilePath>>,
    /// Until then the roots of those that were glimpsed.
    glimpsed: BTreeSet<FilePath>,
    /// The thread that is listing it,
    listing: Option<Listing>,
    /// and whether it has to do so again, because something changed behind its back.
    again: bool,
}

struct Listing {
    since: Instant,
    /// How many files it has met.
    met: Arc<AtomicUsize>,
}

impl Folders {
    pub(super) fn new(world: World, today: Date) -> Self {
        Self { world, today, known: BTreeMap::new() }
    }

    /// A folder is worked on from now on. Returns whether it was not before.
    pub(super) fn add(&mut self, path: &FilePath) -> bool {
        let new = Folder {
            since: Instant::now(),
            is_awaited: true,
            projects: None,
            glimpsed: BTreeSet::new(),
            listing: None,
            again: false,
        };
        let is_new = !self.known.contains_key(path);
        if is_new {
            self.known.insert(FilePath::clone(path), new);
        }
        self.list(path);
        self.list_around(path);
        is_new
    }

    /// The folder that `path` belongs to, if it was not listed yet.
    pub(super) fn unlisted(&self, path: &str) -> Option<FilePath> {
        let holding = self.known.iter().filter(|(folder, _)| is_below(folder, path));
        let (folder, state) = holding.max_by_key(|(folder, _)| folder.len())?;
        state.projects.is_none().then(|| FilePath::clone(folder))
    }

    /// A project in a folder that was not listed yet was glimpsed. Returns whether it still was not.
    pub(super) fn glimpsed(&mut self, path: &str, root: &FilePath) -> bool {
        let unlisted = self.known.get_mut(path).filter(|folder| folder.projects.is_none());
        unlisted.map(|folder| folder.glimpsed.insert(FilePath::clone(root))).is_some()
    }

    /// Since when folders are being listed, and how many files were met.
    pub(super) fn reading(&self) -> Option<(Instant, usize)> {
        let running = || self.known.values().filter_map(|folder| folder.listing.as_ref());
        let since = running().map(|listing| listing.since).min()?;
        Some((since, running().map(|listing| listing.met.load(Ordering::Relaxed)).sum()))
    }

    /// A folder is of no more interest. Returns the roots of the projects that go with it.
    pub(super) fn remove(&mut self, path: &FilePath) -> Vec<FilePath> {
        let Some(folder) = self.known.remove(path) else { return Vec::new() };
        self.list_around(path);
        self.unclaimed(folder.projects.unwrap_or(folder.glimpsed))
    }

    /// A folder was listed. Returns the roots of the projects that are no more, or `None` if the listing is of no use.
    pub(super) fn listed(&mut self, path: &FilePath, roots: BTreeSet<FilePath>) -> Option<Vec<FilePath>> {
        let folder = self.known.get_mut(path)?;
        (folder.listing, folder.is_awaited) = (None, false);
        let glimpsed = std::mem::take(&mut folder.glimpsed);
        let old = folder.projects.replace(roots.clone()).unwrap_or(glimpsed);
        if std::mem::take(&mut folder.again) {
            self.list(path);
        }
        Some(self.unclaimed(old.difference(&roots).cloned().collect()))
    }

    /// Lists every folder that holds `path` anew.
    pub(super) fn list_holding(&mut self, path: &str) {
        for folder in self.matching(|folder| is_below(folder, path)) {
            self.list(&folder);
        }
    }

    /// A file on disk is not what it was: a listing that is under way may have met it before, and is made again.
    pub(super) fn touch(&mut self, path: &str) {
        for (_, folder) in self.known.iter_mut().filter(|(folder, _)| is_below(folder, path)) {
            folder.again |= folder.listing.is_some();
        }
    }

    /// Whether `path` lies in a folder that is being listed for the first time: what its project says is not known yet.
    pub(super) fn is_unknown(&self, path: &str) -> bool {
        self.known.iter().any(|(folder, state)| state.is_awaited && is_below(folder, path))
    }

    /// Whether some folder is being listed.
    pub(super) fn is_listing(&self) -> bool {
        self.known.values().any(|folder| folder.listing.is_some())
    }

    /// When the findings of some folder will have waited long enough.
    pub(super) fn patience_ends(&self) -> Option<Instant> {
        let awaited = self.known.values().filter(|folder| folder.is_awaited);
        awaited.map(|folder| folder.since + PATIENCE).min()
    }

    /// Waits no longer for folders that have had their time. Returns whether there are any.
    pub(super) fn lose_patience(&mut self, now: Instant) -> bool {
        let is_late = |folder: &&mut Folder| folder.is_awaited && folder.since + PATIENCE <= now;
        let late = self.known.values_mut().filter(is_late);
        late.map(|folder| folder.is_awaited = false).count() > 0
    }

    /// A folder inside another one is left out of it, so that whatever becomes of one concerns the other.
    fn list_around(&mut self, path: &FilePath) {
        for folder in self.matching(|folder| is_below(folder, path)) {
            self.list(&folder);
        }
    }

    fn matching(&self, is_wanted: impl Fn(&FilePath) -> bool) -> Vec<FilePath> {
        self.known.keys().filter(|folder| is_wanted(folder)).cloned().collect()
    }

    fn unclaimed(&self, mut roots: BTreeSet<FilePath>) -> Vec<FilePath> {
        let claimed = self.known.values().filter_map(|folder| folder.projects.as_ref()).flatten();
        for root in claimed {
            roots.remove(root);
        }
        roots.into_iter().collect()
    }

    /// Lists a folder on a thread of its own: the pool is for those who wait.
    fn list(&mut self, path: &FilePath) {
        let inside = self.matching(|other| is_below(path, other));
        let Some(folder) = self.known.get_mut(path) else { return };
        if folder.listing.is_some() {
            folder.again = true;
            return;
        }
        let met = Arc::new(AtomicUsize::new(0));
        folder.listing = Some(Listing { since: Instant::now(), met: Arc::clone(&met) });
        let (world, listed, today) = (self.world.clone(), FilePath::clone(path), self.today);
        let work = move || {
            #[cfg(feature = "test-hooks")]
            super::requests::test_hooks::before_listing(&listed);
            let found = catch_unwind(AssertUnwindSafe(|| {
                let found = project::discover(&listed, &inside, &met).into_iter();
                found.map(|files| derived(files, today)).collect()
            }));
            if let Err(panic) = &found {
                drop(internal_error("the listing of a folder", &**panic));
            }
            world.tell(Message::Listed(listed, found.unwrap_or_default()));
        };
        if let Err(error) = thread::Builder::new().name("folder".to_owned()).spawn(work) {
            tracing::error!("cannot list a folder: {error}");
            self.world.tell(Message::Listed(FilePath::clone(path), Vec::new()));
        }
    }
}

/// A project with what follows from its files, so that the owner of the world, who answers meanwhile, has little left to do.
fn derived(files: ProjectFiles, today: Date) -> ListedProject {
    let root = FilePath::clone(&files.root);
    let mut project = ListedProject::new(files);
    let read = |paths: &[FilePath]| project::read_all(&root, paths);
    // The files are known all the same, and the owner derives what was not.
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| project.derive(today, read))) {
        drop(internal_error("what follows from the files of a folder", &*panic));
    }
    project
}
