//! `check --watch`: the report again whenever files change.

use super::Judge;
use super::args::CheckArgs;
use super::outputs::Output;
use super::read::Projects;
use super::told::Told;
use crate::output::{Outcome, note, print_to_reader};
use crate::{project, write};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// After so long without another change what has changed is looked at: a switch of branches changes many files.
const QUIET: Duration = Duration::from_millis(100);

/// Changes that never end are looked at after so long.
const PATIENCE: Duration = Duration::from_secs(2);

/// When more files than this change at once, folders are read anew.
const BULK: usize = 200;

/// Clears a terminal and goes to its first line.
const CLEAR: &str = "\u{1b}[2J\u{1b}[1;1H";

/// Reports until the process is ended from outside, nobody reads the reports any more, or something can be read or written no
/// more. What would be said again is not said.
pub(super) fn run(args: &CheckArgs, judge: &Judge) -> Result<Outcome, String> {
    // What changes while the projects are read for the first time is not missed.
    let mut folders = Folders::watch(&args.roots(), &args.output)?;
    let mut projects = Projects::read(args)?;
    let clear = if std::io::stdout().is_terminal() { CLEAR } else { "" };
    let mut last = None;
    loop {
        let told = Some(Told::of(args, &projects, judge)?);
        if let Some(new) = told.as_ref().filter(|_| told != last) {
            let mut is_read = true;
            new.tell(args, |text| {
                is_read = print_to_reader(&format!("{clear}{text}"))?;
                Ok(())
            })?;
            if !is_read {
                return Ok(Outcome::Clean);
            }
            note("waiting for changes; Ctrl-C ends this");
        }
        last = told;
        while !projects.follow(&folders.changed()?)? {}
    }
}

/// The folders that are watched: those that a check enters.
struct Folders {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    bases: Vec<PathBuf>,
    /// Files that the check writes itself.
    own: Vec<PathBuf>,
}

impl Folders {
    fn watch(roots: &[PathBuf], outputs: &[Output]) -> Result<Self, String> {
        let (sender, events) = channel();
        let watcher = notify::recommended_watcher(sender).map_err(|error| unwatched(&error))?;
        let own = outputs.iter().filter_map(|output| resolved(&output.file)).collect();
        let mut folders = Self { watcher, events, bases: Vec::new(), own };
        for root in roots {
            let base = root.canonicalize();
            let base = base.map_err(|error| format!("cannot read {}: {error}", root.display()))?;
            folders.add(&base)?;
            folders.bases.push(base);
        }
        Ok(folders)
    }

    /// Watches a folder and those below it. One that vanished meanwhile has nothing to say.
    fn add(&mut self, folder: &Path) -> Result<(), String> {
        for folder in project::folders(folder) {
            match self.watcher.watch(&folder, RecursiveMode::NonRecursive) {
                Err(error) if folder.is_dir() => return Err(unwatched(&error)),
                _ => {}
            }
        }
        Ok(())
    }

    /// Waits for changes, and until there are no more of them. More than can be told apart are one of all the folders.
    fn changed(&mut self) -> Result<BTreeSet<PathBuf>, String> {
        let (mut changed, mut gathering) = (BTreeSet::new(), Gathering::default());
        loop {
            let wait = if changed.is_empty() { Duration::MAX } else { QUIET };
            match self.events.recv_timeout(wait) {
                Ok(event) => self.take(event.map_err(|error| unwatched(&error))?, &mut changed)?,
                Err(RecvTimeoutError::Timeout) => return Ok(changed),
                Err(RecvTimeoutError::Disconnected) => return Err("nothing is watched any more".to_owned()),
            }
            if changed.len() > BULK {
                changed = self.bases.iter().cloned().collect();
            }
            if !changed.is_empty() && gathering.is_over(Instant::now()) {
                return Ok(changed);
            }
        }
    }

    fn take(&mut self, event: Event, changed: &mut BTreeSet<PathBuf>) -> Result<(), String> {
        if event.need_rescan() {
            changed.extend(self.bases.iter().cloned());
        }
        // Whoever only reads a file, as the check does itself, changes nothing.
        if matches!(event.kind, EventKind::Access(_)) {
            return Ok(());
        }
        for path in event.paths {
            let base = self
                .bases
                .iter()
                .filter(|base| path.starts_with(base))
                .max_by_key(|base| base.as_os_str().len());
            let is_own = self.own.contains(&path) || write::is_temporary(&path);
            if is_own || base.is_none_or(|base| !project::is_reached(base, &path)) {
                continue;
            }
            if path.is_dir() && !path.is_symlink() {
                self.add(&path)?;
            }
            changed.insert(path);
        }
        Ok(())
    }
}

/// How long changes have been gathered.
#[derive(Default)]
struct Gathering {
    /// When the first of them was met.
    since: Option<Instant>,
}

impl Gathering {
    /// Whether it is time to look at the changes that there are.
    fn is_over(&mut self, now: Instant) -> bool {
        now.saturating_duration_since(*self.since.get_or_insert(now)) > PATIENCE
    }
}

/// A file as events name it; it need not be there yet.
fn resolved(file: &Path) -> Option<PathBuf> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(folder.canonicalize().ok()?.join(file.file_name()?))
}

fn unwatched(error: &notify::Error) -> String {
    let way_out = match error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            ": let the system watch more (fs.inotify.max_user_watches), or name fewer folders"
        }
        _ => "",
    };
    format!("cannot watch for changes: {error}{way_out}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_a_long_silence_is_gathered_as_long_as_anything_else() {
        let (start, mut gathering) = (Instant::now(), Gathering::default());
        let first = start + 10 * PATIENCE;
        assert!(!gathering.is_over(first));
        assert!(!gathering.is_over(first + PATIENCE));
        assert!(gathering.is_over(first + PATIENCE + QUIET));
    }
}
