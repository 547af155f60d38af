use crate::Language;
use crate::language::{CommentForms, Leaders, SLASHES, Spec};

/// Java: lexical rules in the manner of C#'s, since the compiler does not know it.
pub(crate) const JAVA: Spec = Spec {
    language: Language::Java,
    name: "java",
    extensions: &["java"],
    editor_ids: &["java"],
    comments: CommentForms { kinds: &["line_comment", "block_comment"], ..SLASHES },
    leaders: Leaders::Slashes,
    is_whole: true,
    grammar: || tree_sitter_java::LANGUAGE.into(),
    ..Spec::PROGRAM
};
