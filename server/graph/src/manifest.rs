//! The files beside the source that decide which file a program starts with: `package.json` and its like.

use crate::project::Project;
use klotho_grammars::Language;
use serde_json::Value;
use std::sync::Arc;

/// What tells that a program is there and where it starts, for the languages that build it together.
pub(crate) struct Ecosystem {
    /// What its programs run on, for people.
    pub(crate) runtime: &'static str,
    /// Its languages.
    pub(crate) languages: &'static [Language],
    /// The names of its project file, best first; `*` stands for any name.
    pub(crate) project_files: &'static [&'static str],
    /// Where a program starts that does not say so: all that exist of the first of these groups with any (reference, 4.4).
    mains: &'static [&'static [&'static str]],
    /// Which other files it starts with.
    pub(crate) starts: Starts,
    /// Whether the compiler refuses its sources without a project file (reference, 6.1).
    pub(crate) needs_project_file: bool,
}

/// What a file that exposes a gateway is to the unit that holds it (reference, 4.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Starts {
    /// An entry point if the other entry points lead to it, or it leads to one of them.
    Reaching,
    /// An entry point, and the default main files are none then.
    Instead,
    /// An entry point beside the others.
    Beside,
}

/// In the order in which the compiler takes a unit's one executable type (reference, 4.2). The compiler knows neither Rust
/// nor Java: their rows are ours.
pub(crate) static ECOSYSTEMS: [Ecosystem; 6] = [
    Ecosystem {
        runtime: "Node.js",
        languages: &[Language::JavaScript, Language::TypeScript, Language::Tsx],
        project_files: &["package.json"],
        // Said by the project file, see `ecmascript_main`.
        mains: &[],
        starts: Starts::Reaching,
        needs_project_file: true,
    },
    Ecosystem {
        runtime: "Python",
        languages: &[Language::Python],
        project_files: &["requirements.txt"],
        mains: &[&["main.py", "app/main.py", "app.py", "app/app.py"]],
        starts: Starts::Reaching,
        needs_project_file: true,
    },
    Ecosystem {
        runtime: "Go",
        languages: &[Language::Go],
        project_files: &["go.mod"],
        mains: &[&["main.go"]],
        starts: Starts::Instead,
        needs_project_file: true,
    },
    Ecosystem {
        runtime: ".NET",
        languages: &[Language::CSharp],
        project_files: &["*.csproj"],
        // Also the application's name, see `default_mains`.
        mains: &[&["Program.cs", "Application.cs"]],
        starts: Starts::Beside,
        needs_project_file: true,
    },
    Ecosystem {
        runtime: "Rust",
        languages: &[Language::Rust],
        project_files: &["Cargo.toml"],
        mains: &[&["src/main.rs", "main.rs"], &["src/lib.rs", "lib.rs"]],
        starts: Starts::Beside,
        needs_project_file: false,
    },
    Ecosystem {
        runtime: "Java",
        languages: &[Language::Java],
        project_files: &["pom.xml", "build.gradle", "build.gradle.kts"],
        // Said by the files themselves, see `Facts::starts_program`.
        mains: &[],
        starts: Starts::Beside,
        needs_project_file: false,
    },
];

/// The name of the project file whose text decides where a program starts.
pub const PACKAGE: &str = "package.json";

/// The file that says where TypeScript is compiled to.
pub(crate) const TSCONFIG: &str = "tsconfig.json";

/// The usage file, by the name that Infracost gives it: what resources are used for, beside the code.
pub const USAGE_FILE: &str = "infracost-usage.yml";

/// Files in the root whose text decides about a project.
pub const MANIFESTS: [&str; 3] = [PACKAGE, TSCONFIG, USAGE_FILE];

/// The file by which the compiler knows a folder that it wrote itself, and reads nothing of it (reference, 1.1).
pub const OUTPUT_MARK: &str = "resources.json";

/// The names of all project files that have one name.
pub fn project_file_names() -> impl Iterator<Item = &'static str> {
    let names = ECOSYSTEMS.iter().flat_map(|ecosystem| ecosystem.project_files);
    names.copied().filter(|name| !name.starts_with('*'))
}

/// The ecosystem of a language; none for files that are no program.
pub(crate) fn ecosystem(language: Language) -> Option<&'static Ecosystem> {
    ECOSYSTEMS.iter().find(|ecosystem| ecosystem.languages.contains(&language))
}

impl Ecosystem {
    /// The name of its project file, for people.
    pub(crate) fn project_file_name(&self) -> &'static str {
        self.project_files.first().copied().unwrap_or_default().trim_start_matches('*')
    }

    /// Where its programs start that do not say so, for people.
    pub(crate) fn mains_for_people(&self) -> String {
        if self.languages.contains(&Language::JavaScript) {
            return "what `main` in package.json says, or `index`".to_owned();
        }
        let named: Vec<_> = self.mains.iter().copied().flatten().map(|main| format!("`{main}`")).collect();
        if named.is_empty() { "one that exposes a gateway".to_owned() } else { named.join(" or ") }
    }

    /// Whether a file is a program in one of its languages.
    pub(crate) fn is_written(&self, project: &Project, path: &str) -> bool {
        project.program_language(path).is_some_and(|language| self.languages.contains(&language))
    }

    /// The first of its languages that the project has files of, else simply the first.
    pub(crate) fn language_in(&self, project: &Project) -> Option<Language> {
        let is_there = |language: &&Language| !project.layout().sources_of(**language).is_empty();
        self.languages.iter().find(is_there).or(self.languages.first()).copied()
    }

    /// Whether a file is a project file of it.
    pub(crate) fn is_project_file(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        self.project_files.iter().any(|file| match file.strip_prefix('*') {
            None => name == *file,
            Some(end) => name.ends_with(end),
        })
    }

    /// Its project file in `folder` (empty, or ending in `/`).
    pub(crate) fn project_file_in(&self, project: &Project, folder: &str) -> Option<Arc<str>> {
        self.project_files.iter().find_map(|name| match name.strip_prefix('*') {
            None => project.path(&format!("{folder}{name}")),
            Some(_) => {
                let mut files = project.layout().project_files_of(self).iter();
                files.find(|path| path.strip_prefix(folder).is_some_and(|name| !name.contains('/'))).cloned()
            }
        })
    }

    /// The nearest project file in the folder of `path` or above it.
    pub(crate) fn project_file_above(&self, project: &Project, path: &str) -> Option<Arc<str>> {
        folders(path).find_map(|folder| self.project_file_in(project, folder))
    }

    /// The files that a unit with this project file starts with where no annotation says so.
    pub(crate) fn default_mains(&self, project: &Project, project_file: Option<&str>) -> Vec<Arc<str>> {
        if self.languages.contains(&Language::JavaScript) {
            return ecmascript_main(project, project_file.unwrap_or(PACKAGE)).into_iter().collect();
        }
        let existing = |group: &&[&str]| -> Vec<Arc<str>> {
            group.iter().filter_map(|path| project.path(path)).collect()
        };
        let mains = self.mains.iter().map(existing).find(|mains| !mains.is_empty()).unwrap_or_default();
        let application = project.config().root.string("app");
        let named = application.filter(|_| self.languages.contains(&Language::CSharp));
        mains.into_iter().chain(named.and_then(|name| project.path(&format!("{name}.cs")))).collect()
    }
}

/// The folders that hold a file, innermost first; each ends in `/`, the root is empty.
pub(crate) fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(slash, _)| &path[..=slash]).chain([""])
}

/// What a `package.json` says its main file is.
pub(crate) fn stated_main(text: &str) -> Option<Value> {
    serde_json::from_str::<Value>(text).ok()?.get("main").cloned()
}

/// `main` of `package.json` if it names a program file, else `index`.
fn ecmascript_main(project: &Project, package: &str) -> Option<Arc<str>> {
    let stated = project.text(package).and_then(stated_main);
    let stated = stated.as_ref().and_then(Value::as_str).unwrap_or("index.js");
    let source = |compiled: &str| project.layout().source_of(project, compiled);
    source(stated).or_else(|| source("index.js")).map(Arc::from)
}
