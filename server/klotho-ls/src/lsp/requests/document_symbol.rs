use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{DocumentSymbolParams, DocumentSymbolResponse};

pub(crate) async fn document_symbol(
    server: &Server,
    params: DocumentSymbolParams,
) -> Result<Option<DocumentSymbolResponse>> {
    let client = server.client();
    let uri = params.text_document.uri;
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let path = convert::path(&uri);
        let lines = snapshot.lines(&path)?;
        let items = snapshot.outline(&path);
        Some(match client.nested_symbols {
            true => DocumentSymbolResponse::Nested(convert::nested_symbols(&items, &lines, &client)),
            false => DocumentSymbolResponse::Flat(convert::flat_symbols(&items, &uri, &lines, &client)),
        })
    });
    answer.await
}
