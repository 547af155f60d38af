//! Where in a program a server starts to listen: the compiler finds the name of the app by that (reference, 5.3).

use super::grammar::Kind;
use super::outline::Step;
use super::reader::Reader;
use klotho_grammars::Node;

/// `server.listen`, called or not.
pub(super) struct Listen<'a> {
    /// The member access.
    pub(super) node: Node<'a>,
    /// Where it stands.
    pub(super) stands: Stands<'a>,
}

/// Where a call stands, as far as names follow from it.
#[derive(Clone, Copy)]
pub(super) enum Stands<'a> {
    /// A statement of its own at the top level of the file.
    Statement,
    /// In an arrow function below `promise.then(...)`: the promise.
    Then(Node<'a>),
    /// In an arrow function below a call of a plain name, or that is called at once.
    PlainCall,
    /// In a function that is declared under this name.
    Function(&'a str),
    /// Anywhere else.
    Elsewhere,
}

/// Where a member access stands below the nodes `above` it.
pub(super) fn stands<'a>(reader: &Reader<'a>, above: &[Step<'a>]) -> Stands<'a> {
    if let [(Kind::Program, _), (Kind::ExpressionStatement, _), (Kind::Call, _)] = above {
        return Stands::Statement;
    }
    if let Some(arrow) = above.iter().rposition(|(kind, _)| *kind == Kind::Arrow) {
        return in_arrow(reader, &above[..arrow]);
    }
    let function = above.iter().rev().find(|(kind, _)| *kind == Kind::FunctionDeclaration);
    let name = function.and_then(|(_, node)| reader.field(*node, |fields| fields.name));
    name.map_or(Stands::Elsewhere, |name| Stands::Function(reader.text(name)))
}

/// In an arrow function below the nodes `above` it: the next `promise.then(...)` around it counts.
fn in_arrow<'a>(reader: &Reader<'a>, above: &[Step<'a>]) -> Stands<'a> {
    for (_, call) in above.iter().rev().filter(|(kind, _)| *kind == Kind::Call) {
        let Some(callee) = reader.field(*call, |fields| fields.function) else { continue };
        let Some((object, method)) = reader.member(reader.plain(callee)) else { return Stands::PlainCall };
        if reader.text(method) == "then" {
            return Stands::Then(object);
        }
    }
    Stands::Elsewhere
}
