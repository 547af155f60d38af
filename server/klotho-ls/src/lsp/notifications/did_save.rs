use crate::lsp::convert;
use crate::lsp::server::Server;
use crate::lsp::world::Message;
use klotho_ide::Change;
use tower_lsp::ls_types::DidSaveTextDocumentParams;

pub(crate) fn did_save(server: &Server, params: &DidSaveTextDocumentParams) {
    let path = convert::path(&params.text_document.uri);
    server.world.tell(Message::Change(Change::Save { path: path.clone() }));
    // What was saved is known from its edits. A client that watches no files gives no other sign that those beside it
    // came or went.
    if !server.client().watches_files {
        server.world.tell(Message::Unseen(path));
    }
}
