use super::discover::above;
use super::read::read;
use klotho_graph::{CONFIG_FILES, MANIFESTS, SKIPPED_FOLDERS};
use klotho_ide::{Contents, FilePath, ProjectFiles};
use std::fs::{self, DirEntry};

/// No more entries of folders than these are looked at, and no more folders than those.
const MOST_ENTRIES: usize = 2_000;
const MOST_FOLDERS: usize = 64;

/// What can be had at once of the project in the folder at `base` that the file at `path` belongs to: its configuration,
/// and the names of what lies in the folders on the way to the file. The rest takes a listing of the whole folder.
pub(crate) fn glimpse(base: &str, path: &str) -> ProjectFiles {
    let folders = folders_on_the_way(base, path);
    let start = folders.iter().position(|folder| is_configured(folder)).unwrap_or_default();
    let folders = folders.get(start..).unwrap_or_default();
    let root: FilePath = folders.first().copied().unwrap_or(base).into();
    let mut glimpsed = Glimpsed::default();
    // What lies beside the file comes first, should there be too much.
    for folder in folders.iter().rev() {
        glimpsed.look_into(&root, folder);
    }
    let has_c_sharp = glimpsed.paths.iter().any(|path| path.ends_with(".cs"));
    let names = CONFIG_FILES.iter().map(|(name, _)| *name).chain(MANIFESTS);
    let contents = names.map(|name| (name.to_owned(), read(&root, &join(&root, name))));
    let contents = contents.filter(|(_, contents)| !matches!(contents, Contents::Missing)).collect();
    ProjectFiles {
        above: above(&root, has_c_sharp),
        root,
        paths: glimpsed.paths,
        links: glimpsed.links,
        contents,
        outputs: Vec::new(),
    }
}

/// The folders from `base` down to the one that holds the file, as far as projects look into them.
fn folders_on_the_way<'a>(base: &str, path: &'a str) -> Vec<&'a str> {
    let first = base.trim_end_matches('/').len();
    let slashes = path.match_indices('/').map(|(at, _)| at).filter(|at| *at >= first);
    let folders = slashes.filter_map(|at| path.get(..at));
    let is_entered = |folder: &&str| {
        folder.len() <= first || !SKIPPED_FOLDERS.contains(&folder.rsplit('/').next().unwrap_or_default())
    };
    folders.take_while(is_entered).take(MOST_FOLDERS).collect()
}

fn is_configured(folder: &str) -> bool {
    CONFIG_FILES.iter().any(|(name, _)| fs::symlink_metadata(join(folder, name)).is_ok())
}

#[derive(Default)]
struct Glimpsed {
    paths: Vec<String>,
    links: Vec<String>,
}

impl Glimpsed {
    fn look_into(&mut self, root: &str, folder: &str) {
        let room = MOST_ENTRIES.saturating_sub(self.paths.len());
        let entries = fs::read_dir(join(folder, "")).into_iter().flatten().flatten();
        for entry in entries.take(room) {
            self.add(root, folder, &entry);
        }
    }

    fn add(&mut self, root: &str, folder: &str, entry: &DirEntry) {
        let (Ok(kind), Some(name)) = (entry.file_type(), entry.file_name().to_str().map(str::to_owned))
        else {
            return;
        };
        let full = join(folder, &name);
        let Some(path) = full.strip_prefix(root.trim_end_matches('/')).and_then(|it| it.strip_prefix('/'))
        else {
            return;
        };
        let is_config = !path.contains('/') && klotho_graph::is_config(path);
        if kind.is_file() && !is_config {
            self.paths.push(path.to_owned());
        } else if kind.is_symlink() {
            self.links.push(path.to_owned());
        }
    }
}

fn join(folder: &str, name: &str) -> String {
    format!("{}/{name}", folder.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(files: &[&str], path: &str) -> (String, Vec<String>, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let file = folder.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        let base = folder.path().to_str().unwrap();
        let mut found = glimpse(base, &format!("{base}/{path}"));
        found.paths.sort();
        let contents = found.contents.into_iter().map(|(path, _)| path).collect();
        (found.root.strip_prefix(base).unwrap().to_owned(), found.paths, contents)
    }

    fn row(root: &str, paths: &[&str], contents: &[&str]) -> (String, Vec<String>, Vec<String>) {
        let owned = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
        (root.to_owned(), owned(paths), owned(contents))
    }

    #[test]
    fn the_root_is_the_outermost_folder_with_a_configuration() {
        let files = ["a/klotho.yaml", "a/package.json", "a/b/klotho.yaml", "a/b/x.js", "a/c/y.js", "z.js"];
        let expected =
            row("/a", &["b/klotho.yaml", "b/x.js", "package.json"], &["klotho.yaml", "package.json"]);
        assert_eq!(seen(&files, "a/b/x.js"), expected);
    }

    #[test]
    fn without_a_configuration_it_is_the_folder_itself() {
        assert_eq!(
            seen(&["a/x.js", "a/y.js", "z.js", "b/w.js"], "a/x.js"),
            row("", &["a/x.js", "a/y.js", "z.js"], &[])
        );
    }

    #[test]
    fn folders_that_projects_do_not_look_into_say_nothing() {
        let files = ["x.js", "node_modules/m/klotho.yaml", "node_modules/m/y.js"];
        assert_eq!(seen(&files, "node_modules/m/y.js"), row("", &["x.js"], &[]));
    }
}
