//! Stores: what an annotated `persist` finds in its node, one module for each way to keep data (reference, 5.7).

mod fs_promises;
mod map;
mod node_redis;
mod orm;

use super::grammar::Kind;
use super::imports::{Imports, is_type_only};
use super::outline::{Bind, Outline};
use super::reader::{Reader, spoken};
use crate::environment::environment_variables;
use crate::required::{missing_id, no_store};
use crate::{Declaration, Declares, EnvironmentVariable, Imported, StoreKind};
use klotho_annotation::Annotation;
use klotho_annotation::finding::{Code, Finding};
use klotho_text::Span;
use std::borrow::Cow;

/// A store in the code.
struct Store<'a> {
    kind: StoreKind,
    /// The variable that holds it, as calls are made on it; none where only `tsc` gives it one.
    variable: Option<Cow<'a, str>>,
    /// Why the compiler does not see it, in TypeScript.
    gap: Option<Finding>,
}

/// Where stores are looked for.
struct Search<'s, 'a> {
    reader: &'s Reader<'a>,
    outline: &'s Outline<'a>,
    imports: &'s Imports<'a>,
}

/// Reads every `persist` of a file.
pub(super) fn stores<'a>(
    reader: &Reader<'a>,
    outline: &Outline<'a>,
    imports: &Imports<'a>,
) -> (Vec<Declaration>, Vec<Finding>) {
    let search = Search { reader, outline, imports };
    let mut declarations = Vec::new();
    let mut findings = Vec::new();
    let mut found = Vec::new();
    for (index, annotation) in reader.source.of_capability("persist") {
        findings.extend(missing_id(annotation));
        let store = search.store(annotation);
        if annotation.directives.get("environment_variables").is_some() {
            // Where the directive stands, the compiler looks at no code (reference, 2.4).
            let (variables, invalid) = environment_variables(annotation);
            findings.extend(invalid);
            declarations.extend(bound(index, variables, store).filter(|_| annotation.id().is_some()));
            continue;
        }
        let Some(mut store) = store else {
            findings.extend(unknown(reader, annotation));
            continue;
        };
        findings.extend(store.gap.take());
        if annotation.id().is_some() {
            declarations.push(declaration(index, store.kind, Some(&store), Vec::new()));
        }
        found.push((index, store));
    }
    fs_promises::secrets(&search, &found, &mut declarations, &mut findings);
    map::missing_awaits(&search, &found, &mut findings);
    (declarations, findings)
}

/// A store that is declared by the variables bound to it. The code counts only for what the program calls the store.
fn bound(
    annotation: usize,
    variables: Vec<EnvironmentVariable>,
    store: Option<Store<'_>>,
) -> Option<Declaration> {
    let kind = variables.first()?.kind;
    let store = store.filter(|store| store.kind == kind);
    Some(declaration(annotation, kind, store.as_ref(), variables))
}

fn declaration(
    annotation: usize,
    kind: StoreKind,
    store: Option<&Store<'_>>,
    variables: Vec<EnvironmentVariable>,
) -> Declaration {
    let symbol = store.and_then(|store| Some(spoken(store.variable.as_ref()?).to_owned()));
    Declaration { annotation, declares: Declares::Store { kind, secrets: Vec::new(), variables }, symbol }
}

fn unknown(reader: &Reader<'_>, annotation: &Annotation) -> Option<Finding> {
    let language = if reader.typed { "TypeScript" } else { "JavaScript" };
    let finding = no_store(reader.source, annotation, Code::PersistUnknown, "").with("language", language);
    // Of an import that only names types nothing is left to refuse: that is said by itself.
    let node = reader.source.node_of(annotation);
    let is_left = node.is_none_or(|node| !reader.is(node, Kind::Import) || !is_type_only(node));
    (!reader.typed || is_left).then_some(finding)
}

impl<'s, 'a> Search<'s, 'a> {
    /// The first kind of store that the annotated node matches.
    fn store(&self, annotation: &Annotation) -> Option<Store<'a>> {
        let span = *annotation.node.as_ref()?.at;
        let secret = annotation.directives.boolean("secret") == Some(true);
        map::store(self, span)
            .or_else(|| fs_promises::store(self, span, secret))
            .or_else(|| orm::store(self, span))
            .or_else(|| node_redis::store(self, span))
    }

    /// The bindings in a span whose value is of one kind. A property of a namespace holds no store.
    fn bindings(&self, span: Span, kind: Kind) -> impl Iterator<Item = &Bind<'a>> {
        let is_ours = move |bind: &&Bind<'a>| !bind.of_namespace && self.reader.is(bind.value, kind);
        self.outline.bindings_in(span).filter(is_ours)
    }

    /// The name of a class or function as the module that it comes from has it. TypeScript replaces imported names by it.
    fn original(&self, name: &'s str) -> &'s str {
        match self.imports.replaced(self.reader, name) {
            Some((_, Imported::Name(original))) => original,
            _ => name,
        }
    }

    /// The variable of a binding whose target is a name or, in an assignment, a member of a name.
    fn target(&self, bind: &Bind<'a>) -> Option<Cow<'a, str>> {
        let path = self.reader.path(bind.target)?;
        let is_simple = path.split('.').count() <= 2 && !path.starts_with("this.");
        is_simple.then_some(path)
    }
}

/// Whether a variable is a plain one or a member of `exports`.
fn is_variable(path: &str) -> bool {
    !path.strip_prefix("exports.").unwrap_or(path).contains('.')
}
