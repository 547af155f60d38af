//! chi's paths in the graph's notation.

/// A path in the graph's notation: a slash at its start, none at its end, `{name}` and `{name:pattern}` as `:name`, and
/// `*` at its end as the rest of the path.
pub(super) fn in_graph(path: &str) -> String {
    let path = with_parameters(path);
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    if let Some(last) = segments.last_mut().filter(|last| **last == "*") {
        *last = ":rest*";
    }
    if segments.is_empty() { "/".to_owned() } else { format!("/{}", segments.join("/")) }
}

/// A pattern may hold braces itself: a parameter ends where they are balanced.
fn with_parameters(path: &str) -> String {
    let mut text = String::new();
    let mut rest = path;
    while let Some((before, inside)) = rest.split_once('{') {
        text.push_str(before);
        let name_ends = inside.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'));
        let name = inside.get(..name_ends.unwrap_or(inside.len())).unwrap_or_default();
        match closing(inside).filter(|_| !name.is_empty()) {
            Some(after) => {
                text.push(':');
                text.push_str(name);
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

/// Patterns that are longer than this are no patterns.
const LONGEST_PARAMETER: usize = 1000;

/// What follows the brace that closes a parameter.
fn closing(inside: &str) -> Option<&str> {
    let mut depth = 1usize;
    for (at, byte) in inside.bytes().enumerate().take(LONGEST_PARAMETER) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return inside.get(at + 1..);
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
            ("/users/{id:[0-9]+}/posts", "/users/:id/posts"),
            ("/years/{year:\\\\d{4}}/{month}", "/years/:year/:month"),
            ("/a/{x}-{y}.json", "/a/:x-:y.json"),
            ("/files/*", "/files/:rest*"),
            ("/*", "/:rest*"),
            ("/a*/b", "/a*/b"),
            ("/a/{}/{b", "/a/{}/{b"),
            ("/é/{é}", "/é/{é}"),
        ] {
            assert_eq!(in_graph(path), expected, "{path}");
        }
    }
}
