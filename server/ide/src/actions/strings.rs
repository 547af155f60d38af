//! Plain strings for those that only look otherwise.

use super::syntax::{path_to, span_of};
use crate::TextEdit;
use crate::document::Document;
use klotho_grammars::Language;
use klotho_text::Span;

/// How strings are written that are plain if nothing in them has a meaning of its own: in JavaScript, Go and C#.
const FORMS: [(&str, &str); 3] = [("`", "`"), ("\"\"\"", "\"\"\""), ("$\"", "\"")];

/// A plain string for the one at `at`; none where that means something else.
pub(super) fn plain(document: &Document, at: Span) -> Option<TextEdit> {
    let written = at.of(&document.text);
    let inner = |(open, close): &(&str, &str)| {
        let inner = written.strip_prefix(open)?.strip_suffix(close)?;
        let is_plain = !inner.contains("${") && !inner.contains(['"', '\\', '\n', '\r', '`']);
        // What a template of C# holds in braces is code.
        (is_plain && (*open != "$\"" || !inner.contains(['{', '}']))).then_some(inner)
    };
    let text = format!("\"{}\"", FORMS.iter().find_map(inner)?);
    Some(TextEdit { span: at, text })
}

/// The same for the first argument of the call whose method is named at `name`.
pub(super) fn plain_argument(document: &Document, name: Span) -> Option<TextEdit> {
    let kind = match document.language? {
        Language::Go => "field_identifier",
        _ => "identifier",
    };
    let path = path_to(document.tree.as_ref()?, name, kind)?;
    let call = path.get(path.len().checked_sub(3)?)?;
    let first = call.child_by_field_name("arguments")?.named_child(0)?;
    plain(document, span_of(first))
}
