//! Imports of TypeScript in the form that the compiler sees.

use super::syntax::{nodes, path_to, span_of};
use crate::TextEdit;
use crate::document::Document;
use klotho_grammars::{Node, Tree};
use klotho_summary::{Facts, Import, Imported};
use klotho_text::Span;

/// The names that the emitter's class has then.
const MODULE: &str = "events";
const CLASS: &str = "events.EventEmitter";

/// The edits that import the module `events` whole and qualify the emitter's class, which is written `class` now. None where
/// the import gives more than that, or where a name would mean two things.
pub(super) fn emitter(document: &Document, facts: &Facts, class: &str) -> Option<Vec<TextEdit>> {
    let local = class.split('.').next()?;
    let import = only(facts, local)?;
    let tree = document.tree.as_ref()?;
    let statement = statement_of(tree, import)?;
    let end = if statement.children().last()?.kind() == ";" { ";" } else { "" };
    let text = format!("import * as {MODULE} from {}{end}", import.at.of(&document.text));
    let mut edits = vec![TextEdit { span: span_of(statement), text }];
    if local != MODULE {
        edits.extend(replaced(document, tree, span_of(statement), local, CLASS)?);
    }
    edits.sort_by_key(|edit| edit.span.start);
    Some(edits)
}

/// The edit that imports a class by its name, not as the module's default.
pub(super) fn by_name(facts: &Facts, class: &str) -> Option<TextEdit> {
    let binding = only(facts, class)?.bindings.first()?;
    let is_default = binding.imported == Imported::Default;
    is_default.then(|| TextEdit { span: *binding.at, text: format!("{{ {class} }}") })
}

/// The edits that give the whole module `events` its own name, where the class is qualified by another. None where a name
/// would mean two things.
pub(super) fn module_renamed(document: &Document, facts: &Facts, class: &str) -> Option<Vec<TextEdit>> {
    let local = class.strip_suffix(".EventEmitter")?;
    let import = only(facts, local)?;
    let is_module = import.bindings.first()?.imported == Imported::Module;
    let is_events = import.specifier.strip_prefix("node:").unwrap_or(&import.specifier) == MODULE;
    if !is_module || !is_events {
        return None;
    }
    replaced(document, document.tree.as_ref()?, Span::empty(0), local, MODULE)
}

/// The import that gives `local` and nothing else.
fn only<'a>(facts: &'a Facts, local: &str) -> Option<&'a Import> {
    let import = facts.imports.iter().find(|it| it.bindings.iter().any(|binding| binding.local == local))?;
    (import.bindings.len() == 1).then_some(import)
}

fn statement_of<'t>(tree: &'t Tree, import: &Import) -> Option<Node<'t>> {
    let path = path_to(tree, *import.at, "string")?;
    let statement = path.into_iter().rev().find(|node| node.kind() == "import_statement")?;
    // A name that only types use is no binding, and would be lost.
    let clause = statement.named_children().find(|child| child.kind() == "import_clause")?;
    let names = clause.named_child(0)?;
    (clause.named_child_count() == 1 && names.named_child_count() <= 1).then_some(statement)
}

/// Every use of a name outside `except`, replaced by `by`. None where `by` or its first part would mean two things, or where
/// the name is also that of a property or an export.
fn replaced(document: &Document, tree: &Tree, except: Span, local: &str, by: &str) -> Option<Vec<TextEdit>> {
    let mut edits = Vec::new();
    for node in nodes(tree).filter(|node| node.child_count() == 0 && !except.covers(span_of(*node))) {
        let name = span_of(node).of(&document.text);
        match node.kind() {
            "identifier" | "type_identifier" if name == local => {
                edits.push(TextEdit { span: span_of(node), text: by.to_owned() });
            }
            "identifier" | "type_identifier" if name == MODULE => return None,
            // `{ name }` names a property as well.
            "shorthand_property_identifier" | "shorthand_property_identifier_pattern" if name == local => {
                return None;
            }
            _ => {}
        }
    }
    let is_exported =
        nodes(tree).any(|node| node.kind() == "export_specifier" && names(document, node, local));
    (!is_exported).then_some(edits)
}

fn names(document: &Document, specifier: Node<'_>, local: &str) -> bool {
    specifier.child_by_field_name("name").is_some_and(|name| span_of(name).of(&document.text) == local)
}
