//! What `--version` says.

use std::sync::LazyLock;

/// So much of a commit names it.
const SHORT: usize = 9;

/// The version, with the commit where whoever built the program said which (`KLOTHO_LS_COMMIT`): a build asks no git.
pub(crate) fn version() -> &'static str {
    static VERSION: LazyLock<String> =
        LazyLock::new(|| text(env!("CARGO_PKG_VERSION"), option_env!("KLOTHO_LS_COMMIT")));
    &VERSION
}

fn text(version: &str, commit: Option<&str>) -> String {
    match commit.filter(|commit| !commit.is_empty()) {
        Some(commit) => format!("{version} ({})", commit.get(..SHORT).unwrap_or(commit)),
        None => version.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn the_commit_is_told_where_it_is_known() {
        assert_eq!(text("1.2.3", None), "1.2.3");
        assert_eq!(text("1.2.3", Some("")), "1.2.3");
        assert_eq!(text("1.2.3", Some("0123456789abcdef")), "1.2.3 (012345678)");
    }
}
