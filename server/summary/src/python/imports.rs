//! Imports: the files that the compiler follows them to (reference, 4.6), and those that Python itself would find.

use super::statements::{ImportStatement, ImportedName, ModuleName};
use crate::source::Source;
use crate::{Binding, Import, Imported};
use klotho_text::Span;

/// Longer modules lead to no file: no file system has such paths.
const LONGEST_MODULE: usize = 256;

/// Of so many names of one statement each may be a module of the package.
const MOST_SUBMODULES: usize = 256;

/// What the import statements of a file bring in.
pub(super) fn imports(source: &Source<'_>, statements: &[ImportStatement<'_>]) -> Vec<Import> {
    let folder = Folder::of(source.path);
    let mut imports = Vec::new();
    for statement in statements {
        match &statement.module {
            None => imports.extend(statement.names.iter().flat_map(|name| whole(source, name))),
            Some(module) => from(source, &folder, module, &statement.names, &mut imports),
        }
    }
    with_own_package(source, &folder, &mut imports);
    imports
}

/// `import a.b as c`: the module `a/b.py`. The compiler does not look for a package.
fn whole(source: &Source<'_>, name: &ImportedName<'_>) -> impl Iterator<Item = Import> {
    let place = Place { base: Some(&[]), names: &name.names };
    let local = name.alias.map_or_else(|| name.text(), |alias| source.text_of(alias).to_owned());
    // Without an alias the code goes on to say `a.b`, so that this is its name here.
    let at = Source::place_of(name.alias.unwrap_or(name.node));
    let import = Import {
        specifier: name.text(),
        at: Source::place_of(name.node),
        bindings: vec![Binding { local, imported: Imported::Module, at }],
        candidates: place.module().into_iter().collect(),
        package: None,
        companions: Vec::new(),
        followed: true,
    };
    let package = as_package(&import, &place);
    [import].into_iter().chain(package)
}

/// The same import, meant for the package of the module's name.
fn as_package(import: &Import, place: &Place<'_, '_>) -> Option<Import> {
    let package = place.package()?;
    Some(Import { candidates: vec![package], followed: false, ..import.clone() })
}

/// `from module import name`: the module, and what else Python would look at though the compiler does not follow it there:
/// the package of that name, and each name as a module of the package.
fn from(
    source: &Source<'_>,
    folder: &Folder<'_>,
    module: &ModuleName<'_>,
    names: &[ImportedName<'_>],
    imports: &mut Vec<Import>,
) {
    let place = Place { base: folder.base(module.dots), names: &module.names };
    let specifier = ".".repeat(module.dots) + &module.names.join(".");
    let binding = |name: &ImportedName<'_>, imported| {
        let at = Source::place_of(name.alias.unwrap_or(name.node));
        let local = name.alias.map_or_else(|| name.text(), |alias| source.text_of(alias).to_owned());
        Binding { local, imported, at }
    };
    let bindings = names.iter().map(|name| binding(name, Imported::Name(name.text())));
    let is_folder = module.names.is_empty();
    let import = Import {
        at: Source::place_of(module.node),
        bindings: bindings.collect(),
        candidates: if is_folder { place.package() } else { place.module() }.into_iter().collect(),
        package: None,
        companions: Vec::new(),
        followed: true,
        specifier: specifier.clone(),
    };
    let package = as_package(&import, &place).filter(|_| !is_folder);
    imports.extend([import].into_iter().chain(package));
    for name in names.iter().take(MOST_SUBMODULES) {
        let below: Vec<&str> = module.names.iter().chain(&name.names).copied().collect();
        let place = Place { base: place.base, names: &below };
        let candidates: Vec<_> = place.module().into_iter().chain(place.package()).collect();
        if candidates.is_empty() {
            continue;
        }
        let dot = if specifier.ends_with('.') { "" } else { "." };
        imports.push(Import {
            specifier: format!("{specifier}{dot}{}", name.text()),
            at: Source::place_of(name.node),
            bindings: vec![binding(name, Imported::Module)],
            candidates,
            package: None,
            companions: Vec::new(),
            followed: false,
        });
    }
}

/// The `__init__.py` beside a file always comes along.
fn with_own_package(source: &Source<'_>, folder: &Folder<'_>, imports: &mut Vec<Import>) {
    let package = Place { base: Some(&folder.names), names: &[] };
    let Some(own) = package.package().filter(|own| own != source.path) else { return };
    match imports.first_mut() {
        Some(first) => first.companions.push(own),
        None => imports.push(Import {
            specifier: ".".to_owned(),
            at: Span::empty(0).into(),
            bindings: Vec::new(),
            candidates: vec![own],
            package: None,
            companions: Vec::new(),
            followed: true,
        }),
    }
}

/// The folder of the importing file.
struct Folder<'a> {
    names: Vec<&'a str>,
}

impl<'a> Folder<'a> {
    fn of(path: &'a str) -> Self {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        Self { names: folder.split('/').filter(|name| !name.is_empty()).collect() }
    }

    /// The folder that a module with so many dots starts from: the root without any, none above the root.
    fn base(&self, dots: usize) -> Option<&[&'a str]> {
        match dots.checked_sub(1) {
            None => Some(&[]),
            Some(up) => self.names.get(..self.names.len().checked_sub(up)?),
        }
    }
}

/// Where a module would be.
struct Place<'p, 'a> {
    /// The folder it is looked for in; none when that is outside the project.
    base: Option<&'p [&'a str]>,
    names: &'p [&'a str],
}

impl Place<'_, '_> {
    /// The file of a module of this name.
    fn module(&self) -> Option<String> {
        self.path().map(|path| path + ".py")
    }

    /// The file of a package of this name.
    fn package(&self) -> Option<String> {
        let path = self.path()?;
        Some(format!("{path}{}__init__.py", if path.is_empty() { "" } else { "/" }))
    }

    fn path(&self) -> Option<String> {
        let length: usize = self.names.iter().map(|name| name.len() + 1).sum();
        let all = self.base?.iter().chain(self.names);
        (length <= LONGEST_MODULE).then(|| all.copied().collect::<Vec<_>>().join("/"))
    }
}
