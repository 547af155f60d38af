//! Nest's decorators as `tsc` writes them in CommonJS: `__decorate([(0, common_1.Get)("path")], C.prototype, "method")`.

use super::{DECORATORS, Decoration, exported};
use crate::ecmascript::grammar::Kind;
use crate::ecmascript::imports::Imports;
use crate::ecmascript::outline::{Call, Outline};
use crate::ecmascript::reader::{Reader, place};
use klotho_grammars::Node;

/// Every decorator of Nest on a class or a member of one.
pub(super) fn decorations<'a>(
    reader: &Reader<'a>,
    outline: &Outline<'a>,
    imports: &Imports<'a>,
) -> Vec<Decoration<'a>> {
    let calls = outline.calls.iter().filter(|call| reader.text(call.callee) == "__decorate");
    calls.flat_map(|call| of_call(reader, imports, call)).collect()
}

fn of_call<'a>(reader: &Reader<'a>, imports: &Imports<'a>, call: &Call<'a>) -> Vec<Decoration<'a>> {
    let arguments: Vec<_> =
        call.arguments.into_iter().flat_map(|arguments| reader.children(arguments)).collect();
    let [list, target, ..] = arguments.as_slice() else { return Vec::new() };
    let (class, is_method) = match reader.chain(*target) {
        Some((class, names)) if names.is_empty() => (reader.text(class), false),
        Some((class, names)) if names == ["prototype"] => (reader.text(class), true),
        _ => return Vec::new(),
    };
    let decorators = reader.children(*list);
    let found = decorators.filter_map(|decorator| {
        let (name, argument) = decoration(reader, imports, decorator)?;
        Some(Decoration { class, is_method, name, argument, at: place(decorator) })
    });
    found.collect()
}

/// The name and first argument of `(0, common_1.Name)(argument)`.
fn decoration<'a>(
    reader: &Reader<'a>,
    imports: &Imports<'a>,
    node: Node<'a>,
) -> Option<(String, Option<Node<'a>>)> {
    let callee = reader.field(node, |fields| fields.function).filter(|_| reader.is(node, Kind::Call))?;
    let name = exported(reader, imports, reader.sequence_end(callee)?, DECORATORS)?;
    let argument =
        reader.field(node, |fields| fields.arguments).and_then(|arguments| reader.first(arguments));
    Some((name, argument))
}
