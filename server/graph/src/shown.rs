//! Findings as an editor shows them: every one in a file.
//!
//! What is wrong with a project as a whole has no place in the report of a check. An editor shows files alone, so there it
//! stands at the first line of the configuration, the file in which people say what the project is; without one, in the
//! first annotated file of the language that it is about. A project of which anything is said has one or the other.

use crate::project::{Located, Project, sort_key};
use klotho_annotation::finding::Finding;
use klotho_text::{Place, Span};
use std::sync::Arc;

impl Project {
    /// All findings, each in a file; sorted by file, place and code.
    pub fn shown_findings(&self) -> Vec<Located> {
        let mut all = self.findings();
        all.iter_mut().for_each(|located| self.house(located));
        all.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
        all
    }

    /// The findings of one file with those of the project that stand there; sorted by place and code.
    pub fn shown_findings_of(&self, path: &str) -> Vec<Located> {
        let mut all = self.findings_of(path);
        let whole = self.derived().project_findings().iter();
        let here = whole.filter(|finding| self.may_be_home(path, finding));
        let here = here.filter(|finding| self.home(finding).as_deref() == Some(path));
        let mut here = self.levelled(here.map(|finding| Located::new(None, finding.clone())).collect());
        here.iter_mut().for_each(|located| self.house(located));
        all.extend(here);
        all.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
        all
    }

    /// Gives a finding without a file its place.
    fn house(&self, located: &mut Located) {
        if located.path.is_some() {
            return;
        }
        located.path = self.home(&located.finding);
        let lines = located.path.as_deref().and_then(|path| self.lines(path));
        located.at = Place::from(lines.map_or(Span::empty(0), |lines| lines.line_span(0)));
    }

    /// Whether a finding about the whole project may stand in a file: seen without looking through the others.
    fn may_be_home(&self, path: &str, finding: &Finding) -> bool {
        let language = self.summary(path).map(|summary| summary.language.spec().name);
        self.has_config()
            || language == finding.parameter("language")
            || finding.parameter("file") == Some(path)
            || self.annotated().next().is_some_and(|(first, _)| **first == *path)
    }

    /// The file in which a finding about the whole project stands.
    fn home(&self, finding: &Finding) -> Option<Arc<str>> {
        if self.has_config() {
            return Some(self.config_file().into());
        }
        let language = finding.parameter("language");
        let mut annotated = self.annotated();
        let of_language = annotated.find(|(_, summary)| Some(summary.language.spec().name) == language);
        let first = of_language.or_else(|| self.annotated().next()).map(|(path, _)| Arc::clone(path));
        first.or_else(|| finding.parameter("file").map(Arc::from))
    }
}
