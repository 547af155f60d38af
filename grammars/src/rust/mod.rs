use crate::Language;
use crate::language::{CommentForms, Leaders, SLASHES, Spec};

/// Rust: lexical rules in the manner of Go's, since the compiler does not know it.
pub(crate) const RUST: Spec = Spec {
    language: Language::Rust,
    name: "rust",
    extensions: &["rs"],
    editor_ids: &["rust"],
    comments: CommentForms { kinds: &["line_comment", "block_comment"], ..SLASHES },
    leaders: Leaders::Slashes,
    is_whole: true,
    grammar: || tree_sitter_rust::LANGUAGE.into(),
    ..Spec::PROGRAM
};
