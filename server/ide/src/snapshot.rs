use crate::{CodeAction, Diagnostic, FilePath, Hover, LineIndex, Span};
use std::sync::Arc;

/// The world at one moment. Cloning it is cheap, and any number of threads may read it.
#[derive(Clone)]
pub struct Snapshot {}

impl Snapshot {
    /// The roots of the projects, sorted.
    pub fn projects(&self) -> Vec<FilePath> {
        Vec::new()
    }

    /// The open documents and their versions, sorted by path.
    pub fn open_documents(&self) -> Vec<(FilePath, i32)> {
        Vec::new()
    }

    /// The lines of a file, open or closed; `None` for a file that nobody has read.
    pub fn lines(&self, _path: &str) -> Option<Arc<LineIndex>> {
        None
    }

    /// The text of an open document.
    pub fn text(&self, _path: &str) -> Option<Arc<str>> {
        None
    }

    /// The findings of one file, in document order.
    pub fn diagnostics(&self, _path: &str) -> Vec<Diagnostic> {
        Vec::new()
    }

    /// All findings of a project: sorted by file (the project as a whole first), place and code.
    pub fn project_diagnostics(&self, _root: &str) -> Vec<Diagnostic> {
        Vec::new()
    }

    /// The graph of a project as its JSON document (`graph-json.md`).
    pub fn graph_json(&self, _root: &str) -> Option<serde_json::Value> {
        None
    }

    /// What to show at `offset`.
    pub fn hover(&self, _path: &str, _offset: usize) -> Option<Hover> {
        None
    }

    /// What can be done at `span`.
    pub fn code_actions(&self, _path: &str, _span: Span) -> Vec<CodeAction> {
        Vec::new()
    }
}
