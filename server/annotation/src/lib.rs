//! Comment text to annotations.
//!
//! [`annotations`] finds every `@klotho::` in a parsed source file and returns it with the exact document place of each
//! of its parts, by the compiler's own lexical rules (reference, chapter 1). What the capabilities and their directives
//! are stands in one table, [`catalogue`]; what can be wrong anywhere in the product stands in another, [`finding`].

mod amount;
mod anatomy;
mod block;
mod body;
pub mod catalogue;
mod comments;
mod docstring;
pub mod finding;
mod header;
mod id;
mod kinds;
mod leaders;
mod lexer;
mod marks;
mod misspelt;
mod offset_map;
mod plain;
mod quirks;
mod read;
mod replaced;
mod strict;
mod suggestion;
mod suite;
mod suppression;
mod syntax;
mod toml;
mod unclosed;
mod value;

pub use amount::amount;
pub use anatomy::{Anatomy, Part, PartAt, anatomies};
pub use comments::annotated_node;
pub use header::MARK;
pub use id::{MAX_ID_BYTES, is_id_character};
pub use lexer::{Piece, pieces};
pub use marks::marks;
pub use misspelt::{Misspelt, misspelt};
pub use read::annotations;
pub use suggestion::suggestion;
pub use suppression::{Suppression, suppressions};
pub use syntax::meant_end;
pub use toml::read_toml;
pub use value::{Entry, Table, Value, ValueKind};

use finding::Finding;
use klotho_text::Place;

/// One `@klotho::NAME`, with its body if it has one.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Annotation {
    /// The name after `@klotho::`, known or not.
    pub capability: String,
    /// Where that name stands.
    pub capability_at: Place,
    /// The body's TOML; empty without a body or when it cannot be parsed.
    pub directives: Table,
    /// The id that the body seems to have, where it cannot be read.
    pub legible_id: Option<String>,
    /// From the `@` to the end of the body's `}`, or of the name when there is no body.
    pub at: Place,
    /// Between the braces, when there is a body that is closed.
    pub body: Option<Place>,
    /// The comment, or run of line comments, that holds it.
    pub comment: Place,
    /// The syntax node that it is attached to; none for a file-level annotation.
    pub node: Option<AnnotatedNode>,
    /// Whether the compiler would record it: its body can be read, its id is well formed, and it is not replaced.
    pub recorded: bool,
    /// Whether a later annotation of the file has its capability and id, and takes its place.
    pub replaced: bool,
}

/// The node that follows an annotation's comment.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct AnnotatedNode {
    /// The parser's name for it.
    pub kind: &'static str,
    /// Where it stands.
    pub at: Place,
}

/// All annotations of a file, in document order, and what is wrong with them as text.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Annotations {
    /// In document order.
    pub list: Vec<Annotation>,
    /// Bodies that cannot be read, ids that cannot be used, names that nobody knows.
    pub findings: Vec<Finding>,
}

impl Annotation {
    /// The id, unless it is missing, empty or no string.
    pub fn id(&self) -> Option<&str> {
        self.directives.string("id").filter(|id| !id.is_empty())
    }

    /// Where the id's value stands, or the capability's name when there is none: what a finding about it points at.
    pub fn id_at(&self) -> Place {
        self.directives.get("id").map_or(self.capability_at, |value| value.at)
    }
}
