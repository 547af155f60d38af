//! Paths of axum and Actix Web in the graph's notation.

use crate::braces;

/// A path in the graph's notation. Before version 0.8 axum wrote `:id` and `*rest`.
pub(super) fn in_graph(path: &str) -> String {
    let path = braces::in_graph(path, braces::one_or_rest);
    match path.rsplit_once("/*") {
        Some((before, name)) if !name.is_empty() && braces::word(name) == name => {
            format!("{before}/:{name}*")
        }
        _ => path,
    }
}

/// A path below a prefix, both in the graph's notation.
pub(super) fn joined(prefix: &str, path: &str) -> String {
    let (prefix, path) = (prefix.trim_end_matches('/'), path.trim_matches('/'));
    match (prefix, path) {
        ("", "") => "/".to_owned(),
        (prefix, "") => prefix.to_owned(),
        (prefix, path) => format!("{prefix}/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_and_newer_forms_are_read() {
        for (path, expected) in [
            ("/users/:id/", "/users/:id"),
            ("/files/*path", "/files/:path*"),
            ("/files/{*path}", "/files/:path*"),
            ("/files/{tail:.*}", "/files/:tail*"),
            ("/{id:\\\\d+}", "/:id"),
            ("/", "/"),
        ] {
            assert_eq!(in_graph(path), expected, "{path}");
        }
        assert_eq!([joined("", "/"), joined("/a", "/"), joined("/", "/b")], ["/", "/a", "/b"]);
    }
}
