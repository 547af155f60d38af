use crate::check::Report;
use crate::check::finding::{Finding, Fix, Replacement};
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
    let place = finding.place.as_ref();
    let mut row = json!({
        "code": finding.code.name(),
        "severity": severity_name(finding.severity),
        "message": finding.message,
        "file": place.map(|place| &place.relative),
        "range": place.and_then(|place| place.range).map(range),
    });
    if let Some(fix) = &finding.fix {
        row["fix"] = self::fix(fix);
    }
    row
}

fn fix(fix: &Fix) -> Value {
    let edit = |edit: &Replacement| {
        let range = edit.place.range.map(|(start, end)| range((start, end)));
        json!({
            "file": edit.place.relative,
            "create": edit.is_new_file,
            "range": range,
            "start": edit.place.span.start,
            "end": edit.place.span.end,
            "text": edit.text,
        })
    };
    json!({
        "message": fix.title,
        "applicability": if fix.is_unsafe { "unsafe" } else { "safe" },
        "edits": fix.edits.iter().map(edit).collect::<Vec<_>>(),
    })
}

fn range((start, end): (Position, Position)) -> Value {
    let position = |at: Position| json!({ "line": at.line, "character": at.character });
    json!({ "start": position(start), "end": position(end) })
}
