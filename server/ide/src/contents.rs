use klotho_annotation::marks;
use klotho_grammars::{Language, has_too_many_levels, parse};
use klotho_graph::{USAGE_FILE, is_config, source_language};
use klotho_summary::{FileSummary, summarise, uses};
use std::sync::Arc;

/// Larger files are not read: 8 MiB. The largest hand-written sources are far below it.
pub const SIZE_LIMIT: u64 = 8 << 20;

/// Files with more annotations are not read. Each takes some kilobytes in all that is made of it, and what has so many is made by a
/// program, or to do harm.
pub(crate) const ANNOTATION_LIMIT: usize = 20_000;

/// A NUL byte this early makes a file binary.
const START: usize = 1024;

/// What was found when a file was read.
#[derive(Clone, Debug)]
pub enum Contents {
    /// A source file, summarised.
    Source {
        /// What it says.
        summary: Arc<FileSummary>,
        /// The first byte that is not UTF-8; such bytes are read as `?`, so that places stay right.
        invalid_at: Option<usize>,
    },
    /// A file that may configure a project, `klotho.yaml`, `package.json`, or hold figures.
    Text(Arc<str>),
    /// A file that is there, which is all that matters of it.
    Present,
    /// A file that is there and was not read.
    Skipped(Skip),
    /// No such file.
    Missing,
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Skip {
    /// It has this many bytes, more than [`SIZE_LIMIT`].
    Size(u64),
    /// It holds NUL bytes.
    Binary,
    /// It starts as UTF-16 does.
    Utf16,
    /// It is configuration, and not UTF-8 from this byte on.
    NotUtf8(usize),
    /// In its place is something else, such as a folder.
    NoFile(&'static str),
    /// A folder that the system would not show, for this reason.
    Folder(String),
    /// It has more than 20,000 annotations.
    Annotations,
    /// Parsing took too long, or more memory than there is.
    Slow,
    /// It has more levels of indentation than its parser can count.
    Levels,
    /// The system refused, for this reason.
    Unreadable(String),
}

impl Skip {
    /// Why a source that is open in an editor is not read.
    pub(crate) fn of_source(text: &str) -> Option<Self> {
        match text.len() as u64 {
            size if size > SIZE_LIMIT => Some(Self::Size(size)),
            _ if memchr::memchr(0, text.as_bytes()).is_some() => Some(Self::Binary),
            _ => has_too_many_annotations(text).then_some(Self::Annotations),
        }
    }

    /// Why a text has no tree.
    pub(crate) fn unparsed(language: Language, text: &str) -> Self {
        if has_too_many_levels(language, text) { Self::Levels } else { Self::Slow }
    }
}

fn has_too_many_annotations(text: &str) -> bool {
    marks(text.as_bytes()).nth(ANNOTATION_LIMIT).is_some()
}

/// Whether a file's text matters, by its path in the project: it is a source, or decides about the project.
pub fn is_read(path: &str) -> bool {
    source_language(path).is_some() || is_text(path)
}

/// Whether a source file has to be parsed before an import leads to it: it holds an annotation or what was meant as one, or is no
/// text at all.
pub fn is_telling(bytes: &[u8]) -> bool {
    marks(bytes).next().is_some()
        || memchr::memchr(0, &bytes[..bytes.len().min(START)]).is_some()
        || is_utf16(bytes)
}

/// Whether a file may decide about the project, or be a measurement that a workload names.
fn is_text(path: &str) -> bool {
    is_config(path) || path == USAGE_FILE || path.ends_with(".json")
}

/// Decodes, parses and summarises one file. Pure, so that any thread can do it. `path` is relative to the project.
pub fn contents_of(path: &str, bytes: Vec<u8>) -> Contents {
    if bytes.len() as u64 > SIZE_LIMIT {
        return Contents::Skipped(Skip::Size(bytes.len() as u64));
    }
    let language = source_language(path);
    let is_config = is_config(path);
    if (language.is_some() || is_config) && is_utf16(&bytes) {
        return Contents::Skipped(Skip::Utf16);
    }
    if (language.is_some() || is_config) && bytes.contains(&0) {
        return Contents::Skipped(Skip::Binary);
    }
    let (text, invalid_at) = decode(bytes);
    if let Some(offset) = invalid_at.filter(|_| is_config) {
        return Contents::Skipped(Skip::NotUtf8(offset));
    }
    let Some(language) = language else {
        return if is_text(path) { Contents::Text(text.into()) } else { Contents::Present };
    };
    if has_too_many_annotations(&text) {
        return Contents::Skipped(Skip::Annotations);
    }
    match parse(language, &text, None) {
        Some(tree) => {
            let mut summary = summarise(path, language, &text, &tree);
            summary.uses = uses(&text, &tree, &summary.facts);
            Contents::Source { summary: Arc::new(summary), invalid_at }
        }
        None => Contents::Skipped(Skip::unparsed(language, &text)),
    }
}

/// Whether a file starts with the byte order mark of UTF-16, as some editors write it.
fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")
}

/// The text of `bytes`, each byte that is not UTF-8 replaced by one `?`, and where the first of them stands.
pub fn decode(bytes: Vec<u8>) -> (String, Option<usize>) {
    let mut bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, None),
        Err(error) => error.into_bytes(),
    };
    let mut first = None;
    let mut from = 0;
    while let Err(error) = std::str::from_utf8(&bytes[from..]) {
        let start = from + error.valid_up_to();
        let end = error.error_len().map_or(bytes.len(), |len| start + len);
        first.get_or_insert(start);
        bytes[start..end].fill(b'?');
        from = end;
    }
    (String::from_utf8(bytes).unwrap_or_default(), first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_bytes_are_replaced_one_by_one() {
        assert_eq!(decode(b"a\xff\xfeb\xc3".to_vec()), ("a??b?".to_owned(), Some(1)));
        assert_eq!(decode("é🎵".into()), ("é🎵".to_owned(), None));
    }

    #[test]
    fn a_binary_file_is_not_parsed() {
        assert!(matches!(contents_of("a.ts", vec![0; 9]), Contents::Skipped(Skip::Binary)));
        let utf16 = b"\xff\xfea\0".to_vec();
        assert!(matches!(contents_of("a.ts", utf16.clone()), Contents::Skipped(Skip::Utf16)));
        assert!(matches!(contents_of("klotho.yaml", utf16), Contents::Skipped(Skip::Utf16)));
    }

    #[test]
    fn levels_are_told_from_slowness() {
        let levels = "- ".repeat(300).into_bytes();
        assert!(matches!(contents_of("a.yaml", levels), Contents::Skipped(Skip::Levels)));
        assert_eq!(Skip::unparsed(Language::JavaScript, &" ".repeat(900)), Skip::Slow);
    }

    #[test]
    fn configuration_is_read_as_it_stands_or_not_at_all() {
        let latin = b"app: caf\xe9\n".to_vec();
        assert!(matches!(contents_of("klotho.yaml", latin.clone()), Contents::Skipped(Skip::NotUtf8(8))));
        assert!(matches!(contents_of("package.json", latin), Contents::Text(_)));
    }
}
