use crate::Language;
use crate::language::{HASH, Leaders, Role, Spec};
use crate::levels::Levels;

/// YAML: Helm charts and other files beside the program.
pub(crate) const YAML: Spec = Spec {
    language: Language::Yaml,
    name: "yaml",
    extensions: &["yaml", "yml"],
    editor_ids: &["yaml"],
    comments: HASH,
    leaders: Leaders::Hash,
    role: Role::Deployment,
    // Its scanner has 1,024 bytes, four for each level; a list may lie in the column of its key. It counts in 16 bits.
    levels: Some(Levels {
        most: 120,
        widest: 0x7fff,
        tab: 1,
        marks: b"-?:",
        fences: &[b"...", b"---"],
        lap: 0x8000,
    }),
    grammar: || tree_sitter_yaml::LANGUAGE.into(),
    ..Spec::PROGRAM
};
