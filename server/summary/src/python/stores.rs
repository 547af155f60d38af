//! `persist`: which store the annotated code creates (reference, 5.8).

use super::aiofiles::Secrets;
use super::modules::Modules;
use super::outline::Outline;
use super::{aiocache, aiofiles, redis, sqlalchemy};
use crate::source::Source;
use crate::{Declaration, Declares, EnvironmentVariable, Facts, SecretPath, StoreKind, bound};
use klotho_annotation::Annotation;
use klotho_annotation::finding::{Code, Finding};
use klotho_text::Span;

/// Adds all that `persist` annotations declare.
pub(super) fn add(source: &Source<'_>, outline: &Outline<'_>, facts: &mut Facts) {
    let mut annotations = source.of_capability("persist").peekable();
    if annotations.peek().is_none() {
        return;
    }
    let modules = Modules::of(source, &outline.imports);
    let mut stores = Stores { source, outline, modules, secrets: None };
    for (index, annotation) in annotations {
        stores.read(index, annotation, facts);
    }
}

/// The one element there is: the compiler gives up on code with several candidates, whichever comes first.
pub(super) fn only<T>(mut candidates: impl Iterator<Item = T>) -> Option<T> {
    let first = candidates.next()?;
    candidates.next().is_none().then_some(first)
}

struct Stores<'s, 'a> {
    source: &'s Source<'a>,
    outline: &'s Outline<'a>,
    modules: Modules<'a>,
    /// What is read through the file's secret stores, once it has been looked up: all of them are the same module.
    secrets: Option<Vec<SecretPath>>,
}

impl<'a> Stores<'_, 'a> {
    fn read(&mut self, index: usize, annotation: &Annotation, facts: &mut Facts) {
        let variables = bound::checked(annotation, facts);
        let created = self.source.node_of(annotation).and_then(|node| self.created(node.byte_range().into()));
        match created {
            Some(store) => self.declare(index, annotation, store, variables, facts),
            None if annotation.directives.table("environment_variables").is_some() => {
                facts.declarations.extend(bound::declaration(index, variables));
            }
            None => facts.findings.push(Finding::new(Code::NoResource, "no-store", annotation.capability_at)),
        }
    }

    /// The store that the code at a place creates, and what it is called there.
    fn created(&self, at: Span) -> Option<(StoreKind, &'a str)> {
        let modules = &self.modules;
        let assignments = || self.outline.assignments_in(at);
        let cache = || Some((StoreKind::Kv, aiocache::cache(modules, assignments())?));
        let imports = || self.outline.imports_in(at);
        let files = || Some((StoreKind::Fs, aiofiles::files(self.source, modules, imports())?));
        let engine = || Some((StoreKind::Orm, sqlalchemy::engine(modules, assignments())?));
        cache().or_else(files).or_else(engine).or_else(|| redis::client(modules, assignments()))
    }

    /// Adds the store. Variables of another kind than the code's declare a second one, as for the compiler.
    fn declare(
        &mut self,
        index: usize,
        annotation: &Annotation,
        (kind, symbol): (StoreKind, &str),
        variables: Vec<EnvironmentVariable>,
        facts: &mut Facts,
    ) {
        let is_secret = kind == StoreKind::Fs && annotation.directives.boolean("secret") == Some(true);
        let kind = if is_secret { StoreKind::Secret } else { kind };
        let secrets = if is_secret { self.secrets(symbol, facts) } else { Vec::new() };
        let (own, other): (Vec<_>, Vec<_>) =
            variables.into_iter().partition(|variable| variable.kind == kind);
        let declares = Declares::Store { kind, secrets, variables: own };
        let symbol = Some(symbol.to_owned());
        facts.declarations.push(Declaration { annotation: index, declares, symbol });
        facts.declarations.extend(bound::declaration(index, other));
    }

    fn secrets(&mut self, module: &str, facts: &mut Facts) -> Vec<SecretPath> {
        let known = self.secrets.get_or_insert_with(|| {
            let secrets = Secrets::of(self.source, &self.outline.withs, module);
            facts.findings.extend(secrets.findings);
            secrets.paths
        });
        known.clone()
    }
}
