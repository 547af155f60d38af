//! Text from source code as Markdown: it must never be more than text.

use klotho_text::is_unseen;

/// As inline code, whatever backticks it holds.
pub fn code(text: &str) -> String {
    let line: String =
        text.chars().map(|character| if is_unseen(character) { ' ' } else { character }).collect();
    let longest = line.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if line.starts_with('`') || line.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{line}{pad}{fence}")
}

/// As running text in which names stand in backticks, as messages set them.
pub fn with_code(text: &str) -> String {
    if text.matches('`').count() % 2 == 1 {
        return plain(text);
    }
    let parts = text.split('`').enumerate();
    parts.map(|(index, part)| if index % 2 == 1 { code(part) } else { plain(part) }).collect()
}

/// What starts something in Markdown or HTML, and what calls somebody.
const SPECIAL: &[char] = &['\\', '`', '*', '_', '{', '}', '[', ']', '#', '~'];

/// As running text, whatever it holds.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // A backslash does not keep a name from being called.
            '@' => out.push_str("&#64;"),
            it if is_unseen(it) => out.push(' '),
            it => {
                if SPECIAL.contains(&it) {
                    out.push('\\');
                }
                out.push(it);
            }
        }
    }
    out
}

/// As the cell of a table, where a bar would end it.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}

/// A table, its first row the head, with columns padded so that it can be read as it is written.
pub fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let rows: Vec<_> = rows.iter().map(|row| row.each_ref().map(|text| cell(text))).collect();
    let mut widths = [3; N];
    for row in &rows {
        for (width, text) in widths.iter_mut().zip(row) {
            *width = text.chars().count().max(*width);
        }
    }
    let mut out = String::new();
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<_> = row.iter().zip(widths).map(|(text, width)| format!(" {text:<width$} ")).collect();
        out.push_str(&format!("|{}|\n", cells.join("|")));
        if index == 0 {
            let rules = widths.map(|width| "-".repeat(width + 2));
            out.push_str(&format!("|{}|\n", rules.join("|")));
        }
    }
    out
}

/// A list for people: at most `limit`, then how many are left out.
pub(crate) fn list(items: &[String], limit: usize) -> String {
    let shown = items.iter().take(limit).cloned().collect::<Vec<_>>().join(", ");
    match items.len().saturating_sub(limit) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_cannot_be_left() {
        assert_eq!(code("plain"), "`plain`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`<b>`"), "`` `<b>` ``");
        assert_eq!(code("a\n# b|c"), "`a # b|c`");
    }

    #[test]
    fn running_text_stays_text() {
        assert_eq!(plain("a_b `c` <img> [x](y)"), "a\\_b \\`c\\` &lt;img&gt; \\[x\\](y)");
        assert_eq!(plain("@team\n# b"), "&#64;team \\# b");
    }

    #[test]
    fn tables_are_aligned_as_they_are_written() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned);
        let table = table(&[row(["Where", "Fits"]), row(["a|b", "ja, é"])]);
        assert_eq!(table, "| Where | Fits  |\n|-------|-------|\n| a\\|b  | ja, é |\n");
    }

    #[test]
    fn lists_say_what_they_leave_out() {
        let items: Vec<_> = ["a", "b", "c"].map(str::to_owned).into();
        assert_eq!(list(&items, 2), "a, b and 1 more");
        assert_eq!(list(&items, 3), "a, b, c");
    }
}
