//! The comment at the cursor, with blanks where what makes it a comment stands: offsets stay what they are.

use crate::document::Document;
use crate::naming::name_in;
use klotho_annotation::{MARK, catalogue};
use klotho_grammars::{Language, Node, Tree};
use std::ops::Range;

/// So many lines of a comment are looked at, above and below the cursor.
const LINES: usize = 500;

/// The comment, or run of line comments, that the cursor is in.
pub(super) struct Comment<'a> {
    /// The document up to its end.
    document: &'a str,
    pub(super) language: Language,
    /// Its text from `start` on, leaders blanked.
    masked: String,
    start: usize,
    is_line: bool,
    /// Whether what ends a block comment is missing.
    pub(super) is_open: bool,
    /// The code below it.
    below: Option<Node<'a>>,
}

impl<'a> Comment<'a> {
    pub(super) fn at(document: &'a Document, cursor: usize) -> Option<Self> {
        let (language, tree) = (document.language?, document.tree.as_ref()?);
        let text = &*document.text;
        match comment_at(language, tree, cursor) {
            Some(node) => Self::of(text, language, node, cursor),
            None => Self::open_block(text, language, tree, cursor),
        }
    }

    fn of(text: &'a str, language: Language, node: Node<'a>, cursor: usize) -> Option<Self> {
        let forms = &language.spec().comments;
        let raw = text.get(node.byte_range())?;
        let is_line = raw.starts_with(forms.line);
        let (at, last) = if is_line {
            run(text, forms.line, node.start_byte())
        } else {
            (node.byte_range(), node.end_byte())
        };
        let close = forms.block.map(|(_, close)| close).filter(|close| !is_line && raw.ends_with(close));
        let end = at.end - close.map_or(0, str::len);
        let is_within = node.start_byte() < cursor && cursor <= end;
        let tree_end = last.saturating_sub(1);
        let below = below(language, root(node), tree_end);
        is_within.then(|| Self {
            document: text,
            language,
            masked: masked(text.get(at.start..end).unwrap_or_default(), is_line.then_some(forms.line)),
            start: at.start,
            is_line,
            is_open: !is_line && close.is_none(),
            below,
        })
    }

    /// A block comment that nobody closed yet, up to the end of the cursor's line.
    fn open_block(text: &'a str, language: Language, tree: &'a Tree, cursor: usize) -> Option<Self> {
        let (open, close) = language.spec().comments.block?;
        let start = text.get(..cursor)?.rfind(open)?;
        if text.get(start..)?.contains(close) || start + open.len() > cursor {
            return None;
        }
        let node = tree.root_node().descendant_for_byte_range(start, start + open.len())?;
        if ancestors(node).any(|node| node.kind().contains("string") || is_comment(language, node)) {
            return None;
        }
        let end = cursor + text.get(cursor..)?.lines().next().map_or(0, str::len);
        let masked = masked(text.get(start..end)?, None);
        Some(Self { document: text, language, masked, start, is_line: false, is_open: true, below: None })
    }

    /// The text, with blanks for all that comes before the comment and for its leaders.
    pub(super) fn whole(&self) -> String {
        // Offsets count bytes, so each byte before the comment is one blank.
        format!("{}{}", " ".repeat(self.start), self.masked)
    }

    pub(super) fn is_line(&self) -> bool {
        self.is_line
    }

    /// Where the comment's text ends: what closes a block comment stands behind it.
    pub(super) fn end(&self) -> usize {
        self.start + self.masked.len()
    }

    /// The annotation whose name stands last before the cursor: where its `@` is, and its name.
    pub(super) fn annotation_before(&self, cursor: usize) -> Option<(usize, Range<usize>)> {
        let before = self.masked.get(..cursor.checked_sub(self.start)?)?;
        let at = before.rfind(MARK)?;
        let name = at + MARK.len();
        let rest = self.masked.get(name..)?;
        let length = rest.find(|next: char| !is_word(next)).unwrap_or(rest.len());
        Some((self.start + at, self.start + name..self.start + name + length))
    }

    /// Where the brace is that starts the body behind a name.
    pub(super) fn brace_behind(&self, name_end: usize) -> Option<usize> {
        let rest = self.masked.get(name_end - self.start..)?;
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        rest.get(blanks..)?.starts_with('{').then_some(name_end + blanks)
    }

    /// What is typed of an annotation's name before the cursor, from its `@` on, with what belongs to it behind.
    pub(super) fn head(&self, cursor: usize) -> Option<Range<usize>> {
        let before = self.masked.get(..cursor.checked_sub(self.start)?)?;
        let is_part = |next: char| is_word(next) || next == ':';
        let typed = before.trim_end_matches(is_part);
        let at = typed.strip_suffix('@')?;
        if at.ends_with(|last: char| last.is_alphanumeric() || "_.@".contains(last)) {
            return None;
        }
        if !is_start_of_head(before.get(typed.len()..)?) {
            return None;
        }
        let rest = self.masked.get(before.len()..)?;
        let length = rest.find(|next| !is_part(next)).unwrap_or(rest.len());
        Some(self.start + at.len()..cursor + length)
    }

    /// The blanks before the line of an offset.
    pub(super) fn indentation(&self, at: usize) -> &'a str {
        let line = self.line_before(at);
        line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or_default()
    }

    /// What the lines below one start with, behind its indentation, to go on in the comment as it does.
    pub(super) fn leader(&self, at: usize) -> String {
        let line = self.line_before(at);
        let content = line.trim_start_matches([' ', '\t']);
        let forms = &self.language.spec().comments;
        if self.is_line {
            let behind = content.split_once(forms.line).map_or("", |(_, behind)| behind);
            let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
            let gap = behind.get(..blanks).filter(|gap| !gap.is_empty()).unwrap_or(" ");
            return format!("{}{gap}", forms.line);
        }
        let is_first = forms.block.is_some_and(|(open, _)| content.contains(open));
        if is_first {
            return " * ".to_owned();
        }
        let stars = content.len() - content.trim_start_matches(['*', ' ', '\t']).len();
        content.get(..stars).unwrap_or_default().to_owned()
    }

    fn line_before(&self, at: usize) -> &'a str {
        let before = self.document.get(..at).unwrap_or_default();
        before.rsplit('\n').next().unwrap_or_default()
    }

    /// The first name in the code below: of a declaration, that of what it declares.
    pub(super) fn name_below(&self) -> Option<String> {
        name_in(self.document, self.below?)
    }

    /// The code below as text, as far as it is worth looking at.
    pub(super) fn code_below(&self) -> &'a str {
        const SEEN: usize = 2_000;
        let Some(below) = self.below.map(|node| node.byte_range()) else { return "" };
        let mut end = below.end.min(below.start + SEEN);
        while !self.document.is_char_boundary(end) {
            end -= 1;
        }
        self.document.get(below.start..end).unwrap_or_default()
    }
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

/// Whether what follows an `@` may become an annotation: `kl`, `klotho::pe`, and `pe` for short.
fn is_start_of_head(typed: &str) -> bool {
    let mark = MARK.trim_start_matches('@');
    let is_short = |typed: &str| catalogue::CAPABILITIES.iter().any(|known| known.name.starts_with(typed));
    match typed.strip_prefix(mark) {
        Some(name) => name.chars().all(is_word),
        None => mark.starts_with(typed) || is_short(typed),
    }
}

/// The stretch of whole lines around `at` that are line comments, and where the last of them ends.
fn run(text: &str, marker: &str, at: usize) -> (Range<usize>, usize) {
    let is_comment = |line: &str| line.trim_start().starts_with(marker);
    let mut start = at;
    let line_start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let mut above = line_start;
    for line in text.get(..line_start).unwrap_or_default().split_inclusive('\n').rev().take(LINES) {
        if !is_comment(line) {
            break;
        }
        above -= line.len();
        start = above;
    }
    let mut end = at;
    let mut next = at;
    for (index, line) in text.get(at..).unwrap_or_default().split_inclusive('\n').take(LINES).enumerate() {
        if index > 0 && !is_comment(line) {
            break;
        }
        end = next + line.trim_end_matches(['\r', '\n']).len();
        next += line.len();
    }
    (start..end, end)
}

/// A comment's text with blanks for what makes it one.
fn masked(comment: &str, line_marker: Option<&str>) -> String {
    let mut out = String::with_capacity(comment.len());
    for (index, line) in comment.split_inclusive('\n').enumerate() {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let rest = line.get(indent..).unwrap_or_default();
        let leader = match line_marker {
            Some(marker) => rest.strip_prefix(marker).map_or(0, |_| marker.len()),
            None if index == 0 => rest.len() - rest.trim_start_matches(['/', '*']).len(),
            None => rest.len() - rest.trim_start_matches('*').len(),
        };
        out.extend(std::iter::repeat_n(' ', indent + leader));
        out.push_str(rest.get(leader..).unwrap_or_default());
    }
    out
}

fn is_comment(language: Language, node: Node<'_>) -> bool {
    language.kinds().comments.contains(&node.kind_id())
}

fn ancestors(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    std::iter::successors(Some(node), |node| node.parent())
}

fn root(node: Node<'_>) -> Node<'_> {
    ancestors(node).last().unwrap_or(node)
}

fn comment_at(language: Language, tree: &Tree, cursor: usize) -> Option<Node<'_>> {
    let before = cursor.checked_sub(1)?;
    let node = tree.root_node().descendant_for_byte_range(before, cursor)?;
    ancestors(node).find(|node| is_comment(language, *node))
}

/// The code that follows the comment at `at`.
fn below(language: Language, root: Node<'_>, at: usize) -> Option<Node<'_>> {
    let node = root.descendant_for_byte_range(at, at + 1)?;
    let mut node = ancestors(node).find(|node| is_comment(language, *node))?;
    while is_comment(language, node) {
        node = node.next_named_sibling()?;
    }
    Some(node)
}
