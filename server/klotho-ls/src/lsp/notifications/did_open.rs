use crate::lsp::convert;
use crate::lsp::server::Server;
use crate::lsp::world::Message;
use crate::project::is_to_skip;
use klotho_grammars::Language;
use klotho_ide::Change;
use tower_lsp::ls_types::DidOpenTextDocumentParams;

pub(crate) fn did_open(server: &Server, params: DidOpenTextDocumentParams) {
    let document = params.text_document;
    // Its edits find no document then, and its questions no answer.
    if is_to_skip(&convert::path(&document.uri)) {
        return;
    }
    let change = Change::Open {
        path: convert::path(&document.uri),
        language: Language::of_editor_id(&document.language_id),
        version: document.version,
        text: document.text,
    };
    let path = convert::path(&document.uri);
    server.world.tell(Message::Open(document.uri, change));
    // A client that watches no files gives no other sign that the configuration is another one by now.
    if !server.client().watches_files {
        server.world.tell(Message::Unwatched(path));
    }
}
