use crate::ContentChange;
use klotho_grammars::{Edit, Language, Tree, parse};
use klotho_text::{Encoding, LineIndex, Position};
use ropey::{Rope, RopeSlice};
use std::sync::Arc;

/// A document that is open in an editor.
#[derive(Clone)]
pub(crate) struct Document {
    pub(crate) version: i32,
    pub(crate) language: Option<Language>,
    /// What edits are applied to.
    rope: Rope,
    /// The same text in one piece: parsing out of a rope's pieces is several times slower.
    pub(crate) text: Arc<str>,
    pub(crate) lines: Arc<LineIndex>,
    pub(crate) tree: Option<Tree>,
}

impl Document {
    pub(crate) fn new(language: Option<Language>, version: i32, text: String) -> Self {
        let tree = language.and_then(|language| parse(language, &text, None));
        let rope = Rope::from_str(&text);
        Self { version, language, rope, lines: Arc::new(LineIndex::new(&text)), text: text.into(), tree }
    }

    /// Applies changes one after the other, then parses once.
    pub(crate) fn change(&mut self, version: i32, changes: &[ContentChange], encoding: Encoding) {
        for change in changes {
            match change.range {
                Some((start, end)) => self.replace(start, end, &change.text, encoding),
                None => {
                    self.rope = Rope::from_str(&change.text);
                    self.tree = None;
                }
            }
        }
        self.version = version;
        self.text = String::from(&self.rope).into();
        self.lines = Arc::new(LineIndex::new(&self.text));
        let old = self.tree.take();
        self.tree = self.language.and_then(|language| reparse(language, &self.text, old.as_ref()));
    }

    fn replace(&mut self, start: Position, end: Position, text: &str, encoding: Encoding) {
        let start = byte_of(&self.rope, start, encoding);
        let old_end = byte_of(&self.rope, end, encoding).max(start);
        let (start_point, old_end_point) = (point(&self.rope, start), point(&self.rope, old_end));
        let (from, to) = (self.rope.byte_to_char(start), self.rope.byte_to_char(old_end));
        self.rope.remove(from..to);
        self.rope.insert(from, text);
        let new_end = start + text.len();
        if let Some(tree) = &mut self.tree {
            let points = [start_point, old_end_point, point(&self.rope, new_end)];
            Edit { start, old_end, new_end, points }.apply(tree);
        }
    }
}

/// Parses what an edit left. Around syntax errors the parser may recover otherwise than from scratch, and what an editor
/// shows must be what a check of the same text finds: a tree with errors is built anew.
fn reparse(language: Language, text: &str, old: Option<&Tree>) -> Option<Tree> {
    let tree = parse(language, text, old)?;
    if old.is_some() && tree.root_node().has_error() { parse(language, text, None) } else { Some(tree) }
}

/// The byte that a position means; beyond its line the line's end, beyond the text the text's end.
fn byte_of(rope: &Rope, position: Position, encoding: Encoding) -> usize {
    let line = position.line as usize;
    if line >= rope.len_lines() {
        return rope.len_bytes();
    }
    rope.line_to_byte(line) + column_to_byte(rope.line(line), position.character as usize, encoding)
}

fn column_to_byte(line: RopeSlice<'_>, column: usize, encoding: Encoding) -> usize {
    let mut units = 0;
    let mut bytes = 0;
    for character in line.chars().take_while(|character| !matches!(character, '\n' | '\r')) {
        units += match encoding {
            Encoding::Utf8 => character.len_utf8(),
            Encoding::Utf16 => character.len_utf16(),
            Encoding::Utf32 => 1,
        };
        if units > column {
            break;
        }
        bytes += character.len_utf8();
    }
    bytes
}

/// Row and byte column as tree-sitter counts them: only `\n` ends a row.
fn point(rope: &Rope, byte: usize) -> (usize, usize) {
    let mut row = 0;
    let mut start = 0;
    let mut at = 0;
    for chunk in rope.byte_slice(..byte).chunks() {
        for newline in chunk.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(index, _)| index) {
            row += 1;
            start = at + newline + 1;
        }
        at += chunk.len();
    }
    (row, byte - start)
}
