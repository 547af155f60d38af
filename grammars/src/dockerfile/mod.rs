use crate::Language;
use crate::language::{CommentForms, HASH, Leaders, Role, Spec};

/// Dockerfiles: known by a section of their name, whatever their extension, unless another language claims that.
pub(crate) const DOCKERFILE: Spec = Spec {
    language: Language::Dockerfile,
    name: "dockerfile",
    extensions: &[],
    name_section: Some("dockerfile"),
    editor_ids: &["dockerfile"],
    comments: CommentForms { is_alone: true, ..HASH },
    leaders: Leaders::Hash,
    role: Role::Deployment,
    unseen: &["line_continuation"],
    grammar: || tree_sitter_containerfile::LANGUAGE.into(),
    ..Spec::PROGRAM
};
