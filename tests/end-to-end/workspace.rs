//! Projects on disk, and what a client says of them.

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

pub(crate) fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("a file");
}

pub(crate) fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

pub(crate) fn named(folder: &Path) -> Value {
    json!({ "uri": uri(folder), "name": "x" })
}

/// What a client says first that works on `folders`; `capabilities` are those of its documents.
pub(crate) fn greeting(folders: &[&TempDir], capabilities: &Value) -> Value {
    let folders: Vec<_> = folders.iter().map(|folder| named(folder.path())).collect();
    json!({ "workspaceFolders": folders, "capabilities": capabilities })
}
