//! FastAPI's paths in the graph's notation, as far as the compiler translates them.

use crate::paths::clean;

/// A path in the graph's notation: a slash at its start, none at its end, parameters as the compiler knows them.
pub(super) fn in_graph(path: &str) -> String {
    let path = clean(path);
    let segments: Vec<_> = path.split('/').map(with_parameters).collect();
    segments.join("/")
}

/// A path as what other paths stand below: nothing where it is the root.
pub(super) fn prefix(path: &str) -> String {
    let path = in_graph(path);
    if path == "/" { String::new() } else { path }
}

/// `{name}` becomes `:name` and `{name:path}` becomes `:name*`; all other braces stay (reference, Appendix A).
fn with_parameters(segment: &str) -> String {
    let segment = segment.replace(":path}", "*}");
    let mut text = String::new();
    let mut rest = segment.as_str();
    while let Some((before, inside)) = rest.split_once('{') {
        text.push_str(before);
        match inside.split_once('}').filter(|(name, _)| is_name(name)) {
            Some((name, after)) => {
                text.extend([":", name]);
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

fn is_name(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'*'))
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
            ("/items/{n:int}", "/items/{n:int}"),
            ("/a/{x}.json", "/a/:x.json"),
            ("/a/{x}-{y:uuid}", "/a/:x-{y:uuid}"),
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
