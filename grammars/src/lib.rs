//! What a host language is.
//!
//! The one place that knows languages, a folder for each: which files they are in, how their comments look, how Klotho strips their
//! comment leaders, and which parser reads them. Nothing here knows what an annotation means.

mod copy;
mod csharp;
mod dockerfile;
mod go;
mod java;
mod javascript;
mod language;
mod levels;
mod parse;
mod python;
mod rust;
mod stack;
mod tree;
mod typescript;
mod yaml;

pub use language::{CommentForms, Kinds, Language, Leaders, Role, Spec};
pub use levels::Levels;
pub use parse::{Edit, allow_for_slowness, has_too_many_levels, parse};
pub use tree::{Node, RowColumn, Tree, TreeCursor};
