//! The folders that the client works on, and the projects in them.

use super::world::{Message, World};
use crate::project;
use klotho_ide::FilePath;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::{Duration, Instant};

/// How long the findings of a file wait for its folder to be listed. Someone may have opened a whole disk.
const PATIENCE: Duration = Duration::from_secs(5);

/// All folders.
pub(super) struct Folders {
    world: World,
    known: BTreeMap<FilePath, Folder>,
}

struct Folder {
    /// When it was added.
    since: Instant,
    /// Whether findings still wait for it to be listed.
    is_awaited: bool,
    /// The roots of its projects; `None` until it has been listed once.
    projects: Option<BTreeSet<FilePath>>,
    /// Whether a thread is listing it,
    is_listing: bool,
    /// and has to do so again, because something changed behind its back.
    again: bool,
}

impl Folders {
    pub(super) fn new(world: World) -> Self {
        Self { world, known: BTreeMap::new() }
    }

    /// A folder is worked on from now on.
    pub(super) fn add(&mut self, path: FilePath) {
        let new = || Folder {
            since: Instant::now(),
            is_awaited: true,
            projects: None,
            is_listing: false,
            again: false,
        };
        self.known.entry(FilePath::clone(&path)).or_insert_with(new);
        self.list(&path);
        self.list_around(&path);
    }

    /// A folder is of no more interest. Returns the roots of the projects that go with it.
    pub(super) fn remove(&mut self, path: &FilePath) -> Vec<FilePath> {
        let Some(folder) = self.known.remove(path) else { return Vec::new() };
        self.list_around(path);
        self.unclaimed(folder.projects.unwrap_or_default())
    }

    /// A folder was listed. Returns the roots of the projects that are no more, or `None` if the listing is of no use.
    pub(super) fn listed(&mut self, path: &FilePath, roots: BTreeSet<FilePath>) -> Option<Vec<FilePath>> {
        let folder = self.known.get_mut(path)?;
        (folder.is_listing, folder.is_awaited) = (false, false);
        let old = folder.projects.replace(roots.clone()).unwrap_or_default();
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
            folder.again |= folder.is_listing;
        }
    }

    /// Whether `path` lies in a folder that is being listed for the first time: what its project says is not known yet.
    pub(super) fn is_unknown(&self, path: &str) -> bool {
        self.known.iter().any(|(folder, state)| state.is_awaited && is_below(folder, path))
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
        if folder.is_listing {
            folder.again = true;
            return;
        }
        folder.is_listing = true;
        let (world, listed) = (self.world.clone(), FilePath::clone(path));
        let work = move || {
            #[cfg(feature = "test-hooks")]
            super::requests::test_hooks::before_listing(&listed);
            let found = catch_unwind(AssertUnwindSafe(|| project::discover(&listed, &inside)));
            world.tell(Message::Listed(listed, found.unwrap_or_default()));
        };
        if let Err(error) = thread::Builder::new().name("folder".to_owned()).spawn(work) {
            tracing::error!("cannot list a folder: {error}");
            self.world.tell(Message::Listed(FilePath::clone(path), Vec::new()));
        }
    }
}

fn is_below(folder: &str, path: &str) -> bool {
    path.strip_prefix(folder.trim_end_matches('/'))
        .is_some_and(|rest| rest.len() > 1 && rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::is_below;

    #[test]
    fn a_folder_does_not_hold_itself_or_its_namesakes() {
        assert!(is_below("/a", "/a/b"));
        assert!(is_below("/", "/a"));
        assert!(!is_below("/a", "/a"));
        assert!(!is_below("/a", "/ab/c"));
    }
}
