//! The one owner of the live world: applies what happens in the order in which it happened.

use super::convert;
use super::pool::{Job, Lane, Pool};
use super::shell::internal_error;
use crate::project;
use klotho_ide::{Applied, Change, Diagnostic, Encoding, FilePath, Host, Snapshot};
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types as lsp;

/// Findings are published when nothing has happened for this long,
const QUIET: Duration = Duration::from_millis(20);

/// or when someone has been typing without a pause for this long.
const PATIENCE: Duration = Duration::from_millis(200);

/// What the owner is told.
pub(super) enum Message {
    /// Something happened in the world.
    Change(Change),
    /// How the client counts columns.
    Encoding(Encoding),
    /// A folder is worked on: its projects are to be read.
    AddFolder(PathBuf),
    /// A folder is of no more interest.
    RemoveFolder(FilePath),
    /// A file changed on disk.
    Disk(FilePath),
    /// Someone wants to read the world as it is at this point.
    Ask(Lane, Box<dyn FnOnce(Snapshot) + Send>),
}

/// Findings of one document, ready to be shown.
pub(super) struct Publication {
    pub(super) uri: lsp::Uri,
    pub(super) version: Option<i32>,
    pub(super) diagnostics: Vec<lsp::Diagnostic>,
}

/// The way to the owner.
#[derive(Clone)]
pub(super) struct World {
    messages: Sender<Message>,
}

impl World {
    /// Starts the owner. What it publishes goes to `publications`.
    pub(super) fn start(publications: mpsc::UnboundedSender<Publication>) -> Self {
        let (messages, inbox) = channel();
        let owner = Owner {
            host: Host::default(),
            pool: Pool::new(),
            messages: messages.clone(),
            publications,
            published: HashMap::new(),
            encoding: Encoding::Utf16,
        };
        if let Err(error) = thread::Builder::new().name("world".to_owned()).spawn(move || owner.run(&inbox)) {
            tracing::error!("cannot start: {error}");
        }
        Self { messages }
    }

    /// Tells the owner something. Returns at once.
    pub(super) fn tell(&self, message: Message) {
        if self.messages.send(message).is_err() {
            tracing::error!("the world has ended");
        }
    }

    /// Asks the world as it is after everything told so far. The question is put before this returns; the answer is
    /// awaited. Who stops waiting cancels the work unless it has begun.
    pub(super) fn ask<T, Q>(
        &self,
        lane: Lane,
        question: Q,
    ) -> impl Future<Output = Result<T>> + Send + use<T, Q>
    where
        T: Send + 'static,
        Q: FnOnce(Snapshot) -> T + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job = move |snapshot| {
            if !answer.is_closed() {
                let result = catch_unwind(AssertUnwindSafe(|| question(snapshot)));
                // Whoever asked may have gone meanwhile.
                let _ = answer.send(result.map_err(|panic| internal_error(&*panic)));
            }
        };
        self.tell(Message::Ask(lane, Box::new(job)));
        async move { answered.await.unwrap_or_else(|_| Err(Error::internal_error())) }
    }
}

struct Owner {
    host: Host,
    pool: Pool,
    messages: Sender<Message>,
    publications: mpsc::UnboundedSender<Publication>,
    /// What each open document was last said to hold.
    published: HashMap<FilePath, (i32, Vec<Diagnostic>)>,
    encoding: Encoding,
}

impl Owner {
    fn run(mut self, inbox: &Receiver<Message>) {
        let mut unpublished: Option<Instant> = None;
        loop {
            if unpublished.is_some_and(|since| since.elapsed() >= PATIENCE) {
                self.publish();
                unpublished = None;
            }
            let message = match unpublished {
                Some(_) => inbox.recv_timeout(QUIET),
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match message {
                Ok(Message::Ask(lane, question)) => self.answer(lane, question),
                Ok(message) => {
                    self.take(message);
                    unpublished.get_or_insert_with(Instant::now);
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.publish();
                    unpublished = None;
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn answer(&self, lane: Lane, question: Box<dyn FnOnce(Snapshot) + Send>) {
        let snapshot = self.host.snapshot();
        self.pool.run(lane, Box::new(move || question(snapshot)));
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Change(change) => self.change(change),
            Message::Encoding(encoding) => self.encoding = encoding,
            Message::AddFolder(folder) => {
                self.in_background(move |messages| match project::find(&folder, true) {
                    Ok(found) => {
                        for files in found.projects {
                            messages(Change::Project(files));
                        }
                    }
                    Err(reason) => tracing::warn!("{reason}"),
                })
            }
            Message::RemoveFolder(folder) => {
                let inside = format!("{folder}/");
                for root in self.host.snapshot().projects() {
                    if root == folder || root.starts_with(&inside) {
                        self.change(Change::Forget { root });
                    }
                }
            }
            Message::Disk(path) => self.read(vec![path]),
            Message::Ask(lane, question) => self.answer(lane, question),
        }
    }

    fn change(&mut self, change: Change) {
        #[cfg(feature = "test-hooks")]
        super::requests::test_hooks::slow_down(&change);
        let host = AssertUnwindSafe(&mut self.host);
        match catch_unwind(move || { host }.apply(change)) {
            Ok(Applied { wanted }) => self.read(wanted),
            // The change is lost, the world before it is whole.
            Err(panic) => drop(internal_error(&*panic)),
        }
    }

    /// Has files read on the pool; what they hold comes back as a change.
    fn read(&self, paths: Vec<FilePath>) {
        let snapshot = self.host.snapshot();
        for path in paths {
            let Some(root) = snapshot.root_of(&path) else { continue };
            self.in_background(move |messages| {
                let contents = project::read(&root, &path);
                messages(Change::Read { path, contents });
            });
        }
    }

    fn in_background(&self, work: impl FnOnce(&dyn Fn(Change)) + Send + 'static) {
        let messages = self.messages.clone();
        let job: Job = Box::new(move || {
            work(&|change| {
                // The owner is gone only when the process ends.
                let _ = messages.send(Message::Change(change));
            });
        });
        self.pool.run(Lane::Heavy, job);
    }

    /// Shows the findings of every open document for which they, or its version, changed, and takes back those of
    /// documents that were closed.
    fn publish(&mut self) {
        let snapshot = self.host.snapshot();
        let open: HashMap<_, _> = snapshot.open_documents().into_iter().collect();
        let closed: Vec<_> =
            self.published.keys().filter(|path| !open.contains_key(*path)).cloned().collect();
        for path in closed {
            self.published.remove(&path);
            self.show(&snapshot, &path, None, &[]);
        }
        for (path, version) in open {
            let diagnostics = snapshot.diagnostics(&path);
            let known = self.published.get(&path);
            if known.is_some_and(|(shown, old)| *shown == version && *old == diagnostics) {
                continue;
            }
            self.show(&snapshot, &path, Some(version), &diagnostics);
            self.published.insert(path, (version, diagnostics));
        }
    }

    fn show(&self, snapshot: &Snapshot, path: &FilePath, version: Option<i32>, diagnostics: &[Diagnostic]) {
        let Some(uri) = convert::uri(path) else { return };
        let lines = snapshot.lines(path).unwrap_or_default();
        let diagnostics =
            diagnostics.iter().map(|found| convert::diagnostic(found, &lines, self.encoding)).collect();
        // Nobody listens any more only when the session has ended.
        let _ = self.publications.send(Publication { uri, version, diagnostics });
    }
}
