use super::Checked;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The report as one JSON document, its rows sorted over all projects and no two equal. A path is relative to the folder
/// that was named; where several were, it starts with that folder as it was named, else it would not say which.
pub(super) fn report(all: &[Checked], is_of_several: bool) -> String {
    let mut rows: Vec<Value> = Vec::new();
    for checked in all {
        let Some(project) = checked.snapshot.project(&checked.root) else { continue };
        let folder = if is_of_several { checked.shown.as_path() } else { Path::new(&checked.below) };
        let own = klotho_graph::diagnostics(project, &project.findings());
        rows.extend(own.into_iter().map(|row| prefixed(row, folder)));
    }
    rows.sort_by(|one, other| place(one).cmp(&place(other)));
    let mut seen = BTreeSet::new();
    rows.retain(|row| seen.insert(row.to_string()));
    format!("{}\n", klotho_graph::report(rows))
}

/// What rows are sorted by (docs/graph-json.md); no file comes first.
fn place(row: &Value) -> (Option<&str>, [Option<u64>; 2], Option<&str>) {
    let start = |key: &str| row["range"]["start"][key].as_u64();
    (row["file"].as_str(), [start("line"), start("character")], row["code"].as_str())
}

fn prefixed(mut row: Value, folder: &Path) -> Value {
    if let Some(file) = row.get("file").and_then(Value::as_str) {
        let path = folder.join(file).components().collect::<PathBuf>();
        let shown = path.to_string_lossy().replace('\\', "/");
        row["file"] = shown.trim_start_matches("./").into();
    }
    row
}
