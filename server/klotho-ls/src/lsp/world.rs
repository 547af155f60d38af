//! The way to the one owner of the live world: one channel, on which everything that happens is told in order.

use super::capabilities::Client;
use super::configuration::{Changed, Scoped};
use super::convert;
use super::diagnostics::{Findings, Outgoing, Pulled};
use super::owner::Owner;
use super::pool::Lane;
use super::shell::internal_error;
use klotho_ide::{Change, FilePath, ListedProject, ProjectFiles, Snapshot};
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use tokio::sync::{mpsc, oneshot, watch};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::Uri;

/// What the owner is told.
pub(super) enum Message {
    /// What the client can show, and how it counts columns.
    Client(Client),
    /// What the client wants, and what of that is to be shown anew.
    Settings(Arc<Scoped>, Changed),
    /// A document was opened, under this name.
    Open(Uri, Change),
    /// Something else happened in the world.
    Change(Change),
    /// A folder is worked on: its projects are to be read.
    AddFolder(FilePath),
    /// A folder is of no more interest.
    RemoveFolder(FilePath),
    /// The projects of a folder were listed.
    Listed(FilePath, Vec<ListedProject>),
    /// What lies around a document in a folder that is not listed yet.
    Glimpsed(FilePath, ProjectFiles),
    /// Files changed on disk.
    Disk(Vec<DiskChange>),
    /// What configures the project of a file may have changed on disk, and nobody says so.
    Unwatched(FilePath),
    /// Files may have come and gone at this path or beside it, and nobody says which.
    Unseen(FilePath),
    /// The findings that were asked for.
    Findings(Findings),
    /// The client says goodbye: nothing may be left hanging.
    Ending,
    /// The client asked for the findings of a document, and was answered.
    Pulled(FilePath, Pulled),
    /// Someone wants to know whether files are still being read.
    IsReading(oneshot::Sender<bool>),
    /// Someone wants to read the world as it is at this point.
    Ask(Lane, Question),
    /// The same about a file, as soon as its project is known.
    AskKnown(FilePath, Lane, Question),
}

/// What is asked of a snapshot.
pub(super) type Question = Box<dyn FnOnce(Snapshot) + Send>;

/// One file that changed on disk.
pub(super) struct DiskChange {
    pub(super) path: FilePath,
    /// Whether it came or went, rather than holding something else.
    pub(super) is_structural: bool,
}

impl DiskChange {
    /// A file or folder that came or went, by its URI.
    pub(super) fn structural(uri: &str) -> Option<Self> {
        Some(Self { path: convert::path(&uri.parse().ok()?), is_structural: true })
    }
}

/// The way to the owner.
#[derive(Clone)]
pub(super) struct World {
    messages: Sender<Message>,
}

impl World {
    /// Starts the owner. What it has to tell the client goes to `outgoing`, and the world whenever it was looked at to
    /// `looked`.
    pub(super) fn start(
        outgoing: mpsc::UnboundedSender<Outgoing>,
        looked: watch::Sender<Option<Snapshot>>,
    ) -> Self {
        let (messages, inbox) = channel();
        let world = Self { messages };
        let for_owner = world.clone();
        let run = move || Owner::new(for_owner, outgoing, looked).run(&inbox);
        if let Err(error) = thread::Builder::new().name("world".to_owned()).spawn(run) {
            tracing::error!("cannot start: {error}");
        }
        world
    }

    /// Tells the owner something. Returns at once.
    pub(super) fn tell(&self, message: Message) {
        if self.messages.send(message).is_err() {
            tracing::error!("the world has ended");
        }
    }

    /// Whether files are still being read that may change what is known.
    pub(super) fn is_reading(&self) -> impl Future<Output = Result<bool>> + Send + use<> {
        let (answer, answered) = oneshot::channel();
        self.tell(Message::IsReading(answer));
        async move { answered.await.map_err(|_| Error::internal_error()) }
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
        let (question, answer) = question_of(question);
        self.tell(Message::Ask(lane, question));
        answer
    }

    /// The same about the file at `path`, once the project in which it lies is known.
    pub(super) fn ask_known<T, Q>(
        &self,
        path: FilePath,
        lane: Lane,
        question: Q,
    ) -> impl Future<Output = Result<T>> + Send + use<T, Q>
    where
        T: Send + 'static,
        Q: FnOnce(Snapshot) -> T + Send + 'static,
    {
        let (question, answer) = question_of(question);
        self.tell(Message::AskKnown(path, lane, question));
        answer
    }
}

/// What the owner is asked, and the answer to it.
fn question_of<T, Q>(question: Q) -> (Question, impl Future<Output = Result<T>> + Send + use<T, Q>)
where
    T: Send + 'static,
    Q: FnOnce(Snapshot) -> T + Send + 'static,
{
    let (answer, answered) = oneshot::channel();
    let job = move |snapshot: Snapshot| {
        if !answer.is_closed() {
            let world = snapshot.clone();
            let result = catch_unwind(AssertUnwindSafe(|| question(snapshot)));
            // Whoever asked may have gone meanwhile. Which question it was is said where the answer goes out.
            let _ = answer.send(result.map_err(|panic| {
                let open = world.open_documents();
                internal_error(
                    &format!("a question with these documents and versions open {open:?}"),
                    &*panic,
                )
            }));
        }
    };
    (Box::new(job), async move { answered.await.unwrap_or_else(|_| Err(Error::internal_error())) })
}
