//! What a host language is.
//!
//! The one place that knows languages: which files they are in, how their comments look, how Klotho strips their
//! comment leaders, and which parser reads them. Nothing here knows what an annotation means.

mod language;
mod parse;

pub use language::{CommentForms, Kinds, Language, Leaders, Spec};
pub use parse::{Edit, parse};
pub use tree_sitter::{Node, Tree, TreeCursor};
