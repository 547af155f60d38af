use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams};

pub(crate) async fn document_highlight(
    server: &Server,
    params: DocumentHighlightParams,
) -> Result<Option<Vec<DocumentHighlight>>> {
    let encoding = server.client().encoding;
    let at = params.text_document_position_params;
    let path = convert::path(&at.text_document.uri);
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let lines = snapshot.lines(&path)?;
        let found = snapshot.highlights(&path, lines.offset(convert::position(at.position), encoding));
        let highlights = found.iter().map(|found| DocumentHighlight {
            range: convert::range(found.span, &lines, encoding),
            kind: Some(if found.is_write {
                DocumentHighlightKind::WRITE
            } else {
                DocumentHighlightKind::READ
            }),
        });
        // Whoever is told of none does not look for equal words; whoever is told nothing does.
        (!found.is_empty()).then(|| highlights.collect())
    });
    answer.await
}
