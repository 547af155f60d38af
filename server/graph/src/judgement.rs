//! What a project says of its findings: how bad they are, and which are meant as they are.

use crate::project::{Located, Project};
use klotho_annotation::Suppression;
use klotho_annotation::finding::{Code, Finding};
use std::sync::Arc;

impl Project {
    /// The findings as they count: without those that are switched off or allowed where they stand, and with one for each
    /// suppression that allows nothing. `found` is everything of the files at `paths`, and may hold more.
    pub(crate) fn judged<'a>(
        &self,
        found: Vec<Located>,
        paths: impl IntoIterator<Item = &'a Arc<str>>,
    ) -> Vec<Located> {
        let mut kept = found;
        for path in paths {
            let suppressions = self.suppressions(path);
            if suppressions.is_empty() {
                continue;
            }
            let mut used = vec![false; suppressions.len()];
            kept.retain(|located| {
                located.path.as_ref() != Some(path) || !allow(located, suppressions, &mut used)
            });
            let unused = suppressions.iter().zip(used).filter(|(_, used)| !used);
            kept.extend(unused.map(|(one, _)| {
                let finding = Finding::new(Code::SuppressionUnused, "", one.at).with("code", one.code.name());
                Located::new(Some(Arc::clone(path)), finding)
            }));
        }
        kept.retain_mut(|located| match self.config().level(located.finding.code) {
            Some(level) => level.map(|severity| located.severity = severity).is_some(),
            None => true,
        });
        kept
    }

    fn suppressions(&self, path: &str) -> &[Suppression] {
        if path == self.config_file() {
            return &self.config().suppressions;
        }
        self.summary(path).map_or(&[], |summary| &summary.suppressions)
    }
}

/// Whether a finding is allowed where it stands. All suppressions that allow it are used.
fn allow(located: &Located, suppressions: &[Suppression], used: &mut [bool]) -> bool {
    let mut is_allowed = false;
    for (suppression, used) in suppressions.iter().zip(used) {
        if suppression.code == located.finding.code && suppression.covers.touches(located.at.start as usize) {
            (*used, is_allowed) = (true, true);
        }
    }
    is_allowed
}
