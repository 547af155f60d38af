//! What the client tells: one file a method. None of them waits.

mod did_change;
mod did_change_watched_files;
mod did_change_workspace_folders;
mod did_close;
mod did_open;
mod did_save;

pub(super) use did_change::did_change;
pub(super) use did_change_watched_files::{did_change_watched_files, watched_files};
pub(super) use did_change_workspace_folders::did_change_workspace_folders;
pub(super) use did_close::did_close;
pub(super) use did_open::did_open;
pub(super) use did_save::did_save;
