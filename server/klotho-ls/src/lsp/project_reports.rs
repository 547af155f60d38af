//! The findings of all projects as the client shows them, kept for whoever asks about everything again: only a project of
//! which something changed is looked through anew.

use super::capabilities::Client;
use super::configuration::Scoped;
use super::convert;
use super::diagnostics::name_of;
use klotho_ide::{FilePath, Snapshot};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tower_lsp::ls_types::Diagnostic;

/// The findings of a file, and their name.
pub(super) struct FileReport {
    pub(super) items: Vec<Diagnostic>,
    pub(super) name: String,
}

/// What the findings of a project rest on.
#[derive(Clone, Debug, PartialEq)]
struct Basis {
    revision: (u64, u64),
    open: Vec<(FilePath, i32)>,
    settings: Arc<Scoped>,
}

/// The files of a project that have findings.
pub(super) struct ProjectReport {
    basis: Basis,
    pub(super) files: BTreeMap<FilePath, FileReport>,
}

/// Those of all projects, by root.
#[derive(Default)]
pub(super) struct ProjectReports(Mutex<BTreeMap<FilePath, Arc<ProjectReport>>>);

impl ProjectReports {
    /// The reports of all projects in the world as it is there.
    pub(super) fn of(
        &self,
        snapshot: &Snapshot,
        client: &Client,
        settings: &Arc<Scoped>,
    ) -> Vec<Arc<ProjectReport>> {
        let known = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let report = |root: FilePath| {
            let basis = Basis {
                revision: snapshot.revision_of(&root),
                open: snapshot.open_in(&root),
                settings: Arc::clone(settings),
            };
            let same = known.get(&root).filter(|known| known.basis == basis).map(Arc::clone);
            let report = same.unwrap_or_else(|| Arc::new(look(snapshot, &root, client, basis)));
            (root, report)
        };
        let reports: BTreeMap<_, _> = snapshot.projects().into_iter().map(report).collect();
        let all = reports.values().cloned().collect();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = reports;
        all
    }
}

fn look(snapshot: &Snapshot, root: &str, client: &Client, basis: Basis) -> ProjectReport {
    let mut files: BTreeMap<FilePath, Vec<_>> = BTreeMap::new();
    for found in snapshot.shown_diagnostics(root) {
        if let Some(path) = found.path.clone() {
            files.entry(path).or_default().push(found);
        }
    }
    let files = files.into_iter().map(|(path, found)| {
        let found = basis.settings.of(&path).findings.shown(found);
        let items = convert::diagnostics(&found, snapshot, &path, client);
        let name = name_of(&items);
        (path, FileReport { items, name })
    });
    ProjectReport { files: files.collect(), basis }
}

#[cfg(test)]
mod tests {
    use super::*;
    use klotho_ide::{Change, Date, Host, ListedProject, ProjectFiles, contents_of};
    use tower_lsp::ls_types::ClientCapabilities;

    const TEXT: &str = "// @klotho::nonsense\nconst x = 1;\n";

    fn project(root: &str) -> Change {
        Change::Project(Box::new(ListedProject::new(ProjectFiles {
            root: root.into(),
            paths: vec!["a.js".to_owned()],
            links: Vec::new(),
            contents: vec![("a.js".to_owned(), contents_of("a.js", TEXT.as_bytes().to_vec()))],
            outputs: Vec::new(),
            above: Vec::new(),
        })))
    }

    #[test]
    fn only_a_project_in_which_something_changed_is_looked_through_anew() {
        let mut host = Host::new(Date { year: 2026, month: 6, day: 1 });
        host.apply(project("/one"));
        host.apply(project("/two"));
        host.settle();
        let (reports, client) = (ProjectReports::default(), Client::new(&ClientCapabilities::default()));
        let settings = Arc::new(Scoped::default());
        let before = reports.of(&host.snapshot(), &client, &settings);
        let moved = format!("\n\n{TEXT}");
        let contents = contents_of("a.js", moved.into_bytes());
        host.apply(Change::Read { path: "/two/a.js".into(), contents });
        host.settle();
        let after = reports.of(&host.snapshot(), &client, &settings);
        assert!(Arc::ptr_eq(&before[0], &after[0]) && !Arc::ptr_eq(&before[1], &after[1]));
        let of_file = |report: &ProjectReport| {
            let file = &report.files["/two/a.js"];
            // What the project lacks stands in the first line, wherever the rest is.
            let last = file.items.last().expect("a finding");
            (last.range.start.line, file.name.clone())
        };
        let (old, new) = (of_file(&before[1]), of_file(&after[1]));
        assert_eq!((old.0, new.0), (0, 2));
        assert_ne!(old.1, new.1);
    }
}
