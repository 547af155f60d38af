use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{Hover, HoverContents, HoverParams};

pub(crate) async fn hover(server: &Server, params: HoverParams) -> Result<Option<Hover>> {
    let client = server.client();
    let at = params.text_document_position_params;
    let path = convert::path(&at.text_document.uri);
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let lines = snapshot.lines(&path)?;
        let hover = snapshot.hover(&path, lines.offset(convert::position(at.position), client.encoding))?;
        Some(Hover {
            contents: HoverContents::Markup(convert::markup(hover.markdown, &client)),
            range: Some(convert::range(hover.span, &lines, client.encoding)),
        })
    });
    answer.await
}
