use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::CompletionItem;

/// Adds what takes time to find. An item of which no more is known comes back as it is.
pub(crate) async fn completion_resolve(server: &Server, item: CompletionItem) -> Result<CompletionItem> {
    let client = server.client();
    let Some(topic) = item.data.as_ref().and_then(convert::topic) else { return Ok(item) };
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let markdown = snapshot.unit_documentation(&topic.path, topic.offset, &topic.id)?;
        convert::documentation(markdown, &client)
    });
    let documentation = answer.await?.or(item.documentation);
    Ok(CompletionItem { documentation, ..item })
}
