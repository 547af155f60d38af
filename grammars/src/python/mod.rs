use crate::Language;
use crate::language::{HASH, Leaders, Spec};
use crate::levels::Levels;

/// Python.
pub(crate) const PYTHON: Spec = Spec {
    language: Language::Python,
    name: "python",
    extensions: &["py"],
    editor_ids: &["python"],
    comments: HASH,
    leaders: Leaders::Hash,
    unseen: &["line_continuation"],
    suite: Some("block"),
    docstring: Some("expression_statement"),
    // Its scanner has 1,024 bytes: up to 257 for open strings, two for each level.
    levels: Some(Levels { most: 380, widest: 0xffff, tab: 8, marks: b"", fences: &[], lap: usize::MAX }),
    grammar: || tree_sitter_python::LANGUAGE.into(),
    ..Spec::PROGRAM
};
