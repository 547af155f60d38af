//! Patterns of file names as people write them, within bounds: the library follows alternatives in alternatives by recursion, and
//! what it makes of a pattern grows with the pattern.

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};

/// The longest pattern, in bytes: no path that it could match is longer.
const LONGEST: usize = 4 << 10;

/// How many groups of alternatives a pattern may have, which bounds how deep they are nested.
const DEEPEST: usize = 250;

/// How long the patterns of a list may be together, in bytes, without those that are plain paths.
const TOGETHER: usize = 64 << 10;

/// Why a pattern is left out.
#[derive(Debug, PartialEq)]
pub(crate) enum Refusal {
    /// It is none.
    Unreadable(String),
    /// It may be one, and is beyond what is compared.
    Beyond(&'static str),
}

const TOO_LONG: Refusal = Refusal::Beyond("a pattern may have up to 4,096 bytes");
const TOO_MANY: Refusal = Refusal::Beyond("the patterns of a list may have up to 64 KiB together");
const TOO_MUCH: Refusal = Refusal::Beyond("its alternatives are nested too deeply, or stand for too much");

/// What matches any of the patterns, each as it is written and as it counts from the root on. Those that are left out are
/// `refused`.
pub(crate) fn set<T: Copy>(
    patterns: impl IntoIterator<Item = (T, String)>,
    mut refused: impl FnMut(T, Refusal),
) -> GlobSet {
    let (mut read, mut together) = (Vec::new(), 0);
    for (written, pattern) in patterns {
        match glob(&pattern) {
            Ok(glob) if is_path(&pattern) => read.push((written, glob)),
            Ok(_) if together + pattern.len() > TOGETHER => refused(written, TOO_MANY),
            Ok(glob) => {
                together += pattern.len();
                read.push((written, glob));
            }
            Err(refusal) => refused(written, refusal),
        }
    }
    if let Some(set) = built(read.iter().map(|(_, glob)| glob)) {
        return set;
    }
    // One of them is too much: the others are not.
    read.retain(|(written, glob)| {
        let is_well = built([glob]).is_some();
        if !is_well {
            refused(*written, TOO_MUCH);
        }
        is_well
    });
    built(read.iter().map(|(_, glob)| glob)).unwrap_or_default()
}

/// Whether a pattern is no more than the path that it matches.
pub(crate) fn is_path(pattern: &str) -> bool {
    !pattern.contains(['*', '?', '[', '{', '\\'])
}

fn glob(pattern: &str) -> Result<Glob, Refusal> {
    if pattern.len() > LONGEST {
        return Err(TOO_LONG);
    }
    if pattern.matches('{').count() > DEEPEST {
        return Err(TOO_MUCH);
    }
    let glob = GlobBuilder::new(pattern).literal_separator(true).empty_alternates(true).build();
    glob.map_err(|error| Refusal::Unreadable(error.kind().to_string()))
}

fn built<'a>(globs: impl IntoIterator<Item = &'a Glob>) -> Option<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        set.add(glob.clone());
    }
    set.build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is refused, by place.
    fn refusals(patterns: &[&str]) -> Vec<(usize, Refusal)> {
        let mut refusals = Vec::new();
        let patterns = patterns.iter().map(|pattern| (*pattern).to_owned()).enumerate();
        let set = set(patterns, |at, refusal| refusals.push((at, refusal)));
        assert!(set.is_match("a/b.txt"), "the others count");
        refusals
    }

    #[test]
    fn what_is_no_pattern_is_left_out() {
        let [(1, Refusal::Unreadable(reason))] = &refusals(&["a/*", "[a"])[..] else { panic!("one is none") };
        assert!(reason.contains("unclosed"), "{reason}");
    }

    #[test]
    fn what_would_exhaust_the_stack_or_the_memory_is_left_out() {
        let nested = |depth: usize| format!("{}a{}", "{a,".repeat(depth), "}".repeat(depth));
        assert_eq!(refusals(&[&nested(300_000), "a/*"]), [(0, TOO_LONG)]);
        assert_eq!(refusals(&["a/*", &nested(DEEPEST + 1), &nested(10)]), [(1, TOO_MUCH)]);
        assert_eq!(refusals(&[&"a".repeat(LONGEST), "a/*"]), []);
        assert_eq!(refusals(&[&"a".repeat(LONGEST + 1), "a/*"]), [(0, TOO_LONG)]);
    }

    #[test]
    fn patterns_beyond_the_length_of_all_are_left_out() {
        let long = "*a".repeat(LONGEST / 2);
        let mut patterns = vec!["a/*"];
        patterns.resize(18, &long);
        let path = "a".repeat(1_000);
        patterns.resize(200, &path);
        assert_eq!(refusals(&patterns), [(16, TOO_MANY), (17, TOO_MANY)]);
    }
}
