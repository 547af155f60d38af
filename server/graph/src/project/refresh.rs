//! What follows from the files, brought up to date.

use super::Project;
use crate::derive::{Changed, Derived, News, derive};
use crate::layout::Layout;
use crate::links::FileLinks;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Project {
    /// Brings what follows from the files up to date; true when that was more than looking up places anew.
    pub fn refresh(&mut self) -> bool {
        let files = std::mem::take(&mut self.changed);
        // Should any of it fail, what changed is not known any more.
        let is_everything = std::mem::replace(&mut self.stale, true) || self.relaid;
        if !is_everything && files.is_empty() {
            self.stale = false;
            return false;
        }
        let mut linked: Vec<_> = files.keys().cloned().collect();
        if self.relaid {
            self.layout = Arc::new(Layout::of(self));
            linked = self.files.keys().cloned().collect();
        }
        let mut relinked = self.link(linked);
        self.relaid = false;
        let (derived, news) = match is_everything {
            true => derive(self, Derived::default(), &self.everything()),
            false => {
                let unread = files.iter().filter(|(_, before)| before.is_none());
                relinked.extend(unread.map(|(path, _)| Arc::clone(path)));
                let changed = Changed { files, relinked, is_everything: false };
                derive(self, Derived::clone(&self.derived), &changed)
            }
        };
        self.stale = false;
        self.derived = Arc::new(derived);
        self.news = Arc::new(News { step: self.news.step + 1, ..news });
        self.advice = Arc::default();
        true
    }

    /// All that there is, as what changed.
    pub(crate) fn everything(&self) -> Changed {
        let files: BTreeMap<_, _> = self.files.keys().map(|path| (Arc::clone(path), None)).collect();
        Changed { relinked: files.keys().cloned().collect(), files, is_everything: true }
    }

    /// Looks up what the imports of files lead to. Returns the files of which that is something else.
    fn link(&mut self, paths: Vec<Arc<str>>) -> BTreeSet<Arc<str>> {
        let mut relinked = BTreeSet::new();
        for path in paths {
            let Some(summary) = self.summary(&path).cloned() else { continue };
            let links = Arc::new(FileLinks::of(self, &summary));
            let Some(file) = self.files.get_mut(&path) else { continue };
            let before = std::mem::replace(&mut file.links, Arc::clone(&links));
            if before.targets != links.targets {
                before.pairs(&path).for_each(|pair| _ = self.importers.remove(&pair));
                links.pairs(&path).for_each(|pair| _ = self.importers.insert(pair));
            }
            if before.followed != links.followed {
                relinked.insert(path);
            }
        }
        relinked
    }

    /// The files that import the file at `path`, sorted, as of the last [`Project::refresh`].
    pub(crate) fn importers(&self, path: &Arc<str>) -> impl Iterator<Item = &Arc<str>> + use<'_> {
        let imported = Arc::clone(path);
        let behind = self.importers.range((Arc::clone(path), Arc::from(""))..);
        behind.take_while(move |(found, _)| *found == imported).map(|(_, importer)| importer)
    }

    /// What the last [`Project::refresh`] that was more than looking up places looked through anew.
    pub fn news(&self) -> &News {
        &self.news
    }
}
