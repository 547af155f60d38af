use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{RenameParams, WorkspaceEdit};

/// The protocol's `RequestFailed`: the request was right and cannot be carried out, for a reason to show.
const REQUEST_FAILED: i64 = -32803;

pub(super) fn refused(reason: String) -> Error {
    Error { code: ErrorCode::ServerError(REQUEST_FAILED), message: reason.into(), data: None }
}

pub(crate) async fn rename(server: &Server, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
    let client = server.client();
    let at = params.text_document_position;
    let path = convert::path(&at.text_document.uri);
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let Some(lines) = snapshot.lines(&path) else { return Ok(None) };
        let offset = lines.offset(convert::position(at.position), client.encoding);
        let edit = snapshot.rename(&path, offset, &params.new_name).map_err(refused)?;
        Ok(convert::edit(&edit, &snapshot, &client))
    });
    answer.await?
}
