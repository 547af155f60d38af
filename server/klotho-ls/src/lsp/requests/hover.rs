use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

pub(crate) async fn hover(server: &Server, params: HoverParams) -> Result<Option<Hover>> {
    let client = server.client();
    let at = params.text_document_position_params;
    let path = convert::path(&at.text_document.uri);
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let lines = snapshot.lines(&path)?;
        let hover = snapshot.hover(&path, lines.offset(convert::position(at.position), client.encoding))?;
        let (kind, value) = match client.markdown {
            true => (MarkupKind::Markdown, hover.markdown),
            false => (MarkupKind::PlainText, convert::plain(&hover.markdown)),
        };
        Some(Hover {
            contents: HoverContents::Markup(MarkupContent { kind, value }),
            range: Some(convert::range(hover.span, &lines, client.encoding)),
        })
    });
    answer.await
}
