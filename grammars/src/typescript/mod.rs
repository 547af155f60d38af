use crate::Language;
use crate::language::{Leaders, SLASHES, Spec};

/// TypeScript without JSX.
pub(crate) const TYPESCRIPT: Spec = Spec {
    language: Language::TypeScript,
    name: "typescript",
    extensions: &["ts", "mts", "cts"],
    editor_ids: &["typescript", "ts"],
    comments: SLASHES,
    leaders: Leaders::JavaScript,
    grammar: || tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(),
    ..Spec::PROGRAM
};

/// TypeScript with JSX: a grammar of its own, since `<T>x` means something else there.
pub(crate) const TSX: Spec = Spec {
    language: Language::Tsx,
    extensions: &["tsx"],
    editor_ids: &["typescriptreact", "typescript.tsx", "tsx"],
    grammar: || tree_sitter_typescript::LANGUAGE_TSX.into(),
    ..TYPESCRIPT
};
