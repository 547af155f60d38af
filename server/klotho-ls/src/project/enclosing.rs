use super::walk::{OUTPUT_MARK, is_reached};
use klotho_graph::CONFIG_FILES;
use std::path::{Component, Path, PathBuf};

/// The root of the project that a folder stands for: its own, or else the nearest above it, within the same repository, that has a
/// configuration and reads what lies in the folder. Named from where the folder was.
pub(crate) fn root_of(named: &Path) -> PathBuf {
    let Ok(folder) = named.canonicalize() else { return named.to_owned() };
    for (levels, above) in folder.ancestors().enumerate() {
        if CONFIG_FILES.iter().any(|(name, _)| above.join(name).is_file()) {
            return if is_reached(above, &folder) { up(named, levels, above) } else { named.to_owned() };
        }
        if above.join(".git").exists() || above.join(OUTPUT_MARK).is_file() {
            break;
        }
    }
    named.to_owned()
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
        let files = ["shop/klotho.yaml", "shop/src/api/index.js", "other/index.js"];
        assert_eq!(root(&files, "shop/src/api"), "shop");
        assert_eq!(root(&files, "shop"), "shop");
        assert_eq!(root(&files, "other"), "other");
    }

    #[test]
    fn a_folder_with_its_own_configuration_is_its_own_project() {
        assert_eq!(root(&["klotho.yaml", "inner/klotho.toml"], "inner"), "inner");
    }

    #[test]
    fn what_the_project_does_not_read_is_none_of_it() {
        let files =
            ["klotho.yaml", "node_modules/m/index.js", "repository/.git/HEAD", "repository/src/index.js"];
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
