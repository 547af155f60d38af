use std::env;
use std::sync::OnceLock;

/// Files that are not to be read, as PATH lists folders: the way out where one of them crashes a parser.
const VARIABLE: &str = "KLOTHO_LS_SKIP";

/// Why such a file was not read.
pub(super) const REASON: &str = "KLOTHO_LS_SKIP names it";

/// Whether a file is not to be read. Its path may be shorter than the one that was named, or longer.
pub(crate) fn is_to_skip(path: &str) -> bool {
    static NAMED: OnceLock<Vec<String>> = OnceLock::new();
    let named = NAMED.get_or_init(|| {
        let list = env::var_os(VARIABLE).unwrap_or_default();
        env::split_paths(&list).map(|path| path.to_string_lossy().replace('\\', "/")).collect()
    });
    named.iter().any(|named| is_end_of(named, path) || is_end_of(path, named))
}

/// Whether the last names of a path are those of another.
fn is_end_of(end: &str, path: &str) -> bool {
    !end.is_empty()
        && path
            .strip_suffix(end)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('/') || end.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::is_end_of;

    #[test]
    fn names_are_compared_whole() {
        assert!(is_end_of("b/c.ts", "/a/b/c.ts") && is_end_of("/a/c.ts", "/a/c.ts"));
        assert!(!is_end_of("c.ts", "/a/abc.ts") && !is_end_of("", "/a"));
    }
}
