//! Attributes that make a function a handler of routes: `#[get("/path")]` of Actix Web.

use super::chain::literal;
use super::names::segments;
use crate::source::Source;
use klotho_grammars::Node;
use klotho_text::Place;

/// The verbs by the names that libraries give their functions and attributes.
const VERBS: [(&str, &str); 8] = [
    ("get", "GET"),
    ("post", "POST"),
    ("put", "PUT"),
    ("delete", "DELETE"),
    ("patch", "PATCH"),
    ("options", "OPTIONS"),
    ("head", "HEAD"),
    ("any", "ANY"),
];

/// The verb of a name in any case.
pub(super) fn verb(name: &str) -> Option<&'static str> {
    VERBS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, verb)| *verb)
}

/// A path and the verbs on which the function below answers.
pub(super) struct Attribute<'a> {
    pub(super) path: &'a str,
    pub(super) verbs: Vec<&'static str>,
    /// Where it stands.
    pub(super) at: Place,
}

/// Reads `#[get("/path")]`, or `#[route("/path", method = "GET")]`.
pub(super) fn read<'a>(source: &Source<'a>, item: Node<'a>) -> Option<Attribute<'a>> {
    let attribute = item.named_child(0).filter(|child| child.kind() == "attribute")?;
    let name = *segments(source, attribute.named_child(0)?).last()?;
    let arguments = attribute.child_by_field_name("arguments")?;
    let mut strings = arguments.named_children().filter_map(|it| literal(source, it));
    let path = strings.next()?;
    let verbs = match verb(name) {
        Some(verb) => vec![verb],
        None if name == "route" => strings.filter_map(verb).collect(),
        None => return None,
    };
    Some(Attribute { path, verbs, at: Source::place_of(item) })
}
