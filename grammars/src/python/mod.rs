use crate::Language;
use crate::language::{HASH, Leaders, Spec};

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
    grammar: || tree_sitter_python::LANGUAGE.into(),
    ..Spec::PROGRAM
};
