/// Where each brace of a text is closed, counting braces and nothing else: strings, comments and escapes are not
/// understood (reference, 1.6).
#[derive(Debug, Default)]
pub(crate) struct Braces(Vec<Brace>);

/// An opening brace.
#[derive(Debug)]
struct Brace {
    at: usize,
    /// Where it is closed,
    close: Option<usize>,
    /// and the index of the one that was open before it.
    around: Option<usize>,
}

impl Braces {
    /// Pairs all braces in one pass, however many bodies start in the text.
    pub(crate) fn of(text: &str) -> Self {
        let mut braces: Vec<Brace> = Vec::new();
        let mut innermost = None;
        for at in memchr::memchr2_iter(b'{', b'}', text.as_bytes()) {
            if text.as_bytes()[at] == b'{' {
                braces.push(Brace { at, close: None, around: innermost });
                innermost = Some(braces.len() - 1);
            } else if let Some(brace) = innermost.and_then(|innermost: usize| braces.get_mut(innermost)) {
                brace.close = Some(at);
                innermost = brace.around;
            }
        }
        Self(braces)
    }

    /// Where the brace at `open` is closed.
    pub(crate) fn close_of(&self, open: usize) -> Option<usize> {
        let index = self.0.binary_search_by_key(&open, |brace| brace.at).ok()?;
        self.0.get(index)?.close
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
