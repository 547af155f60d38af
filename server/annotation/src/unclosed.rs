//! Block comments with an annotation that lack their end: they reach to that of the next comment, or are none.

use crate::comments::{Comment, starts_line};
use crate::finding::{Code, Finding};
use klotho_grammars::Spec;
use klotho_text::Span;
use memchr::memmem;

/// So many bytes before an annotation are searched for the start of its comment.
const FARTHEST_START: usize = 4096;

/// What is to be said of the comments around annotations, which stand at `hits`, in document order.
pub(crate) fn check(spec: &Spec, text: &str, comments: &[Comment], hits: &[usize]) -> Vec<Finding> {
    let Some((open, close)) = spec.comments.block else { return Vec::new() };
    let mut found: Vec<Finding> = Vec::new();
    let mut before = 0;
    for &hit in hits {
        let after = comments.partition_point(|comment| comment.at.start as usize <= hit);
        let around = after.checked_sub(1).and_then(|index| comments.get(index));
        let start = match around.filter(|comment| hit < comment.at.end as usize) {
            Some(comment) => goes_on(text, comment, hit, (open, close)).then_some(comment.at.start as usize),
            None => open_before(text, hit, (open, close)),
        };
        // Of several annotations in one comment the first is enough.
        let Some(start) = start.filter(|start| found.is_empty() || *start > before) else { continue };
        before = start;
        let at = Span::new(start, start + open.len());
        found.push(Finding::new(Code::AnnotationSyntax, "comment-end", at).with("close", close));
    }
    found
}

/// Whether a comment lacks its end, or another one starts behind an annotation, on a line of its own, within it.
fn goes_on(text: &str, comment: &Comment, hit: usize, (open, close): (&str, &str)) -> bool {
    let written = comment.at.of(text);
    if !written.starts_with(open) {
        return false;
    }
    let rest = text.get(hit..comment.at.end as usize).unwrap_or_default();
    let mut others = memmem::find_iter(rest.as_bytes(), open);
    !written.ends_with(close) || others.any(|at| starts_line(text, hit + at))
}

/// Where a comment starts on a line of its own and is not closed before `hit`.
fn open_before(text: &str, hit: usize, (open, close): (&str, &str)) -> Option<usize> {
    let from = hit.saturating_sub(FARTHEST_START);
    let bytes = text.as_bytes();
    let start = from + memmem::rfind(bytes.get(from..hit)?, open.as_bytes())?;
    let is_open = memmem::find(bytes.get(start + open.len()..hit)?, close.as_bytes()).is_none();
    (is_open && starts_line(text, start)).then_some(start)
}
