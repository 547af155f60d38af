//! Where among keys and values the cursor is, whatever they are written in.

use std::ops::Range;

/// Where the cursor is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    /// The keys that lead to the table that the cursor is in.
    pub(super) table: Vec<String>,
    /// What is written there.
    pub(super) spot: Spot,
    /// The word that an item replaces.
    pub(super) word: Range<usize>,
    /// The other keys of that table.
    pub(super) used: Vec<String>,
}

/// What is written at the cursor.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Spot {
    /// A key.
    Key {
        /// Whether its value stands behind it already.
        has_value: bool,
        /// Whether its line starts with it, so that a table's header can take its place.
        starts_line: bool,
        /// The quotes around it, if there are any, and whether they are closed.
        quote: Option<Quote>,
    },
    /// The header of a table.
    Header,
    /// The value of a key.
    Value {
        /// The key.
        key: String,
        /// The quotes around it, if there are any.
        quote: Option<Quote>,
        /// Whether it is one of a list.
        in_list: bool,
        /// Whether a blank is missing between it and what is before it.
        is_glued: bool,
    },
}

/// A quotation mark at the start of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// Which.
    pub(super) mark: char,
    /// Whether it stands at the end too.
    pub(super) is_closed: bool,
}

/// Where a quoted word without an end may end at the latest: with its last character that names and paths have.
pub(super) fn open_end(text: &str, cursor: usize) -> usize {
    let rest = text.get(cursor..).unwrap_or_default();
    let is_word = |next: char| next.is_alphanumeric() || "_-./:*".contains(next);
    cursor + rest.find(|next| !is_word(next)).unwrap_or(rest.len())
}

/// The contents of the quoted word that stands at `at`, and its quotes.
pub(super) fn quoted(text: &str, at: &Range<usize>, cursor: usize) -> Option<(Range<usize>, Quote)> {
    let word = text.get(at.clone())?;
    let mark = word.chars().next()?;
    // What may span lines is left alone.
    if word.contains('\n') || (word.len() > 2 && word.chars().take(3).all(|next| next == mark)) {
        return None;
    }
    let is_closed = word.len() > 1 && word.ends_with(mark);
    let end = if is_closed { at.end - 1 } else { open_end(text, cursor).min(at.end) };
    let contents = at.start + 1..end;
    let is_inside = contents.start <= cursor && cursor <= contents.end;
    is_inside.then_some((contents, Quote { mark, is_closed }))
}
