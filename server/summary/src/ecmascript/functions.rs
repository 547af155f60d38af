//! Functions and what they are called: after their own name, what they are bound to, and what holds them.

use super::grammar::Kind;
use super::outline::{Outline, Step, beyond_casts};
use super::reader::{Reader, place, spoken};
use crate::{Function, FunctionName};
use klotho_grammars::Node;
use klotho_text::{Place, Span};
use std::borrow::Cow;
use std::collections::HashMap;

/// Objects nested deeper than this leave their outer names out.
const DEEPEST_NAME: usize = 8;

/// A function as the walk finds it.
pub(super) struct FunctionNode<'a> {
    node: Node<'a>,
    /// What it is called and where that stands, if it is called anything.
    name: Option<(Cow<'a, str>, Place)>,
    is_async: bool,
}

/// Reads a function under the nodes above it.
pub(super) fn read<'a>(reader: &Reader<'a>, (kind, node): Step<'a>, above: &[Step<'a>]) -> FunctionNode<'a> {
    FunctionNode { node, name: name(reader, (kind, node), above), is_async: is_async(reader, node) }
}

/// The functions that have a name, and the handlers of routes, given by node and index of the route.
pub(super) fn functions(outline: &Outline<'_>, handlers: &HashMap<usize, usize>) -> Vec<Function> {
    let functions = outline.functions.iter().filter_map(|function| {
        let (name, name_at) = match &function.name {
            Some((name, at)) => (FunctionName::Named(name.as_ref().to_owned()), *at),
            None => (FunctionName::HandlerOf(*handlers.get(&function.node.id())?), start(function.node)),
        };
        Some(Function { name, at: place(function.node), name_at, is_async: function.is_async })
    });
    functions.collect()
}

fn start(node: Node<'_>) -> Place {
    Span::empty(node.start_byte()).into()
}

fn is_async<'a>(reader: &Reader<'a>, node: Node<'a>) -> bool {
    // Modifiers stand before the name and the parameters; there are few.
    let mut modifiers = node.children().take_while(|child| {
        !child.is_named()
            || matches!(child.kind(), "accessibility_modifier" | "override_modifier" | "decorator")
    });
    modifiers.any(|child| reader.is(child, Kind::Async))
}

fn name<'a>(
    reader: &Reader<'a>,
    (kind, node): Step<'a>,
    above: &[Step<'a>],
) -> Option<(Cow<'a, str>, Place)> {
    let own = reader.field(node, |fields| fields.name);
    match (kind, own) {
        (Kind::FunctionDeclaration, Some(own)) => Some((reader.text(own).into(), place(own))),
        (Kind::Method, Some(own)) => {
            let mut names = vec![member_name(reader, own)];
            owners(reader, above, &mut names);
            Some((join(names), place(own)))
        }
        _ => bound_name(reader, node, above).or_else(|| {
            let own = own?;
            Some((reader.text(own).into(), place(own)))
        }),
    }
}

/// The name that an expression is bound to: by a declaration, an assignment, a member of an object or a class.
fn bound_name<'a>(reader: &Reader<'a>, node: Node<'a>, above: &[Step<'a>]) -> Option<(Cow<'a, str>, Place)> {
    let above = beyond_casts(reader, above);
    let (kind, holder) = *above.last()?;
    match kind {
        Kind::Pair | Kind::Field => {
            let key = key(reader, holder)?;
            let mut names = vec![member_name(reader, key)];
            owners(reader, &above[..above.len() - 1], &mut names);
            Some((join(names), place(key)))
        }
        Kind::Declarator | Kind::Assignment | Kind::Export => {
            let (name, at) = holder_name(reader, above)?;
            Some((name, at.unwrap_or_else(|| start(node))))
        }
        _ => None,
    }
}

/// Adds the names of the classes and objects that hold a member, innermost first.
fn owners<'a>(reader: &Reader<'a>, above: &[Step<'a>], names: &mut Vec<Cow<'a, str>>) {
    let mut above = above;
    while names.len() < DEEPEST_NAME {
        let Some((owner, rest)) = owner(reader, above) else { return };
        if let (Kind::Class, node) = owner
            && let Some(name) = reader.field(node, |fields| fields.name)
        {
            names.push(reader.text(name).into());
            return;
        }
        let rest = beyond_casts(reader, rest);
        let Some((kind, node)) = rest.last().copied() else { return };
        if !matches!(kind, Kind::Pair | Kind::Field) {
            // What a module exports is named by the module's readers, not after `exports`.
            let name = holder_name(reader, rest).map(|(name, _)| name);
            names.extend(name.filter(|name| name != "module.exports" && name != "default"));
            return;
        }
        names.extend(key(reader, node).map(|key| member_name(reader, key)));
        above = &rest[..rest.len() - 1];
    }
}

/// The object or class whose member stands here, and what is above it.
fn owner<'s, 'a>(reader: &Reader<'a>, above: &'s [Step<'a>]) -> Option<(Step<'a>, &'s [Step<'a>])> {
    match above {
        [rest @ .., class @ (Kind::Class, _), (Kind::ClassBody, _)] => Some((*class, rest)),
        [rest @ .., object @ (Kind::Object, _)] => Some((*object, beyond_casts(reader, rest))),
        _ => None,
    }
}

/// What a declaration, an assignment or `export default` calls its value.
fn holder_name<'a>(reader: &Reader<'a>, above: &[Step<'a>]) -> Option<(Cow<'a, str>, Option<Place>)> {
    let (kind, holder) = *above.last()?;
    match kind {
        Kind::Declarator => {
            let name = reader.field(holder, |fields| fields.name)?;
            Some((reader.identifier(name)?.into(), Some(place(name))))
        }
        Kind::Assignment => {
            let target = reader.field(holder, |fields| fields.left)?;
            let path = reader.path(target)?;
            // `Users.prototype.create = ...` is the old way to write a method.
            Some((spoken(&path).replace(".prototype.", ".").into(), Some(place(target))))
        }
        Kind::Export => Some(("default".into(), None)),
        _ => None,
    }
}

fn key<'a>(reader: &Reader<'a>, holder: Node<'a>) -> Option<Node<'a>> {
    let fields = [
        reader.field(holder, |fields| fields.key),
        reader.field(holder, |fields| fields.name),
        reader.field(holder, |fields| fields.property),
    ];
    fields.into_iter().flatten().next()
}

fn member_name<'a>(reader: &Reader<'a>, name: Node<'a>) -> Cow<'a, str> {
    reader.literal(name).unwrap_or_else(|| reader.text(name)).into()
}

fn join<'a>(mut names: Vec<Cow<'a, str>>) -> Cow<'a, str> {
    names.reverse();
    names.join(".").into()
}
