//! `await` before a call on a persisted map.

use super::syntax::path_to;
use crate::TextEdit;
use crate::document::Document;
use klotho_grammars::{Language, Node};
use klotho_text::Span;

/// What begins a function of its own.
const FUNCTIONS: [&str; 8] = [
    "arrow_function",
    "function_declaration",
    "function_definition",
    "function_expression",
    "generator_function",
    "generator_function_declaration",
    "lambda",
    "method_definition",
];

/// Around these the awaited value needs parentheses.
const TIGHTER: [&str; 4] =
    ["member_expression", "subscript_expression", "call_expression", "non_null_expression"];

/// What only a promise has: the code goes on with it, and an awaited value would not do.
const OF_PROMISES: [&str; 3] = ["then", "catch", "finally"];

/// The edits that await the call at `at`; none outside async functions, where nothing can wait, and none where the code
/// handles the promise itself.
pub(super) fn edits(document: &Document, at: Span) -> Option<Vec<TextEdit>> {
    let kind = if document.language? == Language::Python { "call" } else { "call_expression" };
    let path = path_to(document.tree.as_ref()?, at, kind)?;
    let (_, above) = path.split_last()?;
    let function = above.iter().rev().find(|node| FUNCTIONS.contains(&node.kind()))?;
    if !is_async(*function) || above.last().is_some_and(|parent| is_of_promise(document, *parent)) {
        return None;
    }
    let is_tight = above.last().is_some_and(|parent| TIGHTER.contains(&parent.kind()));
    let insert = |at, text: &str| TextEdit { span: Span::empty(at), text: text.to_owned() };
    Some(if is_tight {
        vec![insert(at.start as usize, "(await "), insert(at.end as usize, ")")]
    } else {
        vec![insert(at.start as usize, "await ")]
    })
}

/// Whether it is `call.then`, or another of a promise's own methods.
fn is_of_promise(document: &Document, parent: Node<'_>) -> bool {
    let name = parent.child_by_field_name("property");
    let name = name.and_then(|name| document.text.get(name.byte_range()));
    name.is_some_and(|name| OF_PROMISES.contains(&name))
}

fn is_async(function: Node<'_>) -> bool {
    function.children().any(|child| child.kind() == "async")
}
