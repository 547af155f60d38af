use crate::lsp::convert;
use crate::lsp::server::Server;
use crate::lsp::world::Message;
use klotho_ide::{Change, ContentChange};
use tower_lsp::ls_types::DidChangeTextDocumentParams;

pub(crate) fn did_change(server: &Server, params: DidChangeTextDocumentParams) {
    let changes = params.content_changes.into_iter().map(|change| ContentChange {
        range: change.range.map(|range| (convert::position(range.start), convert::position(range.end))),
        text: change.text,
    });
    server.world.tell(Message::Change(Change::Edit {
        path: convert::path(&params.text_document.uri),
        version: params.text_document.version,
        changes: changes.collect(),
        encoding: server.client().encoding,
    }));
}
