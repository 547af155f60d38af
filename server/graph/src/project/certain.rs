//! What can be said of a file before its project is known.

use super::{Located, Project, sort_key};
use crate::derive::holds_unused;
use klotho_annotation::finding::Finding;
use std::sync::Arc;

impl Project {
    /// The findings of one file that hold whatever the other files may say, sorted by place and code.
    pub fn certain_findings_of(&self, path: &str) -> Vec<Located> {
        let own = self.summary(path).into_iter().flat_map(|summary| &summary.facts.findings);
        let own = own.filter(|finding| holds_unused(finding.code));
        let notices = self.notices.get(path).into_iter().flat_map(|notice| &notice.1);
        let of_config =
            self.config.findings.iter().filter(|_| self.has_config() && path == self.config_file());
        let path: Arc<str> = path.into();
        let located = |finding: &Finding| Located::new(Some(Arc::clone(&path)), finding.clone());
        let mut all: Vec<_> = own.chain(notices).chain(of_config).map(located).collect();
        all.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
        all
    }
}
