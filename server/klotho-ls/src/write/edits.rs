//! Changes of a project, written all or none.

use super::{beside, folder_of};
use klotho_ide::{FileEdit, WorkspaceEdit};
use std::fs;
use std::io;
use std::path::Path;
use tempfile::TempPath;

/// Writes all changes. Each file is written beside the old one first and put in its place when all of them are complete, so
/// that nobody ever sees half a file. `is_current` says whether a file's bytes are still those that were planned on.
///
/// Until all are complete an error leaves every file as it was. When a file cannot be put in its place then, those before it
/// are changed already, and the error names them.
pub(crate) fn apply(
    edit: &WorkspaceEdit,
    is_current: impl Fn(&FileEdit, &[u8]) -> bool,
) -> Result<(), String> {
    let mut complete = Vec::new();
    for file in &edit.files {
        let new =
            replacement(file, &is_current).map_err(|error| format!("cannot write {}: {error}", file.path))?;
        complete.push((new, &*file.path));
    }
    for (index, (new, path)) in complete.into_iter().enumerate() {
        #[cfg(feature = "test-hooks")]
        super::test_hooks::point();
        if let Err(error) = new.persist(path) {
            let earlier: Vec<_> = edit.files.iter().take(index).map(|file| &*file.path).collect();
            let but =
                if earlier.is_empty() { String::new() } else { format!(" (but {})", earlier.join(", ")) };
            return Err(format!("cannot write {path}: {}{but}", error.error));
        }
    }
    Ok(())
}

/// The new file, under another name.
fn replacement(file: &FileEdit, is_current: impl Fn(&FileEdit, &[u8]) -> bool) -> io::Result<TempPath> {
    let path = Path::new(&*file.path);
    let before = before(file, path)?;
    if !file.create && !is_current(file, &before) {
        return Err(io::Error::other(CHANGED));
    }
    let new = beside(folder_of(path), &edited(before, file)?)?;
    if !file.create {
        let permissions = fs::metadata(path)?.permissions();
        if permissions.readonly() {
            return Err(io::Error::other("it is read-only"));
        }
        new.as_file().set_permissions(permissions)?;
    }
    // Closed: there may be more of them than files that a process may have open.
    Ok(new.into_temp_path())
}

/// What the file holds now. What has come where a file is to be made, or is a link, was not planned on.
fn before(file: &FileEdit, path: &Path) -> io::Result<Vec<u8>> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => Err(io::Error::other("it is a link, and links are not followed")),
        Ok(_) if file.create => Err(io::Error::other(CHANGED)),
        Err(error) if file.create && error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Ok(_) => fs::read(path),
        Err(error) => Err(error),
    }
}

/// Why a file is left alone that is no longer what was planned on.
const CHANGED: &str = "it was changed meanwhile";

/// The bytes after the edits, which are sorted and do not overlap.
fn edited(mut bytes: Vec<u8>, file: &FileEdit) -> io::Result<Vec<u8>> {
    for edit in file.edits.iter().rev() {
        let range = edit.span.range();
        if bytes.get(range.clone()).is_none() {
            return Err(io::Error::other(CHANGED));
        }
        bytes.splice(range, edit.text.bytes());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use klotho_ide::{Span, TextEdit};

    fn edit(path: &Path, create: bool, edits: &[(usize, usize, &str)]) -> FileEdit {
        let edits = edits
            .iter()
            .map(|(start, end, text)| TextEdit { span: Span::new(*start, *end), text: (*text).to_owned() });
        FileEdit { path: path.to_string_lossy().into(), create, edits: edits.collect() }
    }

    #[test]
    fn nothing_is_written_unless_all_files_can_be_made() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (folder.path().join("old"), folder.path().join("new"));
        fs::write(&old, b"a \xff b").unwrap();
        let first = edit(&old, false, &[(0, 1, "long"), (4, 5, "c")]);
        let gone = edit(&folder.path().join("gone"), false, &[(0, 0, "x")]);
        let reason = apply(&WorkspaceEdit { files: vec![first.clone(), gone] }, |_, _| true).unwrap_err();
        assert!(reason.starts_with("cannot write "), "{reason}");
        assert_eq!(fs::read(&old).unwrap(), b"a \xff b");
        apply(&WorkspaceEdit { files: vec![first, edit(&new, true, &[(0, 0, "made")])] }, |_, _| true)
            .unwrap();
        assert_eq!(fs::read(&old).unwrap(), b"long \xff c");
        assert_eq!(fs::read(&new).unwrap(), b"made");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left behind");
    }

    #[test]
    fn a_file_that_is_not_what_was_planned_on_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "new").unwrap();
        for create in [false, true] {
            let late = WorkspaceEdit { files: vec![edit(&path, create, &[(0, 0, "x")])] };
            let reason = apply(&late, |_, bytes| bytes == b"old").unwrap_err();
            assert!(reason.ends_with(CHANGED), "{reason}");
        }
        assert_eq!(fs::read(&path).unwrap(), b"new");
    }

    #[test]
    fn a_file_that_became_shorter_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "ab").unwrap();
        let late = WorkspaceEdit { files: vec![edit(&path, false, &[(1, 9, "x")])] };
        assert!(apply(&late, |_, _| true).unwrap_err().ends_with("it was changed meanwhile"));
        assert_eq!(fs::read(&path).unwrap(), b"ab");
    }
}
