use crate::lsp::convert;
use crate::lsp::server::Server;
use crate::lsp::world::Message;
use klotho_ide::Change;
use tower_lsp::ls_types::DidCloseTextDocumentParams;

pub(crate) fn did_close(server: &Server, params: &DidCloseTextDocumentParams) {
    let path = convert::path(&params.text_document.uri);
    server.shown.forget(&path);
    server.world.tell(Message::Change(Change::Close { path }));
}
