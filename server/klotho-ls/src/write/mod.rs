//! Writing files. The only place that does: each file is written beside the old one, brought to the disk, and put in its
//! place when it is complete, so that nobody ever sees half a file.

mod edits;
#[cfg(feature = "test-hooks")]
mod test_hooks;

pub(crate) use edits::apply;

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use tempfile::{Builder, NamedTempFile};

/// Puts `bytes` in the place of the file, whole or not at all, and makes its folder where there is none.
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

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file in `folder` under another name, on the disk with these bytes. It goes when it is dropped.
fn beside(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".klotho-ls-");
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
