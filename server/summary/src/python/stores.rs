//! `persist`: which store the annotated code creates (reference, 5.8).

use super::aiofiles::Secrets;
use super::modules::Modules;
use super::outline::Outline;
use super::statements::{Assignment, Host};
use super::{aiocache, aiofiles, block, redis, sqlalchemy};
use crate::required::no_store;
use crate::source::Source;
use crate::{Declaration, Declares, EnvironmentVariable, Facts, SecretPath, StoreKind, bound};
use klotho_annotation::Annotation;
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;
use klotho_text::Span;

/// Of so many calls in an annotated block it is asked whether one alone would be a store.
const MOST_CANDIDATES: usize = 64;

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

/// The store that some code creates.
pub(super) struct Created<'a> {
    pub(super) kind: StoreKind,
    /// What it is called in the code.
    pub(super) symbol: &'a str,
    /// The statement that creates it.
    pub(super) at: Node<'a>,
    /// The call and the module, where any call would have passed for that module's.
    pub(super) by_chance: Option<(Node<'a>, &'static str)>,
}

impl<'a> Created<'a> {
    /// The store that an assignment creates by a call that passed for one of `module`; `is_taken` if its name was imported
    /// from there.
    pub(super) fn of(
        kind: StoreKind,
        assignment: &Assignment<'a>,
        is_taken: bool,
        module: &'static str,
    ) -> Self {
        let is_plain = assignment.host == Host::Nothing && !is_taken;
        let by_chance = is_plain.then_some((assignment.call, module));
        Self { kind, symbol: assignment.target, at: assignment.statement, by_chance }
    }
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
        let node = self.source.node_of(annotation);
        match node.and_then(|node| self.created(node.byte_range().into())) {
            Some(store) => {
                facts.findings.extend(self.guessed(annotation, &store));
                self.declare(index, annotation, &store, variables, facts);
            }
            // Whatever its value is.
            None if annotation.directives.get("environment_variables").is_some() => {
                facts.declarations.extend(bound::declaration(index, variables));
            }
            None => facts.findings.push(self.nothing(annotation, node)),
        }
    }

    /// The store that the code at a place creates.
    fn created(&self, at: Span) -> Option<Created<'a>> {
        let files = || aiofiles::files(self.source, &self.modules, self.outline.imports_in(at));
        let of_calls = || self.outline.assignments_in(at);
        let cache = aiocache::cache(&self.modules, of_calls());
        let others = || {
            let engine = sqlalchemy::engine(&self.modules, of_calls());
            engine.or_else(|| redis::client(&self.modules, of_calls()))
        };
        cache.or_else(files).or_else(others)
    }

    /// What the compiler found in another place or by less than the annotation's reader thinks.
    fn guessed(&self, annotation: &Annotation, store: &Created<'a>) -> Vec<Finding> {
        let by_chance = store.by_chance.map(|(call, module)| {
            let function =
                call.child_by_field_name("function").map_or("", |function| self.source.text_of(function));
            let finding = Finding::new(Code::LooseMatch, "call", Source::place_of(call));
            finding.with("function", function).with("module", module)
        });
        block::inside(self.source, annotation, store.at).into_iter().chain(by_chance).collect()
    }

    /// Why an annotation declares nothing.
    fn nothing(&self, annotation: &Annotation, node: Option<Node<'a>>) -> Finding {
        let candidates = node.filter(|node| block::is_block(*node)).into_iter();
        let mut candidates = candidates
            .flat_map(|node| self.outline.assignments_in(node.byte_range().into()))
            .take(MOST_CANDIDATES);
        let has_store = candidates.any(|found| self.created(found.statement.byte_range().into()).is_some());
        if has_store {
            return Finding::new(Code::NoResource, "several", annotation.capability_at);
        }
        no_store(self.source, annotation, Code::NoResource, "no-store")
    }

    /// Adds the store. Variables of another kind than the code's declare a second one, as for the compiler.
    fn declare(
        &mut self,
        index: usize,
        annotation: &Annotation,
        store: &Created<'a>,
        variables: Vec<EnvironmentVariable>,
        facts: &mut Facts,
    ) {
        let is_secret = store.kind == StoreKind::Fs && annotation.directives.boolean("secret") == Some(true);
        let kind = if is_secret { StoreKind::Secret } else { store.kind };
        let secrets = if is_secret { self.secrets(store.symbol, facts) } else { Vec::new() };
        let (own, other): (Vec<_>, Vec<_>) =
            variables.into_iter().partition(|variable| variable.kind == kind);
        let declares = Declares::Store { kind, secrets, variables: own };
        let symbol = Some(store.symbol.to_owned());
        facts.declarations.push(Declaration { annotation: index, declares, symbol });
        facts.declarations.extend(bound::declaration(index, other));
    }

    fn secrets(&mut self, module: &str, facts: &mut Facts) -> Vec<SecretPath> {
        let known = self.secrets.get_or_insert_with(|| {
            let secrets = Secrets::of(self.source, self.outline, module);
            facts.findings.extend(secrets.findings);
            secrets.paths
        });
        known.clone()
    }
}
