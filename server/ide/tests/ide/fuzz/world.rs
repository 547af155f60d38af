//! A project that lies on a disk and is open in an editor, and the world that follows both.

use super::steps::{Step, TextEdit, choose};
use crate::support::{Disk, ROOT, new_host};
use klotho_graph::{CONFIG_FILES, Project, config_format};
use klotho_ide::{Change, ContentChange, Encoding, Host, LineIndex, Snapshot};
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct World {
    host: Host,
    /// As it was at first.
    origin: Disk,
    saved: Disk,
    open: BTreeSet<String>,
    /// What the project says now: what is open, else what is saved.
    now: Disk,
    /// Changes of open documents that were not sent yet.
    waiting: BTreeMap<String, Vec<ContentChange>>,
    /// How many changes of a document are sent together.
    batch: usize,
    encoding: Encoding,
    version: i32,
    /// What happened so far, in words.
    pub(super) story: Vec<String>,
}

impl World {
    pub(super) fn new(origin: &Disk, batch: usize, encoding: Encoding) -> Self {
        let mut host = new_host();
        entered(origin).load(&mut host);
        Self {
            host,
            origin: origin.clone(),
            saved: origin.clone(),
            open: BTreeSet::new(),
            now: origin.clone(),
            waiting: BTreeMap::new(),
            batch,
            encoding,
            version: 0,
            story: Vec::new(),
        }
    }

    /// Has one step happen.
    pub(super) fn take(&mut self, step: &Step) {
        let path = |file| choose(&self.now, file).map(str::to_owned);
        match step {
            Step::Revert { file } => self.revert(path(file)),
            Step::Create { file, to } => self.create(path(file), path(to)),
            Step::Remove { file } => self.remove(path(file)),
            Step::Open { file } => self.open(path(file)),
            Step::Close { file, is_saved } => self.close(path(file), *is_saved),
            step => {
                for edit in step.edits(&self.now).into_iter().flatten() {
                    self.edit(edit);
                }
            }
        }
    }

    fn apply(&mut self, change: Change) {
        self.story.push(match &change {
            Change::Edit { path, changes, .. } => format!("edit {path}: {changes:?}"),
            Change::Read { path, .. } => match self.saved.0.get(&path[ROOT.len() + 1..]) {
                Some(text) => format!("write {path}: {text:?}"),
                None => format!("remove {path}"),
            },
            other => format!("{other:?}"),
        });
        self.host.apply(change);
    }

    /// Most edits happen in documents; some files are changed by other programs.
    fn edit(&mut self, edit: TextEdit) {
        let TextEdit { path, range, text: new } = edit;
        if !self.open.contains(&path) && (range.start + new.len()) % 5 == 0 {
            self.now.0.entry(path.clone()).or_default().replace_range(range, &new);
            self.write(&path);
            return;
        }
        self.open(Some(path.clone()));
        let Some(text) = self.now.0.get_mut(&path) else { return };
        let lines = LineIndex::new(text);
        let positions =
            (lines.position(range.start, self.encoding), lines.position(range.end, self.encoding));
        // A position cannot name the middle of a line terminator.
        let start = lines.offset(positions.0, self.encoding);
        let end = lines.offset(positions.1, self.encoding).max(start);
        text.replace_range(start..end, &new);
        self.send(path, ContentChange { range: Some(positions), text: new });
    }

    fn send(&mut self, path: String, change: ContentChange) {
        let waiting = self.waiting.entry(path.clone()).or_default();
        waiting.push(change);
        if waiting.len() >= self.batch {
            self.flush(&path);
        }
    }

    fn flush(&mut self, path: &str) {
        if let Some(changes) = self.waiting.remove(path) {
            self.version += 1;
            let (version, encoding) = (self.version, self.encoding);
            self.apply(Change::Edit { path: absolute(path).into(), version, changes, encoding });
        }
    }

    fn revert(&mut self, path: Option<String>) {
        let Some((path, text)) =
            path.and_then(|path| Some((path.clone(), self.origin.0.get(&path)?.clone())))
        else {
            return;
        };
        self.now.0.insert(path.clone(), text.clone());
        if self.open.contains(&path) {
            self.send(path, ContentChange { range: None, text });
        } else {
            self.write(&path);
        }
    }

    /// Copies one file to beside another.
    fn create(&mut self, from: Option<String>, beside: Option<String>) {
        let (Some(from), Some(beside)) = (from, beside) else { return };
        let name = from.rsplit('/').next().unwrap_or(&from);
        let folder = beside.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = match (folder, self.version % 2) {
            ("", 0) => name.to_owned(),
            ("", _) => format!("deeper/{name}"),
            (folder, 0) => format!("{folder}/{name}"),
            (folder, _) => format!("{folder}/{name}.txt"),
        };
        if !self.open.contains(&path) {
            let text = self.now.0[&from].clone();
            self.now.0.insert(path.clone(), text);
            self.write(&path);
        }
    }

    /// A file is on the disk what it is now.
    fn write(&mut self, path: &str) {
        self.saved.0.insert(path.to_owned(), self.now.0[path].clone());
        self.tell(path);
    }

    fn remove(&mut self, path: Option<String>) {
        let Some(path) = path.filter(|_| self.saved.0.len() > 1) else { return };
        self.flush(&path);
        self.saved.0.remove(&path);
        // What is left in the editor is no part of the project; a configuration is saved again, see `list`.
        if !self.open.contains(&path) || !CONFIG_FILES.iter().any(|(config, _)| *config == path) {
            self.now.0.remove(&path);
        }
        self.tell(&path);
    }

    /// What the disk holds at `path` has changed.
    fn tell(&mut self, path: &str) {
        let contents = self.saved.read(path);
        self.apply(Change::Read { path: absolute(path).into(), contents });
        if config_format(path).is_some() || path.ends_with(".csproj") {
            self.list();
        }
    }

    fn open(&mut self, path: Option<String>) {
        let Some(path) = path.filter(|path| !self.open.contains(path)) else { return };
        let text = self.now.0[&path].clone();
        self.version += 1;
        self.apply(Change::Open {
            path: absolute(&path).into(),
            language: None,
            version: self.version,
            text,
        });
        self.open.insert(path);
    }

    fn close(&mut self, path: Option<String>, is_saved: bool) {
        let Some(path) = path.filter(|path| self.open.contains(path)) else { return };
        self.flush(&path);
        if is_saved {
            self.write(&path);
        }
        self.open.remove(&path);
        match self.saved.0.get(&path) {
            Some(text) => self.now.0.insert(path.clone(), text.clone()),
            None => self.now.0.remove(&path),
        };
        self.apply(Change::Close { path: absolute(&path).into() });
    }

    /// Lists the project anew, as the server does when what was listed may depend on what changed.
    fn list(&mut self) {
        for path in CONFIG_FILES.map(|(path, _)| path).into_iter().filter(|path| self.open.contains(*path)) {
            self.saved.0.insert(path.to_owned(), self.now.0[path].clone());
        }
        self.story.push("list the project anew".to_owned());
        entered(&self.saved).load(&mut self.host);
    }

    /// Sends all that waits and reads all that is wanted.
    pub(super) fn settle(&mut self) -> Snapshot {
        let waiting: Vec<_> = self.waiting.keys().cloned().collect();
        for path in waiting {
            self.flush(&path);
        }
        self.saved.deliver(&mut self.host);
        let snapshot = self.host.snapshot();
        if CONFIG_FILES.iter().any(|(path, _)| snapshot.is_outdated_by(&absolute(path))) {
            self.list();
        }
        self.host.snapshot()
    }

    /// The same project, seen for the first time.
    pub(super) fn fresh(&self) -> Snapshot {
        entered(&self.now).snapshot()
    }

    /// The same with the same documents open, and the same files read: an action that is tried out knows no others.
    pub(super) fn fresh_editor(&self, edited: &Snapshot) -> Snapshot {
        let mut host = new_host();
        entered(&self.now).load(&mut host);
        let project = edited.project(ROOT);
        let read = project.iter().flat_map(|project| project.paths().map(move |path| (project, path)));
        let is_read = |project: &Project, path: &str| {
            project.summary(path).is_some() || project.shared_text(path).is_some()
        };
        for (_, path) in read.filter(|(project, path)| is_read(project, path)) {
            host.apply(Change::Read { path: absolute(path).into(), contents: self.now.read(path) });
        }
        for (path, text) in self.documents() {
            let text = text.to_owned();
            host.apply(Change::Open { path: path.into(), language: None, version: 0, text });
        }
        self.now.deliver(&mut host);
        host.snapshot()
    }

    /// The open documents and what they must say.
    pub(super) fn documents(&self) -> impl Iterator<Item = (String, &str)> {
        let known = self.open.iter().filter_map(|path| self.now.0.get_key_value(path));
        known.map(|(path, text)| (absolute(path), text.as_str()))
    }
}

/// What a walk would list of it.
fn entered(disk: &Disk) -> Disk {
    let at_root = || disk.0.iter().filter(|(path, _)| !path.contains('/'));
    let mut project = Project::new(at_root().map(|(path, _)| path.as_str().into()));
    for (path, text) in at_root().filter(|(path, _)| config_format(path).is_some()) {
        project.put_text(path, text.as_str().into());
    }
    let files = disk.0.iter().filter(|(path, _)| !project.never_enters(path));
    Disk(files.map(|(path, text)| (path.clone(), text.clone())).collect())
}

fn absolute(path: &str) -> String {
    format!("{ROOT}/{path}")
}
