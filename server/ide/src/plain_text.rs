//! Markdown for clients that show it as it is spelled.

/// A text without its marks.
pub fn plain_text(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut is_code = false;
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
            continue;
        }
        if is_code {
            text.push_str(line);
        } else if line != "---" {
            push_line(&mut text, line.trim_start_matches('#').trim_start());
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text
}

/// Inline code keeps what stands in it; elsewhere escapes are resolved and emphasis goes.
fn push_line(text: &mut String, line: &str) {
    let mut rest = line;
    while let Some(next) = rest.chars().next() {
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        if ticks > 0 {
            let (fence, inside) = rest.split_at(ticks);
            if let Some(end) = inside.find(fence) {
                text.push_str(&inside[..end].trim_matches(' ').replace("\\|", "|"));
                rest = &inside[end + ticks..];
                continue;
            }
        }
        let escaped = rest.strip_prefix('\\').and_then(|rest| rest.chars().next());
        if let Some(escaped) = escaped.filter(char::is_ascii_punctuation) {
            text.push(escaped);
            rest = &rest[1 + escaped.len_utf8()..];
        } else if let Some(after) = rest.strip_prefix("**") {
            rest = after;
        } else {
            text.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain_text;

    #[test]
    fn marks_go_and_text_stays() {
        let markdown = "### Unit **`a*b`** → **ECS**\n\n---\n\na \\* b ``x`y``\n\n```ts\n**kept**\n```\n";
        assert_eq!(plain_text(markdown), "Unit a*b → ECS\n\n\n\na * b x`y\n\n**kept**");
    }

    #[test]
    fn an_open_fence_is_text() {
        assert_eq!(plain_text("a ` b \\"), "a ` b \\");
    }
}
