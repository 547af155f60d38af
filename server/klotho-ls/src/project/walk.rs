use super::parallel;
use super::read::{no_file, read_bounded};
use ignore::{DirEntry, WalkBuilder, WalkState};
use klotho_graph::{MANIFESTS, OUTPUT_MARK, SKIPPED_FOLDERS, config_format, source_language};
use klotho_ide::{Contents, Skip, is_telling};
use std::cell::RefCell;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

thread_local! {
    /// Most files are read only to find that they say nothing; their bytes need no memory of their own.
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// One file that a walk met, or what it could not look into, or a folder that it did not enter because a compiler wrote it.
pub(super) struct Listed {
    /// Relative to where the walk began, `/` between folders.
    pub(super) path: String,
    pub(super) found: Found,
}

/// What a look at a file's bytes gave.
#[derive(Debug)]
pub(super) enum Found {
    /// Nothing that matters before an import leads to it.
    Nothing,
    /// A source that holds an annotation, or a file that configures.
    Bytes(Vec<u8>),
    /// A source or a folder that could not be looked at, or something else in the place of configuration.
    Skipped(Contents),
    /// A folder with what a compiler wrote.
    Output,
    /// A link, which leads nowhere here.
    Link,
}

impl Listed {
    /// Whether it is a file of the project, read or not.
    pub(super) fn is_file(&self) -> bool {
        !matches!(
            self.found,
            Found::Link
                | Found::Output
                | Found::Skipped(Contents::Skipped(Skip::Folder(_) | Skip::NoFile(_)))
        )
    }
}

/// Every regular file below `base`, sorted, with the bytes of those that matter, and every link and unreadable folder.
/// Each counts as `met` when it is.
/// Ignore files do not count, because the compiler does not know them; links are not followed.
pub(super) fn walk(base: &Path, met: &AtomicUsize) -> Vec<Listed> {
    let found = Mutex::new(Vec::new());
    let walk = WalkBuilder::new(base)
        .standard_filters(false)
        .follow_links(false)
        .threads(parallel::threads())
        // The root is entered whatever it is called and holds: someone asked for it.
        .filter_entry(|entry| entry.depth() == 0 || is_entered(entry))
        .build_parallel();
    walk.run(|| {
        Box::new(|entry| {
            let seen = match entry {
                Ok(entry) => see(&entry).map(|seen| (entry.into_path(), seen)),
                Err(error) => unreadable_folder(error),
            };
            let Some((path, seen)) = seen else { return WalkState::Continue };
            met.fetch_add(1, Ordering::Relaxed);
            let next = if matches!(seen, Found::Output) { WalkState::Skip } else { WalkState::Continue };
            if let Ok(relative) = path.strip_prefix(base)
                && relative != Path::new("")
            {
                let path = relative.to_string_lossy().replace('\\', "/");
                found.lock().unwrap_or_else(PoisonError::into_inner).push(Listed { path, found: seen });
            }
            next
        })
    });
    let mut listing = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    listing.sort_by(|one, other| one.path.cmp(&other.path));
    // A folder that cannot be listed is met twice: in the place of a file the first thing to say is that it is one.
    listing.dedup_by(|later, first| later.path == first.path);
    listing
}

/// The folder at `base` and those below it that a walk enters.
pub(crate) fn folders(base: &Path) -> Vec<PathBuf> {
    let walk = WalkBuilder::new(base)
        .standard_filters(false)
        .follow_links(false)
        .filter_entry(|entry| entry.depth() == 0 || is_entered(entry))
        .build();
    let is_folder = |entry: &DirEntry| entry.file_type().is_some_and(|kind| kind.is_dir());
    walk.flatten().filter(is_folder).map(DirEntry::into_path).collect()
}

/// Whether a walk from `base` gets as far as to `path`.
pub(crate) fn is_reached(base: &Path, path: &Path) -> bool {
    let below = path.strip_prefix(base).unwrap_or(path);
    let mut names = below.iter().filter_map(|name| name.to_str());
    !names.any(|name| SKIPPED_FOLDERS.contains(&name))
}

fn is_entered(entry: &DirEntry) -> bool {
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    !is_folder || !entry.file_name().to_str().is_some_and(|name| SKIPPED_FOLDERS.contains(&name))
}

/// What an entry is to a project; nothing for a folder that is entered, and for a pipe or a device that is not called as a
/// source is.
fn see(entry: &DirEntry) -> Option<Found> {
    let kind = entry.file_type()?;
    if kind.is_file() {
        return Some(look_at(entry));
    }
    if entry.depth() > 0 && entry.file_name().to_str().is_some_and(|name| config_format(name).is_some()) {
        return Some(Found::Skipped(no_file(kind)));
    }
    if kind.is_dir() {
        let is_output = entry.depth() > 0 && entry.path().join(OUTPUT_MARK).is_file();
        return is_output.then_some(Found::Output);
    }
    if kind.is_symlink() {
        return Some(Found::Link);
    }
    let is_source = entry.file_name().to_str().is_some_and(|name| source_language(name).is_some());
    is_source.then(|| Found::Skipped(no_file(kind)))
}

/// A folder that the system would not list, and why. One that vanished meanwhile is not there.
fn unreadable_folder(error: ignore::Error) -> Option<(PathBuf, Found)> {
    let io = error.io_error()?;
    if io.kind() == ErrorKind::NotFound {
        return None;
    }
    let skipped = Found::Skipped(Contents::Skipped(Skip::Folder(io.to_string())));
    let mut error = error;
    loop {
        error = match error {
            ignore::Error::WithPath { path, .. } => return Some((path, skipped)),
            ignore::Error::WithDepth { err, .. } => *err,
            _ => return None,
        };
    }
}

fn look_at(entry: &DirEntry) -> Found {
    let Some(name) = entry.file_name().to_str() else { return Found::Nothing };
    let is_source = source_language(name).is_some();
    if !is_source && config_format(name).is_none() && !MANIFESTS.contains(&name) {
        return Found::Nothing;
    }
    BUFFER.with_borrow_mut(|buffer| match read_bounded(entry.path(), buffer) {
        // Gone since it was listed.
        Err(Contents::Missing) => Found::Nothing,
        Err(skipped) => Found::Skipped(skipped),
        Ok(()) if is_source && !is_telling(buffer) => Found::Nothing,
        Ok(()) => Found::Bytes(buffer.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn paths(folder: &Path) -> Vec<String> {
        walk(folder, &AtomicUsize::new(0))
            .into_iter()
            .filter(Listed::is_file)
            .map(|listed| listed.path)
            .collect()
    }

    #[test]
    fn dependencies_and_output_are_not_entered_and_ignore_files_do_not_count() {
        let folder = tree(&[
            (".gitignore", "*.ts\n"),
            ("a.ts", ""),
            ("node_modules/x/a.ts", ""),
            ("deep/vendor/a.go", ""),
            (".git/a.ts", ""),
            ("out/resources.json", "{}"),
            ("out/a.ts", ""),
            (".hidden/a.ts", ""),
        ]);
        assert_eq!(paths(folder.path()), [".gitignore", ".hidden/a.ts", "a.ts"]);
    }

    #[test]
    fn the_root_is_entered_whatever_it_holds() {
        let folder = tree(&[("node_modules/resources.json", "{}"), ("node_modules/a.ts", "")]);
        assert_eq!(paths(&folder.path().join("node_modules")), ["a.ts", "resources.json"]);
    }

    #[test]
    fn only_what_says_something_keeps_its_bytes() {
        let folder = tree(&[
            ("a.ts", "// @klotho::persist"),
            ("b.ts", "x"),
            ("c.ts", "\0"),
            ("d.md", "@klotho::persist"),
        ]);
        let kept: Vec<_> = walk(folder.path(), &AtomicUsize::new(0))
            .iter()
            .map(|listed| matches!(listed.found, Found::Bytes(_)))
            .collect();
        assert_eq!(kept, [true, false, true, false]);
    }

    #[cfg(unix)]
    #[test]
    fn links_pipes_and_loops_are_passed_over() {
        use std::os::unix::fs::symlink;
        let folder = tree(&[("a.ts", "")]);
        symlink(folder.path(), folder.path().join("loop")).unwrap();
        symlink("/dev/zero", folder.path().join("endless.ts")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(folder.path().join("pipe.ts")).status().unwrap();
        assert!(made.success());
        assert_eq!(paths(folder.path()), ["a.ts"]);
        let links = walk(folder.path(), &AtomicUsize::new(0))
            .into_iter()
            .filter(|listed| matches!(listed.found, Found::Link));
        assert_eq!(links.map(|listed| listed.path).collect::<Vec<_>>(), ["endless.ts", "loop"]);
    }

    #[test]
    fn what_stands_in_the_place_of_configuration_is_said() {
        let folder = tree(&[("klotho.yaml/x.ts", "")]);
        let walked = walk(folder.path(), &AtomicUsize::new(0));
        let found = &walked.first().unwrap().found;
        assert!(matches!(found, Found::Skipped(Contents::Skipped(Skip::NoFile("a folder")))), "{found:?}");
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_cannot_be_listed_is_said() {
        // A path that is longer than the system takes: no right to read helps here. Its halves are made apart.
        let folder = tempfile::tempdir().unwrap();
        let half = |name: &str| (0..10).fold(folder.path().join(name), |path, _| path.join("x".repeat(250)));
        fs::create_dir_all(half("a")).unwrap();
        fs::create_dir_all(half("b")).unwrap();
        fs::rename(folder.path().join("b"), half("a").join("b")).unwrap();
        let walked = walk(folder.path(), &AtomicUsize::new(0));
        assert!(
            matches!(
                walked.as_slice(),
                [Listed { found: Found::Skipped(Contents::Skipped(Skip::Folder(_))), .. }]
            ),
            "{}",
            walked.len()
        );
    }

    #[test]
    fn a_folder_that_a_compiler_wrote_is_said() {
        let folder =
            tree(&[("a/out/resources.json", "{}"), ("a/out/deep/resources.json", "{}"), ("b/a.ts", "")]);
        let found = walk(folder.path(), &AtomicUsize::new(0))
            .into_iter()
            .filter(|listed| matches!(listed.found, Found::Output));
        assert_eq!(found.map(|listed| listed.path).collect::<Vec<_>>(), ["a/out"]);
    }
}
