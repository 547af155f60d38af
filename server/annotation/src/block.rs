use crate::AnnotatedNode;
use crate::comments::{Comment, starts_line};
use crate::finding::{Code, Finding};
use crate::leaders::strip;
use crate::offset_map::Stripped;
use klotho_grammars::{Leaders, Spec};
use klotho_text::Span;

/// A block comment, or a run of line comments on consecutive rows: what the compiler looks for annotations in.
#[derive(Debug)]
pub(crate) struct Block<'t> {
    /// Its text without leaders.
    pub(crate) stripped: Stripped<'t>,
    /// From the first comment's start to the last one's end.
    pub(crate) at: Span,
    /// Whether it consists of line comments.
    pub(crate) is_line: bool,
    /// The node after the last comment.
    pub(crate) node: Option<AnnotatedNode>,
    /// The comments that it consists of.
    pub(crate) lines: Vec<Line>,
    last_row: usize,
}

/// One comment of a block.
#[derive(Debug)]
pub(crate) struct Line {
    /// Where it starts in the block's text.
    pub(crate) start: usize,
    /// Where it stands.
    pub(crate) at: Span,
    /// Whether something else stands before it on its line.
    pub(crate) is_behind_code: bool,
    /// Whether the comments before it in the block have a node after them, which the block has no more with this one.
    pub(crate) takes_target: bool,
}

/// Merges the comments that the compiler takes for one (reference, 1.3).
///
/// Only rows and markers count: neither indentation nor code before a comment on its line keeps two apart.
pub(crate) fn blocks<'t>(
    spec: &Spec,
    text: &'t str,
    comments: Vec<Comment>,
    findings: &mut Vec<Finding>,
) -> Vec<Block<'t>> {
    let mut blocks: Vec<Block<'_>> = Vec::with_capacity(comments.len());
    for comment in comments {
        let raw = comment.at.of(text);
        let stripped = strip(spec.leaders, raw, comment.at.start as usize).unwrap_or_else(|_| {
            findings.push(Finding::new(Code::AnnotationSyntax, "crash", comment.at));
            Stripped::default()
        });
        let is_line = raw.starts_with(spec.comments.line);
        let mut line = Line {
            start: 0,
            at: comment.at,
            is_behind_code: is_line && !starts_line(text, comment.at.start as usize),
            takes_target: false,
        };
        match blocks.last_mut().filter(|last| is_line && last.is_line && last.last_row + 1 == comment.row) {
            Some(block) => {
                line.start = block.stripped.text().len() + 1;
                line.takes_target = block.node.is_some();
                block.lines.push(line);
                block.append(&stripped, comment);
            }
            None => blocks.push(Block {
                stripped,
                at: comment.at,
                is_line,
                node: comment.node,
                lines: vec![line],
                last_row: comment.row,
            }),
        }
    }
    blocks
}

impl Block<'_> {
    fn append(&mut self, stripped: &Stripped<'_>, comment: Comment) {
        self.stripped.push_joint(self.at.end as usize);
        self.stripped.push_part(stripped, 0..stripped.text().len());
        self.at = self.at.join(comment.at);
        self.last_row = comment.row;
        self.node = comment.node;
    }
}

/// Where the text may have comments that crash the compiler's JavaScript reader: a `/*` with at most one byte after it
/// on a line that has `//` before it.
pub(crate) fn possible_crashes(spec: &Spec, text: &str) -> Vec<usize> {
    if spec.leaders != Leaders::JavaScript {
        return Vec::new();
    }
    let bytes = text.as_bytes();
    let opens = memchr::memmem::find_iter(bytes, "/*");
    let ends_line = |&at: &usize| {
        let rest = &bytes[at + 2..(at + 5).min(bytes.len())];
        rest.len() < 2 || rest.iter().take(2).any(|&byte| byte == b'\n') || rest[1] == b'\r'
    };
    let candidates = opens.filter(ends_line);
    candidates.filter(|&at| at > 1 && matches!(bytes[at - 1], b'/' | b' ' | b'\t')).collect()
}
