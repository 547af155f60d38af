//! What is offered at the cursor, and how it is put together.

use klotho_text::Span;
use std::ops::Range;

/// Of no question more is offered: nobody reads it, and clients keep it all.
pub(super) const LIMIT: usize = 500;

/// Everything that can stand at the cursor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Completions {
    /// The best first. All begin at the same place, but for those that take what surrounds the word with it.
    pub items: Vec<Completion>,
    /// The blanks before the line of the cursor: what a text of several lines puts before each but its first.
    pub indentation: String,
    /// How the document ends its lines; texts of items have `\n`.
    pub newline: &'static str,
}

/// Something that can stand at the cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    /// What it is called in the list.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// A few words beside the label: a type, a cost.
    pub detail: String,
    /// All about it.
    pub documentation: Documentation,
    /// What the text before the cursor is compared with.
    pub filter: String,
    /// From the start of the word to the cursor.
    pub inserted: Span,
    /// The whole word.
    pub replaced: Span,
    /// What is put there.
    pub text: String,
    /// The same with stops for the cursor, in the syntax of snippets; `None` where there is nothing to stop at.
    pub snippet: Option<String>,
}

/// What an item is, for its symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// The head of an annotation.
    Capability,
    /// A key.
    Key,
    /// A key that holds keys.
    Table,
    /// A value.
    Value,
    /// The id of a resource.
    Id,
    /// A file, or a pattern of several.
    File,
    /// A folder.
    Folder,
}

/// What there is to read about an item.
#[derive(Clone, Debug, PartialEq)]
pub enum Documentation {
    /// Markdown; text from source code is escaped.
    Text(String),
    /// What the unit with this id costs here and elsewhere, which takes time: [`crate::Snapshot::unit_documentation`] knows.
    Unit(String),
}

/// The word at the cursor, as offsets of the document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    start: usize,
    cursor: usize,
    end: usize,
}

impl Word {
    pub(super) fn new(word: &Range<usize>, cursor: usize) -> Self {
        Self { start: word.start, cursor, end: word.end.max(cursor) }
    }

    /// An item that takes the place of the word.
    pub(super) fn item(self, kind: CompletionKind, label: impl Into<String>) -> Completion {
        let label = label.into();
        Completion {
            filter: label.clone(),
            text: label.clone(),
            label,
            kind,
            detail: String::new(),
            documentation: Documentation::Text(String::new()),
            inserted: Span::new(self.start, self.cursor),
            replaced: Span::new(self.start, self.end),
            snippet: None,
        }
    }
}

impl Completion {
    pub(super) fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    pub(super) fn about(self, markdown: impl Into<String>) -> Self {
        Self { documentation: Documentation::Text(markdown.into()), ..self }
    }

    pub(super) fn text(self, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..self }
    }

    /// With a snippet, and as text what is left of it without its stops.
    pub(super) fn snippet(self, snippet: String) -> Self {
        Self { text: without_stops(&snippet), snippet: Some(snippet), ..self }
    }

    pub(super) fn filter(self, filter: impl Into<String>) -> Self {
        Self { filter: filter.into(), ..self }
    }
}

/// A text as it may stand inside a stop of a snippet, or beside one.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '$' | '}' | '\\' | ',' | '|') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// What a snippet inserts when nobody touches its stops: of a choice the first.
fn without_stops(snippet: &str) -> String {
    let mut out = String::with_capacity(snippet.len());
    let mut characters = snippet.chars().peekable();
    let mut is_stop = false;
    let mut is_passed_over = false;
    while let Some(character) = characters.next() {
        match character {
            '\\' => out.extend(characters.next().filter(|_| !is_passed_over)),
            '$' => {
                is_stop = characters.next_if_eq(&'{').is_some();
                while characters.next_if(char::is_ascii_digit).is_some() {}
                let _ = is_stop && characters.next_if(|next| matches!(next, ':' | '|')).is_some();
            }
            ',' | '|' if is_stop => is_passed_over = true,
            '}' if is_stop => (is_stop, is_passed_over) = (false, false),
            _ if is_passed_over => {}
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_go_and_their_text_stays() {
        for (snippet, text) in [
            ("id = \"$1\"\n}$0", "id = \"\"\n}"),
            ("id = \"${1:a b}\"", "id = \"a b\""),
            ("${1|true,false|} x, y", "true x, y"),
            ("{ \\$a \\} }", "{ $a } }"),
            ("${1:a\\}b}}", "a}b}"),
        ] {
            assert_eq!(without_stops(snippet), text, "{snippet}");
        }
        assert_eq!(escaped("a$b}c\\"), "a\\$b\\}c\\\\");
    }
}
