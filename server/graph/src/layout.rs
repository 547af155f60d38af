//! What the list of files and `tsconfig.json` say about the project as a whole. It changes only when they do.

use crate::derive::Losses;
use crate::manifest::{ECOSYSTEMS, Ecosystem, TSCONFIG};
use crate::project::Project;
use klotho_grammars::Language;
use klotho_summary::is_types_only;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The ends of what `tsc` makes of a source.
const OUTPUTS: [&str; 2] = [".js", ".d.ts"];

/// Where things lie.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Layout {
    /// The folder (ending in `/`, or empty) whose files lie at the top of the compiled output. Without an `outDir` files
    /// are compiled where they lie.
    compiled_root: String,
    /// The folder (ending in `/`) that TypeScript is compiled to.
    out_dir: Option<String>,
    /// What the compiler of TypeScript takes away.
    pub(crate) losses: Losses,
    /// Program files by language, sorted.
    sources: BTreeMap<Language, Vec<Arc<str>>>,
    /// The project files of each ecosystem, in the order of their table; each list sorted.
    project_files: Vec<Vec<Arc<str>>>,
}

impl Layout {
    pub(crate) fn of(project: &Project) -> Self {
        let mut layout = Self { project_files: vec![Vec::new(); ECOSYSTEMS.len()], ..Self::default() };
        for path in project.paths().filter(|path| !is_types_only(path)) {
            match project.program_language(path) {
                Some(language) => layout.sources.entry(language).or_default().push(Arc::clone(path)),
                None => {
                    let ecosystems = ECOSYSTEMS.iter().zip(&mut layout.project_files);
                    let ours = ecosystems.filter(|(ecosystem, _)| ecosystem.is_project_file(path));
                    ours.for_each(|(_, files)| files.push(Arc::clone(path)));
                }
            }
        }
        if let Some(config) = project.text(TSCONFIG).and_then(read_tsconfig) {
            layout.compile(&config);
            layout.losses = Losses::of(&config["compilerOptions"]);
        }
        layout
    }

    /// Takes what `tsconfig.json` says about where files are compiled to.
    fn compile(&mut self, config: &Value) {
        let options = &config["compilerOptions"];
        let Some(out_dir) = options["outDir"].as_str().map(as_folder) else { return };
        self.compiled_root = match options["rootDir"].as_str() {
            Some(root) => as_folder(root),
            None => self.common_folder(config),
        };
        self.out_dir = Some(out_dir).filter(|folder| !folder.is_empty());
    }

    /// The deepest folder that holds every file that `tsc` compiles.
    fn common_folder(&self, config: &Value) -> String {
        let chosen = Selection::of(config);
        let mut common: Option<&str> = None;
        for path in self.typed().filter(|path| chosen.holds(path)) {
            let folder = path.rfind('/').map_or("", |slash| &path[..=slash]);
            common = Some(common.map_or(folder, |common| shared_folder(common, folder)));
        }
        common.unwrap_or_default().to_owned()
    }

    fn typed(&self) -> impl Iterator<Item = &Arc<str>> {
        [Language::TypeScript, Language::Tsx].into_iter().flat_map(|language| self.sources_of(language))
    }

    /// The program files of a language, sorted.
    pub(crate) fn sources_of(&self, language: Language) -> &[Arc<str>] {
        self.sources.get(&language).map_or(&[], |paths| paths)
    }

    /// Every program file.
    pub(crate) fn programs(&self) -> impl Iterator<Item = &Arc<str>> {
        self.sources.values().flatten()
    }

    /// The project files of an ecosystem, wherever in the project they lie, sorted.
    pub(crate) fn project_files_of(&self, ecosystem: &Ecosystem) -> &[Arc<str>] {
        let index = ECOSYSTEMS.iter().position(|found| std::ptr::eq(found, ecosystem));
        index.and_then(|index| self.project_files.get(index)).map_or(&[], |files| files)
    }

    /// The file that the compiler knows as `compiled`: its source, else one below `outDir` or itself. Of these two the later
    /// one counts (reference, 1.1).
    pub(crate) fn source_of(&self, project: &Project, compiled: &str) -> Option<String> {
        let below = self.out_dir.as_deref().map(|folder| format!("{folder}{compiled}"));
        let plain = below.into_iter().chain([compiled.to_owned()]);
        let plain = plain
            .filter(|path| path.ends_with(".js") && project.has(path) && self.known_as(path) == compiled);
        let typed = compiled.strip_suffix(".js").and_then(|stem| self.typed_source_of(project, stem));
        // The walk goes by the parts of a path: what lies in `dist` comes before what lies in `dist-x`.
        typed.or_else(|| plain.max_by(|one, other| one.split('/').cmp(other.split('/'))))
    }

    /// The folder (ending in `/`, or empty) whose files the compiler knows by what follows it in their path: of TypeScript that
    /// of the sources, of JavaScript the one that TypeScript is compiled to.
    pub(crate) fn top_of(&self, path: &str) -> &str {
        let below =
            || self.out_dir.as_deref().filter(|folder| path.ends_with(".js") && path.starts_with(folder));
        match Language::of_path(path) {
            Some(Language::TypeScript | Language::Tsx) => &self.compiled_root,
            _ => below().unwrap_or_default(),
        }
    }

    /// The path that the compiler knows a file by.
    pub(crate) fn known_as<'a>(&self, path: &'a str) -> &'a str {
        path.strip_prefix(self.top_of(path)).unwrap_or(path)
    }

    fn typed_source_of(&self, project: &Project, stem: &str) -> Option<String> {
        let root = &self.compiled_root;
        let mut typed = [".ts", ".tsx"].map(|extension| format!("{root}{stem}{extension}")).into_iter();
        typed.find(|path| project.has(path))
    }

    /// Whether a file is what `tsc` made of a source of the project: the source is what counts. Without an `outDir` it lies
    /// beside that.
    pub(crate) fn is_output(&self, project: &Project, path: &str) -> bool {
        let compiled = path.strip_prefix(self.out_dir.as_deref().unwrap_or_default());
        let stem = compiled.and_then(|path| OUTPUTS.iter().find_map(|end| path.strip_suffix(end)));
        let is_compiled = |stem: &str| self.typed_source_of(project, stem).is_some();
        self.typed().next().is_some() && stem.is_some_and(is_compiled)
    }

    /// The same where files are compiled to where they lie.
    pub(crate) fn is_beside_source(&self, project: &Project, path: &str) -> bool {
        self.out_dir.is_none() && self.is_output(project, path)
    }
}

/// `tsconfig.json` as `tsc` reads it, with comments and trailing commas.
fn read_tsconfig(text: &str) -> Option<Value> {
    jsonc_parser::parse_to_serde_value(text, &jsonc_parser::ParseOptions::default()).ok()
}

fn as_folder(path: &str) -> String {
    let trimmed = path.trim_start_matches("./").trim_matches('/');
    if trimmed.is_empty() || trimmed == "." { String::new() } else { format!("{trimmed}/") }
}

fn shared_folder<'a>(one: &'a str, other: &str) -> &'a str {
    let mut end = 0;
    for (at, byte) in one.bytes().enumerate() {
        if other.as_bytes().get(at) != Some(&byte) {
            break;
        }
        if byte == b'/' {
            end = at + 1;
        }
    }
    &one[..end]
}

/// Which files a `tsconfig.json` chooses by `files`, `include` and `exclude`.
struct Selection {
    include: Option<globset::GlobSet>,
    exclude: globset::GlobSet,
}

impl Selection {
    fn of(config: &Value) -> Self {
        let listed: Vec<_> = ["files", "include"].iter().flat_map(|key| strings(&config[*key])).collect();
        let include = (!listed.is_empty()).then(|| globs(listed));
        Self { include, exclude: globs(strings(&config["exclude"])) }
    }

    fn holds(&self, path: &str) -> bool {
        self.include.as_ref().is_none_or(|include| include.is_match(path)) && !self.exclude.is_match(path)
    }
}

fn strings(value: &Value) -> Vec<String> {
    let values = value.as_array().map_or(&[][..], |values| values);
    values.iter().filter_map(|value| Some(value.as_str()?.to_owned())).collect()
}

/// Globs as `tsc` means them: a folder stands for all that it holds.
fn globs(patterns: Vec<String>) -> globset::GlobSet {
    let forms = patterns.into_iter().flat_map(|pattern| {
        let pattern = pattern.trim_start_matches("./").trim_end_matches('/').to_owned();
        [((), format!("{pattern}/**")), ((), pattern)]
    });
    // What is wrong with them is for `tsc` to say.
    crate::globs::set(forms, |(), _| {})
}
