//! Characters that are not seen but do something: to a terminal, or to the order of what stands beside them.

use std::borrow::Cow;

/// Whether a character is a control, or turns or hides others.
pub fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The text with such characters, but for line ends and tabs, as escapes.
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, |character| is_unseen(character) && !matches!(character, '\n' | '\t'))
}

/// The same on one line.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    escaped(text, is_unseen)
}

fn escaped(text: &str, is_hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(&is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_hidden(character) {
            out.extend(character.escape_default());
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::{visible, visible_line};

    #[test]
    fn what_is_not_seen_is_escaped_and_letters_stay() {
        assert_eq!(visible("é🎵\ta\nb"), "é🎵\ta\nb");
        assert_eq!(visible("\u{1b}[2J\u{202e}x\r"), "\\u{1b}[2J\\u{202e}x\\r");
        assert_eq!(visible_line("a\n::error::b"), "a\\n::error::b");
    }
}
