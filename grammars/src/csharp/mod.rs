use crate::Language;
use crate::language::{Leaders, SLASHES, Spec};

/// C#.
pub(crate) const CSHARP: Spec = Spec {
    language: Language::CSharp,
    name: "csharp",
    extensions: &["cs"],
    editor_ids: &["csharp", "cs"],
    comments: SLASHES,
    leaders: Leaders::Slashes,
    is_whole: true,
    grammar: || tree_sitter_c_sharp::LANGUAGE.into(),
    ..Spec::PROGRAM
};
