//! Calls behind an `await`, where the parsers read them otherwise than the language.

use super::grammar::Kind;
use super::reader::Reader;
use klotho_grammars::Node;

/// What a call calls, without casts, and whether the parser took the `await` before it for a part of that: with type arguments it reads
/// `await f<T>(x)` as a call of `await f`, and in JavaScript `await (0, f)(x)` as a call of what a function `await` returns. For the
/// latter it is the parentheses with all in them.
pub(super) fn callee<'a>(reader: &Reader<'a>, call: Node<'a>) -> Option<(Node<'a>, bool)> {
    let callee = reader.plain(reader.field(call, |fields| fields.function)?);
    if reader.is(callee, Kind::Await) {
        return Some((reader.plain(reader.first(callee)?), true));
    }
    if reader.is(callee, Kind::Call)
        && reader.field(callee, |fields| fields.function).is_some_and(|name| reader.text(name) == "await")
    {
        return Some((reader.field(callee, |fields| fields.arguments)?, true));
    }
    Some((callee, false))
}

/// The call whose result a value is after an `await`, and what it calls.
pub(super) fn awaited_call<'a>(reader: &Reader<'a>, value: Node<'a>) -> Option<(Node<'a>, Node<'a>)> {
    let is_await = reader.is(value, Kind::Await);
    let call = if is_await { reader.plain(reader.first(value)?) } else { value };
    let (callee, is_misread) = callee(reader, call)?;
    (is_await || is_misread).then_some((call, callee))
}
