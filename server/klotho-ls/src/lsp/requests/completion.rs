use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{CompletionList, CompletionParams, CompletionResponse};

pub(crate) async fn completion(
    server: &Server,
    params: CompletionParams,
) -> Result<Option<CompletionResponse>> {
    let client = server.client();
    let at = params.text_document_position;
    let path = convert::path(&at.text_document.uri);
    let settings = server.settings(&path);
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let lines = snapshot.lines(&path)?;
        let offset = lines.offset(convert::position(at.position), client.encoding);
        let found = snapshot.completions(&path, offset, settings.costs_in_completion);
        let items = convert::completion(&found, &snapshot, (&path, offset), &lines, &client);
        Some(CompletionResponse::List(CompletionList { items, ..CompletionList::default() }))
    });
    answer.await
}
