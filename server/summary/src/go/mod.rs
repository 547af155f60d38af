//! What Go says: its functions, and stores that are declared by their variables.

#[cfg(test)]
mod tests;

use crate::source::Source;
use crate::walk::{Visitor, walk};
use crate::{Facts, Function, FunctionName, bound};
use klotho_grammars::Node;

/// The facts of a Go file.
pub(crate) fn facts(source: &Source<'_>) -> Facts {
    let mut functions = Functions { source, found: Vec::new() };
    walk(source.tree, &mut functions);
    let mut facts = Facts { functions: functions.found, ..Facts::default() };
    bound::stores(source, &mut facts);
    facts
}

struct Functions<'s, 'a> {
    source: &'s Source<'a>,
    found: Vec<Function>,
}

impl<'a> Visitor<'a> for Functions<'_, 'a> {
    fn enter(&mut self, node: Node<'a>) -> bool {
        let receiver = match node.kind() {
            "function_declaration" => None,
            "method_declaration" => receiver(self.source, node),
            _ => return true,
        };
        let Some(name) = node.child_by_field_name("name").filter(|name| !name.byte_range().is_empty()) else {
            return true;
        };
        let own = self.source.text_of(name);
        self.found.push(Function {
            name: FunctionName::Named(receiver.map_or_else(|| own.to_owned(), |of| format!("{of}.{own}"))),
            at: Source::place_of(node),
            name_at: Source::place_of(name),
            is_async: false,
        });
        // Functions within a function have no name.
        false
    }

    fn leave(&mut self) {}
}

/// The type that a method belongs to: `Users` of `(u *Users[K])`.
fn receiver<'a>(source: &Source<'a>, method: Node<'a>) -> Option<&'a str> {
    let receivers = method.child_by_field_name("receiver")?;
    let mut cursor = receivers.walk();
    let mut of = receivers.named_children(&mut cursor).find_map(|it| it.child_by_field_name("type"))?;
    while of.kind() != "type_identifier" {
        of = of.child_by_field_name("type").or_else(|| of.named_child(0))?;
    }
    Some(source.text_of(of))
}
