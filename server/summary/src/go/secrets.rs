//! Which file holds a secret: the URL of a runtime variable, as far as literals tell.

use super::expressions::{Call, identifier, literal};
use super::outline::{Assignment, Outline};
use crate::SecretPath;
use crate::source::Source;
use klotho_grammars::Node;
use klotho_text::Span;
use std::collections::HashMap;

/// Of the assignments to one name before its use, only this many are looked at.
const MOST_ASSIGNMENTS: usize = 16;

/// Longer sums and formats are not put together.
const MOST_PARTS: usize = 8;

/// The variables of a file by name.
pub(super) struct Values<'s, 'a> {
    source: &'s Source<'a>,
    assignments: HashMap<&'a str, Vec<&'s Assignment<'a>>>,
}

impl<'s, 'a> Values<'s, 'a> {
    pub(super) fn of(source: &'s Source<'a>, outline: &'s Outline<'a>) -> Self {
        let mut assignments: HashMap<_, Vec<_>> = HashMap::new();
        for assignment in &outline.assignments {
            if let Some(first) = assignment.targets.first() {
                assignments.entry(*first).or_default().push(assignment);
            }
        }
        Self { source, assignments }
    }

    /// The file that `runtimevar.OpenVariable(context, "file://...")` reads, if it is named by a literal.
    pub(super) fn file(&self, call: &Call<'a>) -> Option<SecretPath> {
        let (url, at) = self.url(call.first_two().1?)?;
        let path = url.strip_prefix("file://")?;
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        (!path.is_empty()).then(|| SecretPath { path: path.to_owned(), at: Source::place_of(at) })
    }

    /// A URL, and the literal in it that names the file: a plain string, a sum, or what `fmt.Sprintf` makes.
    fn url(&self, node: Node<'a>) -> Option<(String, Node<'a>)> {
        let parts = match node.kind() {
            "binary_expression" => self.sum(node)?,
            "call_expression" => self.format(node)?,
            _ => vec![self.value(node)?],
        };
        let named = parts.iter().find(|(text, _)| !text.starts_with("file://")).or(parts.first())?.1;
        Some((parts.iter().map(|(text, _)| *text).collect(), named))
    }

    fn sum(&self, node: Node<'a>) -> Option<Vec<(&'a str, Node<'a>)>> {
        let mut parts = Vec::new();
        let mut rest = node;
        while rest.kind() == "binary_expression" && parts.len() < MOST_PARTS {
            parts.push(self.value(rest.child_by_field_name("right")?)?);
            rest = rest.child_by_field_name("left")?;
        }
        parts.push(self.value(rest)?);
        parts.reverse();
        Some(parts)
    }

    fn format(&self, node: Node<'a>) -> Option<Vec<(&'a str, Node<'a>)>> {
        let call =
            Call::read(self.source, node).filter(|call| call.host == "fmt" && call.method == "Sprintf")?;
        let mut arguments = call.arguments.named_children().filter(|it| it.kind() != "comment");
        let template = arguments.next()?;
        let mut parts = Vec::new();
        for (index, text) in literal(self.source, template)?.split("%s").take(MOST_PARTS).enumerate() {
            if index > 0 {
                parts.push(self.value(arguments.next()?)?);
            }
            parts.push((text, template));
        }
        Some(parts.into_iter().filter(|(text, _)| !text.is_empty()).collect())
    }

    /// The literal that an expression or a variable stands for.
    fn value(&self, node: Node<'a>) -> Option<(&'a str, Node<'a>)> {
        let Some(name) = identifier(self.source, node) else {
            return Some((literal(self.source, node)?, node));
        };
        let all = self.assignments.get(name)?;
        let before = all.partition_point(|assignment| assignment.statement.start_byte() < node.start_byte());
        let near = all.get(..before)?.iter().rev().take(MOST_ASSIGNMENTS);
        let at = Span::new(node.start_byte(), node.end_byte());
        let mut reaching = near.filter(|assignment| assignment.block.is_none_or(|block| block.covers(at)));
        let value = *reaching.next()?.values.first()?;
        let named = match Call::read(self.source, value) {
            Some(call) if (call.host, call.method) == ("filepath", "Abs") => call.first_two().0?,
            _ => value,
        };
        Some((literal(self.source, named)?, named))
    }
}
