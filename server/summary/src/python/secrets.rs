//! The files that are read through a secret store.

use super::outline::Outline;
use super::syntax::{arguments, callee, plain};
use crate::SecretPath;
use crate::source::Source;
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;

/// The paths of `async with fs.open("path") as f:` whose body reads `f`. A `return await f.read()` is not seen, as by
/// the compiler.
pub(super) fn secrets(
    source: &Source<'_>,
    outline: &Outline<'_>,
    fs: &str,
    findings: &mut Vec<Finding>,
) -> Vec<SecretPath> {
    let mut secrets = Vec::new();
    for statement in &outline.async_withs {
        let Some(body) = statement.child_by_field_name("body") else { continue };
        for (path, file) in opened(source, *statement, fs) {
            let is_read = reads(source, outline, body, file, findings);
            let at = Source::place_of(path);
            match plain(source, path) {
                Some(text) if is_read => secrets.push(SecretPath { path: text.to_owned(), at }),
                Some(_) => {}
                None => findings.push(Finding::new(Code::LiteralRequired, "secret", at)),
            }
        }
    }
    secrets
}

/// The paths that a statement opens through `fs`, and the names of the files.
fn opened<'a>(source: &Source<'a>, statement: Node<'a>, fs: &str) -> Vec<(Node<'a>, &'a str)> {
    let mut cursor = statement.walk();
    let Some(clause) = statement.named_children(&mut cursor).find(|child| child.kind() == "with_clause")
    else {
        return Vec::new();
    };
    let mut cursor = clause.walk();
    let items = clause.named_children(&mut cursor).filter_map(|item| {
        let pattern = item.child_by_field_name("value").filter(|value| value.kind() == "as_pattern")?;
        let call = pattern.named_child(0).filter(|call| call.kind() == "call")?;
        let is_open = callee(source, call).strip_prefix(fs) == Some(".open");
        let file = pattern.child_by_field_name("alias").filter(|_| is_open)?;
        Some((arguments(call).first().copied()?, source.text_of(file)))
    });
    items.collect()
}

/// Whether a body reads the file. What else it does with it, secrets do not allow.
fn reads(
    source: &Source<'_>,
    outline: &Outline<'_>,
    body: Node<'_>,
    file: &str,
    findings: &mut Vec<Finding>,
) -> bool {
    let mut is_read = false;
    for call in outline.awaited_in(body) {
        match callee(source, *call).split_once('.') {
            Some((object, "read")) if object == file => is_read = true,
            Some((object, method)) if object == file && !method.contains('.') => {
                let finding = Finding::new(Code::SecretAccess, "", Source::place_of(*call));
                findings.push(finding.with("method", method));
            }
            _ => {}
        }
    }
    is_read
}
