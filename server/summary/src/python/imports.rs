//! Imports, and the files that they may mean (reference, 4.6, and packages as Python has them).

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
            None => imports.extend(statement.names.iter().map(|name| whole(source, name))),
            Some(module) => from(source, &folder, module, &statement.names, &mut imports),
        }
    }
    with_own_package(source, &folder, &mut imports);
    imports
}

/// `import a.b as c`
fn whole(source: &Source<'_>, name: &ImportedName<'_>) -> Import {
    let place = Place { base: Some(&[]), names: &name.names };
    let local = name.alias.map_or_else(|| name.text(), |alias| source.text_of(alias).to_owned());
    let at = Source::place_of(name.alias.unwrap_or(name.node));
    Import {
        specifier: name.text(),
        at: Source::place_of(name.node),
        // Without an alias the code goes on to say `a.b`, so that this is its name here.
        bindings: vec![Binding { local, imported: Imported::Module, at }],
        candidates: place.candidates(),
        package: None,
        companions: place.packages(0),
        followed: true,
    }
}

/// `from module import name`: the module, and each name as what may be a module of that package.
fn from(
    source: &Source<'_>,
    folder: &Folder<'_>,
    module: &ModuleName<'_>,
    names: &[ImportedName<'_>],
    imports: &mut Vec<Import>,
) {
    let place = Place { base: folder.base(module.dots), names: &module.names };
    let specifier = ".".repeat(module.dots) + &module.names.join(".");
    let local = |name: &ImportedName<'_>| {
        name.alias.map_or_else(|| name.text(), |alias| source.text_of(alias).to_owned())
    };
    let binding = |name: &ImportedName<'_>, imported| {
        let at = Source::place_of(name.alias.unwrap_or(name.node));
        Binding { local: local(name), imported, at }
    };
    let bindings = names.iter().map(|name| binding(name, Imported::Name(name.text())));
    imports.push(Import {
        at: Source::place_of(module.node),
        bindings: bindings.collect(),
        candidates: place.candidates(),
        // A relative import runs the package that it starts from as well.
        package: None,
        companions: place.packages(module.dots),
        followed: true,
        specifier: specifier.clone(),
    });
    for name in names.iter().take(MOST_SUBMODULES) {
        let below: Vec<&str> = module.names.iter().chain(&name.names).copied().collect();
        let candidates = Place { base: place.base, names: &below }.candidates();
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
            followed: true,
        });
    }
}

/// The package that a file lies in is run before it, so that its `__init__.py` always comes along.
fn with_own_package(source: &Source<'_>, folder: &Folder<'_>, imports: &mut Vec<Import>) {
    let package = Place { base: Some(&folder.names), names: &[] };
    let own = package.candidates().into_iter().filter(|own| own != source.path && !folder.names.is_empty());
    for own in own {
        match imports.first_mut() {
            Some(first) if first.companions.contains(&own) => {}
            Some(first) => first.companions.insert(0, own),
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
    /// The files that the module may be, best first.
    fn candidates(&self) -> Vec<String> {
        let Some(mut path) = self.path(self.names.len()) else { return Vec::new() };
        let package = format!("{path}{}__init__.py", if path.is_empty() { "" } else { "/" });
        if self.names.is_empty() {
            return vec![package];
        }
        path.push_str(".py");
        vec![path, package]
    }

    /// The `__init__.py` of the packages on the way to the module; with dots also of that which they lead to.
    fn packages(&self, dots: usize) -> Vec<String> {
        let first = usize::from(dots == 0);
        let on_the_way = (first..self.names.len()).filter_map(|count| self.path(count));
        on_the_way.filter(|path| !path.is_empty()).map(|path| path + "/__init__.py").collect()
    }

    /// The path after so many of the names.
    fn path(&self, count: usize) -> Option<String> {
        let length: usize = self.names.iter().map(|name| name.len() + 1).sum();
        let all = self.base?.iter().chain(&self.names[..count]);
        (length <= LONGEST_MODULE).then(|| all.copied().collect::<Vec<_>>().join("/"))
    }
}
