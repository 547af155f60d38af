//! Findings, in the form that the client shows.

use super::{range, uri};
use crate::explain::link;
use crate::lsp::capabilities::Client;
use klotho_ide::{Code, Diagnostic, LineIndex, Severity, Snapshot, Tag};
use serde_json::{Value, json};
use tower_lsp::ls_types as lsp;

/// What belongs to a finding, by its name.
const FINDING: &str = "finding";

/// The findings of one file.
pub(crate) fn diagnostics(
    found: &[Diagnostic],
    snapshot: &Snapshot,
    path: &str,
    client: &Client,
) -> Vec<lsp::Diagnostic> {
    let lines = snapshot.lines(path).unwrap_or_default();
    found.iter().map(|found| diagnostic(found, snapshot, &lines, client)).collect()
}

/// A finding in the file with these `lines`, with as much about it as the client shows.
pub(crate) fn diagnostic(
    found: &Diagnostic,
    snapshot: &Snapshot,
    lines: &LineIndex,
    client: &Client,
) -> lsp::Diagnostic {
    let reports = client.reports;
    lsp::Diagnostic {
        range: range(found.span, lines, client.encoding),
        severity: Some(severity(found.severity)),
        code: Some(lsp::NumberOrString::String(found.code.name().to_owned())),
        code_description: page(found.code).filter(|_| reports.links),
        source: Some("klotho".to_owned()),
        message: found.message.clone(),
        related_information: related(found, snapshot, client),
        tags: found.tag.and_then(|found| tag(found, client)).map(|tag| vec![tag]),
        data: reports.data.then(|| json!({ FINDING: name(found.identity) })),
    }
}

/// Which finding the client kept; `None` if it is not ours.
pub(crate) fn identity(data: Option<&Value>) -> Option<u64> {
    named(data?.get(FINDING)?.as_str()?)
}

/// A finding's number as the client keeps it: not every client keeps all digits of a number.
pub(crate) fn name(identity: u64) -> String {
    format!("{identity:016x}")
}

/// The number of the finding with this name.
pub(crate) fn named(name: &str) -> Option<u64> {
    u64::from_str_radix(name, 16).ok()
}

fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp::DiagnosticSeverity::ERROR,
        Severity::Warning => lsp::DiagnosticSeverity::WARNING,
        Severity::Information => lsp::DiagnosticSeverity::INFORMATION,
        Severity::Hint => lsp::DiagnosticSeverity::HINT,
    }
}

fn page(code: Code) -> Option<lsp::CodeDescription> {
    let href = link(code).parse().ok()?;
    Some(lsp::CodeDescription { href })
}

fn tag(tag: Tag, client: &Client) -> Option<lsp::DiagnosticTag> {
    let (tag, is_shown) = match tag {
        Tag::Unnecessary => (lsp::DiagnosticTag::UNNECESSARY, client.reports.unnecessary),
        Tag::Deprecated => (lsp::DiagnosticTag::DEPRECATED, client.reports.deprecated),
    };
    is_shown.then_some(tag)
}

/// The other places that a finding is about.
fn related(
    found: &Diagnostic,
    snapshot: &Snapshot,
    client: &Client,
) -> Option<Vec<lsp::DiagnosticRelatedInformation>> {
    let shown = found.related.iter().filter(|_| client.reports.related_places);
    let related = shown.filter_map(|place| {
        let range = range(place.span, &*snapshot.lines(&place.path)?, client.encoding);
        let location = lsp::Location { uri: uri(&place.path)?, range };
        Some(lsp::DiagnosticRelatedInformation { location, message: place.message.clone() })
    });
    let related: Vec<_> = related.collect();
    (!related.is_empty()).then_some(related)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The page that the links lead to.
    const PAGE: &str = include_str!("../../../../../docs/findings.md");

    #[test]
    fn every_code_leads_to_a_heading_of_the_page() {
        let headings: BTreeSet<_> = PAGE.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        for code in Code::ALL {
            let link = page(*code).expect("a link").href;
            let (address, anchor) = link.as_str().split_once('#').expect("an anchor");
            assert!(headings.contains(anchor), "{anchor}");
            assert!(address.starts_with("https://") && address.ends_with("/docs/findings.md"), "{address}");
        }
    }
}
