//! Paths and verbs as Express writes them, in the graph's notation.

use crate::paths::clean;

/// The rest of a path.
const REST: &str = "/:rest*";

/// The graph's word for a method of a router, if it defines a route.
pub(super) fn verb(method: &str) -> Option<&'static str> {
    const VERBS: [&str; 8] = ["ANY", "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"];
    if method == "all" {
        return Some("ANY");
    }
    VERBS.into_iter().find(|verb| verb.eq_ignore_ascii_case(method))
}

/// The paths of a route: one, but two for what matches everything, since the rest of a path is never empty.
pub(super) fn route(literal: &str) -> Vec<String> {
    let path = clean(literal);
    match path.strip_suffix("/*") {
        Some("") => vec!["/".to_owned(), REST.to_owned()],
        Some(prefix) => vec![format!("{prefix}{REST}")],
        None => vec![path],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_are_in_the_graphs_notation() {
        let literals = ["/a/*/b", "/a*", "/:x?", "a", "/a/", "//a//b", "/a/../b", "", "/api/*"];
        let expected = ["/a/*/b", "/a*", "/:x?", "/a", "/a", "/a/b", "/b", "/", "/api/:rest*"];
        for (literal, path) in literals.into_iter().zip(expected) {
            assert_eq!(route(literal), [path], "{literal}");
        }
    }

    #[test]
    fn what_matches_everything_is_the_root_and_the_rest() {
        for literal in ["*", "/*", "//*"] {
            assert_eq!(route(literal), ["/", "/:rest*"], "{literal}");
        }
        assert_eq!(route("/:rest*"), ["/:rest*"]);
    }

    #[test]
    fn a_prefix_keeps_its_wildcard() {
        let prefixes = ["/api/*", "*", "/", "api/", "/a/b"].map(clean);
        assert_eq!(prefixes, ["/api/*", "/*", "/", "/api", "/a/b"]);
    }

    #[test]
    fn verbs_are_upper_case() {
        assert_eq!(
            ["get", "all", "Post", "any"].map(verb),
            [Some("GET"), Some("ANY"), Some("POST"), Some("ANY")]
        );
        assert_eq!(["use", "route", "listen", ""].map(verb), [None; 4]);
    }
}
