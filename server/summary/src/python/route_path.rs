//! FastAPI's paths in the graph's notation.

/// A path in the graph's notation: a slash at its start, none at its end, `{name}` as `:name`.
pub(super) fn in_graph(path: &str) -> String {
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
    if segments.is_empty() {
        return "/".to_owned();
    }
    segments.iter().flat_map(|segment| ["/".to_owned(), with_parameters(segment)]).collect()
}

/// A path as what other paths stand below: nothing where it is the root.
pub(super) fn prefix(path: &str) -> String {
    let path = in_graph(path);
    if path == "/" { String::new() } else { path }
}

/// `{name}` and `{name:converter}` become `:name`, `{name:path}` becomes `:name*`; other braces stay.
fn with_parameters(segment: &str) -> String {
    let mut text = String::new();
    let mut rest = segment;
    while let Some((before, inside)) = rest.split_once('{') {
        text.push_str(before);
        match inside.split_once('}').and_then(|(inside, after)| Some((parameter(inside)?, after))) {
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

fn parameter(inside: &str) -> Option<String> {
    let (name, converter) = inside.split_once(':').unwrap_or((inside, "str"));
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let rest = if converter == "path" { "*" } else { "" };
    (is_word(name) && is_word(converter)).then(|| format!(":{name}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_in_the_one_notation() {
        for (path, expected) in [
            ("", "/"),
            ("/", "/"),
            ("users", "/users"),
            ("/users/", "/users"),
            ("//a//b", "/a/b"),
            ("/a/./b/../c", "/a/c"),
            ("/users/{id}", "/users/:id"),
            ("/files/{file:path}", "/files/:file*"),
            ("/items/{n:int}", "/items/:n"),
            ("/a/{x}.json", "/a/:x.json"),
            ("/a/{x}-{y:uuid}", "/a/:x-:y"),
            ("/a/{}/{b", "/a/{}/{b"),
            ("/a/{{x}}", "/a/{:x}"),
            ("/a/{not a name}", "/a/{not a name}"),
        ] {
            assert_eq!(in_graph(path), expected, "{path}");
        }
    }

    #[test]
    fn the_root_is_no_prefix() {
        assert_eq!([prefix(""), prefix("/"), prefix("api/v1/")], ["", "", "/api/v1"]);
    }
}
