//! What the client tells: one file a method. None of them waits.

mod did_change;
mod did_change_configuration;
mod did_change_watched_files;
mod did_change_workspace_folders;
mod did_close;
mod did_create_files;
mod did_delete_files;
mod did_open;
mod did_rename_files;
mod did_save;

pub(super) use did_change::did_change;
pub(super) use did_change_configuration::did_change_configuration;
pub(super) use did_change_watched_files::{did_change_watched_files, watched_files};
pub(super) use did_change_workspace_folders::did_change_workspace_folders;
pub(super) use did_close::did_close;
pub(super) use did_create_files::did_create_files;
pub(super) use did_delete_files::did_delete_files;
pub(super) use did_open::did_open;
pub(super) use did_rename_files::did_rename_files;
pub(super) use did_save::did_save;
