//! Files that are being read.

use super::pool::{Lane, Pool};
use super::world::{Message, World};
use crate::project;
use klotho_ide::{Change, Contents, FilePath};
use std::collections::HashMap;

/// Each file is read by one thread at a time, so that what it held before never arrives after what it holds now.
pub(super) struct Reads {
    world: World,
    running: HashMap<FilePath, Read>,
}

struct Read {
    root: FilePath,
    /// Whether the file changed again while it was being read.
    again: bool,
}

impl Reads {
    pub(super) fn new(world: World) -> Self {
        Self { world, running: HashMap::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.running.is_empty()
    }

    /// Has the file at `path` in the project at `root` read on the pool.
    pub(super) fn start(&mut self, root: FilePath, path: FilePath, pool: &Pool) {
        if let Some(running) = self.running.get_mut(&path) {
            running.again = true;
            return;
        }
        let world = self.world.clone();
        self.running.insert(FilePath::clone(&path), Read { root: FilePath::clone(&root), again: false });
        pool.run(
            Lane::Heavy,
            Box::new(move || {
                let contents = project::read(&root, &path);
                if matches!(contents, Contents::Missing) && project::is_folder(&path) {
                    world.tell(Message::Unseen(FilePath::clone(&path)));
                }
                world.tell(Message::Change(Change::Read { path, contents }));
            }),
        );
    }

    /// What a file holds has arrived.
    pub(super) fn arrived(&mut self, path: &FilePath, pool: &Pool) {
        if let Some(Read { root, again: true }) = self.running.remove(path) {
            self.start(root, FilePath::clone(path), pool);
        }
    }
}
