use crate::Language;
use crate::language::{HASH, Leaders, Role, Spec};

/// YAML: Helm charts and other files beside the program.
pub(crate) const YAML: Spec = Spec {
    language: Language::Yaml,
    name: "yaml",
    extensions: &["yaml", "yml"],
    editor_ids: &["yaml"],
    comments: HASH,
    leaders: Leaders::Hash,
    role: Role::Deployment,
    grammar: || tree_sitter_yaml::LANGUAGE.into(),
    ..Spec::PROGRAM
};
