use crate::AnnotatedNode;
use klotho_grammars::{CommentForms, Node, Spec, Tree, TreeCursor};
use klotho_text::Span;
use std::ops::Range;

/// One comment of a source file.
#[derive(Debug)]
pub(crate) struct Comment {
    /// Where it stands, without the line's end.
    pub(crate) at: Span,
    /// The row that it starts on.
    pub(crate) row: usize,
    /// The named node after it in the same parent, unless that is a comment.
    pub(crate) node: Option<AnnotatedNode>,
}

/// The comments on the lines of `hits` and on the lines with line comments around them, in document order.
///
/// Only they can be part of a block of comments that holds a hit. The tree is walked in one go, and only where it
/// meets those lines.
pub(crate) fn comments(spec: &'static Spec, text: &str, tree: &Tree, hits: &[usize]) -> Vec<Comment> {
    let lines = lines_around(text, spec.comments.line, hits);
    let mut walk = Walk { spec, text, lines: &lines, found: Vec::new(), waiting: vec![None] };
    walk.walk(&mut tree.walk());
    walk.found
}

/// The stretches of whole lines that hold a hit or adjoin such a line and hold `marker` themselves.
fn lines_around(text: &str, marker: &str, hits: &[usize]) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let finder = memchr::memmem::Finder::new(marker);
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for &hit in hits {
        let before = stretches.last().map_or(0, |stretch| stretch.end);
        if hit < before {
            continue;
        }
        let mut start = line_start(bytes, hit);
        while start > before {
            let above = line_start(bytes, start - 1);
            if finder.find(&bytes[above..start]).is_none() {
                break;
            }
            start = above;
        }
        let mut end = line_end(bytes, hit);
        while end < bytes.len() {
            let below = line_end(bytes, end);
            if finder.find(&bytes[end..below]).is_none() {
                break;
            }
            end = below;
        }
        stretches.push(start..end);
    }
    stretches
}

fn line_start(bytes: &[u8], at: usize) -> usize {
    memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |newline| newline + 1)
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |newline| at + newline + 1)
}

struct Walk<'a> {
    spec: &'static Spec,
    text: &'a str,
    lines: &'a [Range<usize>],
    found: Vec<Comment>,
    /// For each level from the root down, the comment found there that waits for its next named sibling.
    waiting: Vec<Option<usize>>,
}

impl Walk<'_> {
    fn walk(&mut self, cursor: &mut TreeCursor<'_>) {
        loop {
            let node = cursor.node();
            let meets = self.meets(node);
            let is_comment = is_comment(node, &self.spec.comments);
            self.serve_waiting(node, is_comment);
            if is_comment && meets {
                self.take(node);
            }
            if !is_comment && meets && cursor.goto_first_child() {
                self.waiting.push(None);
                continue;
            }
            if !self.go_on(cursor) {
                return;
            }
        }
    }

    /// Moves to the next node that is not below the current one, if there is one of interest.
    fn go_on(&mut self, cursor: &mut TreeCursor<'_>) -> bool {
        while self.is_level_done(cursor.node()) || !cursor.goto_next_sibling() {
            self.waiting.pop();
            if !cursor.goto_parent() {
                return false;
            }
        }
        true
    }

    /// Whether nothing of interest follows `node` among its siblings.
    fn is_level_done(&self, node: Node<'_>) -> bool {
        let waits = self.waiting.last().is_some_and(Option::is_some);
        !waits && self.lines.last().is_none_or(|last| last.end <= node.start_byte())
    }

    fn meets(&self, node: Node<'_>) -> bool {
        let range = node.byte_range();
        let next = self.lines.partition_point(|lines| lines.end <= range.start);
        self.lines.get(next).is_some_and(|lines| lines.start < range.end)
    }

    /// Gives `node` to the comment that stands before it on its level.
    fn serve_waiting(&mut self, node: Node<'_>, is_comment: bool) {
        if !node.is_named() {
            return;
        }
        let waiting = self.waiting.last_mut().and_then(Option::take);
        if let Some(comment) = waiting.filter(|_| !is_comment) {
            self.found[comment].node = annotated(node, self.spec);
        }
    }

    fn take(&mut self, node: Node<'_>) {
        let range = node.byte_range();
        // Some parsers count the line's end as part of a documentation comment.
        let newline = self.text[range.clone()].ends_with('\n');
        let at = Span::new(range.start, range.end - usize::from(newline));
        if let Some(waiting) = self.waiting.last_mut() {
            *waiting = Some(self.found.len());
        }
        self.found.push(Comment { at, row: node.start_position().row, node: None });
    }
}

/// The node after a comment, as the compiler's parser would have it.
fn annotated(node: Node<'_>, spec: &Spec) -> Option<AnnotatedNode> {
    if spec.wrappers.contains(&node.kind()) {
        let inner = node.named_child(0).filter(|inner| !is_comment(*inner, &spec.comments));
        return inner.map(|inner| describe(inner, spec));
    }
    Some(describe(node, spec))
}

fn describe(node: Node<'_>, spec: &Spec) -> AnnotatedNode {
    AnnotatedNode { kind: spec.language.kind_of(node), at: node.byte_range().into() }
}

fn is_comment(node: Node<'_>, forms: &CommentForms) -> bool {
    node.is_named() && forms.kinds.contains(&node.kind())
}

/// The node of `tree` that an annotation is attached to.
pub fn annotated_node<'tree>(tree: &'tree Tree, node: &AnnotatedNode) -> Option<Node<'tree>> {
    let wanted = node.at.range();
    let mut cursor = tree.walk();
    loop {
        let candidate = cursor.node();
        if candidate.byte_range() == wanted && candidate.kind() == node.kind {
            return Some(candidate);
        }
        if candidate.start_byte() > wanted.start || candidate.end_byte() < wanted.end {
            return None;
        }
        cursor.goto_first_child_for_byte(wanted.start)?;
    }
}
