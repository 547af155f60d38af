use crate::lsp::convert;
use crate::lsp::server::Server;
use crate::lsp::world::Message;
use tower_lsp::ls_types::DidChangeWorkspaceFoldersParams;

pub(crate) fn did_change_workspace_folders(server: &Server, params: DidChangeWorkspaceFoldersParams) {
    for folder in params.event.removed {
        server.world.tell(Message::RemoveFolder(convert::path(&folder.uri)));
    }
    for folder in params.event.added {
        server.world.tell(Message::AddFolder(convert::path(&folder.uri)));
    }
}
