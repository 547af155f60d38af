//! Nest's decorators as TypeScript writes them.

use super::{DECORATORS, Decoration, exported};
use crate::ecmascript::grammar::Kind;
use crate::ecmascript::imports::Imports;
use crate::ecmascript::outline::Outline;
use crate::ecmascript::reader::{Reader, place};
use klotho_grammars::Node;

/// Every `@name(...)` of Nest on a class or a member of one.
pub(super) fn decorations<'a>(
    reader: &Reader<'a>,
    outline: &Outline<'a>,
    imports: &Imports<'a>,
) -> Vec<Decoration<'a>> {
    let all = outline.decorators.iter().filter_map(|decorator| {
        let call = reader.first(*decorator).filter(|call| reader.is(*call, Kind::Call))?;
        let name = exported(reader, imports, reader.field(call, |fields| fields.function)?, DECORATORS)?;
        let (class, is_method) = decorated(reader, *decorator)?;
        let class = reader.text(reader.field(class, |fields| fields.name)?);
        let argument =
            reader.field(call, |fields| fields.arguments).and_then(|arguments| reader.first(arguments));
        Some(Decoration { class, is_method, name, argument, at: place(*decorator) })
    });
    all.collect()
}

/// The class that a decorator stands on, or in, and whether it is in.
fn decorated<'a>(reader: &Reader<'a>, decorator: Node<'a>) -> Option<(Node<'a>, bool)> {
    let parent = decorator.parent()?;
    match reader.kind(parent) {
        Kind::Class => Some((parent, false)),
        Kind::Export => Some((reader.field(parent, |fields| fields.declaration)?, false)),
        Kind::ClassBody => Some((parent.parent()?, true)),
        _ => None,
    }
}
