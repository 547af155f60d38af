//! What a file exports that it has from another one: barrels.

use super::exports::{Exports, specifiers};
use super::grammar::Kind;
use super::imports::{Form, ImportNode, Imports, named};
use super::modules::is_relative;
use super::outline::{Call, Outline};
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
    let is_ours = |import: &ImportNode| is_relative(&import.import.specifier);
    if !imports.list.iter().any(is_ours) {
        return Vec::new();
    }
    let takes_one =
        |import: &ImportNode| import.import.bindings.iter().any(|it| it.imported != Imported::Module);
    // Of most files that export much nothing is looked up.
    let is_bound = imports.list.iter().any(|import| is_ours(import) && takes_one(import));
    let bound = exports.seen.iter().filter(|_| is_bound).filter_map(|export| {
        let (import, _, binding) = imports.named(&export.local)?;
        let is_one = binding.imported != Imported::Module;
        let (exported, imported) = (export.exported.clone(), binding.imported.clone());
        is_one.then_some(PassedOn { import, exported, imported })
    });
    let passing = imports.list.iter().enumerate().filter(|(_, import)| import.form == Form::ReExport);
    let statements = passing.flat_map(|(index, import)| statement(reader, outline, index, import));
    let calls = outline.calls.iter().filter(|call| !reader.typed && call.is_statement);
    let all = bound.chain(statements).chain(calls.filter_map(|call| compiled(reader, imports, call)));
    all.filter(|passed| imports.list.get(passed.import).is_some_and(is_ours)).collect()
}

/// What `tsc` makes of `export ... from`: `__exportStar(require("./f"), exports)`, and a getter for each name.
fn compiled<'a>(reader: &Reader<'a>, imports: &Imports<'a>, call: &Call<'a>) -> Option<PassedOn> {
    let name = call.method.map_or_else(|| reader.text(call.callee), |(_, name)| name);
    let is_star = name == "__exportStar";
    if !is_star && name != "defineProperty" {
        return None;
    }
    let arguments: Vec<_> = reader.children(call.arguments?).collect();
    match arguments.as_slice() {
        [module, exports] if is_star && reader.text(*exports) == "exports" => {
            let list = &imports.list;
            let import = list.partition_point(|found| (found.import.at.start as usize) < module.start_byte());
            let found = list.get(import)?.import.at.end as usize;
            let (exported, imported) = (Imported::Module, Imported::Module);
            (found <= module.end_byte()).then_some(PassedOn { import, exported, imported })
        }
        [exports, name, descriptor] if reader.text(*exports) == "exports" => {
            let (root, names) = reader.chain(got(reader, *descriptor)?)?;
            let (import, _, binding) = imports.named(reader.text(root))?;
            let [imported] = names.as_slice() else { return None };
            let (exported, imported) = (named(reader.literal(*name)?), named(imported));
            (binding.imported == Imported::Module).then_some(PassedOn { import, exported, imported })
        }
        _ => None,
    }
}

/// What the getter of `{ enumerable: true, get: function () { return m.f; } }` returns.
fn got<'a>(reader: &Reader<'a>, descriptor: Node<'a>) -> Option<Node<'a>> {
    let getter = reader.children(descriptor).last().filter(|pair| reader.is(*pair, Kind::Pair))?;
    let body = reader.children(reader.field(getter, |fields| fields.value)?).last()?;
    reader.first(reader.first(body)?)
}

/// What `export ... from` passes on. Of JavaScript the compiler follows none (reference, 4.6).
fn statement<'a>(
    reader: &Reader<'a>,
    outline: &Outline<'a>,
    import: usize,
    found: &ImportNode,
) -> Vec<PassedOn> {
    let exports = &outline.exports;
    let at = exports.partition_point(|node| node.start_byte() < found.statement.start as usize);
    let node = exports.get(at).filter(|node| found.statement == node.byte_range().into());
    let Some(node) = node.copied().filter(|_| found.import.followed) else { return Vec::new() };
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
