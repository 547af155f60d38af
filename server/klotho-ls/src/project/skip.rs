use std::env;
use std::path::Path;
use std::sync::OnceLock;

/// Files that are not to be read, as PATH lists folders: the way out where one of them crashes a parser.
const VARIABLE: &str = "KLOTHO_LS_SKIP";

/// Why such a file was not read.
pub(super) const REASON: &str =
    "klotho-ls crashed over it before, or somebody chose to leave it out (KLOTHO_LS_SKIP names it)";

/// Whether the file at an absolute path is not to be read.
pub(crate) fn is_to_skip(path: &str) -> bool {
    static NAMED: OnceLock<Vec<String>> = OnceLock::new();
    let named = NAMED.get_or_init(|| {
        let list = env::var_os(VARIABLE).unwrap_or_default();
        env::split_paths(&list).flat_map(|path| names(&path)).collect()
    });
    named.iter().any(|named| is_named(named, path))
}

/// A path as it was named, and if it leads over links as it lies on the disk.
fn names(path: &Path) -> impl Iterator<Item = String> + use<> {
    let on_disk = path.is_absolute().then(|| path.canonicalize().ok()).flatten();
    let text = |path: &Path| path.to_string_lossy().replace('\\', "/");
    [Some(text(path)), on_disk.as_deref().map(text)].into_iter().flatten()
}

/// Whether an absolute path is the one that was named: all of it, or its last names where no absolute one was.
fn is_named(named: &str, path: &str) -> bool {
    let named = named.trim_start_matches("./");
    let rest = path.strip_suffix(named).filter(|_| !named.is_empty());
    rest.is_some_and(|rest| rest.is_empty() || (rest.ends_with('/') && !named.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::is_named;

    #[test]
    fn names_are_compared_whole() {
        assert!(is_named("b/c.ts", "/a/b/c.ts") && is_named("./b/c.ts", "/a/b/c.ts"));
        assert!(!is_named("c.ts", "/a/abc.ts") && !is_named("", "/a"));
    }

    #[test]
    fn only_what_was_named_is_an_end() {
        assert!(is_named("/a/c.ts", "/a/c.ts") && !is_named("/a/c.ts", "/b/a/c.ts"));
        assert!(!is_named("/a/b/c.ts", "c.ts") && !is_named("other/c.ts", "/c.ts"));
    }
}
