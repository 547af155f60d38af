//! What a project says of its findings: how bad they are, and which are meant as they are.

use crate::project::{Located, Project};
use klotho_annotation::Suppression;
use klotho_annotation::finding::{Code, Finding};
use std::collections::HashMap;
use std::sync::Arc;

impl Project {
    /// The findings as they count: without those that are switched off or allowed where they stand, and with one for each
    /// suppression that allows nothing. `found` is everything of the files at `paths`, and may hold more.
    pub(crate) fn judged<'a>(
        &self,
        found: Vec<Located>,
        paths: impl IntoIterator<Item = &'a Arc<str>>,
    ) -> Vec<Located> {
        let allowed = paths.into_iter().map(|path| (path, self.suppressions(path)));
        let mut allowed: HashMap<_, _> = allowed
            .filter(|(_, suppressions)| !suppressions.is_empty())
            .map(|(path, suppressions)| {
                (path, Allowed { suppressions, used: vec![false; suppressions.len()] })
            })
            .collect();
        let mut kept = found;
        kept.retain(|located| {
            let of_file = located.path.as_ref().and_then(|path| allowed.get_mut(path));
            !of_file.is_some_and(|allowed| allowed.allow(located))
        });
        let unused = allowed.iter().flat_map(|(path, allowed)| allowed.unused().map(|at| unused(path, at)));
        kept.extend(unused);
        self.levelled(kept)
    }

    /// The findings as bad as the configuration says, without those that it switches off.
    pub(crate) fn levelled(&self, mut found: Vec<Located>) -> Vec<Located> {
        found.retain_mut(|located| match self.config().level(located.finding.code) {
            Some(level) => level.map(|severity| located.severity = severity).is_some(),
            None => true,
        });
        found
    }

    fn suppressions(&self, path: &str) -> &[Suppression] {
        if path == self.config_file() {
            return &self.config().suppressions;
        }
        self.summary(path).map_or(&[], |summary| &summary.suppressions)
    }
}

/// The suppressions of one file.
struct Allowed<'a> {
    suppressions: &'a [Suppression],
    /// Which of them allow anything.
    used: Vec<bool>,
}

impl Allowed<'_> {
    /// Whether a finding is allowed where it stands. All suppressions that allow it are used.
    fn allow(&mut self, located: &Located) -> bool {
        let mut is_allowed = false;
        for (suppression, used) in self.suppressions.iter().zip(&mut self.used) {
            let is_meant = suppression.code == located.finding.code;
            if is_meant && suppression.covers.touches(located.at.start as usize) {
                (*used, is_allowed) = (true, true);
            }
        }
        is_allowed
    }

    fn unused(&self) -> impl Iterator<Item = &Suppression> {
        self.suppressions.iter().zip(&self.used).filter(|(_, used)| !**used).map(|(one, _)| one)
    }
}

fn unused(path: &Arc<str>, suppression: &Suppression) -> Located {
    let finding = Finding::new(Code::SuppressionUnused, "", suppression.at);
    Located::new(Some(Arc::clone(path)), finding.with("code", suppression.code.name()))
}
