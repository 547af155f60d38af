use crate::check::Report;
use crate::check::finding::Finding;
use klotho_ide::Severity;
use std::fmt::Write;

/// Workflow commands, which GitHub Actions shows as annotations of the lines
/// (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>).
pub(super) fn report(report: &Report) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        let _ = writeln!(
            text,
            "::{} {}::{}",
            command(finding.severity),
            properties(finding).join(","),
            data(&finding.message)
        );
    }
    text
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "notice",
    }
}

fn properties(finding: &Finding) -> Vec<String> {
    let mut properties = vec![format!("title={}", property(&format!("klotho-ls: {}", finding.code.name())))];
    let Some(place) = &finding.place else { return properties };
    properties.push(format!("file={}", property(&place.shown)));
    if let Some((start, end)) = place.range {
        properties.push(format!("line={},endLine={}", start.line + 1, end.line + 1));
        // Columns are understood only within one line.
        if start.line == end.line {
            properties.push(format!(
                "col={},endColumn={}",
                start.character + 1,
                end.character.max(start.character + 1)
            ));
        }
    }
    properties
}

/// Text that ends no command: these three characters are escaped in what a command says.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text that ends no property either.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
