//! Texts of the tables: exact, or with one `*` for what a row takes over into the id.

/// What `*` stands for in `text`; empty when the pattern has none. `None` = `text` is otherwise.
pub(super) fn matches<'a>(pattern: &str, text: &'a str) -> Option<&'a str> {
    match pattern.split_once('*') {
        None => (pattern == text).then_some(""),
        Some((start, end)) => text.strip_prefix(start)?.strip_suffix(end).filter(|rest| !rest.is_empty()),
    }
}

/// `id` with `taken` in the place of its `*`.
pub(super) fn fill(id: &str, taken: &str) -> String {
    id.replacen('*', taken, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_takes_what_is_between() {
        assert_eq!(matches("BoxUsage:*", "BoxUsage:t3.small"), Some("t3.small"));
        assert_eq!(matches("BoxUsage:*", "BoxUsage:"), None);
        assert_eq!(matches("NodeUsage:*", "ExtendedSupportYr3-NodeUsage:cache.t4g.micro"), None);
        assert_eq!(matches("Request", "Requests"), None);
        assert_eq!(
            matches("a*a", "a"),
            None,
            "the star takes at least one letter, and no letter counts twice"
        );
    }
}
