//! What an editor or a check shows, as plain data.
//!
//! A [`Host`] owns the live world: projects, open documents, their trees. Changes go in one at a time through
//! [`Host::apply`]; requests read a [`Snapshot`], which never changes. Nothing here speaks the language server protocol,
//! reads a file or can fail: a question without an answer is answered with nothing.

mod actions;
mod advice;
mod anatomy;
mod assists;
mod bill;
mod body_edit;
mod colours;
mod comment_form;
mod completion;
mod config_edit;
mod config_fixes;
mod contents;
mod document;
mod explain;
mod figures;
mod folds;
mod glance;
mod host;
mod hover;
mod layout;
mod links;
mod listed;
pub mod markdown;
mod mending;
mod moves;
mod naming;
mod navigation;
mod node_costs;
mod placement;
mod plain_text;
mod plan;
mod put;
mod region;
mod resources;
mod schema;
mod selections;
mod snapshot;
mod status;
mod tradeoff;
mod types;
mod unit_parameters;
mod wanted;
mod what_if;
mod workload;
mod workload_edit;

pub use actions::Named;
pub use bill::{Alternative, ApplicationBill, UnitBill};
pub use completion::{Completion, CompletionKind, Completions, Documentation};
pub use contents::{Contents, SIZE_LIMIT, Skip, contents_of, decode, is_read, is_telling};
pub use explain::{ExplainedCrossing, ExplainedInput, ExplainedTarget, Explanation};
pub use host::{Change, ContentChange, Host};
pub use klotho_annotation::finding::{Code, Definition, Severity, Tag, definitions};
pub use klotho_cost::plan::{Choice, Plan, Planned, SharedCost, Size};
pub use klotho_cost::{Date, format};
pub use klotho_graph::{config_format, severity as severity_name};
pub use klotho_text::{Encoding, LineIndex, Position, Span};
pub use listed::{ListedProject, ProjectFiles};
pub use mending::{Chance, Mended, MendedFile, Mending, OneFix};
pub use navigation::{
    CallItem, CallSite, Highlight, Navigation, OutlineItem, Renaming, SymbolKind, Target, WorkspaceSymbol,
};
pub use node_costs::NodeCost;
pub use plain_text::plain_text;
pub use plan::Rewrite;
pub use resources::{ResourceBill, resource_bill, type_in_words};
pub use schema::{annotation_schema, config_schema};
pub use snapshot::Snapshot;
pub use status::ProjectStatus;
pub use types::{
    CodeAction, CodeLens, Colour, ColouredSpan, Diagnostic, DocumentLink, FileEdit, FilePath, Glance, Hover,
    InlayHint, LensAct, LensWords, RelatedPlace, TextEdit, WorkspaceEdit, is_below,
};
pub use wanted::Wanted;
pub use what_if::{CostLine, PlaceCost, PlaceCrossing, UnitCost, Which, WorkloadValue};
pub use workload::{key_lists, resource_key_lists};
