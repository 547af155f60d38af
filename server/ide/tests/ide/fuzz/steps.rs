//! What may happen to a project, and which texts that changes.

use super::pieces::PIECES;
use crate::support::Disk;
use proptest::prelude::*;
use proptest::sample::Index;
use std::ops::Range;

/// Texts do not grow beyond this.
const LONGEST: usize = 64 << 10;

/// One thing that happens.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A few characters give way to a piece.
    Replace { at: Place, length: usize, piece: Index },
    /// A line goes, comes twice, or changes places with the next.
    Line { at: Place, becomes: Line },
    /// A comment mark at the start of a line comes or goes.
    Mark { at: Place, mark: Index },
    /// A comment that holds an annotation goes elsewhere, or appears there too.
    Annotation { from: Place, to: Place, is_moved: bool },
    /// Some text appears elsewhere.
    Copy { from: Place, length: usize, to: Place },
    /// A file says again what it said at first.
    Revert { file: Index },
    /// A file is copied on the disk.
    Create { file: Index, to: Index },
    /// A file goes from the disk.
    Remove { file: Index },
    /// A document is opened.
    Open { file: Index },
    /// A document is saved, or not, and closed.
    Close { file: Index, is_saved: bool },
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Line {
    Nothing,
    Twice,
    Next,
}

/// Somewhere in some file.
#[derive(Clone, Debug)]
pub(super) struct Place {
    file: Index,
    spot: Spot,
    nth: Index,
    /// How far from the spot.
    off: usize,
}

#[derive(Clone, Copy, Debug)]
enum Spot {
    Anywhere,
    Annotation,
    Line,
    Quote,
}

/// A replacement in one file.
#[derive(Debug)]
pub(super) struct TextEdit {
    pub(super) path: String,
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

pub(super) fn steps() -> impl Strategy<Value = Step> {
    let length = 0..16_usize;
    let index = any::<Index>;
    prop_oneof![
        12 => (place(), length.clone(), index()).prop_map(|(at, length, piece)| Step::Replace { at, length, piece }),
        4 => (place(), line()).prop_map(|(at, becomes)| Step::Line { at, becomes }),
        3 => (place(), index()).prop_map(|(at, mark)| Step::Mark { at, mark }),
        3 => (place(), place(), any::<bool>())
            .prop_map(|(from, to, is_moved)| Step::Annotation { from, to, is_moved }),
        3 => (place(), length, place()).prop_map(|(from, length, to)| Step::Copy { from, length: length * length, to }),
        2 => index().prop_map(|file| Step::Revert { file }),
        1 => (index(), index()).prop_map(|(file, to)| Step::Create { file, to }),
        1 => index().prop_map(|file| Step::Remove { file }),
        1 => index().prop_map(|file| Step::Open { file }),
        1 => (index(), any::<bool>()).prop_map(|(file, is_saved)| Step::Close { file, is_saved }),
    ]
}

fn place() -> impl Strategy<Value = Place> {
    let spot = prop_oneof![
        2 => Just(Spot::Anywhere),
        2 => Just(Spot::Annotation),
        1 => Just(Spot::Line),
        1 => Just(Spot::Quote)
    ];
    (any::<Index>(), spot, any::<Index>(), prop_oneof![Just(0), 0..60_usize])
        .prop_map(|(file, spot, nth, off)| Place { file, spot, nth, off })
}

fn line() -> impl Strategy<Value = Line> {
    prop_oneof![Just(Line::Nothing), Just(Line::Twice), Just(Line::Next)]
}

impl Step {
    /// What it changes in the texts of `disk`, in order, each in the result of the one before.
    pub(super) fn edits(&self, disk: &Disk) -> Option<Vec<TextEdit>> {
        match self {
            Self::Replace { at, length, piece } => {
                let (path, text, start) = at.find(disk)?;
                let end = floor(text, start + length).max(start);
                Some(vec![TextEdit::new(path, start..end, piece.get::<&str>(&PIECES))])
            }
            Self::Line { at, becomes } => {
                let (path, text, at) = at.find(disk)?;
                let (start, end) = (line_start(text, at), line_end(text, at));
                let next = line_end(text, end);
                let (range, new) = match becomes {
                    Line::Nothing => (start..end, String::new()),
                    Line::Twice => (start..start, text[start..end].to_owned()),
                    Line::Next => (start..next, format!("{}{}", &text[end..next], &text[start..end])),
                };
                Some(vec![TextEdit::new(path, range, &new)])
            }
            Self::Mark { at, mark } => {
                let (path, text, at) = at.find(disk)?;
                let start = line_start(text, at);
                let mark = mark.get(&["// ", "# ", "/* ", "*/ "]);
                let is_there = text[start..].starts_with(mark);
                let (range, new) =
                    if is_there { (start..start + mark.len(), "") } else { (start..start, *mark) };
                Some(vec![TextEdit::new(path, range, new)])
            }
            Self::Annotation { from, to, is_moved } => {
                let (path, text, at) = from.find(disk)?;
                let comment = comment_around(text, at)?;
                let (target, other, at) = to.find(disk)?;
                let at = line_start(other, at);
                let insert = TextEdit::new(target, at..at, &text[comment.clone()]);
                let is_apart = target != path || at >= comment.end;
                let cut = TextEdit::new(path, comment, "");
                Some(if *is_moved && is_apart { vec![insert, cut] } else { vec![insert] })
            }
            Self::Copy { from, length, to } => {
                let (_, text, start) = from.find(disk)?;
                let end = floor(text, start + length).max(start);
                let (path, other, at) = to.find(disk)?;
                let is_short = other.len() < LONGEST;
                is_short.then(|| vec![TextEdit::new(path, at..at, &text[start..end])])
            }
            _ => None,
        }
    }
}

impl TextEdit {
    fn new(path: &str, range: Range<usize>, text: &str) -> Self {
        Self { path: path.to_owned(), range, text: text.to_owned() }
    }
}

impl Place {
    fn find<'a>(&self, disk: &'a Disk) -> Option<(&'a str, &'a str, usize)> {
        let path = choose(disk, &self.file)?;
        let text = &*disk.0[path];
        let all = |wanted: &str| text.match_indices(wanted).map(|(at, _)| at).collect::<Vec<_>>();
        let spots = match self.spot {
            Spot::Anywhere => Vec::new(),
            Spot::Annotation => all("@klotho::"),
            Spot::Line => all("\n"),
            Spot::Quote => all("\""),
        };
        let at =
            if spots.is_empty() { self.nth.index(text.len() + 1) } else { *self.nth.get(&spots) + self.off };
        Some((path, text, floor(text, at)))
    }
}

/// A file whose text matters.
pub(super) fn choose<'a>(disk: &'a Disk, which: &Index) -> Option<&'a str> {
    let named = [".mod", ".txt", ".csproj", ".toml", ".xml"];
    let matters = |path: &&String| klotho_ide::is_read(path) || named.iter().any(|end| path.ends_with(end));
    let paths: Vec<_> = disk.0.keys().filter(matters).collect();
    (!paths.is_empty()).then(|| which.get(&paths).as_str())
}

/// The lines of the comment around `at`, if they hold an annotation.
fn comment_around(text: &str, at: usize) -> Option<Range<usize>> {
    let at = text[at..].find("@klotho::").map(|found| at + found).or_else(|| text.rfind("@klotho::"))?;
    let is_comment =
        |line: &str| ["/*", "*", "//", "#"].iter().any(|mark| line.trim_start().starts_with(mark));
    let (mut start, mut end) = (line_start(text, at), line_end(text, at));
    while start > 0 && is_comment(&text[line_start(text, start - 1)..start]) {
        start = line_start(text, start - 1);
    }
    while end < text.len() && is_comment(&text[end..line_end(text, end)]) {
        end = line_end(text, end);
    }
    Some(start..end)
}

fn line_start(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
