//! Files and secrets: `fs/promises`.

use super::{Search, Store};
use crate::ecmascript::imports::{Form, ImportNode};
use crate::ecmascript::outline::Call;
use crate::ecmascript::reader::place;
use crate::ecmascript::shares::Shares;
use crate::{Declaration, Declares, Imported, SecretPath, StoreKind};
use klotho_annotation::finding::{Code, Finding};
use klotho_text::Span;
use std::borrow::Cow;
use std::collections::HashSet;

/// The module of the promises.
const MODULE: &str = "fs/promises";

/// The first import of the node, if it is the file system's promises.
pub(super) fn store<'a>(search: &Search<'_, 'a>, span: Span, secret: bool) -> Option<Store<'a>> {
    let imports = &search.imports.list;
    let from = imports.partition_point(|import| import.import.at.start < span.start);
    let within = imports[from..].iter().take_while(|import| import.import.at.start < span.end);
    let within: Vec<&ImportNode> = within.filter(|import| import.form != Form::ReExport).collect();
    // Declared `require`s are tried before all other imports.
    let declared = within.iter().find(|import| import.form == Form::Declared);
    let statement = declared.or(within.first())?.statement;
    let of_statement = within.into_iter().filter(|import| import.statement == statement);
    let kind = if secret { StoreKind::Secret } else { StoreKind::Fs };
    of_statement.rev().find_map(|node| held(search, node, kind).or_else(|| parted(search, node, kind)))
}

/// The store in a variable of the file.
fn held<'a>(search: &Search<'_, '_>, node: &ImportNode, kind: StoreKind) -> Option<Store<'a>> {
    let variable = file_system(node)?;
    let gap = gap(search, node, &variable);
    Some(Store { kind, variable: Some(variable.into()), gap })
}

/// `import { readFile } from "fs/promises"` in TypeScript: `tsc` makes `const promises_1 = require("fs/promises")` of it.
fn parted<'a>(search: &Search<'_, '_>, node: &ImportNode, kind: StoreKind) -> Option<Store<'a>> {
    let is_module = node.form == Form::Es && node.import.specifier == MODULE;
    let is_left = search.reader.typed && is_module && !node.import.bindings.is_empty();
    is_left.then_some(Store { kind, variable: None, gap: None })
}

/// `import { promises as fs } from "fs"` leaves no variable in what TypeScript makes of it.
fn gap(search: &Search<'_, '_>, node: &ImportNode, variable: &str) -> Option<Finding> {
    if !search.reader.typed || node.import.specifier != "fs" || !node.is_statement(search.reader) {
        return None;
    }
    let gap = Finding::new(Code::CompilerGap, "fs-named", node.statement).with("name", variable);
    let rewrite = format!("import * as {variable} from \"fs/promises\";");
    Some(if node.import.bindings.len() == 1 { gap.with("rewrite", rewrite) } else { gap })
}

/// The name that an import gives to the file system's promises.
fn file_system(import: &ImportNode) -> Option<String> {
    let wanted = |imported: &Imported| match import.import.specifier.as_str() {
        MODULE => matches!(imported, Imported::Module | Imported::Default),
        "fs" => *imported == Imported::Name("promises".to_owned()),
        _ => false,
    };
    let binding = import.import.bindings.iter().rfind(|binding| wanted(&binding.imported))?;
    Some(binding.local.clone())
}

/// Adds to each secret store the files that are read through it, anywhere in the file.
pub(super) fn secrets(
    search: &Search<'_, '_>,
    stores: &[(usize, Store<'_>)],
    declarations: &mut [Declaration],
    findings: &mut Vec<Finding>,
) {
    let of_secrets = || stores.iter().filter(|(_, store)| store.kind == StoreKind::Secret);
    if of_secrets().next().is_none() {
        return;
    }
    let mut read = Shares::of(of_secrets().filter_map(|(_, store)| store.variable.as_deref()));
    let mut refused: HashSet<Cow<'_, str>> = HashSet::new();
    for call in &search.outline.calls {
        let Some((object, method)) = call.method else { continue };
        let Some(variable) = search.reader.path(object) else { continue };
        let Some(paths) = read.list(&variable) else { continue };
        match access(search, call, method) {
            Ok(path) => paths.push(path),
            Err(finding) => {
                findings.push(finding);
                refused.insert(variable);
            }
        }
    }
    for (index, store) in of_secrets() {
        let variable = store.variable.as_deref();
        let mut is_read = |name| read.list(name).is_some_and(|paths| !paths.is_empty());
        let is_used = variable.is_some_and(|name| refused.contains(name) || is_read(name));
        findings.extend(unread(search, *index, store).filter(|_| !is_used));
        let at = declarations.binary_search_by_key(index, |declaration| declaration.annotation);
        let declaration = at.ok().and_then(|at| declarations.get_mut(at));
        if let Some(Declaration { declares: Declares::Store { secrets, .. }, .. }) = declaration {
            *secrets = variable.map_or_else(Vec::new, |variable| read.take(variable));
        }
    }
}

/// A secret of which the compiler sees no file: it looks for plain calls in this file alone.
fn unread(search: &Search<'_, '_>, index: usize, store: &Store<'_>) -> Option<Finding> {
    let at = search.reader.source.annotations.get(index)?.capability_at;
    Some(match &store.variable {
        Some(variable) => Finding::new(Code::SecretUnread, "", at).with("name", variable),
        None => Finding::new(Code::SecretUnread, "parted", at),
    })
}

/// What one call on a secret store reads.
fn access<'a>(search: &Search<'_, 'a>, call: &Call<'a>, method: &str) -> Result<SecretPath, Finding> {
    if method != "readFile" {
        return Err(Finding::new(Code::SecretAccess, "", place(call.callee)).with("method", method));
    }
    let first = call.arguments.and_then(|arguments| search.reader.first(arguments));
    match first.and_then(|first| search.reader.literal(first)) {
        Some(path) => Ok(SecretPath { path: path.to_owned(), at: place(first.unwrap_or(call.node)) }),
        None => Err(Finding::new(Code::LiteralRequired, "secret", place(first.unwrap_or(call.node)))),
    }
}
