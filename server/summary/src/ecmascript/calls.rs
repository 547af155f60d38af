//! Calls on and of names that come from other files of the project.

use super::imports::Imports;
use super::modules::is_relative;
use super::outline::{Call, Outline};
use super::reader::{Reader, place};
use crate::{Imported, ImportedCall};

/// Every call whose callee starts with a name that a relative import binds.
pub(super) fn imported_calls<'a>(
    reader: &Reader<'a>,
    outline: &Outline<'a>,
    imports: &Imports<'a>,
) -> Vec<ImportedCall> {
    if !imports.list.iter().any(|import| is_relative(&import.import.specifier)) {
        return Vec::new();
    }
    outline.calls.iter().filter_map(|call| imported_call(reader, imports, call)).collect()
}

fn imported_call<'a>(reader: &Reader<'a>, imports: &Imports<'a>, call: &Call<'a>) -> Option<ImportedCall> {
    let callee = reader.sequence_end(call.callee).unwrap_or(call.callee);
    let (root, names) = reader.chain(callee)?;
    let (import, node, binding) = imports.named(reader.text(root))?;
    if !is_relative(&node.import.specifier) {
        return None;
    }
    let exported = match &binding.imported {
        Imported::Module => None,
        Imported::Default => Some("default"),
        Imported::Name(name) => Some(name.as_str()),
    };
    let argument = call.arguments.and_then(|arguments| reader.first(arguments));
    Some(ImportedCall {
        import,
        path: exported.into_iter().chain(names).map(str::to_owned).collect(),
        literal: argument.and_then(|argument| reader.literal(argument)).map(str::to_owned),
        awaited: call.awaited,
        is_statement: call.is_statement,
        callee_at: place(call.callee),
        at: place(call.node),
    })
}
