use crate::lsp::convert;
use crate::lsp::server::Server;
use crate::lsp::world::Message;
use tower_lsp::ls_types::DidSaveTextDocumentParams;

pub(crate) fn did_save(server: &Server, params: &DidSaveTextDocumentParams) {
    // What was saved is known from its edits. A client that watches no files gives no other sign that those beside it
    // came or went.
    if !server.client().watches_files {
        server.world.tell(Message::Unseen(convert::path(&params.text_document.uri)));
    }
}
