use crate::lsp::server::Server;
use crate::lsp::world::{DiskChange, Message};
use tower_lsp::ls_types::DeleteFilesParams;

pub(crate) fn did_delete_files(server: &Server, params: &DeleteFilesParams) {
    let changes = params.files.iter().filter_map(|file| DiskChange::structural(&file.uri));
    server.world.tell(Message::Disk(changes.collect()));
}
