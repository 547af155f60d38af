use crate::AnnotatedNode;
use crate::suite::Leaving;
use klotho_grammars::{Kinds, Language, Node, Spec, Tree, TreeCursor};
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

/// What the lines of interest hold, each list in document order.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) comments: Vec<Comment>,
    /// The strings that are statements of their own, where the language has documentation in them.
    pub(crate) docstrings: Vec<Span>,
}

/// The comments on the lines of `hits` and on the lines with line comments around them, and the docstrings there.
///
/// Only these comments can be part of a block of comments that holds a hit. The tree is walked in one go, and only where it
/// meets those lines.
pub(crate) fn comments(spec: &'static Spec, text: &str, tree: &Tree, hits: &[usize]) -> Found {
    let lines = lines_around(text, spec.comments.line, hits);
    let mut walk = Walk {
        language: spec.language,
        kinds: spec.language.kinds(),
        text,
        lines: &lines,
        found: Found::default(),
        levels: vec![Level::default()],
    };
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

/// Whether nothing but blanks stands before `at` on its line.
pub(crate) fn starts_line(text: &str, at: usize) -> bool {
    // The mark of its encoding is not part of what a file says.
    let before =
        text[..at].trim_start_matches('\u{feff}').bytes().rev().find(|byte| !matches!(byte, b' ' | b'\t'));
    before.is_none_or(|byte| byte == b'\n')
}

struct Walk<'a> {
    language: Language,
    kinds: &'static Kinds,
    text: &'a str,
    /// Those that no node so far stood behind.
    lines: &'a [Range<usize>],
    found: Found,
    /// From the root down to the children of the node that is being visited.
    levels: Vec<Level>,
}

/// The children of one node, as far as they have been visited.
#[derive(Clone, Copy, Default)]
struct Level {
    /// The comment that waits for its next named sibling.
    waiting: Option<usize>,
    /// Where the comments start that were visited last, with no other named node after them.
    run: Option<usize>,
    /// How the waiting comment left the suites below this level.
    leaving: Option<Leaving>,
}

impl Walk<'_> {
    fn walk(&mut self, cursor: &mut TreeCursor<'_>) {
        loop {
            let node = cursor.node();
            let meets = self.meets(node);
            let is_comment = self.kinds.comments.contains(&node.kind_id());
            let counts = !is_comment || self.stands_right(node);
            if counts && node.is_named() && !self.is_unseen(node) {
                self.pass(node, is_comment);
            }
            if counts && is_comment && meets {
                self.take(node);
            } else if meets && self.is_docstring(node) {
                self.found.docstrings.push(node.byte_range().into());
            }
            if !is_comment && meets && cursor.goto_first_child() {
                self.levels.push(Level::default());
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
            let level = self.levels.pop();
            if !cursor.goto_parent() {
                return false;
            }
            if let Some(level) = level.filter(|level| level.waiting.is_some()) {
                self.leave(level, cursor.node());
            }
        }
        true
    }

    /// Whether nothing of interest follows `node` among its siblings.
    fn is_level_done(&self, node: Node<'_>) -> bool {
        let waits = self.levels.last().is_some_and(|level| level.waiting.is_some());
        !waits && self.lines.last().is_none_or(|last| last.end <= node.start_byte())
    }

    /// Hands a comment that no sibling follows to the level above, where the compiler's parser would have it there.
    fn leave(&mut self, level: Level, parent: Node<'_>) {
        let is_suite = self.kinds.suite.contains(&parent.kind_id());
        let leaving = match (level.leaving, level.run) {
            (Some(leaving), _) => Some(leaving),
            (None, Some(run)) if is_suite => Some(Leaving::of(self.text, run)),
            _ => None,
        };
        let leaves = |leaving: &Leaving| !is_suite || leaving.leaves(self.text, parent.start_byte());
        if let (Some(leaving), Some(above)) = (leaving.filter(leaves), self.levels.last_mut()) {
            above.waiting = level.waiting;
            above.leaving = Some(leaving);
        }
    }

    /// Whether the compiler's parser would not show the node as a sibling. Nodes without text are repairs.
    fn is_unseen(&self, node: Node<'_>) -> bool {
        node.byte_range().is_empty() || self.kinds.unseen.contains(&node.kind_id())
    }

    /// Whether a comment stands where the language has comments.
    fn stands_right(&self, node: Node<'_>) -> bool {
        let forms = &self.language.spec().comments;
        !forms.is_alone || starts_line(self.text, node.start_byte())
    }

    /// Whether a node stands on lines of interest. Nodes come in document order, so that lines before this one are done with.
    fn meets(&mut self, node: Node<'_>) -> bool {
        let range = node.byte_range();
        let passed = self.lines.iter().take_while(|lines| lines.end <= range.start).count();
        self.lines = self.lines.get(passed..).unwrap_or_default();
        self.lines.first().is_some_and(|lines| lines.start < range.end)
    }

    /// Whether a node is a statement that is nothing but a string.
    fn is_docstring(&self, node: Node<'_>) -> bool {
        let is_statement = self.kinds.docstring.contains(&node.kind_id());
        let only = if is_statement { node.named_child(0) } else { None };
        only.is_some_and(|only| only.kind() == "string" && only.byte_range() == node.byte_range())
    }

    /// Notes a named node, and gives it to the comment that stands before it on its level.
    fn pass(&mut self, node: Node<'_>, is_comment: bool) {
        let Some(level) = self.levels.last_mut() else { return };
        level.run = if is_comment { level.run.or(Some(node.start_byte())) } else { None };
        level.leaving = None;
        if let Some(comment) = level.waiting.take().filter(|_| !is_comment) {
            self.found.comments[comment].node = self.annotated(node);
        }
    }

    fn take(&mut self, node: Node<'_>) {
        let range = node.byte_range();
        // Some parsers count the line's end as part of a documentation comment.
        let newline = self.text[range.clone()].ends_with('\n');
        let at = Span::new(range.start, range.end - usize::from(newline));
        if let Some(level) = self.levels.last_mut() {
            level.waiting = Some(self.found.comments.len());
        }
        self.found.comments.push(Comment { at, row: node.start_position().row, node: None });
    }

    /// The node after a comment, as the compiler's parser would have it.
    fn annotated(&self, node: Node<'_>) -> Option<AnnotatedNode> {
        let is_wrapper = self.kinds.wrappers.contains(&node.kind_id());
        let node = if is_wrapper { node.named_child(0)? } else { node };
        let is_comment = self.kinds.comments.contains(&node.kind_id());
        (!is_comment).then(|| AnnotatedNode { kind: node.kind(), at: node.byte_range().into() })
    }
}

/// The node of `tree` that an annotation is attached to.
pub fn annotated_node<'tree>(tree: &'tree Tree, node: &AnnotatedNode) -> Option<Node<'tree>> {
    tree.node_at(&node.at.range(), node.kind)
}
