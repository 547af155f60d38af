//! What is wrong in a project, in the order in which it is shown.

use super::{Located, Project, Related, root_config};
use crate::derive::{Anchor, FactRef, holds_unused};
use klotho_annotation::finding::{Code, Finding};
use klotho_text::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Project {
    /// All findings, sorted by file, place and code.
    pub fn findings(&self) -> Vec<Located> {
        let mut all: Vec<_> = self.config_findings().collect();
        let whole = self.derived.project_findings().iter().cloned();
        all.extend(whole.map(|finding| Located::new(None, finding)));
        let unheard = self.unheard.iter().filter(|path| !self.layout.is_output(self, path));
        let annotated = self.annotated().map(|(path, _)| path).chain(unheard);
        let texts = self.derived.text_findings().into_iter().flat_map(BTreeMap::keys);
        let derived = self.derived.file_units.keys().chain(texts);
        let derived = derived.chain(self.derived.faulty_files()).chain(self.advice.texts.keys());
        let paths: BTreeSet<_> = annotated.chain(derived).chain(self.notices.keys()).collect();
        all.extend(paths.iter().flat_map(|path| self.source_findings(path)));
        let config = Arc::from(self.config_file());
        let mut all = self.judged(all, paths.into_iter().chain([&config]));
        all.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
        all
    }

    /// The findings of one file, sorted by place and code.
    pub fn findings_of(&self, path: &str) -> Vec<Located> {
        let all = match root_config(path) {
            Some(_) => self.config_findings().filter(|found| found.path.as_deref() == Some(path)).collect(),
            None => self.source_findings(path),
        };
        let mut all = self.judged(all, [&Arc::from(path)]);
        all.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
        all
    }

    /// The findings of one file that hold whatever the other files may say, sorted by place and code.
    pub fn certain_findings_of(&self, path: &str) -> Vec<Located> {
        let own = self.summary(path).into_iter().flat_map(|summary| &summary.facts.findings);
        let own = own.filter(|finding| holds_unused(finding));
        let notices = self.notices.get(path).into_iter().flat_map(|notice| &notice.1);
        let of_config =
            self.config.findings.iter().filter(|_| self.has_config() && path == self.config_file());
        let path: Arc<str> = path.into();
        let located = |finding: &Finding| Located::new(Some(Arc::clone(&path)), finding.clone());
        let all: Vec<_> = own.chain(notices).chain(of_config).map(located).collect();
        let mut all = self.judged(all, [&path]);
        // Whether a suppression is of use shows when all is known.
        all.retain(|located| located.finding.code != Code::SuppressionUnused);
        all.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
        all
    }

    fn config_findings(&self) -> impl Iterator<Item = Located> {
        let own = self.config.findings.iter();
        let counting = own.chain(self.derived.config_findings());
        let counting = counting.map(|finding| in_config(self.config_file(), finding.clone()));
        let advised = self.advice.config.iter().map(|advised| Located {
            related: advised
                .related
                .iter()
                .filter_map(|(fact, message)| self.related(fact, message))
                .collect(),
            ..in_config(self.config_file(), advised.finding.clone())
        });
        counting.chain(advised).chain(self.passed_over())
    }

    fn related(&self, fact: &FactRef, message: &str) -> Option<Related> {
        let at = Anchor::Capability(fact.annotation).place(self.summary(&fact.path)?);
        Some(Related { path: Arc::clone(&fact.path), at, message: message.to_owned() })
    }

    /// Of several configurations one counts.
    fn passed_over(&self) -> impl Iterator<Item = Located> {
        let rest = self.config_files().skip(1);
        rest.map(|name| {
            let finding = Finding::new(Code::ConfigIgnored, "file", Span::empty(0));
            in_config(name, finding.with("file", name).with("instead", self.config_file()))
        })
    }

    fn source_findings(&self, path: &str) -> Vec<Located> {
        let path: Arc<str> = path.into();
        let located = |finding: Finding| Located::new(Some(Arc::clone(&path)), finding);
        let mut all = Vec::new();
        let texts = self.derived.text_findings().into_iter().chain([&self.advice.texts]);
        let of_text = texts.filter_map(|findings| findings.get(&path)).flatten();
        all.extend(of_text.cloned().map(located));
        if let Some(notice) = self.notices.get(&path) {
            all.extend(notice.1.iter().cloned().map(located));
        }
        if let Some(summary) = self.summary(&path) {
            all.extend(self.derived.findings_of(&path, summary).into_iter().map(located));
            let advised = self.advice.sources.get(&path).into_iter().flatten();
            all.extend(advised.map(|finding| located(finding.located(summary))));
        }
        all
    }
}

fn in_config(name: &str, finding: Finding) -> Located {
    Located::new(Some(name.into()), finding)
}

pub(crate) fn sort_key(located: &Located) -> (Option<&str>, u32, &'static str, u32, &str) {
    let Located { path, at, finding, .. } = located;
    (path.as_deref(), at.start, finding.code.name(), at.end, finding.variant)
}
