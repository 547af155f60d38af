use crate::check::Report;
use crate::check::finding::{Finding, Place};
use crate::check::levels::counted;
use klotho_ide::Severity;
use klotho_ide::markdown::{code, table, with_code};
use std::fmt::Write;

/// How many findings a comment shows: forges refuse one that is too long.
const SHOWN: usize = 100;

/// A comment for a pull request: how many findings, what everything costs and how that differs, then the
/// findings.
pub(super) fn report(report: &Report) -> String {
    let counts = counted(report.findings.iter().map(|finding| finding.severity));
    let counts = match counts.is_empty() {
        true if report.is_blank => "nothing to check",
        true if report.is_of_new => "no new findings",
        true => "no findings",
        false => &counts,
    };
    let mut out = format!("### klotho-ls: {counts}\n\n");
    for cost in &report.costs {
        out.push_str(cost);
    }
    if report.findings.is_empty() {
        return out;
    }
    out.push_str("### Findings\n\n");
    let head = ["", "Where", "What", "Code"].map(str::to_owned);
    let rows = report.findings.iter().take(SHOWN).map(row);
    let rows: Vec<_> = std::iter::once(head).chain(rows).collect();
    let _ = writeln!(out, "{}", table(&rows));
    if let Some(more) = report.findings.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        let _ = writeln!(out, "\nand {more} more.");
    }
    out
}

fn row(finding: &Finding) -> [String; 4] {
    let at = |place: &Place| code(&format!("{}:{}", place.shown, place.line()));
    [
        sign(finding.severity).to_owned(),
        finding.place.as_ref().map_or_else(String::new, at),
        with_code(&finding.message),
        code(finding.code.name()),
    ]
}

fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "**error**",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}
