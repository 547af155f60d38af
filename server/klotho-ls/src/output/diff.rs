//! What would be changed, as a unified diff.

use crate::project::Loaded;
use crate::write;
use klotho_ide::{FileEdit, WorkspaceEdit};
use similar::TextDiff;

/// The change of one file from `before`, where it is not to be made, to `after`; empty when there is none.
pub(crate) fn unified(path: &str, before: Option<&str>, after: &str) -> String {
    let old = if before.is_some() { path } else { "/dev/null" };
    let diff = TextDiff::from_lines(before.unwrap_or_default(), after);
    diff.unified_diff().header(old, path).to_string()
}

/// An edit of the project at `root`; the error says which file is no longer what it was.
pub(crate) fn of_edit(loaded: &Loaded, root: &str, edit: &WorkspaceEdit) -> Result<String, String> {
    let is_current = |file: &FileEdit, bytes: &[u8]| loaded.snapshot.is_current(root, &file.path, bytes);
    let one = |file: &FileEdit| {
        let (before, after) = write::planned(file, is_current)?;
        let [before, after] = [before, after].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        Ok(unified(&loaded.shown(&file.path), Some(&*before).filter(|_| !file.create), &after))
    };
    edit.files.iter().map(one).collect()
}
