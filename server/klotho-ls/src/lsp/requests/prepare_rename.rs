use super::rename::refused;
use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{PrepareRenameResponse, TextDocumentPositionParams};

pub(crate) async fn prepare_rename(
    server: &Server,
    at: TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>> {
    let encoding = server.client().encoding;
    let path = convert::path(&at.text_document.uri);
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let Some(lines) = snapshot.lines(&path) else { return Ok(None) };
        let offset = lines.offset(convert::position(at.position), encoding);
        let found = snapshot.prepare_rename(&path, offset).map_err(refused)?;
        Ok(found.map(|found| PrepareRenameResponse::RangeWithPlaceholder {
            range: convert::range(found.span, &lines, encoding),
            placeholder: found.id,
        }))
    });
    answer.await?
}
