use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{DocumentLink, DocumentLinkParams};

pub(crate) async fn document_link(
    server: &Server,
    params: DocumentLinkParams,
) -> Result<Option<Vec<DocumentLink>>> {
    let encoding = server.client().encoding;
    let path = convert::path(&params.text_document.uri);
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let lines = snapshot.lines(&path)?;
        let links = snapshot.links(&path).into_iter().filter_map(|link| {
            let target = Some(convert::uri(&link.target)?);
            let range = convert::range(link.span, &lines, encoding);
            Some(DocumentLink { range, target, tooltip: None, data: None })
        });
        Some(links.collect())
    });
    answer.await
}
