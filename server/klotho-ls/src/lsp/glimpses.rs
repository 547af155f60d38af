//! What lies around a document whose folder is not listed yet.

use super::world::{Message, World};
use crate::project;
use klotho_ide::{FilePath, ProjectFiles};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

/// How long a document waits for what lies around it. A disk answers in a few milliseconds, or is one that nobody waits for.
const PATIENCE: Duration = Duration::from_millis(500);

/// No more looks than these are under way at a disk that does not answer.
const MOST: usize = 8;

/// Looks around documents.
pub(super) struct Glimpses {
    world: World,
    /// The folders of documents that were looked around.
    seen: HashSet<FilePath>,
    /// Held by every look that is under way.
    running: Arc<()>,
    /// Whether the disk has let us wait.
    is_slow: bool,
}

impl Glimpses {
    pub(super) fn new(world: World) -> Self {
        Self { world, seen: HashSet::new(), running: Arc::new(()), is_slow: false }
    }

    /// Looks around the document at `path` in the folder at `base`. What takes too long is told the owner when it comes.
    pub(super) fn look(&mut self, base: FilePath, path: FilePath) -> Option<ProjectFiles> {
        let folder: FilePath = path.rsplit_once('/')?.0.into();
        if Arc::strong_count(&self.running) > MOST || !self.seen.insert(folder) {
            return None;
        }
        // Without room in the channel what arrives too late comes back to its sender, and is not lost.
        let (sender, receiver) = sync_channel(0);
        let (world, running) = (self.world.clone(), Arc::clone(&self.running));
        let work = move || {
            let files = project::glimpse(&base, &path);
            if let Err(late) = sender.send(files) {
                world.tell(Message::Glimpsed(base, late.0));
            }
            drop(running);
        };
        if let Err(error) = thread::Builder::new().name("glimpse".to_owned()).spawn(work) {
            tracing::error!("cannot look around a document: {error}");
            return None;
        }
        let patience = if self.is_slow { Duration::ZERO } else { PATIENCE };
        let found = receiver.recv_timeout(patience).ok();
        self.is_slow |= found.is_none();
        found
    }

    /// Folders were listed, or are of no more interest: what was seen says nothing any more.
    pub(super) fn forget(&mut self) {
        self.seen.clear();
    }
}
