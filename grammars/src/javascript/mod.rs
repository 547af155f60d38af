use crate::Language;
use crate::language::{Leaders, SLASHES, Spec};

/// `.js` is what the compiler scans; the other extensions are for editing.
pub(crate) const JAVASCRIPT: Spec = Spec {
    language: Language::JavaScript,
    name: "javascript",
    extensions: &["js", "jsx", "mjs", "cjs"],
    editor_ids: &["javascript", "javascriptreact", "javascript.jsx", "js", "jsx"],
    comments: SLASHES,
    leaders: Leaders::JavaScript,
    grammar: || tree_sitter_javascript::LANGUAGE.into(),
    ..Spec::PROGRAM
};
