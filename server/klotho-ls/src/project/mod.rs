//! Projects on disk, for the server and for the command line: finding them, listing them, reading what has to be read.
//!
//! [`walk`] lists a folder and searches bytes; [`discover`] decides which projects lie in it and parses what holds an
//! annotation; [`root_of`] finds the project that a folder lies in; [`glimpse`] gets of that what can be had at once; [`read`] reads one file that an import leads to; [`load`] does all of it until nothing more is wanted.
//! Nothing here depends on the order in which folders are read, and nothing but regular files is ever opened.

mod decisive;
mod discover;
mod enclosing;
mod glimpse;
mod load;
mod parallel;
mod read;
mod revision;
mod shown;
mod skip;
mod walk;

pub(crate) use decisive::{concerns, decides};
pub(crate) use discover::discover;
pub(crate) use enclosing::root_of;
pub(crate) use glimpse::glimpse;
pub(crate) use load::{Loaded, VANISHED, load, load_one, load_to_change, load_whole};
pub(crate) use read::{bytes, is_folder, read, read_all};
pub(crate) use revision::at_revision;
pub(crate) use skip::is_to_skip;
pub(crate) use walk::{folders, is_reached};
