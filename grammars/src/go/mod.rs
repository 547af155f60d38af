use crate::Language;
use crate::language::{Leaders, SLASHES, Spec};

/// Go.
pub(crate) const GO: Spec = Spec {
    language: Language::Go,
    name: "go",
    extensions: &["go"],
    editor_ids: &["go"],
    comments: SLASHES,
    leaders: Leaders::Slashes,
    wrappers: &["statement_list"],
    is_whole: true,
    grammar: || tree_sitter_go::LANGUAGE.into(),
    ..Spec::PROGRAM
};
