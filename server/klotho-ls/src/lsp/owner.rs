//! The one owner of the live world: applies what happens in the order in which it happened.

use super::diagnostics::{Outgoing, Publisher};
use super::folders::Folders;
use super::glimpses::Glimpses;
use super::pool::{Lane, Pool};
use super::progress::Progress;
use super::reads::Reads;
use super::shell::internal_error;
use super::world::{DiskChange, Message, Question, World};
use crate::project;
use klotho_graph::{CONFIG_FILES, MANIFESTS};
use klotho_ide::{Change, FilePath, Host, ListedProject, ProjectFiles, Snapshot};
use klotho_last_words::reading;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::Instant;
use tokio::sync::{mpsc, watch};

/// When more files than this change at once (another branch was checked out), whole folders are listed anew.
const BULK: usize = 200;

/// The world and what is under way in it.
pub(super) struct Owner {
    host: Host,
    pool: Pool,
    folders: Folders,
    glimpses: Glimpses,
    progress: Progress,
    reads: Reads,
    publisher: Publisher,
    /// Questions about files whose project is still unknown.
    waiting: Vec<(FilePath, Lane, Question)>,
}

impl Owner {
    /// `world` is the way back to this owner, for what comes from other threads.
    pub(super) fn new(
        world: World,
        outgoing: mpsc::UnboundedSender<Outgoing>,
        looked: watch::Sender<Option<Snapshot>>,
    ) -> Self {
        let today = crate::clock::today();
        Self {
            host: Host::new(today),
            pool: Pool::new(),
            folders: Folders::new(world.clone(), today),
            glimpses: Glimpses::new(world.clone()),
            progress: Progress::new(outgoing.clone()),
            reads: Reads::new(world.clone()),
            publisher: Publisher::new(world, outgoing, looked),
            waiting: Vec::new(),
        }
    }

    pub(super) fn run(mut self, inbox: &Receiver<Message>) {
        while let Ok(message) = self.next(inbox) {
            if let Some(message) = message {
                self.take(message);
            }
        }
    }

    /// The next message; `None` when it was time for something else instead, an error when there will be none.
    fn next(&mut self, inbox: &Receiver<Message>) -> Result<Option<Message>, RecvTimeoutError> {
        let now = Instant::now();
        if self.folders.lose_patience(now) {
            self.publisher.changed(now);
            self.answer_waiting();
        }
        if self.publisher.is_overdue(now) {
            self.look();
        }
        let reading = self.folders.reading().filter(|_| self.publisher.client.shows_progress);
        self.progress.tell(now, reading);
        // Findings wait until all that has arrived is applied: a burst of edits is one change.
        match inbox.try_recv() {
            Ok(message) => return Ok(Some(message)),
            Err(TryRecvError::Disconnected) => return Err(RecvTimeoutError::Disconnected),
            Err(TryRecvError::Empty) => self.settle(),
        }
        let due = self.publisher.due(!self.reads.is_empty());
        let progress = self.progress.due(reading.map(|(since, _)| since));
        let Some(until) = [due, progress, self.folders.patience_ends()].into_iter().flatten().min() else {
            return inbox.recv().map(Some).map_err(|_| RecvTimeoutError::Disconnected);
        };
        match inbox.recv_timeout(until.saturating_duration_since(now)) {
            Err(RecvTimeoutError::Timeout) => {
                if due.is_some_and(|due| due <= until) {
                    self.look();
                }
                Ok(None)
            }
            result => result.map(Some),
        }
    }

    /// Looks for the findings of every open document, except where half of its project is still unknown.
    fn look(&mut self) {
        self.settle();
        let folders = &self.folders;
        let snapshot = self.host.snapshot();
        // Who asks about all files is answered when all are known.
        if !snapshot.is_reading() {
            self.publisher.show(snapshot.clone());
        }
        let is_reading = self.is_reading();
        self.publisher.look(snapshot, is_reading, |path| !folders.is_unknown(path));
    }

    /// Whether files are still being read that may change what is known.
    fn is_reading(&self) -> bool {
        self.folders.is_listing() || !self.reads.is_empty()
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Client(client) => self.publisher.client = client,
            Message::Settings(settings, changed) => {
                self.publisher.configured(settings, changed, Instant::now())
            }
            Message::Open(uri, change) => {
                self.publisher.opened(uri, &change);
                if let Change::Open { path, .. } = &change {
                    self.look_around(path);
                }
                self.change(change);
            }
            Message::Change(change) => self.change(change),
            Message::AddFolder(folder) => {
                if self.folders.add(&folder) {
                    self.change(Change::Reading { folder, is_done: false });
                    for (path, _) in self.host.snapshot().open_documents() {
                        self.look_around(&path);
                    }
                }
            }
            Message::Listed(path, projects) => {
                self.listed(&path, projects);
                self.answer_waiting();
            }
            Message::RemoveFolder(folder) => {
                for root in self.folders.remove(&folder) {
                    self.change(Change::Forget { root });
                }
                self.change(Change::Reading { folder, is_done: true });
                self.glimpses.forget();
                self.answer_waiting();
            }
            Message::Glimpsed(base, files) => self.glimpsed(&base, files),
            Message::Ending => self.publisher.client.shows_progress = false,
            Message::Disk(changes) => self.disk(changes),
            Message::Unwatched(path) => {
                let root = self.host.snapshot().root_of(&path).filter(|root| *root != path);
                let names = CONFIG_FILES.iter().map(|(name, _)| *name).chain(MANIFESTS);
                let files = root.map(|root| names.map(|name| format!("{root}/{name}").into()).collect());
                self.read(files.unwrap_or_default());
            }
            Message::Unseen(path) => self.folders.list_holding(&path),
            Message::Findings(findings) => self.publisher.found(findings),
            Message::Pulled(path, pulled) => self.publisher.pulled(&path, pulled),
            Message::Ask(lane, question) => self.answer(lane, question),
            Message::AskKnown(path, lane, question) if self.folders.is_unknown(&path) => {
                self.waiting.push((path, lane, question));
            }
            Message::IsReading(answer) => {
                self.settle();
                // Whoever asked may have gone meanwhile.
                let _ = answer.send(self.is_reading());
            }
            Message::AskKnown(_, lane, question) => self.answer(lane, question),
        }
    }

    fn answer(&mut self, lane: Lane, question: Question) {
        self.settle();
        let snapshot = self.host.snapshot();
        self.pool.run(lane, Box::new(move || question(snapshot)));
    }

    /// Answers what waited for projects that are known now.
    fn answer_waiting(&mut self) {
        for (path, lane, question) in std::mem::take(&mut self.waiting) {
            self.take(Message::AskKnown(path, lane, question));
        }
    }

    fn change(&mut self, change: Change) {
        match &change {
            Change::Edit { path, version, .. } => self.publisher.edited(path, *version),
            Change::Close { path } => {
                self.publisher.closed(path);
                // It may have been saved just now.
                self.folders.touch(path);
            }
            Change::Read { path, .. } => self.reads.arrived(path, &self.pool),
            _ => {}
        }
        let read = match &change {
            Change::Read { path, .. } => Some(FilePath::clone(path)),
            _ => None,
        };
        let about = document_of(&change);
        let host = &mut self.host;
        let apply = move || {
            #[cfg(feature = "test-hooks")]
            super::requests::test_hooks::before(&change);
            host.apply(change)
        };
        let name = about.as_ref().map_or("", |(path, _)| path);
        // When it fails the change is lost; what came before and what comes after is not.
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| reading(name, apply))) {
            let version = about.as_ref().and_then(|(_, version)| *version);
            drop(internal_error(&format!("a change of {name:?}, version {version:?}"), &*panic));
        }
        if let Some(path) = read.filter(|path| self.host.snapshot().is_outdated_by(path)) {
            self.folders.list_holding(&path);
        }
        self.publisher.changed(Instant::now());
    }

    /// Works out what follows from all that was applied, once for a whole burst, and has read what is missing.
    fn settle(&mut self) {
        let host = &mut self.host;
        match catch_unwind(AssertUnwindSafe(move || host.settle())) {
            Ok(wanted) => self.read(wanted),
            Err(panic) => drop(internal_error("what follows from changes", &*panic)),
        }
    }

    /// Has files read on the pool; what they hold comes back as a change.
    fn read(&mut self, paths: Vec<FilePath>) {
        let snapshot = self.host.snapshot();
        for path in paths {
            if let Some(root) = snapshot.root_of(&path) {
                self.reads.start(root, path, &self.pool);
            }
        }
    }

    fn listed(&mut self, path: &FilePath, projects: Vec<ListedProject>) {
        let roots = projects.iter().map(|project| FilePath::clone(project.root())).collect();
        let Some(gone) = self.folders.listed(path, roots) else { return };
        self.publisher.changed(Instant::now());
        for root in gone {
            self.change(Change::Forget { root });
        }
        for project in projects {
            self.change(Change::Project(Box::new(project)));
        }
        self.change(Change::Reading { folder: FilePath::clone(path), is_done: true });
        self.glimpses.forget();
    }

    /// Has what lies around a document known before it is asked about, if its folder is still being listed.
    fn look_around(&mut self, path: &FilePath) {
        let Some(base) = self.folders.unlisted(path) else { return };
        if let Some(files) = self.glimpses.look(FilePath::clone(&base), FilePath::clone(path)) {
            self.glimpsed(&base, files);
        }
    }

    fn glimpsed(&mut self, base: &FilePath, files: ProjectFiles) {
        if self.folders.glimpsed(base, &files.root) {
            self.change(Change::Glimpse(files));
        }
    }

    fn disk(&mut self, mut changes: Vec<DiskChange>) {
        let snapshot = self.host.snapshot();
        changes.retain(|change| !snapshot.never_enters(project::concerns(&change.path)));
        let is_bulk = changes.len() > BULK;
        let mut single = Vec::new();
        for DiskChange { path, is_structural } in changes {
            // Of a folder that comes or goes clients say no more than that.
            let is_wide = is_structural && (project::decides(&path) || snapshot.is_folder(&path));
            if is_bulk || is_wide || snapshot.is_outdated_by(&path) {
                self.folders.list_holding(&path);
            } else {
                self.folders.touch(&path);
                single.push(path);
            }
        }
        self.read(single);
    }
}

/// The document that a change is about, and its version, as far as there are any.
fn document_of(change: &Change) -> Option<(FilePath, Option<i32>)> {
    match change {
        Change::Open { path, version, .. } | Change::Edit { path, version, .. } => {
            Some((FilePath::clone(path), Some(*version)))
        }
        Change::Save { path } | Change::Close { path } | Change::Read { path, .. } => {
            Some((FilePath::clone(path), None))
        }
        _ => None,
    }
}
