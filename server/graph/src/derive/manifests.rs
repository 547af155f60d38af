//! Project files that are not there, cannot be read, or disagree (reference, 6.1 and 6.3).

use super::units::project_files;
use super::{Anchor, GraphFinding, Unit};
use crate::manifest::{
    ECOSYSTEMS, Ecosystem, OUTPUT_MARK, PACKAGE, TSCONFIG, ecosystem, folders, stated_main,
};
use crate::project::Project;
use klotho_annotation::finding::{Code, Finding};
use klotho_text::{Encoding, LineIndex, Position, Span};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Files of these names are no sources to the compiler, nor is anything that it takes for one made of them.
const UNSCANNED: [&str; 5] = [".jsx", ".mjs", ".cjs", ".mts", ".cts"];

/// Whether there is anything to say. A folder in which nothing speaks of Klotho is none of its projects, and one open
/// document shows nothing of what lies around it.
pub(super) fn concern(project: &Project) -> bool {
    !project.is_document() && (project.has_config() || project.annotated().next().is_some())
}

/// What is wrong with a project as a whole: languages that lack their project file, and a root that passes for output.
pub(super) fn of_project(project: &Project) -> Vec<Finding> {
    let missing = ECOSYSTEMS.iter().filter_map(|ecosystem| missing(project, ecosystem));
    let output = project.has(OUTPUT_MARK).then(|| {
        let finding = Finding::new(Code::ProjectFileInvalid, "output", Span::empty(0));
        finding.with("file", OUTPUT_MARK)
    });
    missing.chain(output).collect()
}

/// Sources without the project file of their language, here or above.
fn missing(project: &Project, ecosystem: &Ecosystem) -> Option<Finding> {
    let layout = project.layout();
    if !ecosystem.needs_project_file
        || !layout.project_files_of(ecosystem).is_empty()
        || project.is_below(ecosystem)
    {
        return None;
    }
    let (language, file) = ecosystem.languages.iter().find_map(|language| {
        let mut sources = layout.sources_of(*language).iter();
        Some((language, sources.find(|path| !UNSCANNED.iter().any(|end| path.ends_with(end)))?))
    })?;
    let finding = Finding::new(Code::ProjectFileMissing, "project", Span::empty(0));
    let finding = finding.with("language", language.spec().name).with("file", file);
    Some(finding.with("name", ecosystem.project_file_name()))
}

/// What is wrong with project files that are no strict JSON, or not of the right shape: those in the root and those of units.
pub(super) fn unreadable<'a>(
    project: &Project,
    of_units: impl Iterator<Item = &'a Arc<str>>,
) -> BTreeMap<Arc<str>, Vec<Finding>> {
    let packages = of_units.filter(|file| file.rsplit('/').next() == Some(PACKAGE)).cloned();
    let files: BTreeSet<_> = packages.chain([PACKAGE, TSCONFIG].map(Arc::from)).collect();
    let mut found = BTreeMap::new();
    for file in files {
        let Some(text) = project.text(&file) else { continue };
        let findings = match serde_json::from_str::<Value>(text) {
            Err(error) => vec![not_json(&file, text, &error)],
            Ok(value) if is_unfit(&file, &value) => vec![no_object(&file, text)],
            Ok(_) => wrong_main(&file, text).into_iter().collect(),
        };
        if !findings.is_empty() {
            found.insert(file, findings);
        }
    }
    found
}

fn not_json(file: &str, text: &str, error: &serde_json::Error) -> Finding {
    let line = u32::try_from(error.line().saturating_sub(1)).unwrap_or_default();
    let character = u32::try_from(error.column().saturating_sub(1)).unwrap_or_default();
    let at = LineIndex::new(text).offset(Position { line, character }, Encoding::Utf8);
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or(&reason).to_owned();
    Finding::new(Code::ProjectFileInvalid, "json", Span::empty(at)).with("file", file).with("reason", reason)
}

/// Whether a `package.json` holds something else than an object: it is as unreadable as what is no JSON (reference, 6.1 R4).
fn is_unfit(file: &str, value: &Value) -> bool {
    file.ends_with(PACKAGE) && !value.is_object() && !value.is_null()
}

fn no_object(file: &str, text: &str) -> Finding {
    let blanks = text.len() - text.trim_start().len();
    Finding::new(Code::ProjectFileInvalid, "object", Span::empty(blanks)).with("file", file)
}

/// A `main` that is no string (reference, 6.3 U5).
fn wrong_main(file: &str, text: &str) -> Option<Finding> {
    let main = stated_main(text).filter(|_| file.ends_with(PACKAGE))?;
    if main.is_string() || main.is_null() {
        return None;
    }
    let at = text.find("\"main\"").unwrap_or_default();
    Some(Finding::new(Code::ProjectFileInvalid, "main", Span::new(at, at + "\"main\"".len())))
}

/// A unit without a project file, or with several (reference, 6.3 U6 and U2).
pub(super) fn of_unit(project: &Project, id: &str, unit: &Unit) -> Vec<(Arc<str>, GraphFinding)> {
    let Some(ecosystem) = unit.language.and_then(ecosystem) else { return Vec::new() };
    let finding = |code, variant, annotation| {
        GraphFinding::new(code, variant, Anchor::Capability(annotation)).with("id", id)
    };
    let Some(chosen) = &unit.project_file else {
        // Where the project has none at all, that is said once.
        let is_elsewhere =
            ecosystem.needs_project_file && !project.layout().project_files_of(ecosystem).is_empty();
        let declared = unit.declared.first().filter(|_| is_elsewhere && !project.is_below(ecosystem));
        let lacking = declared.map(|fact| {
            let finding = finding(Code::ProjectFileMissing, "unit", fact.annotation);
            (Arc::clone(&fact.path), finding.with("name", ecosystem.project_file_name()))
        });
        return lacking.into_iter().collect();
    };
    let others = project_files(project, ecosystem, unit).filter(|(_, file)| file != chosen);
    let passed = others.map(|(fact, file)| {
        let finding = finding(Code::ProjectFileAmbiguous, "nearer", fact.annotation);
        (Arc::clone(&fact.path), finding.with("chosen", chosen).with("passed", file))
    });
    let idle = unit.declared.iter().filter(|fact| is_idle(project, unit, &fact.path)).map(|fact| {
        let is_above = folders(chosen).next().is_some_and(|folder| fact.path.starts_with(folder));
        let variant = if is_above { "language-above" } else { "language" };
        let finding = finding(Code::ProjectFileAmbiguous, variant, fact.annotation);
        (Arc::clone(&fact.path), finding.with("chosen", chosen).with("runtime", ecosystem.runtime))
    });
    passed.chain(idle).collect()
}

/// Whether a program declares a unit that does not start with it, because it runs on another language (reference, 4.2).
fn is_idle(project: &Project, unit: &Unit, path: &str) -> bool {
    project.program_language(path).is_some() && !unit.entrypoints.contains(path)
}
