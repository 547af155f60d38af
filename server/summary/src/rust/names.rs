//! What the names of a Rust file stand for: its `use` declarations, and where paths lead.

use crate::source::Source;
use crate::{Binding, Import, Imported};
use klotho_grammars::Node;
use std::collections::{HashMap, HashSet};

/// Longer paths are cut: their ends tell.
const LONGEST_PATH: usize = 6;

/// The names that `use` declarations bring in, and the modules that the file holds itself.
#[derive(Default)]
pub(super) struct Names<'a> {
    /// The last segments of the path that each name stands for.
    uses: HashMap<&'a str, Vec<&'a str>>,
    modules: HashSet<&'a str>,
}

/// Where a function that is named by a path is looked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place<'a> {
    /// In this file.
    Here(&'a str),
    /// In the module of this name.
    Module(&'a str, &'a str),
    /// At a type, wherever that is.
    Type(&'a str, &'a str),
}

impl<'a> Names<'a> {
    /// Adds what a `use` declaration brings in.
    pub(super) fn take_use(&mut self, source: &Source<'a>, declaration: Node<'a>) {
        let mut open = Vec::new();
        open.extend(declaration.child_by_field_name("argument").map(|argument| (Vec::new(), argument)));
        while let Some((before, node)) = open.pop() {
            let field = |name| node.child_by_field_name(name);
            match node.kind() {
                "scoped_use_list" => {
                    let path = field("path").map(|path| extended(&before, segments(source, path)));
                    open.extend(field("list").map(|list| (path.unwrap_or(before), list)));
                }
                "use_list" => {
                    open.extend(node.named_children().map(|child| (before.clone(), child)));
                }
                "use_as_clause" => {
                    let path = field("path").map(|path| extended(&before, segments(source, path)));
                    if let (Some(path), Some(alias)) = (path, field("alias")) {
                        self.uses.insert(source.text_of(alias), path);
                    }
                }
                _ => {
                    let path = extended(&before, segments(source, node));
                    // `use a::b::{self}` brings in `b`.
                    let path = path.strip_suffix(&["self"]).map_or_else(|| path.clone(), <[_]>::to_vec);
                    if let Some(last) = path.last() {
                        self.uses.insert(last, path);
                    }
                }
            }
        }
    }

    /// Adds a module that the file holds itself.
    pub(super) fn take_module(&mut self, name: &'a str) {
        self.modules.insert(name);
    }

    /// The path of an expression with the names that were brought in written out.
    pub(super) fn path(&self, source: &Source<'a>, node: Node<'a>) -> Vec<&'a str> {
        let own = segments(source, node);
        match own.first().and_then(|first| self.uses.get(first)) {
            Some(path) => extended(path, own.get(1..).unwrap_or_default().to_vec()),
            None => own,
        }
    }

    /// Where the function that a path names is looked for.
    pub(super) fn place(&self, path: &[&'a str]) -> Option<Place<'a>> {
        match path {
            [.., module, function] if is_type(module) => Some(Place::Type(module, function)),
            [.., "self" | "Self", function] | [function] => Some(Place::Here(function)),
            [.., module, function] if self.modules.contains(module) => Some(Place::Here(function)),
            [.., module, function] => Some(Place::Module(module, function)),
            [] => None,
        }
    }
}

/// Types start with a capital.
pub(super) fn is_type(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

/// The last segments of a path, without parameters: `sqlx`, `Pool`, `connect` of `sqlx::Pool::<Postgres>::connect`.
pub(super) fn segments<'a>(source: &Source<'a>, node: Node<'a>) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut rest = Some(node);
    while let Some(node) = rest.take().filter(|_| found.len() < LONGEST_PATH) {
        match node.kind() {
            "scoped_identifier" | "scoped_type_identifier" => {
                found.extend(node.child_by_field_name("name").map(|name| source.text_of(name)));
                rest = node.child_by_field_name("path");
            }
            "generic_function" => rest = node.child_by_field_name("function"),
            "generic_type" => rest = node.child_by_field_name("type"),
            "bracketed_type" => rest = node.named_child(0),
            "identifier" | "type_identifier" | "crate" | "self" | "super" => found.push(source.text_of(node)),
            _ => {}
        }
    }
    found.reverse();
    found
}

fn extended<'a>(before: &[&'a str], after: Vec<&'a str>) -> Vec<&'a str> {
    let mut path = [before, &after].concat();
    path.drain(..path.len().saturating_sub(LONGEST_PATH));
    path
}

/// The module that a file is: its name, its folder's for `mod.rs`, and `crate` for the root.
pub(super) fn module_of(path: &str) -> &str {
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or_default();
    match file.strip_suffix(".rs").unwrap_or(file) {
        "main" | "lib" => "crate",
        "mod" => parts.next().unwrap_or("crate"),
        stem => stem,
    }
}

/// A module of the project that a path names.
pub(super) fn import(module: &str, function: &str, at: klotho_text::Place) -> Import {
    let imported = Imported::Name(function.to_owned());
    Import {
        specifier: module.to_owned(),
        at,
        bindings: vec![Binding { local: function.to_owned(), imported, at }],
        candidates: Vec::new(),
        package: Some(module.to_owned()),
        companions: Vec::new(),
        followed: false,
    }
}
