use crate::check::Report;
use crate::check::finding::{Finding, Place};
use crate::output::inert;
use klotho_ide::severity_name;
use klotho_text::visible_line;
use std::fmt::Write;

/// One line for each finding, for editors and scripts that read `path:line:column`. Columns count UTF-16 units from one.
pub(super) fn report(report: &Report) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        let place = finding.place.as_ref().map_or_else(String::new, place);
        let _ = writeln!(text, "{place}{}", line(finding));
    }
    inert(&text)
}

fn place(place: &Place) -> String {
    let shown = visible_line(&place.shown);
    match place.range {
        Some((start, _)) => format!("{shown}:{}:{}: ", start.line + 1, start.character + 1),
        None => format!("{shown}: "),
    }
}

fn line(finding: &Finding) -> String {
    let message = finding.message.replace(['\n', '\r'], " ");
    format!("{}[{}] {message}", severity_name(finding.severity), finding.code.name())
}
