//! Functions and methods.

use super::outline::Outline;
use crate::source::Source;
use crate::{Function, FunctionName};

/// All functions, named after the classes and functions around them: `Users.create`.
pub(super) fn functions(source: &Source<'_>, outline: &Outline<'_>) -> Vec<Function> {
    // Each name around here, qualified, with the end of its definition.
    let mut around: Vec<(usize, String)> = Vec::new();
    let mut functions = Vec::new();
    for definition in &outline.definitions {
        let Some(name) = definition.child_by_field_name("name") else { continue };
        while around.last().is_some_and(|(end, _)| *end <= definition.start_byte()) {
            around.pop();
        }
        let own = source.text_of(name);
        let qualified = around.last().map_or(own.to_owned(), |(_, outer)| format!("{outer}.{own}"));
        if definition.kind() == "function_definition" {
            functions.push(Function {
                name: FunctionName::Named(qualified.clone()),
                at: Source::place_of(*definition),
                name_at: Source::place_of(name),
                is_async: definition.child(0).is_some_and(|child| child.kind() == "async"),
            });
        }
        around.push((definition.end_byte(), qualified));
    }
    functions
}
