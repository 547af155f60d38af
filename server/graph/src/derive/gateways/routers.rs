//! The routers of a project by file and name. Each file is looked through once, however often it is mounted.

use crate::derive::Derived;
use crate::derive::units::Declarations;
use crate::project::Project;
use imbl::OrdSet;
use klotho_summary::{Binding, Declares, Facts, FileSummary, Function, FunctionName, Import, MountTarget};
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

/// All routers, found when they are asked for.
pub(super) struct Routers<'a> {
    pub(super) project: &'a Project,
    files: RefCell<HashMap<&'a str, Rc<File<'a>>>>,
    /// What gateways follow from.
    derived: &'a Derived,
    /// What other files mount on the server of a file, in the order of their paths.
    uses: HashMap<String, Vec<(&'a str, usize)>>,
    by_name: OnceCell<ByKey<'a>>,
    by_package: OnceCell<ByKey<'a>>,
    silent: OnceCell<HashSet<String>>,
    /// The paths that were asked for, there or not.
    asked: RefCell<BTreeSet<Arc<str>>>,
}

/// What gateways follow from beside the files with which they start.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::derive) struct Consulted {
    /// Files, there or not, and the units that they belong to.
    files: BTreeSet<Arc<str>>,
    /// Whether any file may have had a router of the name, or of the package, that was looked for.
    is_wide: bool,
}

impl Consulted {
    /// Whether what a file says, or the units that it belongs to, were among it.
    pub(in crate::derive) fn holds(&self, path: &str) -> bool {
        self.is_wide || self.files.contains(path)
    }
}

/// Paths by a name, in their order.
type ByKey<'a> = HashMap<&'a str, Vec<&'a str>>;

/// One file's routers.
pub(super) struct File<'a> {
    pub(super) path: &'a str,
    pub(super) summary: &'a FileSummary,
    routes: HashMap<&'a str, Vec<usize>>,
    mounts: HashMap<&'a str, Vec<usize>>,
    functions: HashSet<&'a str>,
    imported: OnceCell<HashMap<&'a str, Option<(usize, usize)>>>,
}

/// A router in its file, and the name that the file knows it by.
#[derive(Clone)]
pub(super) struct Router<'a> {
    pub(super) file: Rc<File<'a>>,
    pub(super) name: String,
}

impl<'a> Routers<'a> {
    pub(super) fn of(project: &'a Project, derived: &'a Derived, mounting: &'a OrdSet<Arc<str>>) -> Self {
        Self {
            project,
            files: RefCell::default(),
            derived,
            uses: uses(project, mounting),
            by_name: OnceCell::new(),
            by_package: OnceCell::new(),
            silent: OnceCell::new(),
            asked: RefCell::default(),
        }
    }

    /// What was asked for.
    pub(super) fn consulted(self) -> Consulted {
        let is_wide = self.by_name.get().is_some() || self.by_package.get().is_some();
        Consulted { files: self.asked.into_inner(), is_wide: is_wide || self.silent.get().is_some() }
    }

    /// Notes that something follows from whether there is a file at `path`, or from the units that it belongs to.
    pub(super) fn ask(&self, path: &str) {
        if !self.asked.borrow().contains(path) {
            self.asked.borrow_mut().insert(path.into());
        }
    }

    /// The files of all units.
    fn all(&self) -> impl Iterator<Item = (&'a str, &'a FileSummary)> {
        self.derived
            .file_units
            .keys()
            .filter_map(|path| self.project.source(path))
            .map(|(path, it)| (&**path, it))
    }

    /// The files of units that have a router of a name.
    pub(super) fn named(&self, name: &str) -> &[&'a str] {
        let all = self.by_name.get_or_init(|| {
            let mut all = ByKey::new();
            for file in self.all().filter_map(|(path, _)| self.file(path)) {
                let names: HashSet<_> = file.routes.keys().chain(file.mounts.keys()).copied().collect();
                for name in names {
                    all.entry(name).or_default().push(file.path);
                }
            }
            all
        });
        all.get(name).map_or(&[], |paths| paths)
    }

    /// The files of units that belong to a package.
    pub(super) fn of_package(&self, package: &str) -> &[&'a str] {
        let all = self.by_package.get_or_init(|| {
            let mut all = ByKey::new();
            for (path, summary) in self.all() {
                if let Some(package) = &summary.facts.package {
                    all.entry(package).or_default().push(path);
                }
            }
            all
        });
        all.get(package).map_or(&[], |paths| paths)
    }

    /// The files that declare units without a gateway of their own: what they answer is reached through the others'.
    pub(super) fn silent(&self, declarations: &Declarations) -> &HashSet<String> {
        self.silent.get_or_init(|| {
            let exposes = |path: &str| {
                let summary = self.project.summary(path);
                let mut declared = summary.iter().flat_map(|summary| &summary.facts.declarations);
                declared.any(|found| matches!(found.declares, Declares::Gateway { .. }))
            };
            let declaring = || declarations.unit_of.iter();
            let exposing: HashSet<_> =
                declaring().filter(|(path, _)| exposes(path)).map(|(_, unit)| unit).collect();
            let silent = declaring().filter(|(_, unit)| !exposing.contains(unit));
            silent.map(|(path, _)| path.to_string()).collect()
        })
    }

    /// The file at `path`, if it was read.
    pub(super) fn file(&self, path: &str) -> Option<Rc<File<'a>>> {
        self.ask(path);
        if let Some(file) = self.files.borrow().get(path) {
            return Some(Rc::clone(file));
        }
        let (path, summary) = self.project.source(path)?;
        let path = &**path;
        let file = Rc::new(File::of(path, summary));
        self.files.borrow_mut().insert(path, Rc::clone(&file));
        Some(file)
    }

    /// The mounts of other files on what they import from the file at `path`.
    pub(super) fn uses(&self, path: &str) -> &[(&'a str, usize)] {
        self.uses.get(path).map_or(&[], |uses| uses)
    }
}

impl<'a> File<'a> {
    fn of(path: &'a str, summary: &'a FileSummary) -> Self {
        let facts = &summary.facts;
        Self {
            path,
            summary,
            routes: by_name(facts.routes.iter().map(|route| route.on.as_str())),
            mounts: by_name(facts.mounts.iter().map(|mount| mount.on.as_str())),
            functions: facts.functions.iter().filter_map(named).collect(),
            imported: OnceCell::new(),
        }
    }

    /// What a name is imported as; nothing if it is not, or more than once.
    pub(super) fn import_of(&self, name: &str) -> Option<(&'a Import, &'a Binding)> {
        let imports = &self.facts().imports;
        let places = self.imported.get_or_init(|| {
            let mut places = HashMap::new();
            for (index, import) in imports.iter().enumerate() {
                for (binding, bound) in import.bindings.iter().enumerate() {
                    let place = places.entry(bound.local.as_str());
                    place.and_modify(|place| *place = None).or_insert(Some((index, binding)));
                }
            }
            places
        });
        let (import, binding) = (*places.get(name)?)?;
        let import = imports.get(import)?;
        Some((import, import.bindings.get(binding)?))
    }

    pub(super) fn facts(&self) -> &'a Facts {
        &self.summary.facts
    }
}

impl Router<'_> {
    /// The indices of its routes.
    pub(super) fn routes(&self) -> &[usize] {
        self.file.routes.get(self.name.as_str()).map_or(&[], |routes| routes)
    }

    /// The indices of what is mounted on it.
    pub(super) fn mounts(&self) -> &[usize] {
        self.file.mounts.get(self.name.as_str()).map_or(&[], |mounts| mounts)
    }

    /// Whether it is a function: middleware, which has no routes and needs none.
    pub(super) fn is_function(&self) -> bool {
        self.file.functions.contains(self.name.as_str())
    }

    /// Whether anything shows that there is such a router.
    pub(super) fn is_seen(&self) -> bool {
        !self.routes().is_empty() || !self.mounts().is_empty()
    }
}

fn named(function: &Function) -> Option<&str> {
    match &function.name {
        FunctionName::Named(name) => Some(name),
        FunctionName::HandlerOf(_) => None,
    }
}

fn by_name<'a>(names: impl Iterator<Item = &'a str>) -> HashMap<&'a str, Vec<usize>> {
    let mut all: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, name) in names.enumerate() {
        all.entry(name).or_default().push(index);
    }
    all
}

/// Every mount on an imported name, by the file that the name is imported from.
fn uses<'a>(project: &'a Project, mounting: &'a OrdSet<Arc<str>>) -> HashMap<String, Vec<(&'a str, usize)>> {
    let mut uses: HashMap<String, Vec<(&str, usize)>> = HashMap::new();
    for path in mounting {
        let Some((summary, links)) = project.linked(path) else { continue };
        for (index, mount) in summary.facts.mounts.iter().enumerate() {
            let MountTarget::Named { from, .. } = &mount.target else { continue };
            if let Some(file) = links.target(*from) {
                uses.entry(file.to_string()).or_default().push((path, index));
            }
        }
    }
    uses
}
