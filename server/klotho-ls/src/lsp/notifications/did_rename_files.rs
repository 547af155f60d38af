use crate::lsp::server::Server;
use crate::lsp::world::{DiskChange, Message};
use tower_lsp::ls_types::RenameFilesParams;

pub(crate) fn did_rename_files(server: &Server, params: &RenameFilesParams) {
    let uris = params.files.iter().flat_map(|file| [&file.old_uri, &file.new_uri]);
    server.world.tell(Message::Disk(uris.filter_map(|uri| DiskChange::structural(uri)).collect()));
}
