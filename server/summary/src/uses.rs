//! Where a file speaks of the stores and emitters that it declares.

use crate::walk::{Visitor, walk};
use crate::{Declares, Facts};
use klotho_grammars::{Node, Tree};
use klotho_text::Place;
use std::collections::HashMap;

/// A place in which a file names a store or an emitter of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Index of the annotation that declares it.
    pub annotation: usize,
    /// What is taken of it: `emit` in `orders.emit()`.
    pub member: Option<String>,
    /// Where the name stands.
    pub at: Place,
}

/// What the grammars call a name that stands for a variable.
const NAMES: [&str; 3] = ["identifier", "shorthand_property_identifier", "property_identifier"];

/// How the grammars write that something belongs to something: the node, its owner's field, its own name's field.
const MEMBERS: [(&str, &str, &str); 7] = [
    ("member_expression", "object", "property"),
    ("attribute", "object", "attribute"),
    ("selector_expression", "operand", "field"),
    ("field_expression", "value", "field"),
    ("member_access_expression", "expression", "name"),
    ("method_invocation", "object", "name"),
    ("field_access", "object", "field"),
];

/// Owners of which a member is the variable itself.
const OWN: [&str; 3] = ["this", "self", "exports"];

/// Nodes whose `name` or `key` is no variable.
const LABELS: [&str; 3] = ["keyword_argument", "pair", "method_definition"];

/// No file names its stores more often.
const MOST: usize = 20_000;

/// Every place in which a file names a store or an emitter that it declares, in document order. Names are told apart by
/// their spelling alone: a parameter of the same name counts too.
pub fn uses(text: &str, tree: &Tree, facts: &Facts) -> Vec<Use> {
    let mut symbols = HashMap::new();
    for declaration in &facts.declarations {
        let Some(symbol) = declaration.symbol.as_deref() else { continue };
        if !matches!(declaration.declares, Declares::Gateway { .. }) {
            let name = symbol.rsplit('.').next().unwrap_or(symbol);
            symbols.entry(name).or_insert(declaration.annotation);
        }
    }
    if symbols.is_empty() {
        return Vec::new();
    }
    let mut search = Search { text, symbols, around: Vec::new(), found: Vec::new() };
    walk(tree, &mut search);
    search.found
}

struct Search<'a> {
    text: &'a str,
    /// Annotations by the name of what they declare.
    symbols: HashMap<&'a str, usize>,
    /// The nodes around the next one, outermost first.
    around: Vec<Node<'a>>,
    found: Vec<Use>,
}

impl<'a> Visitor<'a> for Search<'a> {
    fn enter(&mut self, node: Node<'a>) -> bool {
        if self.found.len() >= MOST {
            return false;
        }
        if node.child_count() == 0 && NAMES.contains(&node.kind()) {
            let declared = self.symbols.get(self.text_of(node)).copied();
            self.found.extend(declared.and_then(|annotation| self.use_of(node, annotation)));
        }
        self.around.push(node);
        true
    }

    fn leave(&mut self) {
        self.around.pop();
    }
}

impl<'a> Search<'a> {
    fn text_of(&self, node: Node<'_>) -> &'a str {
        self.text.get(node.byte_range()).unwrap_or_default()
    }

    fn use_of(&self, node: Node<'a>, annotation: usize) -> Option<Use> {
        let mut around = self.around.iter().rev().copied();
        let mut whole = node;
        let mut parent = around.next();
        if let Some(owner) = parent.and_then(|parent| owner(parent, node)) {
            if !OWN.contains(&self.text_of(owner)) {
                return None;
            }
            whole = parent?;
            parent = around.next();
        } else if is_label(parent, node) {
            return None;
        }
        let member = parent.and_then(|parent| member(parent, whole));
        let member = member.map(|member| self.text_of(member).to_owned());
        Some(Use { annotation, member, at: node.byte_range().into() })
    }
}

/// What `node` belongs to, where it names a member of it.
fn owner<'a>(parent: Node<'a>, node: Node<'a>) -> Option<Node<'a>> {
    let (_, object, name) = MEMBERS.iter().find(|(kind, ..)| *kind == parent.kind())?;
    parent.child_by_field_name(name).filter(|name| *name == node)?;
    parent.child_by_field_name(object)
}

/// The member that is taken of `node`.
fn member<'a>(parent: Node<'a>, node: Node<'a>) -> Option<Node<'a>> {
    let (_, object, name) = MEMBERS.iter().find(|(kind, ..)| *kind == parent.kind())?;
    parent.child_by_field_name(object).filter(|object| *object == node)?;
    parent.child_by_field_name(name)
}

/// Whether `node` names a property or an argument rather than a variable.
fn is_label(parent: Option<Node<'_>>, node: Node<'_>) -> bool {
    let Some(parent) = parent else { return false };
    let names = || ["name", "key"].into_iter().filter_map(|field| parent.child_by_field_name(field));
    node.kind() == "property_identifier"
        || LABELS.contains(&parent.kind()) && names().any(|name| name == node)
}

#[cfg(test)]
mod tests {
    use crate::{summarise, uses};
    use klotho_grammars::{Language, parse};

    fn shown(path: &str, language: Language, text: &str) -> String {
        let tree = parse(language, text, None).unwrap();
        let summary = summarise(path, language, text, &tree);
        let found = uses(text, &tree, &summary.facts);
        let lines = found.iter().map(|used| {
            let line = text[..used.at.range().start].matches('\n').count() + 1;
            format!("{line}:{} {}", used.at.of(text), used.member.as_deref().unwrap_or("-"))
        });
        lines.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn names_of_variables_are_told_from_those_of_members() {
        let text = "// @klotho::persist { id = \"a\" }\nconst notes = new Map();\nconst x = { notes, notes: 1 };\n\
                    other.notes.get(1);\nexports.notes = notes;\nf(await notes.get(\"notes\"));\n";
        assert_eq!(
            shown("a.js", Language::JavaScript, text),
            "2:notes -, 3:notes -, 5:notes -, 5:notes -, 6:notes get"
        );
    }

    #[test]
    fn every_language_shows_what_is_done_with_a_store() {
        let python = "import aiocache\n# @klotho::persist { id = \"a\" }\ncache = aiocache.Cache()\n\
                      f(cache=cache)\nawait cache.get(1)\nx.cache.get(1)\n";
        assert_eq!(shown("a.py", Language::Python, python), "3:cache -, 4:cache -, 5:cache get");
        let go = "package a\nimport (\n\"gocloud.dev/blob\"\n_ \"gocloud.dev/blob/fileblob\"\n)\nfunc f() {\n\
                  /* @klotho::persist {\n * id = \"a\"\n * }\n */\nbucket, err := blob.OpenBucket(nil, \"file://x\")\n\
                  bucket.ReadAll(x.bucket)\n}\n";
        assert_eq!(shown("a.go", Language::Go, go), "11:bucket -, 12:bucket ReadAll");
    }
}
