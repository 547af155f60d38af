use super::parallel;
use super::read::{is_telling, read_bounded};
use dashmap::DashMap;
use ignore::{DirEntry, WalkBuilder, WalkState};
use klotho_graph::{SKIPPED_FOLDERS, config_format, source_language};
use klotho_ide::Contents;
use std::cell::RefCell;
use std::path::Path;

/// What a compiler's output folder holds.
pub(super) const OUTPUT_MARK: &str = "resources.json";

/// Files that decide about a project.
pub(super) const MANIFESTS: [&str; 2] = ["package.json", "tsconfig.json"];

thread_local! {
    /// Most files are read only to find that they say nothing; their bytes need no memory of their own.
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// One regular file that a walk met, or a folder that it did not enter because a compiler wrote it.
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
    /// A source that could not be looked at.
    Skipped(Contents),
    /// It is a folder with what a compiler wrote.
    Output,
}

/// Every regular file below `base`, sorted, with the bytes of those that matter. Ignore files do not count, because the
/// compiler does not know them; links are not followed.
pub(super) fn walk(base: &Path) -> Vec<Listed> {
    let found = DashMap::new();
    let walk = WalkBuilder::new(base)
        .standard_filters(false)
        .follow_links(false)
        .threads(parallel::threads())
        // The root is entered whatever it is called and holds: someone asked for it.
        .filter_entry(|entry| entry.depth() == 0 || is_entered(entry))
        .build_parallel();
    walk.run(|| {
        Box::new(|entry| {
            // An entry that vanished or cannot be read while walking is not there.
            let Ok(entry) = entry else { return WalkState::Continue };
            let Some(looked) = look_at(&entry) else { return WalkState::Continue };
            let next = if matches!(looked, Found::Output) { WalkState::Skip } else { WalkState::Continue };
            if let Ok(relative) = entry.path().strip_prefix(base) {
                found.insert(relative.to_string_lossy().replace('\\', "/"), looked);
            }
            next
        })
    });
    let mut listing: Vec<_> = found.into_iter().map(|(path, found)| Listed { path, found }).collect();
    listing.sort_unstable_by(|one, other| one.path.cmp(&other.path));
    listing
}

fn is_entered(entry: &DirEntry) -> bool {
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    !is_folder || !entry.file_name().to_str().is_some_and(|name| SKIPPED_FOLDERS.contains(&name))
}

/// What matters of an entry; nothing of a folder that is entered, a link or a device.
fn look_at(entry: &DirEntry) -> Option<Found> {
    let kind = entry.file_type()?;
    if kind.is_dir() {
        let is_output = entry.depth() > 0 && entry.path().join(OUTPUT_MARK).is_file();
        return is_output.then_some(Found::Output);
    }
    kind.is_file().then(|| look_into(entry))
}

fn look_into(entry: &DirEntry) -> Found {
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
        let files = walk(folder).into_iter().filter(|listed| !matches!(listed.found, Found::Output));
        files.map(|listed| listed.path).collect()
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
        let kept: Vec<_> =
            walk(folder.path()).iter().map(|listed| matches!(listed.found, Found::Bytes(_))).collect();
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
    }

    #[test]
    fn a_folder_that_a_compiler_wrote_is_said() {
        let folder =
            tree(&[("a/out/resources.json", "{}"), ("a/out/deep/resources.json", "{}"), ("b/a.ts", "")]);
        let found = walk(folder.path()).into_iter().filter(|listed| matches!(listed.found, Found::Output));
        assert_eq!(found.map(|listed| listed.path).collect::<Vec<_>>(), ["a/out"]);
    }
}
