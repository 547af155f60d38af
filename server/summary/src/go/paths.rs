//! chi's paths in the graph's notation.

use crate::braces;

/// A path in the graph's notation: `{name}` and `{name:pattern}` are `:name`.
pub(super) fn in_graph(path: &str) -> String {
    braces::in_graph(path, |inside| {
        let name = braces::word(inside);
        (!name.is_empty()).then(|| format!(":{name}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_in_the_one_notation() {
        for (path, expected) in [
            ("/users/{id:[0-9]+}/posts", "/users/:id/posts"),
            ("/years/{year:\\\\d{4}}/{month}", "/years/:year/:month"),
            ("/files/{rest:.*}", "/files/:rest"),
            ("/*", "/:rest*"),
        ] {
            assert_eq!(in_graph(path), expected, "{path}");
        }
    }
}
