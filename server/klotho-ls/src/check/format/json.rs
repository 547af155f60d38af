use crate::check::Report;
use crate::check::finding::Finding;
use klotho_ide::{Position, severity_name};
use serde_json::{Value, json};

/// The report as one JSON document, its rows sorted over all projects and no two equal (docs/graph-json.md).
pub(super) fn report(report: &Report) -> String {
    format!("{}\n", klotho_graph::report(rows(report)))
}

/// The rows.
pub(super) fn rows(report: &Report) -> Vec<Value> {
    let mut rows: Vec<Value> = report.findings.iter().map(row).collect();
    rows.dedup();
    rows
}

fn row(finding: &Finding) -> Value {
    let position = |at: Position| json!({ "line": at.line, "character": at.character });
    let range = finding.place.as_ref().and_then(|place| place.range);
    json!({
        "code": finding.code.name(),
        "severity": severity_name(finding.severity),
        "message": finding.message,
        "file": finding.place.as_ref().map(|place| &place.relative),
        "range": range.map(|(start, end)| json!({ "start": position(start), "end": position(end) })),
    })
}
