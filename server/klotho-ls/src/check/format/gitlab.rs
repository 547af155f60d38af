use crate::check::Report;
use klotho_ide::Severity;
use serde_json::json;

/// A code quality report, as GitLab shows it in a merge request
/// (<https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>). A finding without a file is shown at the
/// first line of the project's configuration, since every row needs a place.
pub(super) fn report(report: &Report) -> String {
    let rows: Vec<_> = report
        .findings
        .iter()
        .map(|finding| {
            let (path, begin, end) = match &finding.place {
                Some(place) => {
                    (place.shown.as_str(), place.line(), place.range.map_or(1, |(_, end)| end.line + 1))
                }
                None => ("klotho.yaml", 1, 1),
            };
            json!({
                "description": finding.message,
                "check_name": finding.code.name(),
                "fingerprint": finding.fingerprint,
                "severity": severity(finding.severity),
                "location": { "path": path, "lines": { "begin": begin, "end": end } },
            })
        })
        .collect();
    format!("{}\n", serde_json::Value::from(rows))
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Information | Severity::Hint => "info",
    }
}
