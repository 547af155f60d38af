use crate::ContentChange;
use klotho_grammars::{Edit, Language, Tree, parse};
use klotho_text::{Encoding, LineIndex, Position};
use ropey::{Rope, RopeSlice};
use std::sync::Arc;

/// Up to this length an edited text is parsed from scratch, which takes a few milliseconds: 32 KiB, as almost all sources.
///
/// What a parser reuses of an old tree hides from it the states in which it would have read the next token, and some
/// grammars read it by its state: `const a = b // x` without a semicolon ends before or behind its comment. What an editor
/// shows must be what a check of the same text finds. In a longer text, where a fresh parse at each keystroke would be felt,
/// the old tree is reused as long as there are no errors, and the text is parsed from scratch when it is saved.
const PARSED_ANEW: usize = 32 << 10;

/// A document that is open in an editor.
#[derive(Clone)]
pub(crate) struct Document {
    pub(crate) version: i32,
    pub(crate) language: Option<Language>,
    pub(crate) on_disk: OnDisk,
    /// What edits are applied to.
    rope: Rope,
    /// The same text in one piece: parsing out of a rope's pieces is several times slower.
    pub(crate) text: Arc<str>,
    pub(crate) lines: Arc<LineIndex>,
    pub(crate) tree: Option<Tree>,
    /// Changes of the rope that `text`, `lines` and `tree` do not know of yet.
    pending: Option<Pending>,
}

/// What happened to a text since it was parsed.
#[derive(Clone)]
struct Pending {
    /// The text as it was parsed,
    before: Rope,
    /// and all that was changed in it since.
    hull: Option<Hull>,
}

/// Whether the file of a document lies on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnDisk {
    /// It was not seen there yet: it may be new, and not saved so far.
    Unseen,
    /// It was seen there.
    There,
    /// It was seen there, and then no more: it was deleted, or has another name now. What is left in the editor belongs to
    /// no project, which would have it twice.
    Gone,
}

impl Document {
    pub(crate) fn new(language: Option<Language>, version: i32, text: String) -> Self {
        let tree = language.and_then(|language| parse(language, &text, None));
        let rope = Rope::from_str(&text);
        Self {
            version,
            language,
            on_disk: OnDisk::Unseen,
            rope,
            lines: Arc::new(LineIndex::new(&text)),
            text: text.into(),
            tree,
            pending: None,
        }
    }

    /// Applies changes one after the other. The text is parsed by [`Self::catch_up`], once for all changes before, so that what a
    /// burst costs does not follow their number.
    pub(crate) fn change(&mut self, version: i32, changes: &[ContentChange], encoding: Encoding) {
        let pending = self.pending.take();
        let mut pending = pending.unwrap_or_else(|| Pending { before: self.rope.clone(), hull: None });
        for change in changes {
            match change.range {
                Some((start, end)) => {
                    let replaced = self.replace(start, end, &change.text, encoding);
                    pending.hull = Some(pending.hull.map_or(replaced, |hull| hull.then(replaced)));
                }
                None => {
                    self.rope = Rope::from_str(&change.text);
                    self.tree = None;
                }
            }
        }
        self.version = version;
        self.pending = Some(pending);
    }

    /// Parses what changes left, with the tree told of all of them as of one.
    pub(crate) fn catch_up(&mut self) {
        let Some(Pending { before, hull }) = self.pending.take() else { return };
        self.text = String::from(&self.rope).into();
        self.lines = Arc::new(LineIndex::new(&self.text));
        let old = self.tree.take().filter(|old| self.text.len() > PARSED_ANEW && !old.has_error());
        // Without a tree the text may have been replaced as a whole, so that the hull is not one of the text before.
        let edit = hull.filter(|_| old.is_some()).map(|Hull { start, old_end, new_end }| {
            let points = [point(&before, start), point(&before, old_end), point(&self.rope, new_end)];
            Edit { start, old_end, new_end, points }
        });
        let old = old.zip(edit);
        self.tree = self.language.and_then(|language| reparse(language, &self.text, old));
    }

    /// Whether there are changes that were not parsed yet.
    pub(crate) fn is_behind(&self) -> bool {
        self.pending.is_some()
    }

    /// Parses the text from scratch, unless that was done at the last change.
    pub(crate) fn parse_anew(&mut self) {
        self.catch_up();
        if self.text.len() > PARSED_ANEW {
            self.tree = self.language.and_then(|language| parse(language, &self.text, None));
        }
    }

    fn replace(&mut self, start: Position, end: Position, text: &str, encoding: Encoding) -> Hull {
        let from = char_of(&self.rope, start, encoding);
        let to = char_of(&self.rope, end, encoding).max(from);
        let (start, old_end) = (self.rope.char_to_byte(from), self.rope.char_to_byte(to));
        self.rope.remove(from..to);
        self.rope.insert(from, text);
        Hull { start, old_end, new_end: start + text.len() }
    }
}

/// The smallest part of a text outside of which changes left everything as it was, in bytes.
#[derive(Clone, Copy)]
struct Hull {
    start: usize,
    /// Where it ended before,
    old_end: usize,
    /// and where it ends now.
    new_end: usize,
}

impl Hull {
    /// The hull of these changes and of one `next` to their result.
    fn then(self, next: Self) -> Self {
        // What `next` takes from behind this hull stood as far behind it before.
        let behind = next.old_end.saturating_sub(self.new_end);
        let inside = self.new_end.saturating_sub(next.old_end);
        Self {
            start: self.start.min(next.start),
            old_end: self.old_end + behind,
            new_end: next.new_end + inside,
        }
    }
}

/// Parses what an edit left. Around syntax errors the parser may recover otherwise than from scratch: a tree with errors is
/// built anew.
fn reparse(language: Language, text: &str, old: Option<(Tree, Edit)>) -> Option<Tree> {
    let tree = parse(language, text, old.as_ref().map(|(tree, edit)| (tree, edit)))?;
    if old.is_none() || !tree.has_error() {
        return Some(tree);
    }
    // Large trees do not lie beside each other for longer than they have to.
    drop((old, tree));
    parse(language, text, None)
}

/// The character before which a position stands; beyond its line the line's end, beyond the text the text's end.
fn char_of(rope: &Rope, position: Position, encoding: Encoding) -> usize {
    let line = position.line as usize;
    if line >= rope.len_lines() {
        return rope.len_chars();
    }
    let start = rope.line_to_char(line);
    let end = start + without_end(rope.line(line));
    let column = position.character as usize;
    let found = match encoding {
        Encoding::Utf8 => rope.try_byte_to_char(rope.char_to_byte(start).saturating_add(column)),
        Encoding::Utf16 => rope.try_utf16_cu_to_char(rope.char_to_utf16_cu(start).saturating_add(column)),
        Encoding::Utf32 => Ok(start.saturating_add(column)),
    };
    found.map_or(end, |found| found.min(end))
}

/// How many characters a line has before what ends it.
fn without_end(line: RopeSlice<'_>) -> usize {
    let length = line.len_chars();
    let has = |back: usize, wanted: char| {
        length.checked_sub(back).is_some_and(|at| line.get_char(at) == Some(wanted))
    };
    match (has(1, '\n'), has(1, '\r')) {
        (true, _) if has(2, '\r') => length - 2,
        (false, false) => length,
        _ => length - 1,
    }
}

/// Row and byte column as tree-sitter counts them: only `\n` ends a row.
fn point(rope: &Rope, byte: usize) -> (usize, usize) {
    let mut row = 0;
    let mut start = 0;
    let mut at = 0;
    for chunk in rope.byte_slice(..byte).chunks() {
        for newline in memchr::memchr_iter(b'\n', chunk.as_bytes()) {
            row += 1;
            start = at + newline + 1;
        }
        at += chunk.len();
    }
    (row, byte - start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_batch_costs_does_not_follow_the_number_of_its_changes() {
        let text = "let x = 1; // a line like any other\n".repeat(30_000);
        let mut document = Document::new(Some(Language::TypeScript), 0, text.clone());
        let change = |line| {
            let at = Position { line, character: 4 };
            ContentChange { range: Some((at, at)), text: "x".to_owned() }
        };
        let changes: Vec<_> = (0..30_000).map(change).collect();
        document.change(1, &changes, Encoding::Utf16);
        document.catch_up();
        assert_eq!(&*document.text, text.replace("let x", "let xx"));
    }

    #[test]
    fn a_tree_is_what_a_fresh_parse_makes_of_the_text() {
        // An old tree, reused in the second edit, would end the statement before the comment behind it.
        let text = "const express = require(\"express\");\nconst app = express();\n// x\nconst notes = new Map();\n\n\
                    app.get(\"/:id\", async (req, res) => res.send(await notes.get(req.params.id)));\n\n\
                    /* end */\napp.listen(3000);\n";
        let mut document = Document::new(Some(Language::JavaScript), 0, text.to_owned());
        let mut edit = |line, from, end: (u32, u32), text: &str| {
            let start = Position { line, character: from };
            let end = Position { line: end.0, character: end.1 };
            let change = ContentChange { range: Some((start, end)), text: text.to_owned() };
            document.change(1, &[change], Encoding::Utf16);
            document.catch_up();
            let fresh = parse(Language::JavaScript, &document.text, None).unwrap();
            let tree = document.tree.as_ref().unwrap();
            assert_eq!(tree.to_sexp(), fresh.to_sexp());
        };
        edit(3, 15, (5, 4), "// comment\n");
        edit(6, 4, (6, 5), "E");
    }

    #[test]
    fn changes_that_were_parsed_together_are_what_they_are_one_by_one() {
        let text = format!("const a = 1;\n{}", "g(2);\n".repeat(PARSED_ANEW / 4));
        let edits = [
            ((1, 2), (1, 3), "34"),
            ((0, 6), (0, 7), "bc"),
            ((9, 0), (12, 0), ""),
            ((1, 2), (2, 0), "5);\n"),
        ];
        let mut together = Document::new(Some(Language::JavaScript), 0, text.clone());
        let mut one_by_one = together.clone();
        for (start, end, text) in edits {
            let at = |(line, character)| Position { line, character };
            let change = ContentChange { range: Some((at(start), at(end))), text: text.to_owned() };
            together.change(1, std::slice::from_ref(&change), Encoding::Utf16);
            one_by_one.change(1, &[change], Encoding::Utf16);
            one_by_one.catch_up();
        }
        assert!(together.is_behind() && !one_by_one.is_behind());
        together.catch_up();
        assert_eq!(together.text, one_by_one.text);
        let sexp = |document: &Document| document.tree.as_ref().unwrap().to_sexp();
        assert_eq!(sexp(&together), sexp(&one_by_one));
    }

    #[test]
    fn a_long_document_is_what_a_fresh_parse_makes_of_it_once_it_is_saved() {
        let text = format!("const a = b\n// x\nf();\n{}", "g();\n".repeat(PARSED_ANEW / 4));
        let mut document = Document::new(Some(Language::JavaScript), 0, text);
        let at = |line, character| Position { line, character };
        for (start, end, text) in [(at(0, 11), at(1, 0), " "), (at(1, 0), at(1, 1), "h")] {
            let change = ContentChange { range: Some((start, end)), text: text.to_owned() };
            document.change(1, &[change], Encoding::Utf16);
            document.catch_up();
        }
        document.parse_anew();
        let fresh = parse(Language::JavaScript, &document.text, None).unwrap();
        assert_eq!(document.tree.as_ref().unwrap().to_sexp(), fresh.to_sexp());
    }

    #[test]
    fn changes_of_one_long_line_are_found_without_walking_along_it() {
        let mut document = Document::new(None, 0, "é🎵".repeat(200_000));
        for (encoding, unit) in [(Encoding::Utf8, 6), (Encoding::Utf16, 3), (Encoding::Utf32, 2)] {
            let change = |pair: u32| {
                let at = Position { line: 0, character: 200_000 * unit - pair * unit };
                ContentChange { range: Some((at, at)), text: String::new() }
            };
            let changes: Vec<_> = (0..20_000).map(change).collect();
            document.change(1, &changes, encoding);
        }
        document.catch_up();
        assert_eq!(document.version, 1);
        assert_eq!(&*document.text, "é🎵".repeat(200_000));
    }
}
