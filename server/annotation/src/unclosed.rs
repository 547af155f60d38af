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
    let Some(signs) = spec.comments.block else { return Vec::new() };
    let mut found: Vec<Finding> = Vec::new();
    let (mut done, mut is_searched) = (0, false);
    // Of several annotations in one comment the first is enough.
    for &hit in hits {
        if hit < done {
            continue;
        }
        let after = comments.partition_point(|comment| comment.at.start as usize <= hit);
        let around = after.checked_sub(1).and_then(|index| comments.get(index));
        let start = match around.filter(|comment| hit < comment.at.end as usize) {
            Some(comment) => {
                done = comment.at.end as usize;
                goes_on(text, comment, hit, signs).then_some(comment.at.start as usize)
            }
            // A comment that is none reaches to the end of the text: there is one at most.
            None if is_searched => None,
            None => {
                let start = open_before(text, hit, signs);
                is_searched = start.is_some();
                start.filter(|start| is_open(&text[*start..], signs))
            }
        };
        if let Some(start) = start {
            let at = Span::new(start, start + signs.0.len());
            found.push(Finding::new(Code::AnnotationSyntax, "comment-end", at).with("close", signs.1));
        }
    }
    found
}

/// Whether more comments begin than end: where they nest, and where one is none for want of its end.
fn is_open(text: &str, (open, close): (&str, &str)) -> bool {
    memmem::find_iter(text.as_bytes(), open).count() > memmem::find_iter(text.as_bytes(), close).count()
}

/// Whether a comment lacks its end, or takes in code and the start of the next one, behind an annotation.
fn goes_on(text: &str, comment: &Comment, hit: usize, signs: (&str, &str)) -> bool {
    let written = comment.at.of(text);
    if !written.starts_with(signs.0) {
        return false;
    }
    if !written.ends_with(signs.1) {
        return true;
    }
    let rest = text.get(hit..comment.at.end as usize).unwrap_or_default();
    let mut others = memmem::find_iter(rest.as_bytes(), signs.0);
    let next = others.find(|at| starts_line(text, hit + at));
    next.is_some_and(|next| is_open(written, signs) && holds_code(&rest[..next]))
}

/// Whether something stands between an annotation and the next comment that is no line of a comment.
fn holds_code(between: &str) -> bool {
    let end = between.find(['}', '\n']).map_or(between.len(), |end| end + 1);
    let mut lines = between[end..].lines().map(str::trim_start);
    lines.any(|line| !line.is_empty() && !line.starts_with(['*', '}']))
}

/// Where a comment starts on a line of its own and is not closed before `hit`.
fn open_before(text: &str, hit: usize, (open, close): (&str, &str)) -> Option<usize> {
    let from = hit.saturating_sub(FARTHEST_START);
    let bytes = text.as_bytes();
    let start = from + memmem::rfind(bytes.get(from..hit)?, open.as_bytes())?;
    let is_open = memmem::find(bytes.get(start + open.len()..hit)?, close.as_bytes()).is_none();
    (is_open && starts_line(text, start)).then_some(start)
}
