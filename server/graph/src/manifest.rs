//! The files beside the source that decide which file a program starts with: `package.json` and `tsconfig.json`.

use crate::project::Project;
use klotho_grammars::Language;
use serde_json::Value;
use std::sync::Arc;

/// What tells that a program is there and where it starts, for the languages that build it together.
pub(crate) struct Ecosystem {
    /// Its languages.
    pub(crate) languages: &'static [Language],
    /// The names of its project file, best first; `*` stands for any name.
    pub(crate) project_files: &'static [&'static str],
    /// Where a program starts that does not say so: all that exist of the first of these groups with any (reference, 4.4).
    mains: &'static [&'static [&'static str]],
}

/// In the order in which the compiler takes a unit's one executable type (reference, 4.2). The compiler knows neither Rust
/// nor Java: their rows are ours.
pub(crate) static ECOSYSTEMS: [Ecosystem; 6] = [
    Ecosystem {
        languages: &[Language::JavaScript, Language::TypeScript, Language::Tsx],
        project_files: &["package.json"],
        // Said by the project file, see `ecmascript_main`.
        mains: &[],
    },
    Ecosystem {
        languages: &[Language::Python],
        project_files: &["requirements.txt"],
        mains: &[&["main.py", "app/main.py", "app.py", "app/app.py"]],
    },
    Ecosystem { languages: &[Language::Go], project_files: &["go.mod"], mains: &[&["main.go"]] },
    Ecosystem {
        languages: &[Language::CSharp],
        project_files: &["*.csproj"],
        // Also the file that is called like the application, see `default_mains`.
        mains: &[&["Program.cs", "Application.cs"]],
    },
    Ecosystem {
        languages: &[Language::Rust],
        project_files: &["Cargo.toml"],
        mains: &[&["src/main.rs", "main.rs"], &["src/lib.rs", "lib.rs"]],
    },
    Ecosystem {
        languages: &[Language::Java],
        project_files: &["pom.xml", "build.gradle", "build.gradle.kts"],
        // Said by the files themselves, see `Facts::starts_program`.
        mains: &[],
    },
];

/// Files whose text decides about a project.
pub(crate) const MANIFESTS: [&str; 2] = ["package.json", "tsconfig.json"];

/// The ecosystem of a language; none for files that are no program.
pub(crate) fn ecosystem(language: Language) -> Option<&'static Ecosystem> {
    ECOSYSTEMS.iter().find(|ecosystem| ecosystem.languages.contains(&language))
}

impl Ecosystem {
    /// Its project file in `folder` (empty, or ending in `/`).
    pub(crate) fn project_file_in(&self, project: &Project, folder: &str) -> Option<Arc<str>> {
        self.project_files.iter().find_map(|name| match name.strip_prefix('*') {
            None => project.path(&format!("{folder}{name}")),
            Some(end) => project.paths_in(folder).find(|path| path.ends_with(end)).cloned(),
        })
    }

    /// The files that a program without any `execution_unit` starts with.
    fn default_mains(&self, project: &Project) -> Vec<String> {
        if self.languages.contains(&Language::JavaScript) {
            return ecmascript_main(project).into_iter().collect();
        }
        let existing = |group: &&[&str]| -> Vec<String> {
            group.iter().filter(|path| project.has(path)).map(ToString::to_string).collect()
        };
        let mains = self.mains.iter().map(existing).find(|mains| !mains.is_empty()).unwrap_or_default();
        let own = project.config().root.string("app").filter(|_| self.languages.contains(&Language::CSharp));
        let own = own.map(|app| format!("{app}.cs")).filter(|path| project.has(path));
        mains.into_iter().chain(own).collect()
    }
}

/// The files that a program without any `execution_unit` starts with, best project file first.
pub(crate) fn default_mains(project: &Project) -> Vec<String> {
    let ecosystems = stated(project).map_or(&ECOSYSTEMS[..], std::slice::from_ref);
    let mains = ecosystems.iter().map(|ecosystem| ecosystem.default_mains(project));
    mains.into_iter().find(|mains| !mains.is_empty()).unwrap_or_default()
}

/// The language of the program that a project file in the root tells of.
pub(crate) fn stated_language(project: &Project) -> Option<Language> {
    stated(project)?.languages.first().copied()
}

/// The ecosystem of the best project file in the root.
fn stated(project: &Project) -> Option<&'static Ecosystem> {
    ECOSYSTEMS.iter().find(|ecosystem| ecosystem.project_file_in(project, "").is_some())
}

/// `main` of `package.json` if it names a program file, else `index`.
fn ecmascript_main(project: &Project) -> Option<String> {
    let package = project.text("package.json").and_then(|text| serde_json::from_str::<Value>(text).ok());
    let stated = package.as_ref().and_then(|package| package.get("main")?.as_str()).unwrap_or("index.js");
    let root = compiled_root(project);
    let source = |compiled: &str| source_of(project, &root, compiled);
    source(stated).or_else(|| source("index.js"))
}

/// The source file that is compiled to `compiled`, or that file itself.
fn source_of(project: &Project, root: &str, compiled: &str) -> Option<String> {
    let stem = compiled.strip_suffix(".js")?;
    let typed = [".ts", ".tsx"].map(|extension| format!("{root}{stem}{extension}"));
    typed.into_iter().chain([compiled.to_owned()]).find(|path| project.has(path))
}

/// The folder (ending in `/`, or empty) whose files lie at the top of the compiled output. Without an `outDir` files are
/// compiled where they lie.
pub(crate) fn compiled_root(project: &Project) -> String {
    let Some(config) = tsconfig(project) else { return String::new() };
    let options = &config["compilerOptions"];
    if options["outDir"].as_str().is_none() {
        return String::new();
    }
    match options["rootDir"].as_str() {
        Some(root) => as_folder(root),
        None => common_folder(project, &config),
    }
}

/// What `tsconfig.json` says to the compiler of TypeScript.
pub(crate) fn compiler_options(project: &Project) -> Option<Value> {
    tsconfig(project).map(|mut config| config["compilerOptions"].take())
}

fn tsconfig(project: &Project) -> Option<Value> {
    let text = project.text("tsconfig.json")?;
    jsonc_parser::parse_to_serde_value(text, &jsonc_parser::ParseOptions::default()).ok()
}

fn as_folder(path: &str) -> String {
    let trimmed = path.trim_start_matches("./").trim_matches('/');
    if trimmed.is_empty() || trimmed == "." { String::new() } else { format!("{trimmed}/") }
}

/// The deepest folder that holds every file that `tsc` compiles.
fn common_folder(project: &Project, config: &Value) -> String {
    let chosen = Selection::of(config);
    let mut common: Option<&str> = None;
    for path in project.paths().filter(|path| is_compiled(path) && chosen.holds(path)) {
        let folder = path.rfind('/').map_or("", |slash| &path[..=slash]);
        common = Some(common.map_or(folder, |common| shared_folder(common, folder)));
    }
    common.unwrap_or_default().to_owned()
}

fn is_compiled(path: &str) -> bool {
    let typed = matches!(Language::of_path(path), Some(Language::TypeScript | Language::Tsx));
    typed && !path.ends_with(".d.ts")
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
    let mut set = globset::GlobSetBuilder::new();
    for pattern in patterns {
        let pattern = pattern.trim_start_matches("./").trim_end_matches('/').to_owned();
        for form in [format!("{pattern}/**"), pattern] {
            if let Ok(glob) = globset::GlobBuilder::new(&form).literal_separator(true).build() {
                set.add(glob);
            }
        }
    }
    set.build().unwrap_or_default()
}
