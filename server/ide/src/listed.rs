//! A project as it lies on disk, and what follows from that.

use crate::advice::Adviser;
use crate::figures::Figures;
use crate::put::put;
use crate::{Contents, FilePath};
use klotho_cost::Date;
use klotho_graph::Project;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A project as it lies on disk.
#[derive(Debug)]
pub struct ProjectFiles {
    /// Its root folder.
    pub root: FilePath,
    /// Every file of interest below it, relative to the root.
    pub paths: Vec<String>,
    /// The links below it, which nobody follows.
    pub links: Vec<String>,
    /// Those that were read: all that hold an annotation, `klotho.yaml`, and what else was at hand.
    pub contents: Vec<(String, Contents)>,
    /// Folders below it that were not entered, because they hold what a compiler wrote.
    pub outputs: Vec<String>,
    /// The names of the project files in the folders above the root.
    pub above: Vec<String>,
}

/// A project as it was listed: nothing that an editor has open is in it.
pub struct ListedProject {
    pub(crate) root: FilePath,
    pub(crate) project: Project,
    pub(crate) adviser: Adviser,
}

impl std::fmt::Debug for ListedProject {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ListedProject").field("root", &self.root).finish_non_exhaustive()
    }
}

impl ListedProject {
    /// What these files say, each for itself.
    pub fn new(files: ProjectFiles) -> Self {
        let mut project = Project::new(files.paths.into_iter().map(Arc::from))
            .with_links(files.links.into_iter().map(Arc::from));
        project.put_above(files.above);
        for (path, contents) in files.contents {
            put(&mut project, &path, contents);
        }
        project.put_listed(files.outputs);
        Self { root: files.root, project, adviser: Adviser::default() }
    }

    /// The root folder of the project.
    pub fn root(&self) -> &FilePath {
        &self.root
    }

    /// Works out what they say together on the day `today`, with what `read` finds in the files that imports lead to. It takes as
    /// long as they are many. [`crate::Host::settle`] does it as well, but while that works nobody who asks is answered: whoever has
    /// threads does it before.
    pub fn derive(&mut self, today: Date, read: impl Fn(&[FilePath]) -> Vec<Contents>) {
        let (mut asked, mut is_news) = (BTreeSet::new(), false);
        loop {
            is_news |= self.project.refresh();
            let wanted: Vec<_> =
                self.project.wanted().iter().filter(|path| !asked.contains(*path)).cloned().collect();
            if wanted.is_empty() {
                break;
            }
            let paths: Vec<_> = wanted.iter().map(|path| format!("{}/{path}", self.root).into()).collect();
            for (path, contents) in wanted.iter().zip(read(&paths)) {
                put(&mut self.project, path, contents);
            }
            asked.extend(wanted);
        }
        if is_news {
            advise(&mut self.project, &mut self.adviser, today);
        }
    }
}

/// Works out the findings of a project that was refreshed.
pub(crate) fn advise(project: &mut Project, adviser: &mut Adviser, today: Date) {
    Figures::keep(project);
    let advice = adviser.advice(project, today);
    project.advise(advice);
}
