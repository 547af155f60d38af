//! `check --watch`: the report again whenever files change.

use super::args::CheckArgs;
use super::read::Projects;
use super::{Judge, report};
use crate::output::{Outcome, note, print};
use crate::project;
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

/// Reports until the process is ended from outside, or something can be read or written no more.
pub(super) fn run(args: &CheckArgs, judge: &Judge) -> Result<Outcome, String> {
    // What changes while the projects are read for the first time is not missed.
    let mut folders = Folders::watch(&args.roots())?;
    let mut projects = Projects::read(args)?;
    loop {
        if std::io::stdout().is_terminal() {
            print(CLEAR).map_err(unwritten)?;
        }
        report(args, &projects, judge)?;
        note("waiting for changes; Ctrl-C ends this");
        while !projects.follow(&folders.changed()?)? {}
    }
}

fn unwritten(error: std::io::Error) -> String {
    format!("cannot write to standard output: {error}")
}

/// The folders that are watched: those that a check enters.
struct Folders {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    bases: Vec<PathBuf>,
}

impl Folders {
    fn watch(roots: &[PathBuf]) -> Result<Self, String> {
        let (sender, events) = channel();
        let watcher = notify::recommended_watcher(sender).map_err(|error| unwatched(&error))?;
        let mut folders = Self { watcher, events, bases: Vec::new() };
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
        let (mut changed, mut since) = (BTreeSet::new(), None);
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
            let start = *since.get_or_insert_with(Instant::now);
            if !changed.is_empty() && start.elapsed() > PATIENCE {
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
            if base.is_none_or(|base| !project::is_reached(base, &path)) {
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

fn unwatched(error: &notify::Error) -> String {
    let way_out = match error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            ": let the system watch more (fs.inotify.max_user_watches), or name fewer folders"
        }
        _ => "",
    };
    format!("cannot watch for changes: {error}{way_out}")
}
