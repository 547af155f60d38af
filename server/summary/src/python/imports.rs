//! Imports and the project files that they may mean (reference, 4.6).

use super::outline::Outline;
use crate::source::Source;
use crate::{Binding, Import, Imported};
use klotho_grammars::Node;

/// An imported name as the rules for stores ask for it.
pub(super) struct ModuleName<'a> {
    /// The module as written.
    pub(super) module: &'a str,
    /// The name after `from module import`; none for `import module`.
    pub(super) name: Option<&'a str>,
    /// The name in this file.
    pub(super) local: &'a str,
    /// Where that stands.
    pub(super) at: std::ops::Range<usize>,
}

/// One name of an import statement.
#[derive(Clone, Copy)]
struct Named<'a> {
    name: &'a str,
    at: Node<'a>,
    alias: Option<Node<'a>>,
}

/// What the file imports, as facts and as the rules for stores read it.
pub(super) fn imports<'a>(source: &Source<'a>, outline: &Outline<'a>) -> (Vec<Import>, Vec<ModuleName<'a>>) {
    let (mut imports, mut modules) = (Vec::new(), Vec::new());
    for statement in &outline.imports {
        match statement.child_by_field_name("module_name") {
            Some(module) => from_import(source, *statement, module, &mut imports, &mut modules),
            None => plain_import(source, *statement, &mut imports, &mut modules),
        }
    }
    (imports, modules)
}

fn plain_import<'a>(
    source: &Source<'a>,
    statement: Node<'a>,
    imports: &mut Vec<Import>,
    modules: &mut Vec<ModuleName<'a>>,
) {
    for named in names(source, statement) {
        let binding = binding(source, named, Imported::Module);
        modules.push(ModuleName {
            module: named.name,
            name: None,
            local: local(source, named),
            at: local_at(named),
        });
        imports.push(import(source, named.name, named.at, vec![binding]));
    }
}

fn from_import<'a>(
    source: &Source<'a>,
    statement: Node<'a>,
    module_node: Node<'a>,
    imports: &mut Vec<Import>,
    modules: &mut Vec<ModuleName<'a>>,
) {
    let module = source.text_of(module_node);
    let names = names(source, statement);
    let whole = names.iter().map(|named| binding(source, *named, Imported::Name(named.name.to_owned())));
    imports.push(import(source, module, module_node, whole.collect()));
    for named in names {
        modules.push(ModuleName {
            module,
            name: Some(named.name),
            local: local(source, named),
            at: local_at(named),
        });
        // The name may be a module of the package.
        let dot = if module.ends_with('.') { "" } else { "." };
        let specifier = format!("{module}{dot}{}", named.name);
        imports.push(import(source, &specifier, named.at, vec![binding(source, named, Imported::Module)]));
    }
}

/// The names of an import statement; none for `*`.
fn names<'a>(source: &Source<'a>, statement: Node<'a>) -> Vec<Named<'a>> {
    let mut cursor = statement.walk();
    let children = statement.children_by_field_name("name", &mut cursor);
    let named = children.filter_map(|child| match child.kind() {
        "aliased_import" => {
            let at = child.child_by_field_name("name")?;
            Some(Named { name: source.text_of(at), at, alias: child.child_by_field_name("alias") })
        }
        _ => Some(Named { name: source.text_of(child), at: child, alias: None }),
    });
    named.collect()
}

fn local<'a>(source: &Source<'a>, named: Named<'a>) -> &'a str {
    named.alias.map_or(named.name, |alias| source.text_of(alias))
}

fn local_at(named: Named<'_>) -> std::ops::Range<usize> {
    named.alias.unwrap_or(named.at).byte_range()
}

fn binding(source: &Source<'_>, named: Named<'_>, imported: Imported) -> Binding {
    let at = Source::place_of(named.alias.unwrap_or(named.at));
    let local = named.alias.map_or(named.name, |alias| source.text_of(alias));
    Binding { local: local.to_owned(), imported, at }
}

fn import(source: &Source<'_>, specifier: &str, at: Node<'_>, bindings: Vec<Binding>) -> Import {
    let (candidates, companions) = files(source.path, specifier).unwrap_or_default();
    let (specifier, at) = (specifier.to_owned(), Source::place_of(at));
    Import { specifier, at, bindings, candidates, companions, followed: true }
}

/// The candidates and companions of a module; none when its dots lead out of the project.
fn files(path: &str, specifier: &str) -> Option<(Vec<String>, Vec<String>)> {
    let own = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let module = specifier.trim_start_matches('.');
    let dots = specifier.len() - module.len();
    let mut folder = if dots == 0 { Vec::new() } else { segments(own) };
    for _ in 1..dots {
        folder.pop()?;
    }
    let mut companions = vec![init(own)];
    if dots > 0 {
        companions.push(init(&folder.join("/")));
    }
    let parts: Vec<&str> = module.split('.').map(str::trim).filter(|part| !part.is_empty()).collect();
    for part in &parts[..parts.len().saturating_sub(1)] {
        folder.push(part);
        companions.push(init(&folder.join("/")));
    }
    let mut candidates = Vec::new();
    if let Some(last) = parts.last() {
        folder.push(last);
        candidates.push(format!("{}.py", folder.join("/")));
    }
    candidates.push(init(&folder.join("/")));
    companions.dedup();
    companions.retain(|companion| companion != path);
    Some((candidates, companions))
}

fn segments(folder: &str) -> Vec<&str> {
    folder.split('/').filter(|part| !part.is_empty()).collect()
}

fn init(folder: &str) -> String {
    if folder.is_empty() { "__init__.py".to_owned() } else { format!("{folder}/__init__.py") }
}
