//! What the names of types mean: by the `using` directives and namespaces around them.

use std::collections::{HashMap, HashSet};

/// Namespaces nested deeper than this see what those at this depth see.
const DEEPEST: usize = 16;

/// Longer names are none that matter here.
const LONGEST: usize = 200;

/// The places of a file between which the meaning of names differs. The first is the file itself.
pub(super) struct Scopes<'a> {
    all: Vec<Scope<'a>>,
    /// Names of namespaces, numbered: most scopes share them.
    namespaces: HashMap<String, usize>,
    /// Types by namespace.
    types: HashSet<(usize, &'a str)>,
}

#[derive(Default)]
struct Scope<'a> {
    outer: Option<usize>,
    depth: usize,
    namespace: String,
    number: usize,
    used: HashSet<String>,
    aliases: HashMap<&'a str, String>,
}

impl<'a> Scopes<'a> {
    pub(super) fn new() -> Self {
        let namespaces = HashMap::from([(String::new(), 0)]);
        Self { all: vec![Scope::default()], namespaces, types: HashSet::new() }
    }

    /// Opens a namespace in a scope.
    pub(super) fn open(&mut self, outer: usize, name: &str) -> usize {
        let Some(around) = self.all.get(outer).filter(|around| around.depth < DEEPEST) else { return outer };
        let depth = around.depth + 1;
        let namespace = within(&around.namespace, name);
        let number = self.number(&namespace);
        self.all.push(Scope { outer: Some(outer), depth, namespace, number, ..Scope::default() });
        self.all.len() - 1
    }

    /// `namespace A;`: all that follows in the file stands in it.
    pub(super) fn name_file(&mut self, name: &str) {
        let namespace = within("", name);
        let number = self.number(&namespace);
        if let Some(file) = self.all.first_mut() {
            (file.namespace, file.number) = (namespace, number);
        }
    }

    fn number(&mut self, namespace: &str) -> usize {
        let next = self.namespaces.len();
        *self.namespaces.entry(namespace.to_owned()).or_insert(next)
    }

    /// `using namespace;`
    pub(super) fn add_using(&mut self, scope: usize, namespace: &str) {
        if let (Some(scope), Some(namespace)) = (self.all.get_mut(scope), plain(namespace)) {
            scope.used.insert(namespace);
        }
    }

    /// `using alias = target;`
    pub(super) fn add_alias(&mut self, scope: usize, alias: &'a str, target: &str) {
        if let (Some(scope), Some(target)) = (self.all.get_mut(scope), plain(target)) {
            scope.aliases.insert(alias, target);
        }
    }

    /// A type that a scope declares.
    pub(super) fn add_type(&mut self, scope: usize, name: &'a str) {
        if let Some(scope) = self.all.get(scope) {
            self.types.insert((scope.number, name));
        }
    }

    /// The simple name of a type that may be one of `namespace`: written out, shortened by an alias or a `using`, or
    /// declared beside (reference, 5.6).
    pub(super) fn type_in(&self, scope: usize, written: &str, namespace: &str) -> Option<String> {
        let written = plain(written)?;
        let (first, rest) =
            written.split_once('.').map_or((written.as_str(), None), |(first, rest)| (first, Some(rest)));
        if let Some(target) = self.around(scope).find_map(|scope| scope.aliases.get(first)) {
            let full = rest.map_or_else(|| target.clone(), |rest| format!("{target}.{rest}"));
            return member(&full, namespace);
        }
        if rest.is_some() {
            return member(&written, namespace);
        }
        let is_used = self.around(scope).any(|scope| scope.used.contains(namespace));
        (is_used || self.declares(scope, &written)).then_some(written)
    }

    /// Whether a name means the type `name` of `namespace`.
    pub(super) fn means(&self, scope: usize, written: &str, namespace: &str, name: &str) -> bool {
        self.type_in(scope, written, namespace).is_some_and(|found| found == name)
    }

    fn declares(&self, scope: usize, name: &str) -> bool {
        self.all.get(scope).is_some_and(|scope| self.types.contains(&(scope.number, name)))
    }

    /// A scope and those around it, innermost first.
    fn around(&self, scope: usize) -> impl Iterator<Item = &Scope<'a>> {
        std::iter::successors(self.all.get(scope), |scope| self.all.get(scope.outer?))
    }
}

fn within(outer: &str, name: &str) -> String {
    let name = plain(name).unwrap_or_default();
    if outer.is_empty() { name } else { format!("{outer}.{name}") }
}

/// The last part of a full name whose other parts are `namespace`.
fn member(full: &str, namespace: &str) -> Option<String> {
    let name = full.strip_prefix(namespace)?.strip_prefix('.')?;
    (!name.contains('.')).then(|| name.to_owned())
}

/// A name without blanks and without `global::`; an alias before `::` is a part like any other.
fn plain(written: &str) -> Option<String> {
    if written.is_empty() || written.len() > LONGEST {
        return None;
    }
    let name: String = written.chars().filter(|character| !character.is_whitespace()).collect();
    Some(name.strip_prefix("global::").unwrap_or(&name).replace("::", "."))
}
