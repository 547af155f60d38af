//! `persist` and `config`: buckets and runtime variables of gocloud (reference, 5.9).

use super::expressions::Call;
use super::imports::name_of;
use super::outline::Outline;
use super::secrets::Values;
use crate::required::no_store;
use crate::source::Source;
use crate::walk::within;
use crate::{Declaration, Declares, Facts, SecretPath, StoreKind, bound};
use klotho_annotation::Annotation;
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;

/// Which function opens a store.
struct Opener {
    path: &'static str,
    /// Its package's name where no alias is given.
    package: &'static str,
    /// Part of the function's name: any that has it will do.
    function: &'static str,
}

const BUCKET: Opener = Opener { path: "gocloud.dev/blob", package: "blob", function: "OpenBucket" };
const VARIABLE: Opener =
    Opener { path: "gocloud.dev/runtimevar", package: "runtimevar", function: "OpenVariable" };

/// Adds all that `persist` and `config` annotations declare.
pub(super) fn add(source: &Source<'_>, outline: &Outline<'_>, facts: &mut Facts) {
    add_files(source, outline, facts);
    add_values(source, outline, facts);
}

fn add_files(source: &Source<'_>, outline: &Outline<'_>, facts: &mut Facts) {
    let mut annotations = source.of_capability("persist").peekable();
    if annotations.peek().is_none() {
        return;
    }
    let buckets = BUCKET.opened(source, outline, facts);
    for (index, annotation) in annotations {
        let variables = bound::checked(annotation, facts);
        match only(source, &buckets, annotation) {
            Ok(bucket) => facts.declarations.push(store(index, StoreKind::Fs, bucket, Vec::new())),
            Err(_) if !variables.is_empty() => {}
            Err(Some(variant)) => facts.findings.push(nothing(annotation, variant)),
            Err(None) => facts.findings.push(no_store(source, annotation, Code::NoResource, "no-store")),
        }
        // Variables of another kind than files declare a second store.
        facts.declarations.extend(bound::declaration(index, variables));
    }
}

fn add_values(source: &Source<'_>, outline: &Outline<'_>, facts: &mut Facts) {
    let mut annotations = source.of_capability("config").peekable();
    if annotations.peek().is_none() {
        return;
    }
    let opened = VARIABLE.opened(source, outline, facts);
    let values = Values::of(source, outline);
    for (index, annotation) in annotations {
        if annotation.directives.boolean("secret") != Some(true) {
            facts.findings.push(nothing(annotation, "not-secret"));
            continue;
        }
        match only(source, &opened, annotation) {
            Ok(variable) => {
                let secrets = values.file(&variable.call).into_iter().collect();
                facts.declarations.push(store(index, StoreKind::Config, variable, secrets));
            }
            Err(variant) => facts.findings.push(nothing(annotation, variant.unwrap_or("no-variable"))),
        }
    }
}

fn store(annotation: usize, kind: StoreKind, opened: &Opened<'_>, secrets: Vec<SecretPath>) -> Declaration {
    let declares = Declares::Store { kind, secrets, variables: Vec::new() };
    Declaration { annotation, declares, symbol: Some(opened.name.to_owned()) }
}

fn nothing(annotation: &Annotation, variant: &'static str) -> Finding {
    let finding = Finding::new(Code::NoResource, variant, annotation.capability_at);
    finding.with("capability", &annotation.capability)
}

/// A statement that opens a store.
struct Opened<'a> {
    statement: Node<'a>,
    /// The first variable that it assigns.
    name: &'a str,
    call: Call<'a>,
    /// Whether the compiler sees two in it: it looks for pairs of variables.
    is_several: bool,
}

impl Opener {
    /// The statements that open such a store, in the order in which they start.
    fn opened<'a>(&self, source: &Source<'a>, outline: &Outline<'a>, facts: &Facts) -> Vec<Opened<'a>> {
        let package = name_of(&facts.imports, self.path, self.package);
        let mut found = Vec::new();
        for assignment in outline.assignments.iter().filter(|assignment| assignment.targets.len() >= 2) {
            let calls = assignment.values.iter().filter_map(|value| Call::read(source, *value));
            let opening = calls.filter(|call| call.host == package && call.method.contains(self.function));
            found.extend(opening.filter_map(|call| {
                let name = *assignment.targets.first()?;
                let is_several = assignment.targets.len() > 2;
                Some(Opened { statement: assignment.statement, name, call, is_several })
            }));
        }
        found.sort_by_key(|opened| opened.statement.start_byte());
        found
    }
}

/// The one store that the annotated code opens, or why there is none.
fn only<'s, 'a>(
    source: &Source<'a>,
    opened: &'s [Opened<'a>],
    annotation: &Annotation,
) -> Result<&'s Opened<'a>, Option<&'static str>> {
    let node = source.node_of(annotation).ok_or(None)?;
    match within(opened, node.byte_range().into(), |opened| opened.statement) {
        [] => Err(None),
        [only] if !only.is_several => Ok(only),
        _ => Err(Some("several-stores")),
    }
}
