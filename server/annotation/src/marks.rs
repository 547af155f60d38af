//! Where annotations begin, and where somebody wrote `@klotho:persist`, `@Klotho::persist` or `klotho::persist` and meant one.

use crate::catalogue::CAPABILITIES;
use crate::finding::{Code, Finding};
use crate::header::{MARK, is_word};
use crate::offset_map::Stripped;
use memchr::memmem::Finder;
use std::ops::Range;
use std::sync::LazyLock;

/// What a mark has in it, however it is written otherwise: all of a file is searched for that alone.
const CORE: &str = "lotho";

/// What stands before it in a mark.
const BEFORE_CORE: usize = "@k".len();

/// So many characters of its line are looked at before a mark without an `@`, and behind a name.
const FARTHEST: usize = 64;

/// Made once: it is looked for in every source.
static CORES: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(CORE));

/// What was probably meant as the head of an annotation.
#[derive(Debug, PartialEq)]
pub(crate) struct Meant {
    /// From what stands for the mark to the end of the name.
    pub(crate) at: Range<usize>,
    /// Where the name starts.
    name: usize,
    capability: &'static str,
}

impl Meant {
    /// What is to be said of it.
    pub(crate) fn finding(&self, block: &Stripped<'_>) -> Finding {
        Finding::new(Code::MarkMisspelt, "", block.place(self.at.clone()))
            .with("written", &block.text()[self.at.start..self.name])
            .with("meant", format!("{MARK}{}", self.capability))
    }
}

/// Where a source has a mark, or what may be meant as one, each roughly: a file without any says nothing, and seems to say nothing.
pub fn marks(source: &[u8]) -> impl Iterator<Item = usize> {
    CORES.find_iter(source).filter(|&core| is_mark(source, core) || meant_at(source, core).is_some())
}

/// What was meant as an annotation in the text of a block of comments, and is none.
pub(crate) fn meant(text: &str) -> impl Iterator<Item = Meant> {
    let text = text.as_bytes();
    let is_head = |core| {
        is_mark(text, core) && text.get(core - BEFORE_CORE + MARK.len()).is_some_and(|byte| is_word(*byte))
    };
    CORES.find_iter(text).filter(move |core| !is_head(*core)).filter_map(|core| meant_at(text, core))
}

/// The annotation that `core` is the mark of, where it begins as one that the compiler would take, up to its name's end.
pub(crate) fn head(text: &str, core: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let start = core.checked_sub(BEFORE_CORE).filter(|_| is_mark(bytes, core))?;
    let name = start + MARK.len();
    let length = bytes[name..].iter().take(FARTHEST).take_while(|byte| is_word(**byte)).count();
    let end = name + length;
    named(&bytes[name..end]).filter(|_| ends_head(&bytes[end..], false)).map(|_| start..end)
}

/// Whether `core` is that of the compiler's mark.
fn is_mark(text: &[u8], core: usize) -> bool {
    let mark = core.checked_sub(BEFORE_CORE).and_then(|start| text.get(start..));
    mark.is_some_and(|mark| mark.starts_with(MARK.as_bytes()))
}

/// What is written around `core`, where it looks like the head of an annotation: a capability's name, and a brace or nothing
/// behind it. Prose that mentions one goes on, and does not begin with it.
fn meant_at(text: &[u8], core: usize) -> Option<Meant> {
    let word = core.checked_sub(1).filter(|word| matches!(text[*word], b'k' | b'K'))?;
    let (before, behind) = (&text[..word], &text[core + CORE.len()..]);
    let at_sign = before.strip_suffix(b"@").or_else(|| before.strip_suffix(b"@ "));
    let colons = behind.iter().take_while(|byte| **byte == b':').count();
    let is_bare = at_sign.is_none();
    let gap = match behind.get(colons) {
        _ if is_bare => 0,
        Some(b'.') if colons == 0 => 1,
        Some(b' ') => 1,
        _ => 0,
    };
    // Behind other words a blank or a dot is that of a sentence, unless a body begins.
    let is_prose = colons == 0 && !at_sign.is_some_and(begins_line);
    let is_like_mark =
        if is_bare { colons == 2 && begins_line(before) } else { (1..=3).contains(&(colons + gap)) };
    let name = core + CORE.len() + colons + gap;
    let length =
        text[name..].iter().take(FARTHEST).take_while(|byte| is_word(**byte) || **byte == b'-').count();
    let end = name + length;
    let capability = named(&text[name..end]).filter(|_| is_like_mark && ends_head(&text[end..], is_prose))?;
    Some(Meant { at: at_sign.map_or(word, <[u8]>::len)..end, name, capability })
}

/// The capability that a word means, in whatever case and with whatever between its parts.
fn named(word: &[u8]) -> Option<&'static str> {
    let plain = |byte: &u8| if *byte == b'-' { b'_' } else { byte.to_ascii_lowercase() };
    let is_name = |name: &&str| word.iter().map(plain).eq(name.bytes());
    CAPABILITIES.iter().map(|capability| capability.name).find(is_name)
}

/// Whether nothing but the signs of comments stands on a line so far.
fn begins_line(before: &[u8]) -> bool {
    let mut back = before.iter().rev().take(FARTHEST);
    let first = back.find(|byte| !matches!(byte, b' ' | b'\t' | b'/' | b'*' | b'#'));
    first.map_or(before.len() <= FARTHEST, |byte| *byte == b'\n')
}

/// Whether a body begins here, or the line or the comment ends, where `only_body` does not ask for a body.
fn ends_head(behind: &[u8], only_body: bool) -> bool {
    let rest = behind.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).take(FARTHEST).count();
    let rest = &behind[rest..];
    let ends = || rest.starts_with(b"*/") || rest.first().is_none_or(|byte| matches!(byte, b'\n' | b'\r'));
    rest.first() == Some(&b'{') || !only_body && ends()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_head_and_is_none_is_found() {
        for (text, expected) in [
            ("@Klotho::persist", Some("@Klotho::persist")),
            ("@klotho:persist", Some("@klotho:persist")),
            ("@klotho:: persist {", Some("@klotho:: persist")),
            ("@ klotho::persist", Some("@ klotho::persist")),
            ("klotho::persist", Some("klotho::persist")),
            (" * klotho::persist { id = \"a\" }", Some("klotho::persist")),
            ("x\n# Klotho::Execution-Unit  {", Some("Klotho::Execution-Unit")),
            ("@klotho.expose { id = \"a\" }", Some("@klotho.expose")),
            ("@klotho persist { id = \"a\" }", Some("@klotho persist")),
            ("@klotho:::persist\r\n", Some("@klotho:::persist")),
            ("/* @klotho:persist */", Some("@klotho:persist")),
            ("see @klotho:persist\t{", Some("@klotho:persist")),
            ("@klotho::persist", None),
            ("@klotho::presist", None),
            ("@klotho:presist", None),
            ("@klotho::", None),
            ("@klotho:: persist is what stores need", None),
            ("see klotho::persist", None),
            ("klotho:persist", None),
            ("klotho.persist", None),
            ("@klotho/persist", None),
            ("@klotho persist", Some("@klotho persist")),
            ("kept by @klotho persist\n// for good", None),
            ("see the @klotho.config", None),
            ("see the @klotho.config {", Some("@klotho.config")),
            ("@klothoplatform persist", None),
            ("@klotho", None),
            ("lotho::persist", None),
            ("@klotho::::persist", None),
        ] {
            let found: Vec<_> = meant(text).map(|meant| &text[meant.at]).collect();
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{text:?}");
            let is_marked = marks(text.as_bytes()).next().is_some();
            assert_eq!(is_marked, expected.is_some() || text.contains(MARK), "{text:?}");
        }
    }

    #[test]
    fn every_capability_may_be_meant() {
        for capability in CAPABILITIES {
            let text = format!("@klotho:{} {{}}", capability.name.to_uppercase());
            let found: Vec<_> = meant(&text).map(|meant| meant.capability).collect();
            assert_eq!(found, [capability.name]);
        }
    }
}
