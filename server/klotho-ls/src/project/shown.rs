use std::path::{Component, Path, PathBuf};

/// A path as one opens it from the current folder, below which readers of reports know no other.
pub(super) fn shown(path: &Path) -> String {
    plain(&from_here(path))
}

/// A path below the current folder as one writes it there.
fn from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(std::fs::canonicalize);
    let is_roundabout = path.is_absolute() || path.starts_with("..");
    let Some(here) = here.ok().filter(|_| is_roundabout) else { return path.to_owned() };
    let mut full = PathBuf::new();
    for part in here.join(path).components() {
        match part {
            Component::ParentDir => drop(full.pop()),
            part => full.push(part),
        }
    }
    full.strip_prefix(here).map_or_else(|_| path.to_owned(), Path::to_owned)
}

/// With `/` between folders, and without `.` where it says nothing.
pub(super) fn plain(path: &Path) -> String {
    let path: PathBuf = path.components().collect();
    let shown = path.to_string_lossy().replace('\\', "/");
    shown.strip_prefix("./").map_or(shown.clone(), str::to_owned)
}
