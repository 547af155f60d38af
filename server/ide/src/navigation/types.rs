use crate::{FilePath, Span};
use klotho_graph::Reference;

/// Somewhere to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The file.
    pub path: FilePath,
    /// All of what is there.
    pub full: Span,
    /// The part of it that names it.
    pub focus: Span,
}

/// An answer to a question where something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Navigation {
    /// What was asked about.
    pub origin: Span,
    /// Sorted by file and place.
    pub targets: Vec<Target>,
}

/// A place in the file at hand that speaks of what the cursor is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// Where.
    pub span: Span,
    /// Whether it declares it.
    pub is_write: bool,
}

/// What an id may be renamed to, and from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renaming {
    /// The id at the cursor, without quotes.
    pub span: Span,
    /// The id.
    pub id: String,
}

/// What an entry of an outline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// An execution unit.
    Unit,
    /// A gateway.
    Gateway,
    /// A store.
    Store,
    /// A secret, or a value read from a secrets manager.
    Secret,
    /// A topic.
    Topic,
    /// A website.
    Website,
    /// Files that are carried along.
    Files,
    /// An annotation that declares nothing.
    Annotation,
    /// A route.
    Route,
    /// A section of the configuration.
    Section,
    /// A directive, or a key of the configuration.
    Property,
}

/// An entry of a file's outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineItem {
    /// What it is called.
    pub name: String,
    /// What there is to say of it in few words.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub full: Span,
    /// Its name, within `full`.
    pub focus: Span,
    /// What lies in it, in document order.
    pub children: Vec<Self>,
}

/// A resource or a route of some project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkspaceSymbol {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// What it belongs to, in words.
    pub container: String,
    /// Where it is declared.
    pub target: Target,
}

/// A resource as an end of calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallItem {
    /// Which it is.
    pub reference: Reference,
    /// What it is.
    pub kind: SymbolKind,
    /// What there is to say of it in few words.
    pub detail: String,
    /// Where it is.
    pub target: Target,
}

/// Another end of calls, and where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallSite {
    /// The other end.
    pub item: CallItem,
    /// Places in the file of the caller, sorted.
    pub spans: Vec<Span>,
}
