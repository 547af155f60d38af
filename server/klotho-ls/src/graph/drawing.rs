//! The graph as a drawing in the languages of Graphviz and Mermaid.

use klotho_graph::{Kind, Project};
use serde_json::Value;

/// How each kind is drawn: the shape in Graphviz, the brackets in Mermaid.
const SHAPES: [(Kind, &str, (&str, &str)); 2] =
    [(Kind::ExecutionUnit, "box", ("[", "]")), (Kind::Gateway, "house", ("{{", "}}"))];

const STORE: (&str, (&str, &str)) = ("cylinder", ("[(", ")]"));

/// For Graphviz.
pub(super) fn dot(project: &Project) -> String {
    let graph = klotho_graph::document(project);
    let mut out = String::from("digraph klotho {\n  rankdir=LR;\n");
    for node in rows(&graph, "nodes") {
        let name = escaped(&reference(node), "\\\"");
        let label = format!("{}\\n{}", escaped(text(node, "id"), "\\\""), text(node, "type"));
        out.push_str(&format!("  \"{name}\" [shape={}, label=\"{label}\"];\n", shape(node).0));
    }
    for edge in rows(&graph, "edges") {
        let (from, to) = (escaped(text(edge, "from"), "\\\""), escaped(text(edge, "to"), "\\\""));
        out.push_str(&format!("  \"{from}\" -> \"{to}\" [label=\"{}\"];\n", escaped(&label(edge), "\\\"")));
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
    for (index, node) in nodes.iter().enumerate() {
        let (open, close) = shape(node).1;
        let id = escaped(text(node, "id"), "#quot;");
        out.push_str(&format!("  n{index}{open}\"{id}<br/>{}\"{close}\n", text(node, "type")));
    }
    for edge in rows(&graph, "edges") {
        let (from, to) = (number(text(edge, "from")), number(text(edge, "to")));
        out.push_str(&format!("  n{from} -->|\"{}\"| n{to}\n", escaped(&label(edge), "#quot;")));
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

/// Quotes written as `quote`, and nothing that could end a line.
fn escaped(text: &str, quote: &str) -> String {
    text.replace('\\', "\\\\").replace('"', quote).replace(char::is_control, " ")
}
