use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{RenameFilesParams, WorkspaceEdit};

pub(crate) async fn will_rename_files(
    server: &Server,
    params: RenameFilesParams,
) -> Result<Option<WorkspaceEdit>> {
    let client = server.client();
    let moves = params.files.iter().filter_map(|file| {
        Some((convert::path(&file.old_uri.parse().ok()?), convert::path(&file.new_uri.parse().ok()?)))
    });
    let moves: Vec<_> = moves.collect();
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let edit = snapshot.moved(&moves);
        let is_empty = edit.files.is_empty();
        convert::edit(&edit, &snapshot, &client).filter(|_| !is_empty)
    });
    answer.await
}
