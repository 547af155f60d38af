//! Calls of and on imported names.

use super::outline::{Call, Outline};
use super::syntax::{arguments, callee, plain};
use crate::source::Source;
use crate::{Import, Imported, ImportedCall};
use std::collections::HashMap;

/// The calls in document order; one that may mean a name or a module of a package is stated for both.
pub(super) fn imported_calls(
    source: &Source<'_>,
    outline: &Outline<'_>,
    imports: &[Import],
) -> Vec<ImportedCall> {
    let mut by_local: HashMap<&str, Vec<(usize, &Imported)>> = HashMap::new();
    for (index, import) in imports.iter().enumerate() {
        for binding in &import.bindings {
            by_local.entry(&binding.local).or_default().push((index, &binding.imported));
        }
    }
    let mut calls = Vec::new();
    for call in &outline.calls {
        let callee = callee(source, call.node);
        // `import a.b` is used as `a.b.f()`, so the longest prefix that is imported counts.
        let prefixes = callee.rmatch_indices('.').map(|(dot, _)| &callee[..dot]);
        let found =
            std::iter::once(callee).chain(prefixes).find_map(|name| Some((name, by_local.get(name)?)));
        let Some((name, meanings)) = found else { continue };
        let rest: Vec<&str> = callee[name.len()..].split('.').filter(|part| !part.is_empty()).collect();
        for (import, imported) in meanings {
            calls.extend(imported_call(source, call, *import, imported, &rest));
        }
    }
    calls
}

fn imported_call(
    source: &Source<'_>,
    call: &Call<'_>,
    import: usize,
    imported: &Imported,
    rest: &[&str],
) -> Option<ImportedCall> {
    let first = match imported {
        Imported::Name(name) => Some(name.as_str()),
        Imported::Module | Imported::Default => None,
    };
    let path: Vec<String> = first.into_iter().chain(rest.iter().copied()).map(str::to_owned).collect();
    if path.is_empty() {
        return None;
    }
    let literal =
        arguments(call.node).first().and_then(|argument| plain(source, *argument)).map(str::to_owned);
    Some(ImportedCall { import, path, literal, awaited: call.awaited, at: Source::place_of(call.node) })
}
