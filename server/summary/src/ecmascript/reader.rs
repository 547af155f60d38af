//! Reading single nodes: their text, string literals, dotted names, and what TypeScript leaves of an expression.

use super::grammar::{Fields, Grammar, Kind};
use crate::source::Source;
use klotho_grammars::Node;
use klotho_text::Place;
use std::borrow::Cow;

/// Longer chains of names are no router, store or module.
const LONGEST_PATH: usize = 8;

/// A file together with the grammar that its nodes belong to.
pub(super) struct Reader<'a> {
    pub(super) source: &'a Source<'a>,
    /// Whether what counts is the CommonJS that the TypeScript compiler makes of it.
    pub(super) typed: bool,
    grammar: &'static Grammar,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a Source<'a>) -> Self {
        let typed = source.language != klotho_grammars::Language::JavaScript;
        Self { source, typed, grammar: Grammar::of(source.language) }
    }

    pub(super) fn kind(&self, node: Node<'_>) -> Kind {
        self.grammar.kind(node)
    }

    pub(super) fn is(&self, node: Node<'_>, kind: Kind) -> bool {
        self.kind(node) == kind
    }

    pub(super) fn text(&self, node: Node<'_>) -> &'a str {
        self.source.text_of(node)
    }

    /// The child in a field.
    pub(super) fn field(&self, node: Node<'a>, field: impl Fn(&Fields) -> u16) -> Option<Node<'a>> {
        node.child_by_field_id(field(&self.grammar.fields))
    }

    /// The named children, comments left out.
    pub(super) fn children(&self, node: Node<'a>) -> impl Iterator<Item = Node<'a>> {
        node.named_children().filter(|child| !self.is(*child, Kind::Comment))
    }

    /// The first named child that is no comment.
    pub(super) fn first(&self, node: Node<'a>) -> Option<Node<'a>> {
        self.children(node).next()
    }

    /// What remains of an expression when TypeScript has removed its casts.
    pub(super) fn plain(&self, node: Node<'a>) -> Node<'a> {
        let mut plain = node;
        if self.typed {
            while let Some(inner) = self.uncast(plain) {
                plain = inner;
            }
        }
        plain
    }

    /// What stands inside one cast, or inside the parentheses around one.
    fn uncast(&self, node: Node<'a>) -> Option<Node<'a>> {
        match self.kind(node) {
            Kind::Cast => self.cast(node),
            Kind::Parenthesized => self.first(node).filter(|inner| self.is(*inner, Kind::Cast)),
            _ => None,
        }
    }

    /// The expression of a cast: it stands first, but behind the type in `<type>expression`.
    fn cast(&self, node: Node<'a>) -> Option<Node<'a>> {
        let mut children = self.children(node);
        let first = children.next()?;
        if first.kind() == "type_arguments" { children.last().or(Some(first)) } else { Some(first) }
    }

    /// What stands between the quotes of a plain string, as written.
    pub(super) fn literal(&self, node: Node<'a>) -> Option<&'a str> {
        let node = self.plain(node);
        self.is(node, Kind::String).then(|| self.text(node).trim_matches(['"', '\'']))
    }

    /// The object and the name of `object.name`.
    pub(super) fn member(&self, node: Node<'a>) -> Option<(Node<'a>, Node<'a>)> {
        if !self.is(node, Kind::Member) {
            return None;
        }
        let object = self.field(node, |fields| fields.object)?;
        Some((object, self.field(node, |fields| fields.property)?))
    }

    /// A name or a chain of names (`app`, `exports.app`, `this.router`), in one spelling. That of `export default` is `exports.default`.
    pub(super) fn path(&self, node: Node<'a>) -> Option<Cow<'a, str>> {
        if self.is(node, Kind::Default) {
            return Some(Cow::Borrowed("exports.default"));
        }
        let (root, mut names) = self.chain(node)?;
        if names.is_empty() {
            return Some(Cow::Borrowed(self.text(root)));
        }
        names.insert(0, self.text(root));
        Some(Cow::Owned(names.join(".")))
    }

    /// The first name of a chain, and the names behind its dots.
    pub(super) fn chain(&self, node: Node<'a>) -> Option<(Node<'a>, Vec<&'a str>)> {
        let mut root = self.plain(node);
        let mut names = Vec::new();
        while let Some((object, name)) = self.member(root) {
            if names.len() == LONGEST_PATH {
                return None;
            }
            names.push(self.text(name));
            root = self.plain(object);
        }
        names.reverse();
        matches!(self.kind(root), Kind::Identifier | Kind::This).then_some((root, names))
    }

    /// The text of an identifier.
    pub(super) fn identifier(&self, node: Node<'a>) -> Option<&'a str> {
        let node = self.plain(node);
        self.is(node, Kind::Identifier).then(|| self.text(node))
    }

    /// The word of `export default`.
    pub(super) fn default_word(&self, export: Node<'a>) -> Option<Node<'a>> {
        export.child(1).filter(|word| self.is(*word, Kind::Default))
    }

    /// What `(0, f)` stands for: TypeScript calls imported functions in this way. Behind an `await` it may have been read as arguments.
    pub(super) fn sequence_end(&self, node: Node<'a>) -> Option<Node<'a>> {
        let sequence = match self.kind(node) {
            Kind::Parenthesized => self.first(node).filter(|inner| self.is(*inner, Kind::Sequence))?,
            Kind::Arguments => node,
            _ => return None,
        };
        self.children(sequence).skip(1).last()
    }
}

/// Where a node stands.
pub(super) fn place(node: Node<'_>) -> Place {
    Source::place_of(node)
}

/// The name that a person would say: `exports.app` is `app`.
pub(super) fn spoken(path: &str) -> &str {
    path.strip_prefix("module.exports.").or_else(|| path.strip_prefix("exports.")).unwrap_or(path)
}
