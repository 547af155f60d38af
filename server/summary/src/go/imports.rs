//! Imports, and the packages that names stand for.

use super::expressions::literal;
use super::outline::Outline;
use crate::source::Source;
use crate::{Binding, Import, Imported};
use klotho_grammars::Node;
use std::collections::HashMap;

/// The imports of a file. The compiler knows a package by the last segment of its path alone.
pub(super) fn imports(source: &Source<'_>, outline: &Outline<'_>) -> Vec<Import> {
    outline.imports.iter().filter_map(|spec| import(source, *spec)).collect()
}

fn import(source: &Source<'_>, spec: Node<'_>) -> Option<Import> {
    let path = spec.child_by_field_name("path")?;
    let specifier = literal(source, path).unwrap_or_else(|| source.text_of(path).trim_matches('`'));
    let package = specifier.rsplit('/').next().unwrap_or_default();
    let alias = spec.child_by_field_name("name");
    let local = alias.map_or(package, |alias| source.text_of(alias));
    let at = Source::place_of(alias.unwrap_or(path));
    Some(Import {
        specifier: specifier.to_owned(),
        at: Source::place_of(path),
        bindings: vec![Binding { local: local.to_owned(), imported: Imported::Module, at }],
        candidates: Vec::new(),
        package: Some(package.to_owned()),
        companions: Vec::new(),
        followed: false,
    })
}

/// The imports by the names that stand for them.
pub(super) struct Names<'i>(HashMap<&'i str, usize>);

impl<'i> Names<'i> {
    pub(super) fn of(imports: &'i [Import]) -> Self {
        let mut names = HashMap::new();
        for (index, import) in imports.iter().enumerate() {
            for binding in &import.bindings {
                names.entry(binding.local.as_str()).or_insert(index);
            }
        }
        Self(names)
    }

    /// The index of the import that a name stands for.
    pub(super) fn get(&self, name: &str) -> Option<usize> {
        self.0.get(name).copied()
    }
}

/// The name that a package has in a file: its alias, or `usual` where it is not imported or has none.
pub(super) fn name_of<'i>(imports: &'i [Import], path: &str, usual: &'i str) -> &'i str {
    let import = imports.iter().find(|import| import.specifier == path);
    import.and_then(|import| import.bindings.first()).map_or(usual, |binding| &binding.local)
}
