use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{Location, ReferenceParams};

pub(crate) async fn references(server: &Server, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
    let encoding = server.client().encoding;
    let at = params.text_document_position;
    let path = convert::path(&at.text_document.uri);
    let with_declaration = params.context.include_declaration;
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let offset = snapshot.lines(&path)?.offset(convert::position(at.position), encoding);
        let found = snapshot.references(&path, offset, with_declaration)?;
        let locations =
            found.targets.iter().filter_map(|target| convert::location(target, &snapshot, encoding));
        Some(locations.collect())
    });
    answer.await
}
