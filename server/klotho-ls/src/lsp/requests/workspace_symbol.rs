use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{WorkspaceSymbolParams, WorkspaceSymbolResponse};

/// In the form that every client knows: places are at hand, so that nothing would be left to resolve.
pub(crate) async fn workspace_symbol(
    server: &Server,
    params: WorkspaceSymbolParams,
) -> Result<Option<WorkspaceSymbolResponse>> {
    let client = server.client();
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let found = snapshot.workspace_symbols(&params.query);
        let shown = found.iter().filter_map(|found| convert::symbol_information(found, &snapshot, &client));
        Some(WorkspaceSymbolResponse::Flat(shown.collect()))
    });
    answer.await
}
