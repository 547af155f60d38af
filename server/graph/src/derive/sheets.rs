//! Findings in sources, kept by what they were found in, so that each of these can be looked through anew by itself.

use super::GraphFinding;
use imbl::OrdMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What findings were found in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// A file, and what it is to the others.
    File(Arc<str>),
    /// What a file does with the variables of others.
    Uses(Arc<str>),
    /// Its calls from unit to unit.
    Calls(Arc<str>),
    /// All gateways together.
    Gateways,
    /// A unit.
    Unit(String),
    /// The resources that have an id.
    Id(String),
}

/// A finding and the file in which it stands.
pub(super) type Found = (Arc<str>, GraphFinding);

/// The findings that all stand in one file.
pub(super) fn all_in(path: &Arc<str>, findings: Vec<GraphFinding>) -> Vec<Found> {
    findings.into_iter().map(|finding| (Arc::clone(path), finding)).collect()
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sheets {
    /// By file, and what they were found in.
    found: OrdMap<(Arc<str>, Origin), Arc<[GraphFinding]>>,
    /// The files in which something stands that was found in it.
    files: OrdMap<Origin, Arc<[Arc<str>]>>,
}

impl Sheets {
    /// Replaces all that was found in something.
    pub(super) fn put(&mut self, origin: &Origin, found: Vec<Found>) {
        for path in self.files.remove(origin).iter().flat_map(|files| files.iter()) {
            self.found.remove(&(Arc::clone(path), origin.clone()));
        }
        let mut by_file: BTreeMap<Arc<str>, Vec<GraphFinding>> = BTreeMap::new();
        for (path, finding) in found {
            by_file.entry(path).or_default().push(finding);
        }
        if by_file.is_empty() {
            return;
        }
        self.files.insert(origin.clone(), by_file.keys().cloned().collect());
        for (path, found) in by_file {
            self.found.insert((path, origin.clone()), found.into());
        }
    }

    /// The findings in one file.
    pub(super) fn of_file(&self, path: &str) -> impl Iterator<Item = &GraphFinding> {
        // Nothing is found in a file before the empty path.
        let from = (Arc::from(path), Origin::File("".into()));
        let found = self.found.range(from..).take_while(move |((file, _), _)| **file == *path);
        found.flat_map(|(_, found)| found.iter())
    }

    /// The files with findings, sorted; some more than once.
    pub(super) fn files(&self) -> impl Iterator<Item = &Arc<str>> {
        self.found.keys().map(|(path, _)| path)
    }
}
