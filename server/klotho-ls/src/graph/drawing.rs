//! The graph as a drawing in the languages of Graphviz and Mermaid.

use super::unread_config;
use klotho_graph::{Kind, Project};
use klotho_ide::type_in_words;
use serde_json::Value;

/// How each kind is drawn: the shape in Graphviz, the brackets in Mermaid.
const SHAPES: [(Kind, &str, (&str, &str)); 2] =
    [(Kind::ExecutionUnit, "box", ("[", "]")), (Kind::Gateway, "house", ("{{", "}}"))];

const STORE: (&str, (&str, &str)) = ("cylinder", ("[(", ")]"));

/// For Graphviz.
pub(super) fn dot(project: &Project) -> String {
    let graph = klotho_graph::document(project);
    let mut out = String::from("digraph klotho {\n  rankdir=LR;\n");
    out.push_str(&caveat(project, "  // "));
    for node in rows(&graph, "nodes") {
        let name = dot_text(&reference(node));
        let label = format!("{}\\n{}", dot_text(text(node, "id")), dot_text(&place(node)));
        out.push_str(&format!("  \"{name}\" [shape={}, label=\"{label}\"];\n", shape(node).0));
    }
    for edge in rows(&graph, "edges") {
        let (from, to) = (dot_text(text(edge, "from")), dot_text(text(edge, "to")));
        out.push_str(&format!("  \"{from}\" -> \"{to}\" [label=\"{}\"];\n", dot_text(&label(edge))));
    }
    out.push_str("}\n");
    out
}

/// For Markdown pages.
pub(super) fn mermaid(project: &Project) -> String {
    let graph = klotho_graph::document(project);
    let nodes = rows(&graph, "nodes");
    let number =
        |wanted: &str| nodes.iter().position(|node| reference(node) == wanted).unwrap_or(nodes.len());
    let mut out = String::from("graph LR\n");
    out.push_str(&caveat(project, "  %% "));
    for (index, node) in nodes.iter().enumerate() {
        let (open, close) = shape(node).1;
        let (id, name) = (mermaid_text(text(node, "id")), mermaid_text(&place(node)));
        out.push_str(&format!("  n{index}{open}\"{id}<br/>{name}\"{close}\n"));
    }
    for edge in rows(&graph, "edges") {
        let (from, to) = (number(text(edge, "from")), number(text(edge, "to")));
        out.push_str(&format!("  n{from} -->|\"{}\"| n{to}\n", mermaid_text(&label(edge))));
    }
    out
}

fn rows<'a>(graph: &'a Value, table: &str) -> &'a [Value] {
    graph[table].as_array().map_or(&[], |rows| rows)
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_default()
}

fn reference(node: &Value) -> String {
    format!("{}:{}", text(node, "kind"), text(node, "id"))
}

/// What a node becomes, in words.
fn place(node: &Value) -> String {
    let kind = Kind::all().find(|kind| kind.spec().name == text(node, "kind"));
    let type_name = text(node, "type");
    kind.map_or_else(|| type_name.to_owned(), |kind| type_in_words(kind, type_name))
}

fn shape(node: &Value) -> (&'static str, (&'static str, &'static str)) {
    let kind = text(node, "kind");
    let found = SHAPES.iter().find(|(known, ..)| known.spec().name == kind);
    found.map_or(STORE, |(_, dot, mermaid)| (dot, *mermaid))
}

fn label(edge: &Value) -> String {
    let kind = text(edge, "kind").replace('_', " ");
    match edge["label"].as_str() {
        Some(label) => format!("{kind} {label}"),
        None => kind,
    }
}

/// A line of comment where the drawing leaves something out.
fn caveat(project: &Project, comment: &str) -> String {
    if !project.config().is_unreadable {
        return String::new();
    }
    format!("{comment}{}\n", unread_config(project))
}

/// Text between the quotes of Graphviz.
fn dot_text(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace(klotho_text::is_unseen, " ")
}

/// Text between the quotes of Mermaid, which takes it for HTML, for its own Markdown after a backtick, and knows no
/// backslashes but codes of characters.
fn mermaid_text(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '"' | '#' | '&' | '<' | '>' | '`' | '\\' => out.push_str(&format!("#{};", u32::from(character))),
            character if klotho_text::is_unseen(character) => out.push(' '),
            character => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_secret_is_shown_where_it_is_kept() {
        let node = |kind: &str, name: &str| place(&json!({ "kind": kind, "type": name }));
        assert_eq!(node("persist_secret", "s3"), "s3, kept in Secrets Manager");
        assert_eq!(node("persist_secret", "secrets_manager"), "secrets_manager");
        assert_eq!(node("persist_fs", "s3"), "s3");
        assert_eq!(node("execution_unit", "lambda"), "lambda");
    }

    #[test]
    fn text_cannot_leave_its_quotes() {
        assert_eq!(dot_text("a\"b\\\n"), "a\\\"b\\\\ ");
        assert_eq!(mermaid_text("a\"<b>#`&\\\n"), "a#34;#60;b#62;#35;#96;#38;#92; ");
    }
}
