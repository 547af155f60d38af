mod findings;
mod refresh;

pub(crate) use findings::sort_key;

use crate::config::{CONFIG_FILE, CONFIG_FILES, Config, ConfigFormat, config_format};
use crate::derive::{Derived, FactRef, GraphFinding, News, compiled_folder};
use crate::layout::Layout;
use crate::links::FileLinks;
use crate::manifest::{Ecosystem, MANIFESTS, PACKAGE, USAGE_FILE};
use klotho_annotation::finding::{Code, Finding, Severity};
use klotho_grammars::Language;
use klotho_summary::{FileSummary, is_types_only};
use klotho_text::{LineIndex, Place};
use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Folders that are never entered (reference, 1.1), beside the compiler's output.
pub const SKIPPED_FOLDERS: [&str; 6] = ["node_modules", "vendor", ".idea", ".vscode", ".git", ".svn"];

/// The language of a source file, by its path. Settings are no source, though they are written in a language too.
pub fn source_language(path: &str) -> Option<Language> {
    if is_settings(path) { None } else { Language::of_path(path) }
}

/// Whether a file is settings by its name: the configuration, or what another tool is told of usage.
pub fn is_settings(path: &str) -> bool {
    config_format(path).is_some() || path.rsplit('/').next() == Some(USAGE_FILE)
}

/// What is known of a project and what follows from it. Cloning shares everything.
#[derive(Clone, Default)]
pub struct Project {
    paths: imbl::OrdSet<Arc<str>>,
    links: imbl::OrdSet<Arc<str>>,
    files: imbl::OrdMap<Arc<str>, File>,
    /// Files that hold an annotation: where every derivation starts.
    annotated: imbl::OrdSet<Arc<str>>,
    /// Those in which nothing but a finding tells that one was meant.
    unheard: imbl::OrdSet<Arc<str>>,
    texts: imbl::OrdMap<Arc<str>, Arc<str>>,
    /// The names of the project files in the folders above the root.
    above: Arc<[String]>,
    notices: imbl::OrdMap<Arc<str>, Arc<(LineIndex, Vec<Finding>)>>,
    /// The configurations of the root, of which the best name counts.
    configs: imbl::OrdMap<Arc<str>, Arc<Config>>,
    config: Arc<Config>,
    /// Folders that hold what a compiler wrote.
    outputs: Arc<BTreeSet<String>>,
    /// The output folder that the files were listed without.
    listed_without: Option<Arc<str>>,
    /// Whether the root itself holds a C# project.
    is_c_sharp: bool,
    /// The one file of a project that nobody listed: a document without a folder.
    lone: Option<Arc<str>>,
    derived: Arc<Derived>,
    news: Arc<News>,
    advice: Arc<Advice>,
    /// What others worked out from the files, to be kept with them.
    attached: Option<Arc<dyn Any + Send + Sync>>,
    layout: Arc<Layout>,
    /// Which files import which, as of the last [`Project::refresh`]: the imported one, and the importing one.
    importers: imbl::OrdSet<(Arc<str>, Arc<str>)>,
    /// Whether something changed that all derived facts may follow from,
    stale: bool,
    /// and whether that was the list of files, or a file that configures.
    relaid: bool,
    /// Files that say something else since the last [`Project::refresh`], and what they said then.
    changed: BTreeMap<Arc<str>, Option<Arc<FileSummary>>>,
}

#[derive(Clone)]
struct File {
    summary: Arc<FileSummary>,
    shape: u64,
    /// As of the last [`Project::refresh`].
    links: Arc<FileLinks>,
}

/// Findings from beyond the graph.
#[derive(Debug, Default, PartialEq)]
pub struct Advice {
    /// By source file.
    pub sources: BTreeMap<Arc<str>, Vec<GraphFinding>>,
    /// In the configuration.
    pub config: Vec<Advised>,
    /// In other files that are no source.
    pub texts: BTreeMap<Arc<str>, Vec<Finding>>,
}

/// A finding in the configuration, and the annotations that it is about, each with what there is to say of it.
#[derive(Debug, PartialEq)]
pub struct Advised {
    /// The finding.
    pub finding: Finding,
    /// The annotations.
    pub related: Vec<(FactRef, String)>,
}

impl From<Finding> for Advised {
    fn from(finding: Finding) -> Self {
        Self { finding, related: Vec::new() }
    }
}

/// Another place that a finding is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// The file, relative to the root.
    pub path: Arc<str>,
    /// Where in it.
    pub at: Place,
    /// What there is to say of it.
    pub message: String,
}

/// A finding with all that is needed to show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// The file, relative to the root; `None` for the project as a whole.
    pub path: Option<Arc<str>>,
    /// Where in it.
    pub at: Place,
    /// What is wrong.
    pub finding: Finding,
    /// How bad it is here.
    pub severity: Severity,
    /// Other places that it is about.
    pub related: Vec<Related>,
}

impl Located {
    pub(crate) fn new(path: Option<Arc<str>>, finding: Finding) -> Self {
        Self { path, at: finding.at, severity: finding.code.severity(), finding, related: Vec::new() }
    }
}

impl Project {
    /// A project of the files at `paths`, of which nothing is known yet.
    pub fn new(paths: impl IntoIterator<Item = Arc<str>>) -> Self {
        let paths: imbl::OrdSet<Arc<str>> = paths.into_iter().collect();
        let is_c_sharp = paths.iter().any(|path| is_c_sharp_project(path));
        Self { paths, is_c_sharp, stale: true, relaid: true, ..Self::default() }
    }

    /// Says that the paths are complete as far as the configuration goes, but for what lies in `outputs`: folders that hold
    /// what a compiler wrote.
    pub fn put_listed(&mut self, outputs: impl IntoIterator<Item = String>) {
        self.outputs = Arc::new(outputs.into_iter().collect());
        self.listed_without = Some(self.config.out_dir().into());
    }

    /// Whether all its files were listed, as far as its configuration goes.
    pub fn is_listed(&self) -> bool {
        self.listed_without.is_some()
    }

    /// Whether the files were listed without another folder than the configuration now leaves out.
    pub fn is_outdated(&self) -> bool {
        self.listed_without.as_ref().is_some_and(|folder| **folder != *self.config.out_dir())
    }

    /// With the links that lie in it. They are no files: it is only known that they are there.
    #[must_use]
    pub fn with_links(mut self, links: impl IntoIterator<Item = Arc<str>>) -> Self {
        self.links = links.into_iter().collect();
        self.stale = true;
        self.relaid = true;
        self
    }

    /// A project of one document that lies in no folder: whatever it is, the program starts with it.
    pub fn of_document(path: Arc<str>) -> Self {
        Self { lone: Some(Arc::clone(&path)), ..Self::new([path]) }
    }

    /// Replaces what one source file contributes.
    pub fn put(&mut self, path: &str, summary: Arc<FileSummary>) {
        let path: Arc<str> = path.into();
        let shape = summary.shape();
        let known = self.files.get(&path);
        if known.is_none_or(|known| known.shape != shape) {
            let before = known.map(|before| Arc::clone(&before.summary));
            self.changed.entry(Arc::clone(&path)).or_insert(before);
        }
        let links = known.map(|known| Arc::clone(&known.links)).unwrap_or_default();
        let file = File { summary, shape, links };
        let facts = &file.summary.facts;
        let is_annotated = !facts.annotations.is_empty();
        let tells = |found: &Finding| matches!(found.code, Code::AnnotationSyntax | Code::MarkMisspelt);
        keep(&mut self.annotated, &path, is_annotated);
        keep(&mut self.unheard, &path, !is_annotated && facts.findings.iter().any(tells));
        self.put_path(&path);
        // An editor may say otherwise than the file's name what it is.
        let is_another = self.language_of(&path) != Some(file.summary.language);
        self.stale |= is_another;
        self.relaid |= is_another;
        self.files.insert(path, file);
    }

    /// Says that a file is there.
    pub fn put_path(&mut self, path: &str) {
        let is_new = self.paths.insert(path.into()).is_none();
        self.stale |= is_new;
        self.relaid |= is_new;
        self.is_c_sharp |= is_c_sharp_project(path);
    }

    /// Replaces the text of a file that configures the project.
    pub fn put_text(&mut self, path: &str, text: Arc<str>) {
        let known = self.configs.get(path).map(|config| (&config.text, config.is_unreadable));
        let known = known.or_else(|| self.texts.get(path).map(|text| (text, false)));
        if known == Some((&text, false)) {
            return;
        }
        if let Some(format) = root_config(path) {
            self.configs.insert(path.into(), Arc::new(Config::parse(format, &text)));
            self.choose_config();
        } else {
            self.put_path(path);
            self.texts.insert(path.into(), text);
            self.relaid = true;
        }
        self.stale = true;
    }

    /// Says something about a file itself: that it was not read, or not read as it stands. None takes it back.
    pub fn put_notices(&mut self, path: &str, lines: LineIndex, findings: Vec<Finding>) {
        self.put_path(path);
        self.note(path, lines, findings);
    }

    /// The same about what need not be a file of the project: a folder that cannot be read.
    pub fn note(&mut self, path: &str, lines: LineIndex, findings: Vec<Finding>) {
        if findings.is_empty() {
            self.notices.remove(path);
        } else {
            self.notices.insert(path.into(), Arc::new((lines, findings)));
        }
    }

    /// Says which project files lie in the folders above the root: what the project itself lacks may be there.
    pub fn put_above(&mut self, names: Vec<String>) {
        self.above = names.into();
        self.stale = true;
    }

    /// Says that a file is there and cannot be read: it contributes nothing any more.
    pub fn skip(&mut self, path: &str, findings: Vec<Finding>) {
        self.remove(path);
        self.put_notices(path, LineIndex::default(), findings);
    }

    /// Says that a configuration is there and cannot be read: nothing that it says counts.
    pub fn skip_config(&mut self, path: &str, finding: Finding) {
        self.configs.insert(path.into(), Arc::new(Config::unreadable(finding)));
        self.choose_config();
        self.stale = true;
    }

    /// Whether what is at `path` lies in a folder that is never entered (reference, 1.1): it is no part of the project,
    /// however one comes to know of it.
    pub fn never_enters(&self, path: &str) -> bool {
        let out_dir = self.config.out_dir();
        let is_named = |name: &str| {
            SKIPPED_FOLDERS.contains(&name)
                || name == out_dir
                || (self.is_c_sharp && matches!(name, "bin" | "obj"))
        };
        let mut folders = path.match_indices('/').filter_map(|(end, _)| path.get(..end));
        folders.any(|folder| folder.rsplit('/').next().is_some_and(is_named) || self.outputs.contains(folder))
    }

    /// Takes one file's contribution away: it is gone from the disk.
    pub fn remove(&mut self, path: &str) {
        if self.configs.remove(path).is_some() {
            self.choose_config();
            self.stale = true;
        }
        let is_gone = self.paths.remove(path).is_some();
        self.stale |= is_gone;
        self.relaid |= is_gone;
        if is_c_sharp_project(path) {
            self.is_c_sharp = self.paths.iter().any(|path| is_c_sharp_project(path));
        }
        if let Some((path, file)) = self.files.remove_with_key(path) {
            file.links.pairs(&path).for_each(|pair| _ = self.importers.remove(&pair));
        }
        self.annotated.remove(path);
        self.unheard.remove(path);
        self.texts.remove(path);
        self.notices.remove(path);
    }

    /// The files to read next: an import leads to them, or they configure the project. Reading and putting them until
    /// there are none left completes the graph.
    pub fn wanted(&self) -> &[Arc<str>] {
        &self.derived.wanted
    }

    /// Adds findings that need more than the graph to see. They count until something new follows from the files.
    pub fn advise(&mut self, advice: Advice) {
        self.advice = Arc::new(advice);
    }

    /// Keeps with the project what was worked out from its files beyond the graph. It counts until it is replaced.
    pub fn attach(&mut self, what: Arc<dyn Any + Send + Sync>) {
        self.attached = Some(what);
    }

    /// What was kept with the project, if it is a `T`.
    pub fn attached<T: Any>(&self) -> Option<&T> {
        self.attached.as_ref()?.downcast_ref()
    }

    /// What all files say together, as of the last [`Project::refresh`].
    pub fn derived(&self) -> &Derived {
        &self.derived
    }

    /// The configuration; empty when there is none.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Whether there is a configuration.
    pub fn has_config(&self) -> bool {
        !self.configs.is_empty()
    }

    /// The name of the configuration that counts, or of the one to make where there is none.
    pub fn config_file(&self) -> &'static str {
        self.config_files().next().unwrap_or(CONFIG_FILE)
    }

    /// The names of all configurations, the one that counts first.
    pub(crate) fn config_files(&self) -> impl Iterator<Item = &'static str> {
        CONFIG_FILES.into_iter().map(|(name, _)| name).filter(|name| self.configs.contains_key(*name))
    }

    fn choose_config(&mut self) {
        let chosen = self.config_files().next().and_then(|name| self.configs.get(name)).cloned();
        self.config = chosen.unwrap_or_default();
    }

    /// What one source file says.
    pub fn summary(&self, path: &str) -> Option<&Arc<FileSummary>> {
        self.files.get(path).map(|file| &file.summary)
    }

    /// The language of a file: what an editor says of one that it has open, else what its name says.
    pub(crate) fn language_of(&self, path: &str) -> Option<Language> {
        self.files.get(path).map(|file| file.summary.language).or_else(|| source_language(path))
    }

    /// The same of a file of program code.
    pub(crate) fn program_language(&self, path: &str) -> Option<Language> {
        self.language_of(path).filter(|language| language.is_program())
    }

    /// Whether a file of that path is there, be it the configuration or any other.
    pub fn knows(&self, path: &str) -> bool {
        self.has(path) || self.configs.contains_key(path)
    }

    /// A source file and what its imports lead to.
    pub(crate) fn linked(&self, path: &str) -> Option<(&FileSummary, &FileLinks)> {
        self.files.get(path).map(|file| (&*file.summary, &*file.links))
    }

    /// The path of a source file and what it says.
    pub(crate) fn source(&self, path: &str) -> Option<(&Arc<str>, &FileSummary)> {
        let path = self.paths.get(path)?;
        Some((path, self.summary(path)?))
    }

    /// The lines of a file of which anything is known.
    pub fn lines(&self, path: &str) -> Option<Arc<LineIndex>> {
        if let Some(config) = self.configs.get(path) {
            return Some(Arc::clone(&config.lines));
        }
        let of_summary = self.summary(path).map(|summary| Arc::clone(&summary.lines));
        let of_notice = || self.notices.get(path).map(|notice| Arc::new(notice.0.clone()));
        let of_text = || self.text(path).map(|text| Arc::new(LineIndex::new(text)));
        of_summary.or_else(of_notice).or_else(of_text)
    }

    /// Every file of the project, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &Arc<str>> {
        self.paths.iter()
    }

    /// The path of a file that the project has.
    pub(crate) fn path(&self, path: &str) -> Option<Arc<str>> {
        self.paths.get(path).cloned()
    }

    /// What lies right in a folder (empty for the root, else ending in `/`), sorted and at most `limit`: names of files, and
    /// of folders with a `/` behind them. What lies deeper is passed over without being looked at.
    pub fn children(&self, folder: &str, limit: usize) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        let mut from: Arc<str> = folder.into();
        while let Some(path) = self.paths.range(Arc::clone(&from)..).next() {
            let Some(rest) = path.strip_prefix(folder).filter(|_| found.len() < limit) else { break };
            let end = rest.find('/').map_or(rest.len(), |slash| slash + 1);
            let name = rest.get(..end).unwrap_or_default();
            found.push(name);
            // Behind all that lies in a folder, or behind the file.
            from = match name.strip_suffix('/') {
                Some(inner) => format!("{folder}{inner}0").into(),
                None => format!("{path}\0").into(),
            };
        }
        found
    }

    /// The folder (empty for the root, else ending in `/`) at which the patterns in a file's annotations start.
    pub fn pattern_folder<'a>(&self, path: &'a str) -> &'a str {
        compiled_folder(self, path)
    }

    /// Whether anything of the project lies in `folder`.
    pub fn has_in(&self, folder: &str) -> bool {
        let inside = format!("{folder}/");
        self.paths.range(Arc::from(&*inside)..).next().is_some_and(|path| path.starts_with(&inside))
    }

    /// Whether the project has a file at `path`.
    pub fn has(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// The link that a path leads through, if it is one itself or lies below one.
    pub(crate) fn link_on<'a>(&self, path: &'a str) -> Option<&'a str> {
        if self.links.is_empty() {
            return None;
        }
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        folders.chain([path]).find(|part| self.links.contains(*part))
    }

    /// Whether it is one document that lies in no folder.
    pub fn is_document(&self) -> bool {
        self.lone.is_some()
    }

    pub(crate) fn lone(&self) -> Option<&Arc<str>> {
        self.lone.as_ref()
    }

    /// The text of a file that is no source, where the project reads it.
    pub fn shared_text(&self, path: &str) -> Option<Arc<str>> {
        self.texts.get(path).cloned()
    }

    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(|text| &**text)
    }

    /// Whether the text of a file that is no source counts: it decides about the project, or a workload names it.
    pub fn reads_text(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        is_config(path)
            || MANIFESTS.contains(&path)
            || name == PACKAGE
            || self.derived.measurements.contains(path)
    }

    /// Says that a file is there and that what it holds does not count.
    pub fn put_unread(&mut self, path: &str) {
        self.put_path(path);
        self.texts.remove(path);
    }

    /// Whether a file is there, and nobody tried to read its text.
    pub(crate) fn is_unread_text(&self, path: &str) -> bool {
        self.has(path) && self.text(path).is_none() && !self.notices.contains_key(path)
    }

    /// Every file whose text counts, sorted.
    pub fn read_files(&self) -> impl Iterator<Item = &str> {
        let mut names = BTreeSet::new();
        names.extend(self.files.keys().map(|path| &**path));
        names.extend(self.texts.keys().map(|path| &**path));
        names.extend(self.configs.keys().map(|path| &**path));
        names.into_iter()
    }

    /// Every file that holds an annotation, sorted, but for what `tsc` made of other files of the project.
    pub fn annotated(&self) -> impl Iterator<Item = (&Arc<str>, &FileSummary)> {
        let sources = self.annotated.iter().filter(|path| !self.layout.is_output(self, path));
        sources.filter_map(|path| Some((path, &*self.files.get(path)?.summary)))
    }

    /// What a file says, if it is one of those that hold an annotation.
    pub(crate) fn speaking(&self, path: &str) -> Option<&FileSummary> {
        self.heard(path, &self.files.get(path)?.summary)
    }

    /// What a summary of a file says that speaks of Klotho; nothing of what `tsc` made of other files of the project, or makes
    /// nothing of.
    pub(crate) fn heard<'a>(&self, path: &str, summary: &'a FileSummary) -> Option<&'a FileSummary> {
        let is_heard = !summary.facts.annotations.is_empty()
            && !is_types_only(path)
            && !self.layout.is_output(self, path);
        is_heard.then_some(summary)
    }

    /// Where things lie, as of the last [`Project::refresh`].
    pub(crate) fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Whether a project file of the ecosystem lies in a folder above the root.
    pub(crate) fn is_below(&self, ecosystem: &Ecosystem) -> bool {
        self.above.iter().any(|name| ecosystem.is_project_file(name))
    }

    /// Whether a file can be read as source and was not yet.
    pub(crate) fn is_unread(&self, path: &str) -> bool {
        let known = self.files.contains_key(path) || self.notices.contains_key(path);
        self.has(path) && !known && source_language(path).is_some()
    }

    /// Whether the text of a project file decides where a program starts, and was not read yet.
    pub(crate) fn is_unread_package(&self, path: &str) -> bool {
        let is_package = path.rsplit('/').next() == Some(PACKAGE);
        is_package && self.is_unread_text(path)
    }

    /// Files whose text decides about the project and was not read yet.
    pub(crate) fn unread_manifests(&self) -> impl Iterator<Item = Arc<str>> {
        MANIFESTS.into_iter().filter(|path| self.is_unread_text(path)).map(Arc::from)
    }
}

/// Has a path be one of a set, or not.
fn keep(set: &mut imbl::OrdSet<Arc<str>>, path: &Arc<str>, is_in: bool) {
    if is_in {
        set.insert(Arc::clone(path));
    } else {
        set.remove(path);
    }
}

/// A C# project in the root, whose builds go to folders beside it.
fn is_c_sharp_project(path: &str) -> bool {
    path.ends_with(".csproj") && !path.contains('/')
}

/// Whether a file, by its path in the project, is the configuration.
pub fn is_config(path: &str) -> bool {
    root_config(path).is_some()
}

/// How a file in the root of a project configures it.
fn root_config(path: &str) -> Option<ConfigFormat> {
    config_format(path).filter(|_| !path.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::Project;

    #[test]
    fn what_is_built_of_c_sharp_is_left_out_as_long_as_there_is_a_project_of_it() {
        let mut project = Project::new(["app.js".into()]);
        assert!(!project.never_enters("bin/a.js"));
        project.put_path("web.csproj");
        assert!(project.never_enters("bin/a.js") && project.never_enters("src/obj/a.cs"));
        project.put_path("other.js");
        assert!(project.never_enters("bin/a.js"));
        project.remove("web.csproj");
        assert!(!project.never_enters("bin/a.js"));
    }
}
