use std::env::current_dir;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};
use std::sync::LazyLock;

/// The current folder, which nothing here changes, and its names: where a link leads here it has two. The one without links comes
/// first.
static HERE: LazyLock<Vec<PathBuf>> = LazyLock::new(|| {
    let here = current_dir().ok();
    let without_links = here.as_ref().and_then(|here| here.canonicalize().ok());
    [without_links, here].into_iter().flatten().collect()
});

/// A path as one opens it from the current folder, below which readers of reports know no other.
pub(super) fn shown(path: &Path) -> String {
    plain(&from_here(path))
}

/// A path below the current folder as one writes it there; another one as it is, without detours.
fn from_here(path: &Path) -> PathBuf {
    let is_roundabout = path.is_absolute() || path.starts_with("..");
    let Some(here) = HERE.last().filter(|_| is_roundabout) else { return path.to_owned() };
    let full = straight(&here.join(path));
    let below = HERE.iter().find_map(|here| full.strip_prefix(here).map(Path::to_owned).ok());
    below.unwrap_or_else(|| if path.is_absolute() { full } else { path.to_owned() })
}

/// Without folders that are left again.
fn straight(path: &Path) -> PathBuf {
    let mut full = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(full.pop()),
            part => full.push(part),
        }
    }
    full
}

/// With `/` between folders, and without `.` where it says nothing.
pub(super) fn plain(path: &Path) -> String {
    let path: PathBuf = path.components().collect();
    let shown = path.to_string_lossy().replace(MAIN_SEPARATOR, "/");
    shown.strip_prefix("./").map_or(shown.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_shown_from_the_current_folder() {
        let here = current_dir().unwrap();
        let name = here.file_name().unwrap().to_string_lossy().into_owned();
        let shown_of = |path: &str| shown(Path::new(path));
        assert_eq!(shown_of("./src/a.ts"), "src/a.ts");
        assert_eq!(shown_of(&format!("../{name}/src/a.ts")), "src/a.ts");
        assert_eq!(shown(&here.join("src/../a.ts")), "a.ts");
        assert_eq!(shown_of("../other/a.ts"), "../other/a.ts");
        assert_eq!(shown(&here.join("../a.ts")), here.parent().unwrap().join("a.ts").to_string_lossy());
    }
}
