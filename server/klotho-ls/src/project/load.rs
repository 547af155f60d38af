use super::discover::{discover, whole};
use super::parallel;
use super::read::read;
use klotho_ide::{Change, FilePath, Host, ProjectFiles, Snapshot};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Projects that were read completely.
pub(crate) struct Loaded {
    pub(crate) snapshot: Snapshot,
    /// Sorted.
    pub(crate) roots: Vec<FilePath>,
    base: FilePath,
    named: PathBuf,
}

impl Loaded {
    /// A root as the person named it.
    pub(crate) fn shown(&self, root: &str) -> PathBuf {
        let below = root.strip_prefix(&*self.base).unwrap_or_default().trim_start_matches('/');
        self.named.join(below)
    }
}

/// Reads the project at `path`, or the projects below it when it is a folder of several.
pub(crate) fn load(path: &Path) -> Result<Loaded, String> {
    load_with(path, |base| discover(base, &[]))
}

/// Reads the folder at `path` as one project.
pub(crate) fn load_one(path: &Path) -> Result<Loaded, String> {
    load_with(path, whole)
}

fn load_with(named: &Path, list: impl Fn(&str) -> Vec<ProjectFiles>) -> Result<Loaded, String> {
    let base = absolute(named).map_err(|error| format!("cannot read {}: {error}", named.display()))?;
    let mut host = Host::new(crate::clock::today());
    for files in list(&base) {
        complete(&mut host, files);
    }
    let snapshot = host.snapshot();
    Ok(Loaded { roots: snapshot.projects(), snapshot, base, named: named.to_owned() })
}

/// The path with `/` between folders and no links in it.
fn absolute(path: &Path) -> io::Result<FilePath> {
    let full = fs::canonicalize(path)?;
    if !full.is_dir() {
        return Err(io::Error::new(
            io::ErrorKind::NotADirectory,
            "it is a file; name the folder of its project",
        ));
    }
    Ok(full.to_string_lossy().replace('\\', "/").into())
}

/// Lists a project, then reads what imports lead to until nothing more is wanted.
fn complete(host: &mut Host, files: ProjectFiles) {
    let root = FilePath::clone(&files.root);
    host.apply(Change::Project(files));
    loop {
        let wanted = host.settle();
        if wanted.is_empty() {
            return;
        }
        let contents = parallel::map(&wanted, |path| read(&root, path));
        for (path, contents) in wanted.into_iter().zip(contents) {
            host.apply(Change::Read { path, contents });
        }
    }
}
