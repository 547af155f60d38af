//! Files that are carried along rather than compiled: `embed_assets` and `static_unit` (reference, 5.10 and 5.11).

use super::{Anchor, FactRef, GraphFinding};
use crate::globs::{self, Refusal};
use crate::project::Project;
use globset::GlobSet;
use klotho_annotation::finding::{Code, Finding};
use klotho_annotation::{Annotation, ValueKind};
use klotho_summary::{FileSummary, missing_id};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Files that a static unit serves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StaticUnit {
    /// Annotations that declare it.
    pub declared: Vec<FactRef>,
    /// `s3`.
    pub type_name: String,
    /// `index`, `shared` or `static` by path.
    pub files: BTreeMap<Arc<str>, &'static str>,
}

/// What the `embed_assets` and `static_unit` annotations of one file say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FileAssets {
    /// The static units that it declares.
    pub(super) static_units: Vec<Serving>,
    /// Files to carry along with the units that hold the file.
    pub(super) embedded: Vec<BTreeSet<Arc<str>>>,
    /// What is wrong, and the capability of the annotation.
    findings: Vec<(&'static str, GraphFinding)>,
}

/// An annotation that declares a static unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Serving {
    pub(super) id: String,
    /// Index of the annotation.
    pub(super) annotation: usize,
    /// `index`, `shared` or `static` by path.
    pub(super) files: BTreeMap<Arc<str>, &'static str>,
    /// Those that are served and therefore are no program code.
    pub(super) served: Vec<Arc<str>>,
}

/// The capabilities.
const STATIC_UNIT: &str = "static_unit";
const EMBED_ASSETS: &str = "embed_assets";

impl FileAssets {
    /// Whether there is anything to say of a file.
    pub(super) fn concern(summary: &FileSummary) -> bool {
        let mut annotations = summary.facts.annotations.iter();
        annotations.any(|found| [STATIC_UNIT, EMBED_ASSETS].contains(&found.capability.as_str()))
    }

    pub(super) fn of(project: &Project, path: &Arc<str>, summary: &FileSummary) -> Self {
        let mut assets = Self::default();
        let folder = compiled_folder(project, path);
        for (index, annotation) in summary.facts.annotations.iter().enumerate() {
            let patterns = Patterns { project, path, folder, index, annotation };
            match annotation.capability.as_str() {
                STATIC_UNIT if annotation.recorded => assets.serve(&patterns),
                EMBED_ASSETS if annotation.recorded => assets.embed(&patterns),
                _ => {}
            }
        }
        assets
    }

    /// What is wrong. A static unit may serve the file that declares it; of all else that such a file says nothing is left.
    pub(super) fn findings(&self, is_served: bool) -> impl Iterator<Item = &GraphFinding> {
        let counting =
            self.findings.iter().filter(move |(capability, _)| !is_served || *capability == STATIC_UNIT);
        counting.map(|(_, finding)| finding)
    }

    fn embed(&mut self, patterns: &Patterns<'_>) {
        if patterns.annotation.directives.strings("include").is_empty() {
            self.report(
                patterns,
                GraphFinding::new(Code::IncludeRequired, "", Anchor::Capability(patterns.index)),
            );
            return;
        }
        let (include, exclude) = (self.globs(patterns, "include"), self.globs(patterns, "exclude"));
        let files: BTreeSet<_> =
            patterns.matching(&include).filter(|path| !exclude.is_match(&***path)).cloned().collect();
        if files.is_empty() {
            self.report_unmatched(patterns, "include");
        }
        self.embedded.push(files);
    }

    fn serve(&mut self, patterns: &Patterns<'_>) {
        let directives = &patterns.annotation.directives;
        let Some(id) = patterns.annotation.id() else {
            if let Some(Finding { code, variant, parameters, .. }) = missing_id(patterns.annotation) {
                let anchor = Anchor::Id(patterns.index);
                self.report(patterns, GraphFinding { code, variant, anchor, parameters });
            }
            return;
        };
        let (shared, fixed) = (self.globs(patterns, "shared_files"), self.globs(patterns, "static_files"));
        let index = directives.string("index_document").unwrap_or_default();
        let (mut files, mut served) = (BTreeMap::new(), Vec::new());
        for path in patterns.project.paths() {
            let is_shared = shared.is_match(&**path);
            let role = match () {
                () if **path == *index => "index",
                () if is_shared => "shared",
                () if fixed.is_match(&**path) => "static",
                () => continue,
            };
            files.insert(Arc::clone(path), role);
            if !is_shared {
                served.push(Arc::clone(path));
            }
        }
        if files.is_empty() {
            let keys = ["static_files", "shared_files", "index_document"];
            let stated = keys.into_iter().find(|key| patterns.annotation.directives.get(key).is_some());
            self.report_unmatched(patterns, stated.unwrap_or(keys[0]));
        }
        self.static_units.push(Serving { id: id.to_owned(), annotation: patterns.index, files, served });
    }

    /// The patterns under a key. One that cannot be read is said.
    fn globs(&mut self, patterns: &Patterns<'_>, key: &'static str) -> GlobSet {
        let stated = patterns.annotation.directives.strings(key);
        let placed = stated.iter().map(|(pattern, _)| (*pattern, placed_pattern(pattern, patterns.folder)));
        globs::set(placed, |pattern, refusal| {
            let (message, reason) = match refusal {
                Refusal::Unreadable(reason) => ("", reason),
                Refusal::Beyond(reason) => ("beyond", reason.to_owned()),
            };
            let finding = GraphFinding::new(Code::PatternInvalid, message, patterns.at(key));
            self.report(patterns, finding.with("pattern", pattern).with("reason", reason));
        })
    }

    fn report_unmatched(&mut self, patterns: &Patterns<'_>, key: &'static str) {
        // A pattern that cannot be read may be the one that was meant to match.
        let is_said = |(_, finding): &(&str, GraphFinding)| {
            finding.code == Code::PatternInvalid
                && matches!(finding.anchor, Anchor::Directive { annotation, .. } if annotation == patterns.index)
        };
        // One of another kind is no pattern, and that is said where it stands.
        let value = patterns.annotation.directives.get(key).map(|value| &value.kind);
        let is_pattern = value.is_none_or(|kind| matches!(kind, ValueKind::String(_) | ValueKind::Array(_)));
        if !is_pattern || self.findings.iter().rev().any(is_said) {
            return;
        }
        let stated = patterns.annotation.directives.strings(key);
        let shown: Vec<_> = stated.iter().map(|(pattern, _)| format!("`{pattern}`")).collect();
        let finding = GraphFinding::new(Code::NoFilesMatched, "", patterns.at(key));
        let folder = match patterns.folder {
            "" => "the project's root".to_owned(),
            folder => format!("the folder `{folder}`"),
        };
        // Of TypeScript it is the folder of the compiled file that counts.
        let is_moved = !patterns.path.starts_with(patterns.folder)
            || patterns.folder.is_empty() && patterns.path.contains('/');
        let folder = if is_moved { format!("{folder} (where this file is compiled to)") } else { folder };
        self.report(patterns, finding.with("patterns", shown.join(", ")).with("folder", folder));
    }

    fn report(&mut self, patterns: &Patterns<'_>, finding: GraphFinding) {
        let is_static = patterns.annotation.capability == STATIC_UNIT;
        self.findings.push((if is_static { STATIC_UNIT } else { EMBED_ASSETS }, finding));
    }
}

/// The file that a pattern in an annotation of the file at `path` matches; `None` if it matches none or several.
pub fn file_of_pattern(project: &Project, path: &str, pattern: &str) -> Option<Arc<str>> {
    let placed = placed_pattern(pattern, compiled_folder(project, path));
    if globs::is_path(&placed) {
        return project.has(&placed).then(|| placed.into());
    }
    let mut matching = project.files_of_pattern(path, pattern);
    let first = matching.next()?;
    matching.next().is_none().then(|| Arc::clone(first))
}

/// An annotation whose directives hold globs.
struct Patterns<'a> {
    project: &'a Project,
    path: &'a Arc<str>,
    /// The folder that its patterns start at, ending in `/` unless it is the root.
    folder: &'a str,
    index: usize,
    annotation: &'a Annotation,
}

impl Patterns<'_> {
    /// Where the patterns of a directive stand.
    fn at(&self, key: &'static str) -> Anchor {
        Anchor::Directive { annotation: self.index, key }
    }

    fn matching<'b>(&'b self, set: &'b GlobSet) -> impl Iterator<Item = &'b Arc<str>> {
        self.project.paths().filter(|path| set.is_match(&***path))
    }
}

impl Project {
    /// The files that a pattern in an annotation of the file at `path` stands for, sorted; none if it cannot be read.
    pub fn files_of_pattern<'a>(&'a self, path: &str, pattern: &str) -> impl Iterator<Item = &'a Arc<str>> {
        let folder = compiled_folder(self, path);
        let matching = globs::set([((), placed_pattern(pattern, folder))], |(), _| {});
        self.paths().filter(move |path| matching.is_match(&***path))
    }
}

/// The folder of a file, as the compiler knows it.
pub(crate) fn compiled_folder<'a>(project: &Project, path: &'a str) -> &'a str {
    let known = project.layout().known_as(path);
    known.rfind('/').map_or("", |slash| &known[..=slash])
}

/// A pattern from the project root on: `/x` starts there, all others at the annotated file's folder.
pub fn placed_pattern(pattern: &str, folder: &str) -> String {
    let full = match pattern.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}{pattern}"),
    };
    let mut segments: Vec<&str> = Vec::new();
    for segment in full.split('/') {
        match segment {
            "." | "" => {}
            ".." if segments.last().is_some_and(|last| *last != "..") => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_start_at_the_files_folder_or_the_root() {
        assert_eq!(placed_pattern("static/*.txt", "app/"), "app/static/*.txt");
        assert_eq!(placed_pattern("../x/**", "app/"), "x/**");
        assert_eq!(placed_pattern("/x/./y", "app/"), "x/y");
        assert_eq!(placed_pattern("../../x", "app/"), "../x");
    }
}
