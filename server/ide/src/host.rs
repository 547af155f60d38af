use crate::contents::Contents;
use crate::document::{Document, OnDisk};
use crate::listed::{ListedProject, ProjectFiles, advise};
use crate::put::{put, put_document};
use crate::{FilePath, Snapshot};
use klotho_cost::Date;
use klotho_grammars::Language;
use klotho_graph::{Project, is_settings, source_language};
use klotho_text::{Encoding, Position};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// The live world. It has one owner, who applies changes in the order in which they happened.
pub struct Host {
    world: Snapshot,
    /// Roots of the projects that changed since they were settled.
    stale: BTreeSet<FilePath>,
    /// Files that were wanted and not delivered yet: each is asked for once.
    asked: HashSet<FilePath>,
    /// Documents that were closed: what the disk holds counts again.
    closed: Vec<FilePath>,
    /// Documents whose last edits were not parsed yet.
    edited: BTreeSet<FilePath>,
}

/// Something that happened.
#[derive(Debug)]
pub enum Change {
    /// A project was found and listed, or listed anew.
    Project(Box<ListedProject>),
    /// Some files of a project that is being listed: what can be had at once, until the whole is there.
    Glimpse(ProjectFiles),
    /// A folder is being read for the first time, so that of what lies in it little is known; or it is no longer.
    Reading {
        /// The folder.
        folder: FilePath,
        /// Whether that has ended.
        is_done: bool,
    },
    /// A project is of no more interest.
    Forget {
        /// Its root.
        root: FilePath,
    },
    /// An editor opened a document; what it says now counts, not what the disk says.
    Open {
        /// The document.
        path: FilePath,
        /// Its language by the editor's word, when it is one that annotations live in; else its name tells.
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
    /// An editor saved a document: a moment without keystrokes, to make sure of what the edits led to.
    Save {
        /// The document.
        path: FilePath,
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

impl Host {
    /// An empty world on the day `today`.
    pub fn new(today: Date) -> Self {
        Self::of(Snapshot {
            projects: Default::default(),
            documents: Default::default(),
            reading: Default::default(),
            today,
            generation: 0,
            generations: Default::default(),
            advisers: Default::default(),
            reads: 0,
            read_at: Default::default(),
        })
    }

    /// A world like another, to try out in it what would follow from a change.
    pub(crate) fn of(world: Snapshot) -> Self {
        Self {
            world,
            stale: BTreeSet::new(),
            asked: HashSet::new(),
            closed: Vec::new(),
            edited: BTreeSet::new(),
        }
    }

    /// Applies one change. What follows from it is worked out by [`Host::settle`], once for all changes before.
    pub fn apply(&mut self, change: Change) {
        match change {
            Change::Project(listed) => self.list(*listed),
            Change::Glimpse(files) => self.glimpse(files),
            Change::Reading { folder, is_done } => {
                let is_news = match is_done {
                    true => self.world.reading.remove(&folder).is_some(),
                    false => self.world.reading.insert(folder).is_none(),
                };
                // What is said of a file depends on how much of its project is known.
                self.world.generation += u64::from(is_news);
            }
            Change::Forget { root } => self.forget(&root),
            Change::Open { path, language, version, text } => {
                // The person at the editor knows better than the name what is in it; settings stay settings.
                let language = language.or_else(|| source_language(&path)).filter(|_| !is_settings(&path));
                let mut document = Document::new(language, version, text);
                if self.is_listed(&path) {
                    document.on_disk = OnDisk::There;
                }
                self.world.documents.insert(Arc::clone(&path), Arc::new(document));
                self.contribute(&path);
            }
            Change::Edit { path, version, changes, encoding } => {
                let Some(document) = self.world.documents.get_mut(&path) else { return };
                Arc::make_mut(document).change(version, &changes, encoding);
                self.edited.insert(path);
            }
            Change::Save { path } => {
                let Some(document) = self.world.documents.get_mut(&path) else { return };
                Arc::make_mut(document).parse_anew();
                self.seen(&path, true);
                self.contribute(&path);
            }
            Change::Close { path } => self.close(&path),
            Change::Read { path, contents } => self.read(&path, contents),
        }
    }

    /// Works out what follows from all changes so far. Returns the files to read, in answer to which [`Change::Read`] is
    /// due: an import leads to them, or their document was closed. Each is asked for once.
    pub fn settle(&mut self) -> Vec<FilePath> {
        // Each leaves the list first, as the roots below.
        while let Some(path) = self.edited.pop_first() {
            self.contribute(&path);
        }
        let mut wanted = std::mem::take(&mut self.closed);
        let mut at_hand = HashSet::new();
        // A root leaves the list first: should deriving it fail, it is not tried again until it changes.
        while let Some(root) = self.stale.pop_first() {
            let is_news = self.world.projects.get_mut(&root).is_some_and(Project::refresh);
            if is_news {
                self.is_news(&root);
            }
            let Some(project) = self.world.projects.get_mut(&root) else { continue };
            if is_news {
                let adviser = self.world.advisers.entry(Arc::clone(&root)).or_default();
                // Older worlds keep what they knew.
                advise(project, Arc::make_mut(adviser), self.world.today);
            }
            let missing: Vec<_> =
                project.wanted().iter().map(|path| FilePath::from(format!("{root}/{path}"))).collect();
            for path in missing {
                // What an editor has open is at hand, and need not be read.
                if self.world.documents.contains_key(&path) && at_hand.insert(Arc::clone(&path)) {
                    self.contribute(&path);
                } else {
                    wanted.push(path);
                }
            }
        }
        wanted.retain(|path| self.asked.insert(Arc::clone(path)));
        wanted
    }

    /// The world as of the last [`Host::settle`]. Cheap: what did not change is shared.
    pub fn snapshot(&self) -> Snapshot {
        self.world.clone()
    }

    fn list(&mut self, listed: ListedProject) {
        let ListedProject { root, project, adviser } = listed;
        for path in self.open_in(&root) {
            let relative = path.get(root.len() + 1..).unwrap_or_default();
            self.seen(&path, project.knows(relative));
        }
        self.world.advisers.insert(Arc::clone(&root), Arc::new(adviser));
        self.is_news(&root);
        self.place(root, project);
    }

    /// Takes in some files of a project that is not listed yet.
    fn glimpse(&mut self, files: ProjectFiles) {
        let known = self.world.projects.get(&files.root).cloned();
        let mut project = match known {
            Some(listed) if listed.is_listed() => return,
            Some(known) => known,
            None => Project::new([]),
        };
        for path in &files.paths {
            project.put_path(path);
        }
        project = project.with_links(files.links.into_iter().map(Arc::from));
        project.put_above(files.above);
        for (path, contents) in files.contents {
            put(&mut project, &path, contents);
        }
        self.place(files.root, project);
    }

    /// What the files of the project at `root` say together is not what it was.
    fn is_news(&mut self, root: &FilePath) {
        self.world.generation += 1;
        self.world.generations.insert(Arc::clone(root), self.world.generation);
    }

    /// Puts a project in its place, with what is open in it.
    fn place(&mut self, root: FilePath, project: Project) {
        self.world.projects.insert(Arc::clone(&root), project);
        self.stale.insert(Arc::clone(&root));
        for path in self.open_in(&root) {
            // It may have been a project of its own, or part of one further out, until its folder was listed.
            self.world.projects.remove(&path);
            self.world.generations.remove(&path);
            self.leave_outer(&path, &root);
            self.contribute(&path);
        }
    }

    /// A project is no more; what is open in it is a project by itself, or part of one further out.
    fn forget(&mut self, root: &FilePath) {
        self.world.projects.remove(root);
        self.world.generations.remove(root);
        self.world.read_at.remove(root);
        self.world.generation += 1;
        self.world.advisers.remove(root);
        for path in self.open_in(root) {
            self.contribute(&path);
        }
    }

    /// The open documents below `folder`.
    fn open_in(&self, folder: &str) -> Vec<FilePath> {
        let inside = format!("{folder}/");
        self.world.documents.keys().filter(|path| path.starts_with(&inside)).cloned().collect()
    }

    /// Takes an open document out of every project around the one at `root`.
    fn leave_outer(&mut self, path: &FilePath, root: &FilePath) {
        let holds = |outer: &&FilePath| root.starts_with(&format!("{outer}/"));
        let outer: Vec<_> = self.world.projects.keys().filter(holds).cloned().collect();
        for outer in outer {
            let relative = &path[outer.len() + 1..];
            if let Some(project) = self.world.projects.get_mut(&outer).filter(|project| project.has(relative))
            {
                project.remove(relative);
                self.stale.insert(outer);
            }
        }
    }

    fn close(&mut self, path: &FilePath) {
        let document = self.world.documents.remove(path);
        let was_gone = document.is_some_and(|document| document.on_disk == OnDisk::Gone);
        self.world.generations.remove(path);
        self.world.advisers.remove(path);
        if self.world.projects.remove(path).is_none() || was_gone {
            self.asked.remove(path);
            self.closed.push(Arc::clone(path));
        }
    }

    fn read(&mut self, path: &FilePath, contents: Contents) {
        self.asked.remove(path);
        if self.world.documents.contains_key(path) {
            self.seen(path, !matches!(contents, Contents::Missing));
            self.contribute(path);
            return;
        }
        let Some((root, relative)) = self.world.locate(path) else { return };
        let project = self.world.projects.get_mut(&root);
        if let Some(project) = project.filter(|project| !project.never_enters(&relative)) {
            put(project, &relative, contents);
            self.world.reads += 1;
            self.world.read_at.insert(FilePath::clone(&root), self.world.reads);
            self.stale.insert(root);
        }
    }

    /// Whether the disk has the file at `path`, by what its project was listed with.
    fn is_listed(&self, path: &str) -> bool {
        let context = self.world.context(path);
        context
            .is_some_and(|context| !context.project.is_document() && context.project.knows(&context.relative))
    }

    /// The disk has the file of an open document, or has it not. One that it no longer has leaves its project.
    fn seen(&mut self, path: &FilePath, is_there: bool) {
        let Some(document) = self.world.documents.get_mut(path) else { return };
        let now = match (document.on_disk, is_there) {
            (_, true) => OnDisk::There,
            (OnDisk::Unseen, false) => OnDisk::Unseen,
            (OnDisk::There | OnDisk::Gone, false) => OnDisk::Gone,
        };
        if document.on_disk == now {
            return;
        }
        let was_gone = document.on_disk == OnDisk::Gone;
        Arc::make_mut(document).on_disk = now;
        if was_gone {
            self.world.projects.remove(path);
        } else if now == OnDisk::Gone
            && let Some((root, relative)) = self.world.locate(path)
            && let Some(project) = self.world.projects.get_mut(&root).filter(|_| root != *path)
        {
            project.remove(&relative);
            self.stale.insert(root);
        }
    }

    /// Puts what an open document says into its project.
    fn contribute(&mut self, path: &FilePath) {
        if self.world.documents.get(path).is_some_and(|document| document.is_behind())
            && let Some(document) = self.world.documents.get_mut(path)
        {
            Arc::make_mut(document).catch_up();
        }
        let Some(document) = self.world.documents.get(path) else { return };
        let found = self.world.locate(path);
        let (root, relative) = match found.filter(|(root, relative)| self.belongs(root, relative, document)) {
            Some(found) => found,
            None => {
                let name: Arc<str> = path.rsplit('/').next().unwrap_or(path).into();
                self.world.projects.insert(Arc::clone(path), Project::of_document(Arc::clone(&name)));
                (Arc::clone(path), name)
            }
        };
        let Some(project) = self.world.projects.get_mut(&root) else { return };
        put_document(project, &relative, document);
        self.stale.insert(root);
    }

    /// Whether a document is to a project what it would be if it lay on the disk. What is a source by the editor's word
    /// alone is none there.
    fn belongs(&self, root: &FilePath, relative: &str, document: &Document) -> bool {
        let Some(project) = self.world.projects.get(root) else { return false };
        let is_alike = document.language.is_none() || source_language(relative).is_some();
        let is_alike = is_alike && document.on_disk != OnDisk::Gone;
        is_alike && !project.never_enters(relative)
    }
}
