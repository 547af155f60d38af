//! What a file exports that it has from another one: barrels.

use super::exports::{Exports, specifiers};
use super::imports::{Form, Imports, named};
use super::modules::is_relative;
use super::outline::Outline;
use super::reader::Reader;
use crate::{Imported, PassedOn};
use klotho_grammars::Node;

/// What leaves the file as it came in: `export { f } from "./f"` and `export * from "./f"` of TypeScript, and what is imported by name
/// and exported.
pub(super) fn passed_on<'a>(
    reader: &Reader<'a>,
    outline: &Outline<'a>,
    imports: &Imports<'a>,
    exports: &Exports,
) -> Vec<PassedOn> {
    if !imports.list.iter().any(|node| is_relative(&node.import.specifier)) {
        return Vec::new();
    }
    let bound = exports.seen.iter().filter_map(|export| {
        let (import, node, binding) = imports.named(&export.local)?;
        let is_one = binding.imported != Imported::Module && is_relative(&node.import.specifier);
        let (exported, imported) = (export.exported.clone(), binding.imported.clone());
        is_one.then_some(PassedOn { import, exported, imported })
    });
    let statements = outline.exports.iter().flat_map(|node| statement(reader, imports, *node));
    bound.chain(statements).collect()
}

/// What `export ... from` passes on. Of JavaScript the compiler follows none (reference, 4.6).
fn statement<'a>(reader: &Reader<'a>, imports: &Imports<'a>, node: Node<'a>) -> Vec<PassedOn> {
    let list = &imports.list;
    let import = list.partition_point(|found| (found.import.at.start as usize) < node.start_byte());
    let found = list.get(import).filter(|found| found.form == Form::ReExport && found.import.followed);
    if found.is_none_or(|found| found.statement != node.byte_range().into()) {
        return Vec::new();
    }
    let Some(clause) = reader.children(node).find(|child| child.kind() != "string") else {
        return vec![PassedOn { import, exported: Imported::Module, imported: Imported::Module }];
    };
    let passed = specifiers(reader, node).map(|export| {
        let imported = named(&export.local);
        PassedOn { import, exported: export.exported, imported }
    });
    // The one name of `export * as all from` stands for no function.
    passed.filter(|_| clause.kind() == "export_clause").collect()
}
