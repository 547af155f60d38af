//! Parts of sentences.

/// What is said of a project without an execution unit.
pub(crate) const NO_UNIT: &str = "No execution unit: there is no code here that Klotho compiles. What a static unit serves is not compiled.\n";

/// `1 file`, `2 files`
pub(crate) fn number_of(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// Names for a sentence: at most `limit`, then how many are left out.
pub(crate) fn listed(names: &[impl AsRef<str>], limit: usize) -> String {
    let shown = names.iter().take(limit).map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(limit) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
