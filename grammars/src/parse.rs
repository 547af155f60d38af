use crate::stack::with_stack;
use crate::{Language, Tree};
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tree_sitter::{InputEdit, ParseOptions, Parser, Point};

/// How long one parse may take, in milliseconds. Ordinary files take a few; what takes longer is built to hang a parser.
static BUDGET: AtomicU64 = AtomicU64::new(2_000);

/// A longer text is no source code.
const LONGEST: usize = 16 << 20;

/// What a parser may need of the stack: where it merges ways to read a text it gives them back one inside the other, which
/// takes some hundred bytes for each token.
const STACK: usize = 256 << 10;
const STACK_PER_BYTE: usize = 160;

thread_local! {
    static PARSERS: RefCell<HashMap<Language, Parser>> = RefCell::new(HashMap::new());
}

/// One replacement in a text: the bytes `start..old_end` became `start..new_end`.
#[derive(Clone, Copy, Debug)]
pub struct Edit {
    /// First byte that changed.
    pub start: usize,
    /// End of the replaced bytes in the old text.
    pub old_end: usize,
    /// End of the new bytes in the new text.
    pub new_end: usize,
    /// Row and byte column of the three, in that order.
    pub points: [(usize, usize); 3],
}

impl Edit {
    /// Moves the nodes of `tree` as the edit moved the text under them.
    fn apply(&self, tree: &mut tree_sitter::Tree) {
        let [start_position, old_end_position, new_end_position] =
            self.points.map(|(row, column)| Point { row, column });
        tree.edit(&InputEdit {
            start_byte: self.start,
            old_end_byte: self.old_end,
            new_end_byte: self.new_end,
            start_position,
            old_end_position,
            new_end_position,
        });
    }
}

/// Parses `text`, reusing what did not change of the tree of an older text, of which the edit made this one.
///
/// `None` when the parse took longer than two seconds, or would need more than the system or the parser has: the caller says so
/// and goes on without a tree.
pub fn parse(language: Language, text: &str, old: Option<(&Tree, &Edit)>) -> Option<Tree> {
    if text.len() > LONGEST || has_too_many_levels(language, text) {
        return None;
    }
    let edited = old.map(|(tree, edit)| {
        let mut edited = tree.parsed().clone();
        edit.apply(&mut edited);
        edited
    });
    let parse = || parse_here(language, text, edited.as_ref());
    let parsed = with_stack(STACK + text.len() * STACK_PER_BYTE, parse)??;
    Some(match old {
        Some((old, edit)) => Tree::after(old, edit, text, parsed),
        None => Tree::new(language, text, parsed),
    })
}

/// Whether a text is not parsed because its lines begin at more columns than the parser can count.
pub fn has_too_many_levels(language: Language, text: &str) -> bool {
    language.spec().levels.is_some_and(|levels| !levels.hold(text))
}

/// Gives every parse of this process `seconds` instead of two: a tool that counts instructions slows the program down by far.
pub fn allow_for_slowness(seconds: u64) {
    BUDGET.store(seconds * 1_000, Ordering::Relaxed);
}

fn parse_here(language: Language, text: &str, old: Option<&tree_sitter::Tree>) -> Option<tree_sitter::Tree> {
    PARSERS.with_borrow_mut(|parsers| {
        let parser = match parsers.entry(language) {
            std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::hash_map::Entry::Vacant(entry) => {
                let mut parser = Parser::new();
                parser.set_language(language.grammar()).ok()?;
                entry.insert(parser)
            }
        };
        parse_within_budget(parser, text, old)
    })
}

fn parse_within_budget(
    parser: &mut Parser,
    text: &str,
    old: Option<&tree_sitter::Tree>,
) -> Option<tree_sitter::Tree> {
    let deadline = Instant::now() + Duration::from_millis(BUDGET.load(Ordering::Relaxed));
    let mut stop_when_late = |_: &tree_sitter::ParseState| {
        if Instant::now() > deadline { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let bytes = text.as_bytes();
    let mut read = |at: usize, _: Point| bytes.get(at..).unwrap_or_default();
    let options = ParseOptions::new().progress_callback(&mut stop_when_late);
    let tree = parser.parse_with_options(&mut read, old, Some(options));
    if tree.is_none() {
        // A parser that was stopped would go on from there with the next text.
        parser.reset();
    }
    tree
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::Language;
    use std::thread;

    /// Parses on a thread with hardly any stack.
    fn parses(language: Language, text: String) -> bool {
        let thread = thread::Builder::new().stack_size(128 << 10);
        thread.spawn(move || parse(language, &text, None).is_some()).unwrap().join().unwrap()
    }

    #[test]
    fn no_text_exhausts_the_stack() {
        // Whether it is done within its time does not matter.
        parses(Language::Java, "([{".repeat(40_000));
        assert!(parses(Language::JavaScript, "(".repeat(60_000)));
    }

    #[test]
    fn no_text_exhausts_a_scanner() {
        let blocks = |depth, level: &str| -> String {
            (0..depth).map(|column| format!("{}{level}\n", " ".repeat(column))).collect()
        };
        assert!(parses(Language::Yaml, blocks(100, "a:")) && !parses(Language::Yaml, blocks(300, "a:")));
        assert!(
            parses(Language::Python, blocks(300, "if a:")) && !parses(Language::Python, blocks(600, "if a:"))
        );
        assert!(!parses(Language::Yaml, "- ".repeat(254)) && !parses(Language::Yaml, "? ".repeat(254)));
    }
}
