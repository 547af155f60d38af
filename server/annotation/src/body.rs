/// Where each brace of a text is closed, counting braces and nothing else: strings, comments and escapes are not
/// understood (reference, 1.6).
#[derive(Debug, Default)]
pub(crate) struct Braces {
    /// Opening and closing braces, by the opening one.
    closed: Vec<(usize, usize)>,
}

impl Braces {
    /// Pairs all braces in one pass, however many bodies start in the text.
    pub(crate) fn of(text: &str) -> Self {
        let mut open = Vec::new();
        let mut closed = Vec::new();
        for at in memchr::memchr2_iter(b'{', b'}', text.as_bytes()) {
            if text.as_bytes()[at] == b'{' {
                open.push(at);
            } else if let Some(start) = open.pop() {
                closed.push((start, at));
            }
        }
        closed.sort_unstable();
        Self { closed }
    }

    /// Where the brace at `open` is closed.
    pub(crate) fn close_of(&self, open: usize) -> Option<usize> {
        let index = self.closed.binary_search_by_key(&open, |&(start, _)| start).ok()?;
        Some(self.closed[index].1)
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
