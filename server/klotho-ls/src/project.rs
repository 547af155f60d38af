//! Projects on disk: finding them, listing them, reading what has to be read.

use ignore::{DirEntry, WalkBuilder, WalkState};
use klotho_graph::{CONFIG_FILE, Config};
use klotho_ide::{Change, Contents, FilePath, Host, ProjectFiles, SIZE_LIMIT, Skip, Snapshot, contents_of};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::{fs, io};

/// What every annotation has in its text.
const MARKER: &[u8] = b"@klotho::";

/// Folders that are never entered (reference, 1.1).
const SKIPPED: [&str; 6] = ["node_modules", "vendor", ".idea", ".vscode", ".git", ".svn"];

/// What a compiler's output folder holds.
const OUTPUT_MARK: &str = "resources.json";

/// Files that decide about a project.
const MANIFESTS: [&str; 2] = ["package.json", "tsconfig.json"];

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
    load_with(path, true)
}

/// Reads the folder at `path` as one project.
pub(crate) fn load_one(path: &Path) -> Result<Loaded, String> {
    load_with(path, false)
}

fn load_with(named: &Path, split: bool) -> Result<Loaded, String> {
    let found = find(named, split)?;
    let mut host = Host::default();
    for files in found.projects {
        complete(&mut host, files);
    }
    let snapshot = host.snapshot();
    Ok(Loaded { roots: snapshot.projects(), snapshot, base: found.base, named: named.to_owned() })
}

/// What lies in a folder.
pub(crate) struct Found {
    pub(crate) projects: Vec<ProjectFiles>,
    base: FilePath,
}

/// The project at `named`; with `split` the projects below it when it is a folder of several.
pub(crate) fn find(named: &Path, split: bool) -> Result<Found, String> {
    let base = absolute(named).map_err(|error| format!("cannot read {}: {error}", named.display()))?;
    let listing = list(Path::new(&*base));
    let nested = if split { nested_roots(&base, &listing) } else { Vec::new() };
    let roots = nested.iter().chain([&base]);
    let projects =
        roots.map(|root| project_files(root, &listing, nested.iter().filter(|other| *other != root)));
    // A folder that only holds projects is none itself.
    let projects =
        projects.filter(|files| nested.is_empty() || files.root != base || !files.paths.is_empty());
    Ok(Found { projects: projects.collect(), base })
}

/// The path with `/` between folders and no links in it.
pub(crate) fn absolute(path: &Path) -> io::Result<FilePath> {
    let full = fs::canonicalize(path)?;
    if !full.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotADirectory, "it is not a folder"));
    }
    Ok(full.to_string_lossy().replace('\\', "/").into())
}

/// Lists a project, then reads what imports lead to until nothing more is wanted.
pub(crate) fn complete(host: &mut Host, files: ProjectFiles) {
    let root = FilePath::clone(&files.root);
    let mut wanted = host.apply(Change::Project(files)).wanted;
    while let Some(path) = wanted.pop() {
        let contents = read(&root, &path);
        wanted.extend(host.apply(Change::Read { path, contents }).wanted);
    }
}

/// Reads one file of a project.
pub(crate) fn read(root: &str, path: &str) -> Contents {
    let relative = path.strip_prefix(root).unwrap_or(path).trim_start_matches('/');
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Contents::Missing,
        Err(error) => Contents::Skipped(Skip::Unreadable(error.to_string())),
        Ok(metadata) if !metadata.is_file() => Contents::Missing,
        Ok(metadata) if metadata.len() > SIZE_LIMIT => Contents::Skipped(Skip::Size(metadata.len())),
        Ok(_) => match fs::read(path) {
            Ok(bytes) => contents_of(relative, bytes),
            Err(error) => Contents::Skipped(Skip::Unreadable(error.to_string())),
        },
    }
}

/// One file that a walk met.
struct Listed {
    /// Absolute.
    path: String,
    /// What it holds, if that matters before any import leads to it.
    contents: Option<Contents>,
}

/// Every regular file below `root`, sorted, with the contents of those that hold an annotation.
fn list(root: &Path) -> Vec<Listed> {
    let out_dir = out_dir(root);
    let own_output = root.to_owned();
    let found = Mutex::new(Vec::new());
    let walk = WalkBuilder::new(root)
        .standard_filters(false)
        .follow_links(false)
        .filter_entry(move |entry| entry.path() == own_output || enters(entry, &out_dir))
        .build_parallel();
    walk.run(|| {
        Box::new(|entry| {
            // An entry that vanished or cannot be read while walking is not there.
            if let Ok(entry) = entry
                && entry.file_type().is_some_and(|kind| kind.is_file())
            {
                let listed = look_at(root, &entry);
                if let (Some(listed), Ok(mut found)) = (listed, found.lock()) {
                    found.push(listed);
                }
            }
            WalkState::Continue
        })
    });
    let mut found = found.into_inner().unwrap_or_default();
    found.sort_by(|one: &Listed, other| one.path.cmp(&other.path));
    found
}

fn out_dir(root: &Path) -> String {
    let text = fs::read_to_string(root.join(CONFIG_FILE)).unwrap_or_default();
    Config::parse(&text).out_dir().to_owned()
}

fn enters(entry: &DirEntry, out_dir: &str) -> bool {
    if !entry.file_type().is_some_and(|kind| kind.is_dir()) {
        return true;
    }
    let name = entry.file_name().to_string_lossy();
    !SKIPPED.contains(&&*name) && name != out_dir && !entry.path().join(OUTPUT_MARK).is_file()
}

fn look_at(root: &Path, entry: &DirEntry) -> Option<Listed> {
    let path = entry.path().to_str()?.replace('\\', "/");
    let relative = entry.path().strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
    let name = entry.file_name().to_str()?;
    let is_source = klotho_grammars::Language::of_path(name).is_some();
    if !is_source && name != CONFIG_FILE && !MANIFESTS.contains(&name) {
        return Some(Listed { path, contents: None });
    }
    let size = entry.metadata().map_or(0, |metadata| metadata.len());
    if size > SIZE_LIMIT {
        return Some(Listed { path, contents: Some(Contents::Skipped(Skip::Size(size))) });
    }
    let contents = match fs::read(entry.path()) {
        Err(error) => Some(Contents::Skipped(Skip::Unreadable(error.to_string()))),
        Ok(bytes) if !is_source => Some(contents_of(name, bytes)),
        Ok(bytes) if is_telling(&bytes) => Some(contents_of(&relative, bytes)),
        Ok(_) => None,
    };
    Some(Listed { path, contents })
}

/// Whether a source file has to be read before an import leads to it: it holds an annotation, or is no text at all.
fn is_telling(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(1024)];
    memchr::memmem::find(bytes, MARKER).is_some() || memchr::memchr(0, start).is_some()
}

/// A folder without a configuration of its own may hold several projects: every folder that has one.
fn nested_roots(base: &str, listing: &[Listed]) -> Vec<FilePath> {
    let configs = listing.iter().filter_map(|listed| listed.path.strip_suffix("/klotho.yaml"));
    let roots: Vec<_> = configs.map(FilePath::from).collect();
    if roots.iter().any(|root| **root == *base) { Vec::new() } else { roots }
}

/// The files of one project: those below its root and below no other root inside it.
fn project_files<'a>(
    root: &FilePath,
    listing: &[Listed],
    others: impl Iterator<Item = &'a FilePath>,
) -> ProjectFiles {
    let inner: Vec<_> = others.filter_map(|other| Some(format!("{}/", below(root, other)?))).collect();
    let mut files = ProjectFiles { root: FilePath::clone(root), paths: Vec::new(), contents: Vec::new() };
    for listed in listing {
        let Some(relative) = below(root, &listed.path) else { continue };
        if inner.iter().any(|folder| relative.starts_with(folder.as_str())) {
            continue;
        }
        // Configuration is no source; another project's manifests say nothing about this one.
        if relative != CONFIG_FILE {
            files.paths.push(relative.to_owned());
        }
        let is_text = matches!(listed.contents, Some(Contents::Text(_)));
        let counts = !is_text || relative == CONFIG_FILE || MANIFESTS.contains(&relative);
        files.contents.extend(
            listed.contents.clone().filter(|_| counts).map(|contents| (relative.to_owned(), contents)),
        );
    }
    files
}

fn below<'a>(root: &str, path: &'a str) -> Option<&'a str> {
    path.strip_prefix(root)?.strip_prefix('/')
}
