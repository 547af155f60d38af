//! Paths whose parameters stand in braces, in the graph's notation.

use crate::paths::clean;

/// A path in the graph's notation: a slash at its start, none at its end, each `{...}` that `parameter` knows as what it
/// makes of it, and `*` or `**` at its end as the rest of the path. A pattern may hold braces itself: a parameter ends
/// where they are balanced.
pub(crate) fn in_graph(path: &str, parameter: impl Fn(&str) -> Option<String>) -> String {
    let path = with_parameters(path, parameter);
    let path = clean(&path);
    match path.rsplit_once('/') {
        Some((above, "*" | "**")) => format!("{above}/:rest*"),
        _ => path,
    }
}

/// The parameter `:name` of `name` or `name:pattern`; with a pattern for anything, or a star before the name, it is the
/// rest of the path.
pub(crate) fn one_or_rest(inside: &str) -> Option<String> {
    let (name, pattern) = inside.split_once(':').unwrap_or((inside, ""));
    let (name, is_rest) = match name.strip_prefix('*') {
        Some(name) => (name, true),
        None => (name, matches!(pattern, ".*" | ".+")),
    };
    let is_name = !name.is_empty() && name == word(name);
    is_name.then(|| format!(":{name}{}", if is_rest { "*" } else { "" }))
}

/// The letters, digits and underscores that a text starts with.
pub(crate) fn word(text: &str) -> &str {
    let end = text.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'));
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

fn with_parameters(path: &str, parameter: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::new();
    let mut rest = path;
    while let Some((before, inside)) = rest.split_once('{') {
        text.push_str(before);
        let closed = closed(inside).and_then(|(inside, after)| Some((parameter(inside)?, after)));
        match closed {
            Some((parameter, after)) => {
                text.push_str(&parameter);
                rest = after;
            }
            None => {
                text.push('{');
                rest = inside;
            }
        }
    }
    text + rest
}

/// What is longer than this is no parameter.
const LONGEST_PARAMETER: usize = 1000;

/// What stands before and after the brace that closes a parameter.
fn closed(inside: &str) -> Option<(&str, &str)> {
    let mut depth = 1usize;
    for (at, byte) in inside.bytes().enumerate().take(LONGEST_PARAMETER) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((inside.get(..at)?, inside.get(at + 1..)?));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_in_the_one_notation() {
        for (path, expected) in [
            ("", "/"),
            ("/", "/"),
            ("users/", "/users"),
            ("//a//./b/../c", "/a/c"),
            ("/users/{id}", "/users/:id"),
            ("/users/{id:[0-9]{2}}/posts", "/users/:id/posts"),
            ("/a/{x}-{y}.json", "/a/:x-:y.json"),
            ("/files/*", "/files/:rest*"),
            ("/files/**", "/files/:rest*"),
            ("/files/{*path}", "/files/:path*"),
            ("/files/{path:.*}", "/files/:path*"),
            ("/a*/b", "/a*/b"),
            ("/a/{}/{b", "/a/{}/{b"),
            ("/é/{é}", "/é/{é}"),
        ] {
            assert_eq!(in_graph(path, one_or_rest), expected, "{path}");
        }
    }
}
