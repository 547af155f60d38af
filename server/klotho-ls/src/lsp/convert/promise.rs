//! What the client keeps of an action until it wants to know what that changes.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower_lsp::ls_types::Uri;

/// Where an action was offered, and which it is.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Promise {
    /// The document, as the client spells it.
    pub(crate) uri: Uri,
    /// Its version, while it is open.
    pub(crate) version: Option<i32>,
    /// The place in it: start and end.
    pub(crate) span: [usize; 2],
    /// The names of the findings that the client named.
    pub(crate) findings: Vec<String>,
    pub(crate) kind: String,
    pub(crate) title: String,
}

impl Promise {
    /// As the client keeps it.
    pub(crate) fn to_data(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }

    /// What the client kept; `None` if it is not ours.
    pub(crate) fn of_data(data: Option<&Value>) -> Option<Self> {
        Self::deserialize(data?).ok()
    }
}
