//! How many findings there are of each kind.

use super::finding::Finding;
use klotho_ide::{Code, Severity, severity_name};
use std::collections::BTreeMap;
use std::fmt::Write;

/// One line for each kind, the most frequent first.
pub(super) fn table(findings: &[Finding]) -> String {
    let mut counts: BTreeMap<(Severity, Code), usize> = BTreeMap::new();
    for finding in findings {
        *counts.entry((finding.severity, finding.code)).or_default() += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|((severity, code), count)| (std::cmp::Reverse(*count), *severity, code.name()));
    let mut text = String::new();
    for ((severity, code), count) in rows {
        let _ = writeln!(text, "{count:>6}  {:<11}  {}", severity_name(severity), code.name());
    }
    text
}
