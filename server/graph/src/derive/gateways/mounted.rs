//! Which routers a mount means, by the rules of its framework.

use super::routers::{File, Router};
use super::server::Server;
use crate::derive::{Anchor, GraphFinding, found, resolve};
use klotho_annotation::finding::Code;
use klotho_grammars::Language;
use klotho_summary::{Export, Framework, Import, Imported, MountTarget};
use std::rc::Rc;

/// What is mounted.
pub(super) struct Mounted<'a> {
    /// None for code that shows no routes.
    pub(super) routers: Vec<Router<'a>>,
    /// What is to be known about it.
    pub(super) note: Option<Note>,
}

/// Why nothing is mounted.
pub(super) enum Nothing {
    /// Not to be said, or said elsewhere.
    Silent,
    /// To be said.
    Said(Note),
}

/// A finding that has no place yet.
pub(super) struct Note(GraphFinding);

impl Note {
    fn new(code: Code, variant: &'static str) -> Self {
        Self(GraphFinding::new(code, variant, Anchor::Capability(0)))
    }

    fn with(self, name: &'static str, value: impl ToString) -> Self {
        Self(self.0.with(name, value))
    }

    pub(super) fn at(self, anchor: Anchor) -> GraphFinding {
        GraphFinding { anchor, ..self.0 }
    }
}

impl<'a> Mounted<'a> {
    fn one(file: &Rc<File<'a>>, name: &str) -> Self {
        Self { routers: vec![Router { file: Rc::clone(file), name: name.to_owned() }], note: None }
    }
}

impl<'a> Server<'_, 'a> {
    /// The routers that a mount in the file `from` means, `depth` mounts being followed from there.
    pub(super) fn mounted(
        &self,
        from: &Rc<File<'a>>,
        target: &MountTarget,
        depth: u8,
    ) -> Result<Mounted<'a>, Nothing> {
        match target {
            // Nest: a controller of the module's own file is a plain name, and those the compiler passes over.
            MountTarget::Local(name) if self.framework == Framework::NestJs => Err(unseen(name)),
            MountTarget::Local(name) => Ok(Mounted::one(from, name)),
            MountTarget::Imported(import, imported) => {
                let import = from.facts().imports.get(*import).ok_or(Nothing::Silent)?;
                self.imported(import, imported, depth)
            }
            MountTarget::Named { name, property, .. } => self.named(from, name, property.as_deref()),
            MountTarget::Everywhere(name) => {
                let paths = self.routers.named(name).iter();
                let own = self.of_unit(paths.clone());
                let silent = self.routers.silent(self.declarations);
                let is_own = |path: &str| self.files.is_some_and(|files| files.contains(path));
                let beside = paths.filter(|path| silent.contains(**path) && !is_own(path));
                let files = own.chain(beside.filter_map(|path| self.routers.file(path)));
                let routers = files.map(|file| Router { file, name: name.clone() });
                Ok(Mounted { routers: routers.collect(), note: None })
            }
            MountTarget::Opaque => Ok(Mounted { routers: Vec::new(), note: None }),
        }
    }

    /// The files at some paths that belong to the unit.
    fn of_unit<'p>(
        &'p self,
        paths: impl Iterator<Item = &'p &'a str> + 'p,
    ) -> impl Iterator<Item = Rc<File<'a>>> + 'p {
        let own = paths.filter(|path| self.files.is_some_and(|files| files.contains(**path)));
        own.filter_map(|path| self.routers.file(path))
    }

    fn imported(&self, import: &Import, imported: &Imported, depth: u8) -> Result<Mounted<'a>, Nothing> {
        match self.framework {
            Framework::Express => self.rooted_export(import, imported),
            Framework::NestJs if depth > 1 => self.module(import, imported),
            Framework::NestJs => self.controller(import, imported),
            _ => self.export_of(import, imported),
        }
    }

    /// The export of what an import leads to: a file, or all files of a package.
    fn export_of(&self, import: &Import, imported: &Imported) -> Result<Mounted<'a>, Nothing> {
        if let Some(package) = &import.package {
            return self.function_of(package, imported);
        }
        let path = resolve(self.routers.project, &import.candidates);
        if path.is_none() && !import.candidates.is_empty() {
            return Err(self.lost(import, ""));
        }
        let file = path.and_then(|path| self.routers.file(path)).ok_or(Nothing::Silent)?;
        exported(&file, imported).map(|export| Mounted::one(&file, &export.local)).ok_or(Nothing::Silent)
    }

    /// The function of a package that makes a router: the compiler stops where one of the two is not there
    /// (reference, 6.4 X18 and X19). In Rust a path may lead to any crate, and there is no compiler to refuse it.
    fn function_of(&self, package: &str, imported: &Imported) -> Result<Mounted<'a>, Nothing> {
        let Imported::Name(function) = imported else { return Err(Nothing::Silent) };
        let missing = |variant| {
            if self.framework != Framework::Chi {
                return Nothing::Silent;
            }
            let note = Note::new(Code::MountNotFound, variant).with("module", package);
            Nothing::Said(note.with("function", function))
        };
        let files: Vec<_> = self.of_unit(self.routers.of_package(package).iter()).collect();
        if files.is_empty() {
            return Err(missing("package"));
        }
        let mut found = files.iter().filter_map(|file| Some((file, exported(file, imported)?)));
        let (file, export) = found.next().ok_or_else(|| missing("function"))?;
        // Of two modules with one name and one function nobody can say which is meant.
        if self.framework != Framework::Chi && found.next().is_some() {
            return Err(Nothing::Silent);
        }
        Ok(Mounted::one(file, &export.local))
    }

    /// Express: the export of a file that is looked for from the project's root, whichever file imports it
    /// (reference, 5.3).
    fn rooted_export(&self, import: &Import, imported: &Imported) -> Result<Mounted<'a>, Nothing> {
        let meant = resolve(self.routers.project, &import.candidates);
        let Some(path) = self.rooted(&import.specifier) else {
            return Err(self.lost(import, if meant.is_some() { "root" } else { "" }));
        };
        if let Some(unit) = self.declarations.unit_of.get(path.as_str()).filter(|unit| *unit != self.unit) {
            let note = Note::new(Code::MountWithoutRoutes, "unit").with("file", &path).with("unit", unit);
            return Err(Nothing::Said(note));
        }
        let file = self.routers.file(&path).ok_or(Nothing::Silent)?;
        let Some(export) = exported(&file, imported) else {
            let (variant, name) = match imported {
                Imported::Name(name) => ("export", name.as_str()),
                Imported::Default => ("export", "default"),
                Imported::Module => ("default", import.bindings.first().map_or("", |binding| &binding.local)),
            };
            let note = Note::new(Code::MountWithoutRoutes, variant).with("file", &path).with("name", name);
            return Err(Nothing::Said(note));
        };
        let mut mounted = Mounted::one(&file, &export.local);
        if export.is_passed_on {
            let note = Note::new(Code::CompilerGap, "router-passed-on").with("file", &path);
            mounted.note = Some(note.with("name", export.local.trim_start_matches("exports.")));
        }
        if let Some(meant) = meant.filter(|meant| *meant != path) {
            let note = Note::new(Code::CompilerGap, "router-twin").with("module", &import.specifier);
            mounted.note = Some(note.with("file", &path).with("meant", meant));
        }
        Ok(mounted)
    }

    /// Why an import leads to no source. What leads to data is no mistake: that has no routes.
    fn lost(&self, import: &Import, variant: &'static str) -> Nothing {
        let project = self.routers.project;
        if found(project, &import.candidates).is_some_and(|path| project.language_of(path).is_none()) {
            return Nothing::Silent;
        }
        Nothing::Said(Note::new(Code::MountNotFound, variant).with("module", &import.specifier))
    }

    /// The source of the first file that a relative module means when it is looked for from the root of what is compiled.
    fn rooted(&self, specifier: &str) -> Option<String> {
        let base = specifier.strip_prefix("./").unwrap_or(specifier);
        let compiled = [base.to_owned(), format!("{base}.js"), format!("{base}/index.js")];
        let root = self.routers.project.layout().top_of(self.path);
        let sources = compiled.into_iter().flat_map(|path| {
            let stem = path.strip_suffix(".js").map(str::to_owned);
            let typed = stem.into_iter().flat_map(|stem| [format!("{stem}.ts"), format!("{stem}.tsx")]);
            let sources: Vec<_> = std::iter::once(path).chain(typed).collect();
            sources
        });
        sources.map(|source| format!("{root}{source}")).find(|path| self.holds(path))
    }

    /// Whether the unit has a file, or would have it if it did not declare another unit.
    fn holds(&self, path: &str) -> bool {
        self.routers.ask(path);
        let is_own = self.files.is_some_and(|files| files.contains(path));
        is_own || self.declarations.unit_of.get(path).is_some_and(|unit| unit != self.unit)
    }

    /// Nest: the module of an application, in the file that it is imported from.
    fn module(&self, import: &Import, imported: &Imported) -> Result<Mounted<'a>, Nothing> {
        let Imported::Name(name) = imported else { return Err(Nothing::Silent) };
        let path = resolve(self.routers.project, &import.candidates);
        let file = path.and_then(|path| self.routers.file(path)).ok_or(Nothing::Silent)?;
        Ok(Mounted::one(&file, name))
    }

    /// Nest: a controller, by its name alone, wherever the unit has it; best in the file that it is imported from.
    fn controller(&self, import: &Import, imported: &Imported) -> Result<Mounted<'a>, Nothing> {
        let name = match imported {
            Imported::Name(name) => name.as_str(),
            _ => import.bindings.first().map_or("", |binding| &binding.local),
        };
        let path = resolve(self.routers.project, &import.candidates);
        let imported_from = path.and_then(|path| self.routers.file(path));
        let anywhere = self.of_unit(self.routers.named(name).iter());
        let mut seen = imported_from.into_iter().chain(anywhere);
        seen.find(|file| Router { file: Rc::clone(file), name: name.to_owned() }.is_seen())
            .map(|file| Mounted::one(&file, name))
            .ok_or_else(|| unseen(name))
    }

    /// What another file mounts: its name is looked up among the imports of the server's file (reference, 5.3).
    fn named(&self, from: &Rc<File<'a>>, name: &str, property: Option<&str>) -> Result<Mounted<'a>, Nothing> {
        let server = self.routers.file(self.path).ok_or(Nothing::Silent)?;
        let Some((import, binding)) = server.import_of(name) else { return Ok(Mounted::one(from, name)) };
        if !import.specifier.starts_with('.') {
            return Err(Nothing::Silent);
        }
        let is_typed = self.summary.language != Language::JavaScript;
        let is_property = is_typed && binding.imported != Imported::Module;
        let imported = match (is_property, property) {
            (true, None) => binding.imported.clone(),
            (true, Some(_)) => return Err(Nothing::Silent),
            (false, None) => Imported::Module,
            (false, Some("default")) => Imported::Default,
            (false, Some(property)) => Imported::Name(property.to_owned()),
        };
        self.rooted_export(import, &imported)
    }
}

fn unseen(controller: &str) -> Nothing {
    Nothing::Said(Note::new(Code::MountWithoutRoutes, "unseen-controller").with("name", controller))
}

/// What a file exports under a name; of several the last holds.
fn exported<'a>(file: &File<'a>, imported: &Imported) -> Option<&'a Export> {
    file.facts().exports.iter().rev().find(|export| export.exported == *imported)
}
