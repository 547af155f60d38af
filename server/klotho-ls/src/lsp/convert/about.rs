//! What a hint or a lens is about, as the client keeps it until it wants to know more.

use super::path;
use klotho_ide::FilePath;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower_lsp::ls_types::Uri;

/// A place in a version of a document.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct About {
    /// The document, as the client spells it.
    pub(crate) uri: Uri,
    /// Its version, while it is open.
    pub(crate) version: Option<i32>,
    /// The place in it.
    pub(crate) offset: usize,
}

impl About {
    /// As the client keeps it.
    pub(crate) fn to_data(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }

    /// What the client kept; `None` if it is not ours.
    pub(crate) fn of_data(data: Option<&Value>) -> Option<Self> {
        Self::deserialize(data?).ok()
    }

    /// The path of the document.
    pub(crate) fn path(&self) -> FilePath {
        path(&self.uri)
    }
}
