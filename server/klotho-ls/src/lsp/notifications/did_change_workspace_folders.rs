use crate::lsp::convert;
use crate::lsp::server::Server;
use crate::lsp::world::Message;
use klotho_ide::FilePath;
use tower_lsp::ls_types::{DidChangeWorkspaceFoldersParams, WorkspaceFolder};

pub(crate) fn did_change_workspace_folders(server: &Server, params: DidChangeWorkspaceFoldersParams) {
    let paths = |folders: Vec<WorkspaceFolder>| -> Vec<FilePath> {
        folders.iter().map(|folder| convert::path(&folder.uri)).collect()
    };
    let (removed, added) = (paths(params.event.removed), paths(params.event.added));
    server.configuration.folders_changed(&removed, &added);
    for path in removed {
        server.world.tell(Message::RemoveFolder(path));
    }
    for path in added {
        server.world.tell(Message::AddFolder(path));
    }
}
