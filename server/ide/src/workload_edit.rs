//! Writing down what is known about a unit's traffic, where the unit states such things already.

use crate::body_edit::Draft;
use crate::config_edit::{Outcome, difference, set};
use crate::snapshot::Context;
use crate::workload::{WORKLOAD, keys_from_json};
use crate::{FileEdit, FilePath, WorkspaceEdit};
use klotho_annotation::Annotation;
use klotho_graph::{Config, ConfigFormat, FactRef, Kind, Unit};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The text of a file of the project by its path there; `None` where it cannot be had.
pub(crate) type Texts<'a> = &'a dyn Fn(&str) -> Option<Arc<str>>;

/// One key of `[workload]` and its value.
pub(crate) type Setting<'a> = (&'a str, Json);

/// Makes every key that is given have its value for a unit, and nothing else say anything new: in its entry of the
/// configuration or in its annotation, wherever it is stated, else where the unit's traffic is. All of them or none; the error
/// says what is wrong or has to be done by hand.
pub(crate) fn set_workload(
    context: &Context<'_>,
    (id, unit): (&str, &Unit),
    settings: &[Setting<'_>],
    texts: Texts<'_>,
) -> Result<WorkspaceEdit, String> {
    let settings: Vec<_> = settings.iter().map(|(key, value)| (*key, plain(value))).collect();
    // By the same rules as where somebody writes them.
    let said = settings.iter().map(|(key, value)| ((*key).to_owned(), value.clone()));
    keys_from_json(context.project, &said.collect())?;
    let mut edit = Rewriting { context, id, unit, texts, config: None, drafts: BTreeMap::new() };
    let mut configured: Vec<_> =
        settings.iter().filter(|(key, _)| matches!(edit.place(key), Place::Config)).collect();
    // A new key goes before those that are there, so the last comes first; in TOML it goes behind them.
    if context.project.config().format != ConfigFormat::Toml {
        configured.reverse();
    }
    for (key, value) in configured {
        edit.set_config(key, value)?;
    }
    for (key, value) in &settings {
        if let Place::Annotation(fact) = edit.place(key) {
            edit.set_annotation(fact, key, value)?;
        }
    }
    Ok(edit.finished())
}

/// A number without a fraction as a whole one, which is how it is written.
fn plain(value: &Json) -> Json {
    match value {
        Json::Number(number) => whole(number.as_f64().unwrap_or_default()).unwrap_or_else(|| value.clone()),
        Json::Array(values) => values.iter().map(plain).collect(),
        _ => value.clone(),
    }
}

fn whole(number: f64) -> Option<Json> {
    const EXACT: f64 = 9e15;
    (number.fract() == 0.0 && number.abs() < EXACT).then(|| Json::from(number as i64))
}

/// Where a key is written.
enum Place<'a> {
    Config,
    Annotation(&'a FactRef),
}

struct Rewriting<'a> {
    context: &'a Context<'a>,
    id: &'a str,
    unit: &'a Unit,
    texts: Texts<'a>,
    config: Option<Box<Config>>,
    drafts: BTreeMap<&'a FactRef, Draft>,
}

impl<'a> Rewriting<'a> {
    /// Where the key is stated and believed; else where most of the others are.
    fn place(&self, key: &str) -> Place<'a> {
        let project = self.context.project;
        let entry = project.config().table(Kind::ExecutionUnit, self.id);
        let configured = entry.and_then(|entry| entry.table(WORKLOAD));
        if configured.is_some_and(|table| table.get(key).is_some()) {
            return Place::Config;
        }
        let declared = &self.unit.declared;
        let states = |fact: &&FactRef, wanted: &[&str]| {
            self.annotation(fact).is_some_and(|it| it.directives.at(wanted).is_some())
        };
        if let Some(fact) = declared.iter().find(|fact| states(fact, &[WORKLOAD, key])) {
            return Place::Annotation(fact);
        }
        let with_traffic = declared.iter().find(|fact| states(fact, &[WORKLOAD]));
        let first = declared.first().filter(|_| configured.is_none());
        match with_traffic.or(first) {
            Some(fact) if self.is_writable(fact) => Place::Annotation(fact),
            _ => Place::Config,
        }
    }

    fn annotation(&self, fact: &FactRef) -> Option<&'a Annotation> {
        self.context.project.summary(&fact.path)?.facts.annotations.get(fact.annotation)
    }

    /// Whether the text of an annotation can be had: without it nothing can be added.
    fn is_writable(&self, fact: &FactRef) -> bool {
        self.drafts.contains_key(fact) || self.draft(fact).is_some()
    }

    fn draft(&self, fact: &FactRef) -> Option<Draft> {
        let language = self.context.project.summary(&fact.path)?.language;
        Draft::of(language, &(self.texts)(&fact.path)?, self.annotation(fact)?)
    }

    fn set_annotation(&mut self, fact: &'a FactRef, key: &str, value: &Json) -> Result<(), String> {
        let by_hand = || format!("set {key} to {value} in [{WORKLOAD}] of the annotation in {}", fact.path);
        let draft = match self.drafts.remove(fact) {
            Some(draft) => Some(draft),
            None => self.draft(fact),
        };
        let mut draft = draft.ok_or_else(|| format!("its text is not known: {}", by_hand()))?;
        if !draft.set(&[WORKLOAD, key], value) {
            return Err(format!("the annotation is written so that only you can change it: {}", by_hand()));
        }
        self.drafts.insert(fact, draft);
        Ok(())
    }

    fn set_config(&mut self, key: &str, value: &Json) -> Result<(), String> {
        let project = self.context.project;
        let file = project.config_file();
        let config = self.config.as_deref().unwrap_or(project.config());
        if project.is_document() {
            return Err(format!("the unit has no annotation, and no {file} that could say it"));
        }
        if config.is_unreadable {
            return Err(format!("{file} cannot be read"));
        }
        let path = [config.names(Kind::ExecutionUnit).section, self.id, WORKLOAD, key];
        match set(config, &path, value) {
            Outcome::Said => {}
            Outcome::Edit(_, after) => self.config = Some(after),
            Outcome::Refused => {
                let path = path.join(".");
                return Err(format!(
                    "{file} is written so that only you can change it: set {path} to {value}"
                ));
            }
        }
        Ok(())
    }

    fn finished(self) -> WorkspaceEdit {
        let project = self.context.project;
        let mut files: BTreeMap<FilePath, FileEdit> = BTreeMap::new();
        for (fact, draft) in &self.drafts {
            let Some(edit) = draft.edit() else { continue };
            let path = self.context.absolute(&fact.path);
            let file = FileEdit { path: path.clone(), create: false, edits: Vec::new() };
            files.entry(path).or_insert(file).edits.push(edit);
        }
        if let Some(config) = self.config {
            let path = self.context.absolute(project.config_file());
            let edits = vec![difference(&project.config().text, &config.text)];
            files.insert(path.clone(), FileEdit { path, create: !project.has_config(), edits });
        }
        let mut files: Vec<_> = files.into_values().collect();
        for file in &mut files {
            file.edits.sort_by_key(|edit| edit.span.start);
        }
        WorkspaceEdit { files }
    }
}
