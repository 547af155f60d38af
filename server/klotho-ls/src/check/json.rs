use super::Checked;
use serde_json::Value;
use std::path::Path;

/// The report as one JSON document. With several projects each path starts with its project's.
pub(super) fn report(all: &[Checked]) -> String {
    let many = all.len() > 1;
    let mut rows: Vec<Value> = Vec::new();
    for checked in all {
        let Some(project) = checked.snapshot.project(&checked.root) else { continue };
        let own = klotho_graph::diagnostics(project, &project.findings());
        rows.extend(own.into_iter().map(|row| if many { prefixed(row, &checked.shown) } else { row }));
    }
    format!("{}\n", klotho_graph::report(rows))
}

fn prefixed(mut row: Value, folder: &Path) -> Value {
    if let Some(file) = row.get("file").and_then(Value::as_str) {
        let path = folder.join(file).components().collect::<std::path::PathBuf>();
        let shown = path.to_string_lossy().replace('\\', "/");
        row["file"] = shown.trim_start_matches("./").into();
    }
    row
}
