//! Trying an edit before it is offered: what the file, or the project, would say after it.

use super::Asked;
use crate::bill::month;
use crate::document::Document;
use crate::snapshot::Context;
use crate::{ContentChange, TextEdit};
use klotho_annotation::Annotation;
use klotho_annotation::finding::{Code, Finding, Severity};
use klotho_cost::format;
use klotho_grammars::{Language, parse};
use klotho_graph::{Located, Project};
use klotho_summary::{FileSummary, summarise};
use klotho_text::Encoding;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// Up to so many files the project is tried as well: what follows from all of them is worked out anew.
const FILES: usize = 500;

/// Up to so many units it is said what the project would cost: all are priced.
const UNITS: usize = 20;

/// What the open document would say after an edit.
pub(super) struct Trial {
    pub(super) summary: Arc<FileSummary>,
    /// A new file and what it says.
    beside: Option<(String, Arc<FileSummary>)>,
    /// The project after it; none of a large one.
    project: OnceCell<Option<Project>>,
}

impl Trial {
    /// Parses as after the same edit in an editor.
    pub(super) fn of(asked: &Asked<'_>, edits: &[TextEdit]) -> Option<Self> {
        let mut document: Document = asked.context.document?.clone();
        let lines = Arc::clone(&document.lines);
        let place = |at: u32| lines.position(at as usize, Encoding::Utf8);
        let changes = edits.iter().rev().map(|edit| ContentChange {
            range: Some((place(edit.span.start), place(edit.span.end))),
            text: edit.text.clone(),
        });
        document.change(document.version, &changes.collect::<Vec<_>>(), Encoding::Utf8);
        document.catch_up();
        let (language, tree) = (document.language?, document.tree.as_ref()?);
        let summary = Arc::new(summarise(&asked.context.relative, language, &document.text, tree));
        Some(Self { summary, beside: None, project: OnceCell::new() })
    }

    /// With a new file beside it.
    pub(super) fn beside(mut self, path: &str, text: &str) -> Option<Self> {
        let language = Language::of_path(path)?;
        let summary = summarise(path, language, text, &parse(language, text, None)?);
        self.beside = Some((path.to_owned(), Arc::new(summary)));
        Some(self)
    }

    /// The annotations that there are now and were not before, by index; `None` where another says something else than before,
    /// or of other code.
    pub(super) fn added(&self, before: &[Annotation]) -> Option<Vec<usize>> {
        let (mut old, mut added) = (before.iter().map(says).peekable(), Vec::new());
        for (index, annotation) in self.summary.facts.annotations.iter().enumerate() {
            if old.next_if(|old| *old == says(annotation)).is_none() {
                added.push(index);
            }
        }
        (old.next().is_none() && added.len() + before.len() == self.summary.facts.annotations.len())
            .then_some(added)
    }

    /// Whether the project would have an error or a warning that it does not have now; `None` of a large one.
    pub(super) fn worsens(&self, asked: &Asked<'_>) -> Option<bool> {
        let after = counted(&self.project(asked)?.findings());
        let before = counted(&asked.context.project.findings());
        Some(after.iter().any(|(key, count)| before.get(key).is_none_or(|old| old < count)))
    }

    /// A file that is in a unit now and would be in none, if there is one.
    pub(super) fn leaves_out(&self, asked: &Asked<'_>) -> Option<Arc<str>> {
        let after = self.project(asked)?.derived();
        let mut held =
            asked.context.project.derived().file_units.iter().filter(|(_, units)| !units.is_empty());
        held.find(|(path, _)| after.units_of(path).is_empty()).map(|(path, _)| Arc::clone(path))
    }

    /// What the edit does to the bill of the project, to stand behind what it does.
    pub(super) fn bill(&self, asked: &Asked<'_>) -> String {
        let cost = |project: &Project| {
            let is_small = project.derived().units.len() <= UNITS;
            let month = is_small.then(|| month(project, asked.context.today))?;
            month.is_complete.then(|| format::money(month.known.unwrap_or_default()))
        };
        let now = cost(asked.context.project);
        match (now, self.project(asked).and_then(cost)) {
            (Some(now), Some(then)) if now != then => format!(": {now} → {then} a month in all"),
            _ => String::new(),
        }
    }

    fn project(&self, asked: &Asked<'_>) -> Option<&Project> {
        let project = self.project.get_or_init(|| {
            let project = asked.context.project;
            (project.derived().file_units.len() <= FILES).then(|| {
                let mut after = project.clone();
                after.put(&asked.context.relative, Arc::clone(&self.summary));
                if let Some((path, summary)) = &self.beside {
                    after.put_path(path);
                    after.put(path, Arc::clone(summary));
                }
                after.refresh();
                after
            })
        });
        project.as_ref()
    }
}

/// What would be said of forms that the compiler does not see after an edit, and is not said now; only of the file itself.
pub(crate) fn new_gaps(context: &Context<'_>, edit: TextEdit) -> Vec<String> {
    let gaps = |summary: &FileSummary| -> Vec<String> {
        let found = summary.facts.findings.iter().filter(|finding| finding.code == Code::CompilerGap);
        found.map(Finding::message).collect()
    };
    let before = context.project.summary(&context.relative).map(|summary| gaps(summary)).unwrap_or_default();
    let asked = Asked { context, span: edit.span, subject: None, units: &[] };
    let after = Trial::of(&asked, &[edit]).map(|trial| gaps(&trial.summary)).unwrap_or_default();
    after.into_iter().filter(|gap| !before.contains(gap)).collect()
}

type Kept = (Option<Arc<str>>, Code, &'static str);

fn counted(findings: &[Located]) -> BTreeMap<Kept, usize> {
    let mut counts = BTreeMap::new();
    for located in findings {
        let finding = &located.finding;
        if matches!(finding.code.severity(), Severity::Error | Severity::Warning) {
            *counts.entry((located.path.clone(), finding.code, finding.variant)).or_default() += 1;
        }
    }
    counts
}

/// A hash of what an annotation says and of what it stands above, wherever that is.
fn says(annotation: &Annotation) -> u64 {
    let mut hasher = DefaultHasher::new();
    annotation.hash(&mut hasher);
    hasher.finish()
}
