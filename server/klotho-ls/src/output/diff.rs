//! What would be changed, as a unified diff.

use similar::TextDiff;

/// The change of one file from `before`, where it is not to be made, to `after`; empty when there is none.
pub(crate) fn unified(path: &str, before: Option<&str>, after: &str) -> String {
    let old = if before.is_some() { path } else { "/dev/null" };
    let diff = TextDiff::from_lines(before.unwrap_or_default(), after);
    diff.unified_diff().header(old, path).to_string()
}
