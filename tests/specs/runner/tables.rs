//! The tables of the graph as lines that a person reads.

use super::disk::Disk;
use klotho_graph::Kind;
use klotho_ide::Snapshot;
use serde_json::{Value, json};

/// The tables that a case can state. `findings` are the graph's `diagnostics`.
/// `parameters` are what the configuration gives each node.
pub(crate) const TABLES: [&str; 9] = [
    "annotations",
    "nodes",
    "edges",
    "routes",
    "files",
    "functions",
    "environment",
    "parameters",
    "findings",
];

/// The parameters of every node, as rows like those of the graph.
pub(crate) fn parameters(snapshot: &Snapshot, graph: &Value) -> Value {
    let config = snapshot.project(super::disk::ROOT).expect("the project is there").config();
    let nodes = graph["nodes"].as_array().map_or(&[][..], |nodes| nodes);
    let rows = nodes.iter().flat_map(|node| {
        let (kind, id) = (text(&node["kind"]), text(&node["id"]));
        let found = Kind::all().find(|known| known.spec().name == kind).expect("nodes have known kinds");
        let all = config.parameters(found, &id).into_iter();
        all.map(move |it| {
            json!({ "of": format!("{kind}:{id}"), "name": it.name, "value": it.value, "origin": format!("{:?}", it.origin) })
        })
    });
    rows.collect()
}

/// One table, a line for each row, ending in a newline unless it is empty.
pub(crate) fn render(table: &str, graph: &Value, disk: &Disk) -> String {
    let key = if table == "findings" { "diagnostics" } else { table };
    let rows = graph[key].as_array().map_or(&[][..], |rows| rows);
    rows.iter().map(|row| line(table, row, disk) + "\n").collect()
}

fn line(table: &str, row: &Value, disk: &Disk) -> String {
    let text = |key: &str| text(&row[key]);
    match table {
        "annotations" => {
            let node = match &row["node"] {
                Value::Null => "file-level".to_owned(),
                node => {
                    format!("on {} at {}", node["kind"].as_str().unwrap_or_default(), start(&node["range"]))
                }
            };
            let stated = &row["directives"];
            format!(
                "{}  {}  {}  {stated}  {node}  -> {}",
                place(row),
                text("capability"),
                text("id"),
                text("resource")
            )
        }
        "nodes" => format!(
            "{}:{}  {}  {}  {}  {}",
            text("kind"),
            text("id"),
            text("type"),
            text("language"),
            text("symbol"),
            place(row)
        ),
        "edges" => format!("{}  {}  {}  {}", text("from"), text("kind"), text("to"), text("label")),
        "routes" => {
            format!(
                "{}  {} {}  {}  {}",
                text("gateway"),
                text("verb"),
                text("path"),
                text("unit"),
                place(row)
            )
        }
        "files" => format!("{}  {}  {}", text("owner"), text("role"), text("path")),
        "functions" => {
            let units = row["units"].as_array().map_or(&[][..], |units| units);
            let units: Vec<_> = units.iter().filter_map(Value::as_str).collect();
            format!("{}  {}  {}", place(row), text("name"), units.join(" "))
        }
        "parameters" => {
            format!("{}  {} = {}  {}", text("of"), text("name"), text("value"), text("origin"))
        }
        "environment" => format!("{}  {} = {}  {}", text("unit"), text("name"), text("value"), text("from")),
        _ => format!("{}  {}  {}  {}", place(row), text("severity"), text("code"), covered(row, disk)),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// `index.js:3`, counted from one.
fn place(row: &Value) -> String {
    match (row["file"].as_str(), &row["range"]) {
        (None, _) => "-".to_owned(),
        (Some(file), Value::Null) => file.to_owned(),
        (Some(file), range) => format!("{file}:{}", start(range)),
    }
}

fn start(range: &Value) -> u64 {
    range["start"]["line"].as_u64().map_or(0, |line| line + 1)
}

/// The first line of the text that a finding is about.
fn covered(row: &Value, disk: &Disk) -> String {
    let Some(text) = row["file"].as_str().and_then(|file| disk.0.get(file)) else { return "-".to_owned() };
    let position = |end: &str, key: &str| row["range"][end][key].as_u64().unwrap_or_default() as usize;
    let line = text.split('\n').nth(position("start", "line")).unwrap_or_default();
    let line: Vec<u16> = line.encode_utf16().collect();
    let is_one_line = position("start", "line") == position("end", "line");
    let end = if is_one_line { position("end", "character") } else { line.len() };
    let start = position("start", "character").min(line.len());
    format!("`{}`", String::from_utf16_lossy(&line[start..end.clamp(start, line.len())]))
}
