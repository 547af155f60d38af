//! Projects to edit, read from a folder of them.

use crate::support::Disk;
use klotho_graph::SKIPPED_FOLDERS;
use std::fs;
use std::path::{Path, PathBuf};

/// Larger files are lists that tools wrote: edits in them would say nothing new and take long.
const LARGEST: u64 = 64 << 10;

/// A project and its name.
pub(crate) struct App {
    pub(crate) name: String,
    pub(crate) disk: Disk,
}

/// Every folder right in `folder`, sorted, each as one project.
pub(crate) fn apps_in(folder: &Path) -> Vec<App> {
    let mut folders: Vec<_> = entries(folder).into_iter().filter(|path| path.is_dir()).collect();
    folders.sort();
    let apps = folders.iter().map(|path| App { name: name(path), disk: read(path) });
    apps.filter(|app| !app.disk.0.is_empty()).collect()
}

fn read(root: &Path) -> Disk {
    let mut disk = Disk::default();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            let is_link = path.is_symlink();
            if path.is_dir() && !is_link && !SKIPPED_FOLDERS.contains(&&*name(&path)) {
                folders.push(path);
            } else if path.is_file() && !is_link && path.metadata().is_ok_and(|file| file.len() <= LARGEST) {
                let relative =
                    path.strip_prefix(root).expect("it lies there").to_string_lossy().replace('\\', "/");
                disk.0.extend(fs::read_to_string(&path).ok().map(|text| (relative, text)));
            }
        }
    }
    disk
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.flatten().map(|entry| entry.path()).collect()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
