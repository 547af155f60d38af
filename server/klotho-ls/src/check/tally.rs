//! What came of mending, in figures: they add up with what a check said before and says afterwards.

use super::finding::Finding;
use crate::words::number_of;
use std::collections::HashSet;

/// How many findings there were, and what became of them.
pub(super) struct Tally {
    before: usize,
    gone: usize,
    new: usize,
}

impl Tally {
    /// Compares what was found with what is found afterwards. A finding that names other amounts or names then counts as another
    /// one, which came to light when the first was gone.
    pub(super) fn of(before: &[Finding], after: &[Finding]) -> Self {
        let [old, left] = [before, after]
            .map(|all| all.iter().map(|finding| finding.fingerprint.as_str()).collect::<HashSet<_>>());
        let is_new = |finding: &&Finding| !old.contains(finding.fingerprint.as_str());
        let is_gone = |finding: &&Finding| !left.contains(finding.fingerprint.as_str());
        Self {
            before: before.len(),
            gone: before.iter().filter(is_gone).count(),
            new: after.iter().filter(is_new).count(),
        }
    }

    /// `mended 2 of 3 findings in 1 file; 1 came to light by that, so 2 are left`
    pub(super) fn text(&self, [verb, came]: [&str; 2], files: usize) -> String {
        let found = number_of(self.before, "finding");
        if files == 0 {
            return match self.before {
                0 => "there is nothing to mend".to_owned(),
                _ => format!("{verb} none of {found}"),
            };
        }
        let mut text = format!("{verb} {} of {found} in {}", self.gone, number_of(files, "file"));
        let left = self.before - self.gone + self.new;
        if self.new > 0 {
            let are = if left == 1 { "is" } else { "are" };
            text.push_str(&format!("; {} {came} by that, so {left} {are} left", self.new));
        }
        text
    }
}
