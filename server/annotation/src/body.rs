use std::collections::HashMap;

/// Where each brace of a text is closed, counting braces and nothing else: strings, comments and escapes are not
/// understood (reference, 1.6).
#[derive(Debug, Default)]
pub(crate) struct Braces {
    closed: HashMap<usize, usize>,
}

impl Braces {
    /// Pairs all braces in one pass, however many bodies start in the text.
    pub(crate) fn of(text: &str) -> Self {
        let mut open = Vec::new();
        let mut closed = HashMap::new();
        for at in memchr::memchr2_iter(b'{', b'}', text.as_bytes()) {
            if text.as_bytes()[at] == b'{' {
                open.push(at);
            } else if let Some(start) = open.pop() {
                closed.insert(start, at);
            }
        }
        Self { closed }
    }

    /// Where the brace at `open` is closed.
    pub(crate) fn close_of(&self, open: usize) -> Option<usize> {
        self.closed.get(&open).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_end_where_the_counts_meet() {
        for (text, expected) in [
            ("{}", Some("")),
            ("{ a = 1 }", Some(" a = 1 ")),
            ("{ a = { b = 1 } } }", Some(" a = { b = 1 } ")),
            ("{ a = \"a{b}c\" }", Some(" a = \"a{b}c\" ")),
            ("{ a = \"a}\" }", Some(" a = \"a")),
            ("{ a = \"a{\" }", None),
            ("{ # {\n }", None),
            ("{", None),
        ] {
            let body = Braces::of(text).close_of(0).map(|close| &text[1..close]);
            assert_eq!(body, expected, "{text:?}");
        }
    }
}
