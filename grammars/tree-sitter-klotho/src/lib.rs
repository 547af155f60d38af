//! The grammar of Klotho annotations, as they stand in the comments of any language, for editors and tools that colour by
//! tree-sitter. The language server reads annotations by itself, as the compiler does.

#![allow(unsafe_code, reason = "a parser in C is named by a function that Rust cannot look into")]

use tree_sitter_language::LanguageFn;

unsafe extern "C" {
    fn tree_sitter_klotho() -> *const ();
}

/// The language. A text in it is that of one comment, or of several that are joined as an injection, with their markers.
// SAFETY: the generated parser's function takes nothing and hands back a language that lives as long as the program.
pub const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_klotho) };

/// Which part of an annotation is coloured as what, in the names that tree-sitter uses.
pub const HIGHLIGHTS: &str = include_str!("../editors/neovim/queries/klotho/highlights.scm");
