//! What the imports of one file lead to. It follows from the file and from which paths there are, so that it is looked up
//! anew only when one of the two changed, however many units hold the file.

use crate::derive::resolve;
use crate::project::Project;
use klotho_summary::FileSummary;
use std::sync::Arc;

/// Where the imports of a file lead.
#[derive(Debug, Default)]
pub(crate) struct FileLinks {
    /// For each import the file that it leads to.
    pub(crate) targets: Vec<Option<Arc<str>>>,
    /// The files that belong to each unit which this one belongs to.
    pub(crate) followed: Vec<Arc<str>>,
    /// Imports that lead to a link of the disk, where nothing is read: the index, and the link.
    pub(crate) lost: Vec<(usize, String)>,
}

impl FileLinks {
    pub(crate) fn of(project: &Project, summary: &FileSummary) -> Self {
        let mut links = Self::default();
        for (index, import) in summary.facts.imports.iter().enumerate() {
            let target = resolve(project, &import.candidates).and_then(|path| project.path(path));
            if import.followed {
                links.followed.extend(target.clone());
                links.followed.extend(import.companions.iter().filter_map(|path| project.path(path)));
            }
            if target.is_none() {
                let link = import.candidates.iter().find_map(|path| project.link_on(path));
                links.lost.extend(link.map(|link| (index, link.to_owned())));
            }
            links.targets.push(target);
        }
        links
    }

    /// The files that its imports lead to, each with the importing one, which is that at `path`.
    pub(crate) fn pairs<'a>(&'a self, path: &'a Arc<str>) -> impl Iterator<Item = (Arc<str>, Arc<str>)> + 'a {
        self.targets.iter().flatten().map(|target| (Arc::clone(target), Arc::clone(path)))
    }

    /// The file that the import with this index leads to.
    pub(crate) fn target(&self, import: usize) -> Option<&Arc<str>> {
        self.targets.get(import)?.as_ref()
    }
}
