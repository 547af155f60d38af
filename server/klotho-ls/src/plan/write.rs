//! Writing changes to files. The only place that writes to a project.

use klotho_ide::{FileEdit, WorkspaceEdit};
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use tempfile::{Builder, NamedTempFile};

/// Writes all changes. Each file is written beside the old one first and put in its place when all of them are complete, so
/// that nobody ever sees half a file.
pub(super) fn apply(edit: &WorkspaceEdit) -> Result<(), String> {
    let mut complete = Vec::new();
    for file in &edit.files {
        let new = replacement(file).map_err(|error| format!("cannot write {}: {error}", file.path))?;
        complete.push((new, &*file.path));
    }
    for (index, (new, path)) in complete.into_iter().enumerate() {
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
fn replacement(file: &FileEdit) -> io::Result<NamedTempFile> {
    let path = Path::new(&*file.path);
    let folder = path.parent().unwrap_or(Path::new("."));
    let before = if file.create { Vec::new() } else { fs::read(path)? };
    let mut new = open(folder)?;
    new.write_all(&edited(before, file)?)?;
    if !file.create {
        new.as_file().set_permissions(fs::metadata(path)?.permissions())?;
    }
    new.as_file().sync_all()?;
    Ok(new)
}

/// A file that everybody may read whom the system lets, as files are made; temporary ones are private otherwise.
fn open(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".klotho-ls-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// The bytes after the edits, which are sorted and do not overlap.
fn edited(mut bytes: Vec<u8>, file: &FileEdit) -> io::Result<Vec<u8>> {
    for edit in file.edits.iter().rev() {
        let range = edit.span.range();
        if bytes.get(range.clone()).is_none() {
            return Err(io::Error::other("it was changed meanwhile"));
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
    fn all_files_are_written_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (folder.path().join("old"), folder.path().join("new"));
        fs::write(&old, b"a \xff b").unwrap();
        let first = edit(&old, false, &[(0, 1, "long"), (4, 5, "c")]);
        let gone = edit(&folder.path().join("gone"), false, &[(0, 0, "x")]);
        let reason = apply(&WorkspaceEdit { files: vec![first.clone(), gone] }).unwrap_err();
        assert!(reason.starts_with("cannot write "), "{reason}");
        assert_eq!(fs::read(&old).unwrap(), b"a \xff b");
        apply(&WorkspaceEdit { files: vec![first, edit(&new, true, &[(0, 0, "made")])] }).unwrap();
        assert_eq!(fs::read(&old).unwrap(), b"long \xff c");
        assert_eq!(fs::read(&new).unwrap(), b"made");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left behind");
    }

    #[test]
    fn a_file_that_became_shorter_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "ab").unwrap();
        let late = WorkspaceEdit { files: vec![edit(&path, false, &[(1, 9, "x")])] };
        assert!(apply(&late).unwrap_err().ends_with("it was changed meanwhile"));
        assert_eq!(fs::read(&path).unwrap(), b"ab");
    }
}
