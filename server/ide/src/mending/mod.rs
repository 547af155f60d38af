//! Mending all that has one right answer: what "fix all" does to a document in an editor, and `check --fix` to a project.
//!
//! Fixes are made in a copy of the world, round after round, since one may uncover the next finding. A fix after which
//! something would be wrong that is worse than what it mends, such as an error that a misspelt name had hidden, is left
//! to a person.

mod chance;
mod fixes;
mod trial;
mod world;

pub use chance::Chance;

use crate::{Contents, FileEdit, FilePath, Snapshot, WorkspaceEdit};
use fixes::{Fix, Key};
use klotho_annotation::finding::{Code, Severity};
use std::collections::HashSet;
use trial::Trials;
use world::World;

/// What is not settled after so many rounds is left as it is.
const ROUNDS: usize = 8;

/// What is to be mended.
pub struct Mending<'a> {
    /// The one file whose findings count and which alone may change; without it every file of the project.
    pub only: Option<&'a FilePath>,
    /// Whether also what a person would decide is mended, as far as one answer is better than the others.
    pub decides: bool,
    /// As how bad a finding counts; one that counts as nothing is left alone.
    pub level: &'a dyn Fn(Code, Severity) -> Option<Severity>,
    /// Findings that are left alone: their file, `None` for the project as a whole, and their identity.
    pub known: HashSet<(Option<FilePath>, u64)>,
    /// The text of a file that no editor has open; `None` leaves the file alone.
    pub text: &'a dyn Fn(&FilePath) -> Option<String>,
    /// What a file holds that a fix leads to; `None` if that is not to be known now.
    pub contents: &'a dyn Fn(&FilePath) -> Option<Contents>,
}

/// What became of it.
pub struct Mended {
    /// The files that change.
    pub files: Vec<MendedFile>,
    /// The fix of each finding that was there before and has one.
    pub fixes: Vec<OneFix>,
    /// The world with the files changed.
    pub after: Snapshot,
}

/// A file that changes.
#[derive(Clone, Debug, PartialEq)]
pub struct MendedFile {
    /// The file.
    pub path: FilePath,
    /// What it says now; `None` if it has to be made.
    pub before: Option<String>,
    /// What it says then.
    pub after: String,
    /// What is replaced.
    pub edit: FileEdit,
}

/// How one finding is mended.
#[derive(Clone, Debug, PartialEq)]
pub struct OneFix {
    /// The file in which an editor shows the finding.
    pub path: FilePath,
    /// What the finding is, wherever it stands.
    pub identity: u64,
    /// Where it starts.
    pub at: u32,
    /// What is done, for people.
    pub title: String,
    /// Whether a person would decide it.
    pub is_decision: bool,
    /// What it changes.
    pub edit: WorkspaceEdit,
}

impl Snapshot {
    /// Mends what is wrong in the project at `root`.
    pub fn mend(&self, root: &FilePath, how: &Mending<'_>) -> Mended {
        let mut world = World::of(self, root, how);
        let first = world.fixes(how);
        let asked: HashSet<_> = first.iter().map(Fix::finding).collect();
        let (mut keys, mut left_alone) = (keys_of(&first, how), HashSet::new());
        for _ in 0..ROUNDS {
            let Some(after) = round(&world, how, keys, &mut left_alone) else { break };
            world = after;
            let mut now = world.fixes(how);
            // Nobody has seen, and so decided, what comes to light meanwhile.
            now.retain(|fix| !fix.is_decision || asked.contains(&fix.finding()));
            keys = keys_of(&now, how);
        }
        let fixes = first.into_iter().filter(|fix| !left_alone.contains(&fix.key));
        Mended { fixes: fixes.map(Fix::told).collect(), files: world.files(), after: world.snapshot() }
    }

    /// The files that the first round alone changes, for whoever wants to know whether there are any.
    pub(crate) fn mend_once(&self, root: &FilePath, how: &Mending<'_>) -> Vec<MendedFile> {
        let world = World::of(self, root, how);
        let keys = keys_of(&world.fixes(how), how);
        round(&world, how, keys, &mut HashSet::new()).map(|after| after.files()).unwrap_or_default()
    }
}

/// What those of the fixes mend that are to be made.
fn keys_of(fixes: &[Fix], how: &Mending<'_>) -> Vec<Key> {
    fixes.iter().filter(|fix| fix.is_wanted(how)).map(|fix| fix.key.clone()).collect()
}

/// Makes the fixes with these keys but those that are left alone, and leaves more of them alone if it has to. Returns what is
/// then; `None` if none was made.
fn round(
    world: &World,
    how: &Mending<'_>,
    mut keys: Vec<Key>,
    left_alone: &mut HashSet<Key>,
) -> Option<World> {
    keys.retain(|key| !left_alone.contains(key));
    Trials::new(world.clone(), how, &keys).run(keys, left_alone)
}
