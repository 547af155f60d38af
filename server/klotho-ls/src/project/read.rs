use super::parallel;
use super::skip::{REASON, is_to_skip};
use klotho_graph::is_config;
use klotho_ide::{Contents, FilePath, SIZE_LIMIT, Skip, contents_of, is_read};
use klotho_last_words::reading;
use std::fs::{self, File, FileType};
use std::io::{self, ErrorKind, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Reads one file of the project at `root`. What is there but no regular file counts as missing, or as skipped if it is called
/// as a source is: links may lead anywhere, and pipes and devices never end. Configuration is never just missing: it would be
/// obeyed.
pub(crate) fn read(root: &str, path: &str) -> Contents {
    let relative = path.strip_prefix(root).unwrap_or(path).trim_start_matches('/');
    match fs::symlink_metadata(path) {
        Err(error) if is_absent(&error) => return Contents::Missing,
        Err(error) => return unreadable(&error),
        Ok(metadata) if !metadata.is_file() && is_config(relative) => {
            return no_file(metadata.file_type());
        }
        Ok(metadata) if metadata.is_dir() || metadata.is_symlink() => return Contents::Missing,
        Ok(metadata) if !metadata.is_file() && is_read(relative) => return no_file(metadata.file_type()),
        Ok(metadata) if !metadata.is_file() => return Contents::Missing,
        Ok(_) if !is_read(relative) => return Contents::Present,
        Ok(_) => {}
    }
    let mut bytes = Vec::new();
    match read_bounded(Path::new(path), &mut bytes) {
        Ok(()) => parse(path, relative, bytes),
        Err(skipped) => skipped,
    }
}

/// Reads several at once, on all cores.
pub(crate) fn read_all(root: &str, paths: &[FilePath]) -> Vec<Contents> {
    parallel::map(paths, |path| read(root, path))
}

/// The same; what is read is taken while the next files are.
pub(super) fn read_each(root: &str, paths: &[FilePath], take: impl FnMut(&FilePath, Contents)) {
    parallel::each(paths, |path| read(root, path), take);
}

/// The bytes of a regular file that is not too large.
pub(crate) fn bytes(path: &str) -> Option<Vec<u8>> {
    let is_file = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
    let mut bytes = Vec::new();
    (is_file && read_bounded(Path::new(path), &mut bytes).is_ok()).then_some(bytes)
}

/// Whether a folder is at `path`, and no link to one.
pub(crate) fn is_folder(path: &str) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// What stands where a file should.
pub(super) fn no_file(kind: FileType) -> Contents {
    Contents::Skipped(Skip::NoFile(match () {
        () if kind.is_dir() => "a folder",
        () if kind.is_symlink() => "a link, and links are not followed",
        () => "a pipe or a device",
    }))
}

/// Decodes and parses the file at `path`. One on which that fails is skipped; the others are not lost with it.
pub(super) fn parse(path: &str, relative: &str, bytes: Vec<u8>) -> Contents {
    if is_to_skip(path) {
        return Contents::Skipped(Skip::Unreadable(REASON.to_owned()));
    }
    let read = || {
        #[cfg(feature = "test-hooks")]
        crate::lsp::before_reading(&bytes);
        contents_of(relative, bytes)
    };
    catch_unwind(AssertUnwindSafe(|| reading(relative, read))).unwrap_or_else(|_| {
        Contents::Skipped(Skip::Unreadable("klotho-ls failed while it parsed the file".to_owned()))
    })
}

/// Fills `bytes` with the file, or says why not. The size is asked before anything is read, and a file that grows
/// meanwhile is cut off there.
pub(super) fn read_bounded(path: &Path, bytes: &mut Vec<u8>) -> Result<(), Contents> {
    let read = || -> io::Result<u64> {
        let mut file = File::open(path)?;
        let size = file.metadata()?.len();
        match size {
            // The system makes some files up while they are read.
            0 => {
                bytes.clear();
                file.take(SIZE_LIMIT + 1).read_to_end(bytes).map(|_| bytes.len() as u64)
            }
            1..=SIZE_LIMIT => fill(&mut file, size as usize, bytes).map(|()| size),
            _ => Ok(size),
        }
    };
    match { read }() {
        Ok(size) if size > SIZE_LIMIT => Err(Contents::Skipped(Skip::Size(size))),
        Ok(_) => Ok(()),
        Err(error) if is_absent(&error) => Err(Contents::Missing),
        Err(error) => Err(unreadable(&error)),
    }
}

/// Reads so many bytes, or those that there are. Where the system gives all at once it is not asked for more: among many
/// thousand files that shows. What `bytes` hold from a file before is written over.
fn fill(file: &mut File, size: usize, bytes: &mut Vec<u8>) -> io::Result<()> {
    bytes.resize(size, 0);
    let mut filled = 0;
    while filled < size {
        match file.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(more) => filled += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    bytes.truncate(filled);
    Ok(())
}

/// A file below what is itself a file is as absent as one in a folder that is not there.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn unreadable(error: &io::Error) -> Contents {
    Contents::Skipped(Skip::Unreadable(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_in(folder: &Path, name: &str) -> Contents {
        let path = folder.join(name);
        read(&folder.to_string_lossy(), &path.to_string_lossy())
    }

    #[test]
    fn what_is_too_large_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = File::create(folder.path().join("large.ts")).unwrap();
        file.set_len(SIZE_LIMIT + 1).unwrap();
        let size = SIZE_LIMIT + 1;
        assert!(
            matches!(read_in(folder.path(), "large.ts"), Contents::Skipped(Skip::Size(found)) if found == size)
        );
    }

    #[test]
    fn what_is_not_there_or_no_file_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("folder.ts")).unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        for name in ["none.ts", "folder.ts", "file/below.ts"] {
            assert!(matches!(read_in(folder.path(), name), Contents::Missing), "{name}");
        }
    }

    #[test]
    fn what_says_nothing_is_only_there() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("page.html"), "x").unwrap();
        assert!(matches!(read_in(folder.path(), "page.html"), Contents::Present));
        assert!(is_folder(&folder.path().to_string_lossy()));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/dev/zero", folder.path().join("endless.ts")).unwrap();
        assert!(matches!(read_in(folder.path(), "endless.ts"), Contents::Missing));
    }
}
