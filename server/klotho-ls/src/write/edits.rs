//! Changes of a project, written all or none.

use super::{beside, folder_of};
use klotho_ide::{FileEdit, WorkspaceEdit};
use std::fs;
use std::io;
use std::path::Path;
use tempfile::TempPath;

/// Writes all changes. Each file is replaced atomically: a temporary file, an fsync and a rename. The renames begin when all
/// temporary files are complete. `is_current` says whether a file's bytes are still those that were planned on.
///
/// Up to the first rename an error leaves every file as it was. When a later one fails, or its file has changed by then,
/// those before it are changed already. The error says which are.
pub(crate) fn apply(
    edit: &WorkspaceEdit,
    is_current: impl Fn(&FileEdit, &[u8]) -> bool,
) -> Result<(), String> {
    let mut complete = Vec::new();
    for file in &edit.files {
        complete.push(Replacement::of(file, &is_current).map_err(|error| unwritten(file, &error, &[]))?);
    }
    // To bring many files to the disk takes a while.
    for new in &complete {
        new.compare().map_err(|error| unwritten(new.file, &error, &[]))?;
    }
    for (index, new) in complete.into_iter().enumerate() {
        #[cfg(feature = "test-hooks")]
        super::test_hooks::point();
        let (file, earlier) = (new.file, edit.files.get(..index).unwrap_or_default());
        new.put().map_err(|error| unwritten(file, &error, earlier))?;
    }
    Ok(())
}

/// What a file holds and what it would hold, as [`apply`] would write it; the error says why that would not be written.
pub(crate) fn planned(
    file: &FileEdit,
    is_current: impl Fn(&FileEdit, &[u8]) -> bool,
) -> Result<(Vec<u8>, Vec<u8>), String> {
    let both = both(file, Path::new(&*file.path), is_current);
    both.map_err(|error| format!("cannot change {}: {error}", file.path))
}

/// What a file holds, which must be what was planned on, and what it is to hold.
fn both(
    file: &FileEdit,
    path: &Path,
    is_current: impl Fn(&FileEdit, &[u8]) -> bool,
) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let before = before(file, path)?;
    if !file.create && !is_current(file, &before) {
        return Err(io::Error::other(CHANGED));
    }
    let after = edited(before.clone(), file)?;
    Ok((before, after))
}

/// Why not all was written, and what was.
fn unwritten(file: &FileEdit, error: &io::Error, earlier: &[FileEdit]) -> String {
    let written = match earlier {
        [] => "nothing was written".to_owned(),
        files => {
            let paths: Vec<_> = files.iter().map(|file| &*file.path).collect();
            format!("only {} changed", paths.join(", "))
        }
    };
    format!("{written}: cannot write {}: {error}", file.path)
}

/// What a file is replaced with.
struct Replacement<'a> {
    file: &'a FileEdit,
    /// What the file held when this was made.
    before: Vec<u8>,
    /// Closed: there may be more of them than files that a process may have open.
    new: TempPath,
}

impl<'a> Replacement<'a> {
    fn of(file: &'a FileEdit, is_current: impl Fn(&FileEdit, &[u8]) -> bool) -> io::Result<Self> {
        let path = Path::new(&*file.path);
        let (before, after) = both(file, path, is_current)?;
        let new = temporary(file, path, &after)?;
        Ok(Self { file, before, new })
    }

    /// Whether the file is still what it was.
    fn compare(&self) -> io::Result<()> {
        let is_same = before(self.file, Path::new(&*self.file.path))? == self.before;
        if is_same { Ok(()) } else { Err(io::Error::other(CHANGED)) }
    }

    /// Renames it to the file.
    fn put(self) -> io::Result<()> {
        self.compare()?;
        let path = &*self.file.path;
        let put = if self.file.create { self.new.persist_noclobber(path) } else { self.new.persist(path) };
        put.map_err(|error| error.error)
    }
}

/// The new file, under another name.
fn temporary(file: &FileEdit, path: &Path, bytes: &[u8]) -> io::Result<TempPath> {
    let new = beside(folder_of(path), bytes)?;
    if !file.create {
        let permissions = fs::metadata(path)?.permissions();
        if permissions.readonly() {
            return Err(io::Error::other("it is read-only"));
        }
        new.as_file().set_permissions(permissions)?;
    }
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
const CHANGED: &str = "it has changed since it was read";

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
        assert!(reason.starts_with("nothing was written: cannot write "), "{reason}");
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
    fn what_changes_while_other_files_are_written_is_not_lost() {
        let folder = tempfile::tempdir().unwrap();
        let [first, last, made] = ["first", "last", "made"].map(|name| folder.path().join(name));
        for changed in [&first, &made] {
            let _ = fs::remove_file(&made);
            fs::write(&first, "a").unwrap();
            fs::write(&last, "b").unwrap();
            let files = vec![
                edit(&first, false, &[(0, 0, "x")]),
                edit(&made, true, &[(0, 0, "y")]),
                edit(&last, false, &[(0, 0, "z")]),
            ];
            let is_current = |file: &FileEdit, _: &[u8]| {
                if Path::new(&*file.path) == last {
                    fs::write(changed, "a person's").unwrap();
                }
                true
            };
            let reason = apply(&WorkspaceEdit { files }, is_current).unwrap_err();
            assert!(reason.starts_with("nothing was written") && reason.ends_with(CHANGED), "{reason}");
            assert_eq!(fs::read(changed).unwrap(), b"a person's");
            assert_eq!(fs::read(&last).unwrap(), b"b", "all or none");
        }
    }

    #[test]
    fn what_is_written_already_is_said() {
        let path = Path::new("/nowhere/b");
        let (first, last) = (edit(Path::new("/nowhere/a"), false, &[]), edit(path, false, &[]));
        let reason = unwritten(&last, &io::Error::other("full"), &[first]);
        assert_eq!(reason, "only /nowhere/a changed: cannot write /nowhere/b: full");
    }

    #[test]
    fn a_file_that_became_shorter_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "ab").unwrap();
        let late = WorkspaceEdit { files: vec![edit(&path, false, &[(1, 9, "x")])] };
        assert!(apply(&late, |_, _| true).unwrap_err().ends_with(CHANGED));
        assert_eq!(fs::read(&path).unwrap(), b"ab");
    }
}
