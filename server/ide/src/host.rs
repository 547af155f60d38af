use crate::{Contents, FilePath, Snapshot};
use klotho_grammars::Language;
use klotho_text::{Encoding, Position};

/// The live world. It has one owner, who applies changes in the order in which they happened.
#[derive(Default)]
pub struct Host {}

/// Something that happened.
#[derive(Debug)]
pub enum Change {
    /// A project was found and listed, or listed anew.
    Project(ProjectFiles),
    /// A project is of no more interest.
    Forget {
        /// Its root.
        root: FilePath,
    },
    /// An editor opened a document; what it says now counts, not what the disk says.
    Open {
        /// The document.
        path: FilePath,
        /// Its language, when it is one that annotations live in.
        language: Option<Language>,
        /// The client's version number.
        version: i32,
        /// Its text.
        text: String,
    },
    /// An editor changed an open document.
    Edit {
        /// The document.
        path: FilePath,
        /// The version after the change.
        version: i32,
        /// In the order in which they apply, each to the result of the one before.
        changes: Vec<ContentChange>,
        /// The unit of the positions.
        encoding: Encoding,
    },
    /// An editor closed a document; the disk counts again. Answered by wanting the file.
    Close {
        /// The document.
        path: FilePath,
    },
    /// A file was read, because it was wanted or because it changed on disk.
    Read {
        /// The file.
        path: FilePath,
        /// What it holds.
        contents: Contents,
    },
}

/// One change inside a document.
#[derive(Clone, Debug)]
pub struct ContentChange {
    /// What is replaced; the whole document when absent.
    pub range: Option<(Position, Position)>,
    /// The new text.
    pub text: String,
}

/// A project as it lies on disk.
#[derive(Debug)]
pub struct ProjectFiles {
    /// Its root folder.
    pub root: FilePath,
    /// Every file of interest below it, relative to the root.
    pub paths: Vec<String>,
    /// Those that were read: all that hold an annotation, `klotho.yaml`, and what else was at hand.
    pub contents: Vec<(String, Contents)>,
}

/// What has to be done because of a change.
#[derive(Debug, Default, PartialEq)]
pub struct Applied {
    /// Files to read, in answer to which [`Change::Read`] is due: an import leads to them.
    pub wanted: Vec<FilePath>,
}

impl Host {
    /// Applies one change.
    pub fn apply(&mut self, _change: Change) -> Applied {
        Applied::default()
    }

    /// The world as it is now. Cheap: what did not change is shared.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {}
    }
}
