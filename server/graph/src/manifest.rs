//! The files beside the source that decide which file a program starts with: `package.json` and `tsconfig.json`.

use crate::project::Project;
use klotho_grammars::Language;
use serde_json::Value;

/// Project files by family of languages, in the order in which the compiler takes a unit's one executable type
/// (reference, 4.2).
pub(crate) const PROJECT_FILES: [&str; 3] = ["package.json", "requirements.txt", "go.mod"];

/// Files whose text decides about a project.
pub(crate) const MANIFESTS: [&str; 2] = ["package.json", "tsconfig.json"];

/// Where a Python program starts: all of these that exist (reference, 4.4).
const PYTHON_MAINS: [&str; 4] = ["main.py", "app/main.py", "app.py", "app/app.py"];

/// The project file of a language.
pub(crate) fn project_file(language: Language) -> Option<&'static str> {
    match language {
        Language::JavaScript | Language::TypeScript | Language::Tsx => Some(PROJECT_FILES[0]),
        Language::Python => Some(PROJECT_FILES[1]),
        Language::Go => Some(PROJECT_FILES[2]),
        Language::Rust => Some("Cargo.toml"),
    }
}

/// The files that a program without any `execution_unit` starts with, best project file first.
pub(crate) fn default_mains(project: &Project) -> Vec<String> {
    let named = PROJECT_FILES.iter().find(|name| project.has(name));
    let families: Vec<_> = named.map_or(PROJECT_FILES.to_vec(), |name| vec![*name]);
    let mains = families.into_iter().map(|family| mains_of(project, family));
    mains.into_iter().find(|mains| !mains.is_empty()).unwrap_or_default()
}

fn mains_of(project: &Project, family: &str) -> Vec<String> {
    match family {
        "package.json" => ecmascript_main(project).into_iter().collect(),
        "requirements.txt" => {
            PYTHON_MAINS.iter().filter(|path| project.has(path)).map(ToString::to_string).collect()
        }
        _ => ["main.go"].iter().filter(|path| project.has(path)).map(ToString::to_string).collect(),
    }
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
    let Some(config) = project.text("tsconfig.json").and_then(read_tsconfig) else { return String::new() };
    let options = &config["compilerOptions"];
    if options["outDir"].as_str().is_none() {
        return String::new();
    }
    match options["rootDir"].as_str() {
        Some(root) => as_folder(root),
        None => common_folder(project, &config),
    }
}

fn read_tsconfig(text: &str) -> Option<Value> {
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
