use crate::advice::advice;
use crate::contents::{Contents, Skip};
use crate::document::Document;
use crate::{FilePath, SIZE_LIMIT, Snapshot};
use klotho_annotation::finding::{Code, Finding};
use klotho_cost::Date;
use klotho_grammars::Language;
use klotho_graph::{CONFIG_FILE, Project};
use klotho_summary::summarise;
use klotho_text::{Encoding, LineIndex, Position, Span};
use std::collections::HashSet;
use std::sync::Arc;

/// The live world. It has one owner, who applies changes in the order in which they happened.
pub struct Host {
    world: Snapshot,
    /// Files that were wanted and not delivered yet: each is asked for once.
    asked: HashSet<FilePath>,
}

/// Something that happened.
#[derive(Debug)]
pub enum Change {
    /// A project was found and listed, or listed anew.
    Project(ProjectFiles),
    /// A project is of no more interest.
    Forget {
        /// Its root.
        root: FilePath,
    },
    /// An editor opened a document; what it says now counts, not what the disk says.
    Open {
        /// The document.
        path: FilePath,
        /// Its language, when it is one that annotations live in.
        language: Option<Language>,
        /// The client's version number.
        version: i32,
        /// Its text.
        text: String,
    },
    /// An editor changed an open document.
    Edit {
        /// The document.
        path: FilePath,
        /// The version after the change.
        version: i32,
        /// In the order in which they apply, each to the result of the one before.
        changes: Vec<ContentChange>,
        /// The unit of the positions.
        encoding: Encoding,
    },
    /// An editor closed a document; the disk counts again. Answered by wanting the file.
    Close {
        /// The document.
        path: FilePath,
    },
    /// A file was read, because it was wanted or because it changed on disk.
    Read {
        /// The file.
        path: FilePath,
        /// What it holds.
        contents: Contents,
    },
}

/// One change inside a document.
#[derive(Clone, Debug)]
pub struct ContentChange {
    /// What is replaced; the whole document when absent.
    pub range: Option<(Position, Position)>,
    /// The new text.
    pub text: String,
}

/// A project as it lies on disk.
#[derive(Debug)]
pub struct ProjectFiles {
    /// Its root folder.
    pub root: FilePath,
    /// Every file of interest below it, relative to the root.
    pub paths: Vec<String>,
    /// Those that were read: all that hold an annotation, `klotho.yaml`, and what else was at hand.
    pub contents: Vec<(String, Contents)>,
}

/// What has to be done because of a change.
#[derive(Debug, Default, PartialEq)]
pub struct Applied {
    /// Files to read, in answer to which [`Change::Read`] is due: an import leads to them.
    pub wanted: Vec<FilePath>,
}

impl Host {
    /// An empty world on the day `today`.
    pub fn new(today: Date) -> Self {
        let world = Snapshot { projects: Default::default(), documents: Default::default(), today };
        Self { world, asked: HashSet::new() }
    }

    /// Applies one change.
    pub fn apply(&mut self, change: Change) -> Applied {
        match change {
            Change::Project(files) => self.list(files),
            Change::Forget { root } => {
                self.world.projects.remove(&root);
                Applied::default()
            }
            Change::Open { path, language, version, text } => {
                let language = language.or_else(|| Language::of_path(&path));
                self.world
                    .documents
                    .insert(Arc::clone(&path), Arc::new(Document::new(language, version, text)));
                self.contribute(&path)
            }
            Change::Edit { path, version, changes, encoding } => {
                self.edit(&path, version, &changes, encoding)
            }
            Change::Close { path } => self.close(&path),
            Change::Read { path, contents } => self.read(&path, contents),
        }
    }

    /// The world as it is now. Cheap: what did not change is shared.
    pub fn snapshot(&self) -> Snapshot {
        self.world.clone()
    }

    fn list(&mut self, files: ProjectFiles) -> Applied {
        let mut project = Project::new(files.paths.into_iter().map(Arc::from));
        for (path, contents) in files.contents {
            put(&mut project, &path, contents);
        }
        let root = files.root;
        self.world.projects.insert(Arc::clone(&root), project);
        let is_inside = |path: &&FilePath| self.world.root_of(path).is_some_and(|found| found == root);
        let open: Vec<_> = self.world.documents.keys().filter(is_inside).cloned().collect();
        let mut applied = Applied::default();
        for path in open {
            // It may have been a project of its own, or part of one further out, until its folder was listed.
            self.world.projects.remove(&path);
            applied.wanted.extend(self.leave_outer(&path, &root));
            applied.wanted.extend(self.contribute(&path).wanted);
        }
        applied.wanted.extend(self.refresh(&root));
        applied
    }

    /// Takes an open document out of every project but the one at `root`.
    fn leave_outer(&mut self, path: &FilePath, root: &FilePath) -> Vec<FilePath> {
        let holds = |outer: &&FilePath| *outer != root && path.starts_with(&format!("{outer}/"));
        let outer: Vec<_> = self.world.projects.keys().filter(holds).cloned().collect();
        let mut wanted = Vec::new();
        for outer in outer {
            let relative = &path[outer.len() + 1..];
            if let Some(project) = self.world.projects.get_mut(&outer).filter(|project| project.has(relative))
            {
                project.remove(relative);
                wanted.extend(self.refresh(&outer));
            }
        }
        wanted
    }

    fn edit(
        &mut self,
        path: &FilePath,
        version: i32,
        changes: &[ContentChange],
        encoding: Encoding,
    ) -> Applied {
        let Some(document) = self.world.documents.get_mut(path) else { return Applied::default() };
        Arc::make_mut(document).change(version, changes, encoding);
        self.contribute(path)
    }

    fn close(&mut self, path: &FilePath) -> Applied {
        self.world.documents.remove(path);
        if self.world.projects.remove(path).is_some() {
            return Applied::default();
        }
        self.asked.insert(Arc::clone(path));
        Applied { wanted: vec![Arc::clone(path)] }
    }

    fn read(&mut self, path: &FilePath, contents: Contents) -> Applied {
        self.asked.remove(path);
        let Some((root, relative)) = self.world.locate(path) else { return Applied::default() };
        if self.world.documents.contains_key(path) {
            return Applied::default();
        }
        if let Some(project) = self.world.projects.get_mut(&root) {
            put(project, &relative, contents);
        }
        Applied { wanted: self.refresh(&root) }
    }

    /// Puts what an open document says into its project.
    fn contribute(&mut self, path: &FilePath) -> Applied {
        let (root, relative) = match self.world.locate(path) {
            Some(found) => found,
            None => {
                let name: Arc<str> = file_name(path).into();
                self.world.projects.insert(Arc::clone(path), Project::of_document(Arc::clone(&name)));
                (Arc::clone(path), name)
            }
        };
        let Some(document) = self.world.documents.get(path) else { return Applied::default() };
        let Some(project) = self.world.projects.get_mut(&root) else { return Applied::default() };
        put_document(project, &relative, document);
        Applied { wanted: self.refresh(&root) }
    }

    /// Derives what follows and asks for what is missing.
    fn refresh(&mut self, root: &FilePath) -> Vec<FilePath> {
        let Some(project) = self.world.projects.get_mut(root) else { return Vec::new() };
        if project.refresh() {
            let advice = advice(project, self.world.today);
            project.advise(advice);
        }
        let wanted = project.wanted().iter().map(|relative| FilePath::from(format!("{root}/{relative}")));
        wanted.filter(|path| self.asked.insert(Arc::clone(path))).collect()
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn put_document(project: &mut Project, relative: &str, document: &Document) {
    match (document.language, &document.tree) {
        (Some(language), Some(tree)) => {
            project.put(relative, Arc::new(summarise(relative, language, &document.text, tree)));
            project.put_notices(relative, LineIndex::default(), Vec::new());
        }
        (Some(_), None) => put(project, relative, Contents::Skipped(Skip::Slow)),
        (None, _) if is_text(relative) => project.put_text(relative, Arc::clone(&document.text)),
        (None, _) => {}
    }
}

fn is_text(relative: &str) -> bool {
    relative == CONFIG_FILE || matches!(relative, "package.json" | "tsconfig.json")
}

fn put(project: &mut Project, relative: &str, contents: Contents) {
    match contents {
        Contents::Source { summary, invalid_at } => {
            let lines = (*summary.lines).clone();
            project.put(relative, summary);
            let notice = invalid_at.map(|offset| {
                Finding::new(Code::FileSkipped, "utf8", Span::new(offset, offset + 1)).with("offset", offset)
            });
            project.put_notices(relative, lines, notice.into_iter().collect());
        }
        Contents::Text(text) => project.put_text(relative, text),
        Contents::Skipped(skip) => {
            project.put_notices(relative, LineIndex::default(), vec![skip_finding(&skip)]);
        }
        Contents::Missing => project.remove(relative),
    }
}

fn skip_finding(skip: &Skip) -> Finding {
    let finding = |variant| Finding::new(Code::FileSkipped, variant, Span::empty(0));
    match skip {
        Skip::Size(size) => {
            finding("size").with("size", mebibytes(*size)).with("limit", mebibytes(SIZE_LIMIT))
        }
        Skip::Binary => finding("binary"),
        Skip::Slow => finding("slow"),
        Skip::Unreadable(reason) => finding("unreadable").with("reason", reason),
    }
}

fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", bytes.div_ceil(1 << 20))
}
