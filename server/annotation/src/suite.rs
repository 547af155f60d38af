//! Comments at the end of a block that ends by its indentation.
//!
//! Parsers disagree on whether such comments still belong to the block. The compiler's looks at the blanks before the
//! first comment after the last statement: fewer than the block is indented by, and the comment, with all that follow
//! it, stands behind the block, provided that the next line of code does and that a line without comment lies between.
//! A comment behind the statement on its line is thus behind the block as well, as a rule (reference, 0.3 and 1.3).

/// A run of comments after the last statement of a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leaving {
    /// Columns of blanks before the first comment.
    gap: usize,
    /// The indentation of the code after the comments; none if they follow one another to that code's line.
    next: Option<usize>,
}

impl Leaving {
    /// The run of comments that starts at `start`.
    pub(crate) fn of(text: &str, start: usize) -> Self {
        let (gap, is_own_line) = blanks_before(text.as_bytes(), start);
        Self { gap, next: next_indentation(text.as_bytes(), start, is_own_line) }
    }

    /// Whether the comments leave the block whose first statement is at `first_statement`.
    pub(crate) fn leaves(&self, text: &str, first_statement: usize) -> bool {
        let (indentation, is_own_line) = blanks_before(text.as_bytes(), first_statement);
        let outside = |next| next < indentation && self.gap < indentation;
        !is_own_line || self.next.is_some_and(outside)
    }
}

/// The columns of blanks before `at`, and whether nothing else stands before it on its line.
fn blanks_before(bytes: &[u8], at: usize) -> (usize, bool) {
    let blanks = bytes[..at].iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t'));
    let (count, columns) = blanks.fold((0, 0), |(count, columns), &byte| (count + 1, columns + width(byte)));
    let before = at - count;
    (columns, before == 0 || bytes[before - 1] == b'\n')
}

/// How far the first code after the comments at `at` is indented.
fn next_indentation(bytes: &[u8], mut at: usize, is_own_line: bool) -> Option<usize> {
    let mut line_ended = is_own_line;
    let mut columns = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'#' => {
                // A comment takes its line's end with it: only an empty line counts as an end.
                at = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |newline| at + newline);
                columns = 0;
            }
            b'\n' => {
                line_ended = true;
                columns = 0;
            }
            b'\r' | b'\x0c' => columns = 0,
            b' ' | b'\t' => columns += width(byte),
            _ => return line_ended.then_some(columns),
        }
        at += 1;
    }
    Some(0)
}

fn width(blank: u8) -> usize {
    if blank == b'\t' { 8 } else { 1 }
}
