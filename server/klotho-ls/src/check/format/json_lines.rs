use super::json;
use crate::check::Report;

/// The rows of the JSON document, each on a line of its own, for tools that read a stream.
pub(super) fn report(report: &Report) -> String {
    json::rows(report).into_iter().map(|row| format!("{row}\n")).collect()
}
