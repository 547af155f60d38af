//! Annotations in strings of documentation, which no compiler ever sees.

use crate::comments::starts_line;
use crate::finding::{Code, Finding};
use crate::marks::head;
use klotho_text::Span;
use std::ops::Range;

/// What is to be said of the annotations that begin a line in one of the strings; the cores of their marks are among `hits`.
/// Whoever shows in a string how one is written begins with `#`, or goes on in a sentence.
pub(crate) fn check(text: &str, strings: &[Span], hits: &[usize]) -> Vec<Finding> {
    let found = hits.iter().filter_map(|&hit| {
        let after = strings.partition_point(|string| string.start as usize <= hit);
        let within = content(text, *strings.get(after.checked_sub(1)?)?)?;
        let head = head(text.get(..within.end)?, hit)?;
        let begins = head.start == within.start || starts_line(text, head.start);
        let written = text.get(head.clone())?;
        begins.then(|| {
            Finding::new(Code::MarkMisspelt, "docstring", Span::new(head.start, head.end))
                .with("written", written)
        })
    });
    found.collect()
}

/// What stands between the quotes of a string.
fn content(text: &str, string: Span) -> Option<Range<usize>> {
    let written = string.of(text);
    let prefix = written.find(['"', '\''])?;
    let quotes = &written[prefix..];
    let width = if quotes.starts_with("\"\"\"") || quotes.starts_with("'''") { 3 } else { 1 };
    Some(string.start as usize + prefix + width..(string.end as usize).saturating_sub(width))
}
