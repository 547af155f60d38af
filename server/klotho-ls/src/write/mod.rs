//! Writing files. The only place that does, and atomically: a temporary file beside the old one, an fsync, and a rename.

mod edits;
#[cfg(feature = "test-hooks")]
mod test_hooks;

pub(crate) use edits::{apply, planned};

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use tempfile::{Builder, NamedTempFile};

/// Replaces the file by `bytes` atomically, and makes its folder where there is none.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::Error::other("there is a folder of this name"));
    }
    let old = fs::symlink_metadata(path).ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        // A device, a pipe or a link is written to and stays what it is.
        return fs::write(path, bytes);
    }
    let folder = folder_of(path);
    fs::create_dir_all(folder)?;
    let new = beside(folder, bytes)?;
    if let Some(old) = old {
        new.as_file().set_permissions(old.permissions())?;
    }
    new.persist(path).map(drop).map_err(|error| error.error)
}

/// What the names of temporary files start with.
const PREFIX: &str = ".klotho-ls-";

/// Whether a file is a temporary one of this program.
pub(crate) fn is_temporary(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PREFIX))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file in `folder` under another name, on the disk with these bytes. It goes when it is dropped.
fn beside(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX);
    // Everybody may read it whom the system lets, as files are made; temporary ones are private otherwise.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    #[cfg(feature = "test-hooks")]
    test_hooks::half_written(&mut file, bytes)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}
