//! What any client may ask beside the protocol's own methods: `docs/protocol.md` describes all of it.

mod cost;
mod graph;
mod status;

use crate::lsp::convert;
use crate::lsp::server::Server;
use serde::Deserialize;
use tower_lsp::LspServiceBuilder;
use tower_lsp::ls_types::{TextDocumentIdentifier, Uri};

/// The requests, as they are registered, advertised and documented.
pub(crate) const METHODS: [&str; 3] = [STATUS, GRAPH, COST];

pub(crate) const STATUS: &str = "klotho/status";
pub(crate) const GRAPH: &str = "klotho/graph";
pub(crate) const COST: &str = "klotho/cost";

/// Adds the methods.
pub(crate) fn register(builder: LspServiceBuilder<Server>) -> LspServiceBuilder<Server> {
    builder
        .custom_method(STATUS, status::status)
        .custom_method(GRAPH, graph::graph)
        .custom_method(COST, cost::cost)
}

/// A question about a document's project, or about all.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ProjectParams {
    text_document: Option<TextDocumentIdentifier>,
}

/// The root of a project as clients know it.
fn root(path: &str) -> Option<Uri> {
    convert::uri(path)
}
