//! Text for a terminal: columns, and sentences that are filled.

/// How wide a page is.
pub(super) const WIDTH: usize = 100;

/// A text on lines that fit the page, the first after `first`, the others after as many spaces as `indent` says.
pub(super) fn filled(first: &str, text: &str, indent: usize) -> String {
    let mut out = first.to_owned();
    let mut width = length(first);
    let mut is_start = true;
    for word in text.split_whitespace() {
        let gap = usize::from(!is_start);
        if !is_start && width + gap + length(word) > WIDTH {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            width = indent;
        } else if gap > 0 {
            out.push(' ');
            width += gap;
        }
        out.push_str(word);
        width += length(word);
        is_start = false;
    }
    out.push('\n');
    out
}

/// How many columns a text takes.
pub(super) fn length(text: &str) -> usize {
    text.chars().count()
}

/// How cells stand in their column.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Side {
    Left,
    Right,
}

/// A wider cell moves what follows it rather than the whole column.
pub(super) const WIDEST: usize = 48;

/// Rows with aligned columns; the last column is filled on lines of its own where it has no room.
pub(super) fn columns<const N: usize>(rows: &[[String; N]], sides: [Side; N]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = length(cell).min(WIDEST).max(*width);
        }
    }
    rows.iter().map(|row| line(row, sides, widths)).collect()
}

fn line<const N: usize>(row: &[String; N], sides: [Side; N], widths: [usize; N]) -> String {
    let mut out = String::new();
    let cells = row.iter().zip(sides).zip(widths);
    for (place, ((cell, side), width)) in cells.enumerate() {
        // Ids are what people wrote: they may hold anything.
        let cell: String = cell.chars().map(|it| if klotho_text::is_unseen(it) { ' ' } else { it }).collect();
        if place > 0 {
            out.push_str("  ");
        }
        match side {
            Side::Left => out.push_str(&format!("{cell:<width$}")),
            Side::Right => out.push_str(&format!("{cell:>width$}")),
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_filled() {
        let text = filled("a: ", &"word ".repeat(30), 3);
        assert_eq!(text.lines().count(), 2);
        assert!(text.lines().all(|line| length(line) <= WIDTH), "{text}");
        assert!(text.lines().nth(1).is_some_and(|line| line.starts_with("   word")), "{text}");
    }

    #[test]
    fn columns_are_aligned_and_hold_no_control_characters() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned);
        let text = columns(&[row(["a\u{1b}b", "$1"]), row(["long", "$100"])], [Side::Left, Side::Right]);
        assert_eq!(text, "a b     $1\nlong  $100\n");
    }
}
