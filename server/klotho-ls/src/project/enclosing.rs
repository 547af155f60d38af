use super::walk::is_reached;
use klotho_graph::{CONFIG_FILES, OUTPUT_MARK};
use std::path::{Component, Path, PathBuf};

/// The root of the project that a folder stands for: its own, or else the nearest above it in the same git repository that has a
/// configuration, unless no project enters the folder. Named from where the folder was. Outside a repository a folder stands for
/// itself: what lies far above it need not be of the same people.
pub(crate) fn root_of(named: &Path) -> PathBuf {
    let folder = named.canonicalize().ok().filter(|folder| folder.is_dir());
    let root = folder.as_deref().and_then(|folder| {
        let levels = repository(folder)?;
        let mut inside = folder.ancestors().enumerate().take(levels + 1);
        let (levels, root) = inside.find(|(_, above)| is_configured(above))?;
        is_reached(root, folder).then(|| up(named, levels, root))
    });
    root.unwrap_or_else(|| named.to_owned())
}

/// How many levels above a folder its repository begins.
fn repository(folder: &Path) -> Option<usize> {
    let mut above = folder.ancestors().take_while(|above| !above.join(OUTPUT_MARK).is_file());
    above.position(|above| above.join(".git").exists())
}

fn is_configured(folder: &Path) -> bool {
    let is_file = |path: PathBuf| path.symlink_metadata().is_ok_and(|found| found.is_file());
    CONFIG_FILES.iter().any(|(name, _)| is_file(folder.join(name)))
}

/// The folder so many levels above one, as one would name it; where links lead elsewhere, by its full path.
fn up(named: &Path, levels: usize, above: &Path) -> PathBuf {
    let mut path: PathBuf = named.components().filter(|part| !matches!(part, Component::CurDir)).collect();
    for _ in 0..levels {
        if !matches!(path.components().next_back(), Some(Component::Normal(_))) || !path.pop() {
            path.push("..");
        }
    }
    if path.as_os_str().is_empty() {
        path.push(".");
    }
    if path.canonicalize().is_ok_and(|found| found == above) { path } else { above.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// What the folder at `path` stands for, below a folder with these files.
    fn root(files: &[&str], path: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let file = folder.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        let found = root_of(&folder.path().join(path));
        found.strip_prefix(folder.path()).unwrap().display().to_string()
    }

    #[test]
    fn a_folder_in_a_project_stands_for_it() {
        let files = [".git/HEAD", "shop/klotho.yaml", "shop/src/api/index.js", "other/index.js"];
        assert_eq!(root(&files, "shop/src/api"), "shop");
        assert_eq!(root(&files, "shop"), "shop");
        assert_eq!(root(&files, "other"), "other");
    }

    #[test]
    fn a_folder_with_its_own_configuration_is_its_own_project() {
        assert_eq!(root(&[".git/HEAD", "klotho.yaml", "inner/klotho.toml"], "inner"), "inner");
    }

    #[test]
    fn a_file_stands_for_nothing_and_a_folder_outside_a_repository_for_itself() {
        assert_eq!(root(&[".git/HEAD", "klotho.yaml", "src/a.js"], "src/a.js"), "src/a.js");
        assert_eq!(root(&["klotho.yaml", "src/a.js"], "src"), "src");
    }

    #[test]
    fn what_no_project_enters_stands_for_itself_and_so_does_another_repository() {
        let files = [
            ".git/HEAD",
            "klotho.yaml",
            "node_modules/m/a.js",
            "repository/.git/HEAD",
            "repository/src/a.js",
        ];
        assert_eq!(root(&files, "node_modules/m"), "node_modules/m");
        assert_eq!(root(&files, "repository/src"), "repository/src");
    }

    #[test]
    fn the_root_is_named_from_where_the_folder_was() {
        let folder = tempfile::tempdir().unwrap();
        let above = folder.path().canonicalize().unwrap();
        assert_eq!(up(Path::new("no/such"), 1, &above), above);
        let here = Path::new(".").canonicalize().unwrap();
        assert_eq!(up(Path::new("src"), 1, &here), Path::new("."));
        assert_eq!(up(Path::new("./src"), 2, here.parent().unwrap()), Path::new(".."));
    }
}
