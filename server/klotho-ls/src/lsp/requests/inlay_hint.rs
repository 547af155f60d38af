use crate::lsp::convert::{self, About};
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use klotho_ide::Span;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{InlayHint, InlayHintLabel, InlayHintParams, InlayHintTooltip};

pub(crate) async fn inlay_hint(server: &Server, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
    let client = server.client();
    let uri = params.text_document.uri;
    let path = convert::path(&uri);
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let lines = snapshot.lines(&path)?;
        let span = convert::span(params.range, &lines, client.encoding);
        let version = snapshot.version(&path);
        let hints = snapshot.inlay_hints(&path, span).into_iter().map(|hint| {
            let about = About { uri: uri.clone(), version, offset: hint.about };
            InlayHint {
                position: convert::range(Span::empty(hint.at), &lines, client.encoding).start,
                label: InlayHintLabel::String(hint.label),
                kind: None,
                text_edits: None,
                tooltip: None,
                padding_left: Some(true),
                padding_right: None,
                data: about.to_data().filter(|_| client.shows.hint_tooltips),
            }
        });
        Some(hints.collect())
    });
    answer.await
}

/// Adds the tooltip, unless the document has changed since: the client asks for its hints anew then.
pub(crate) async fn inlay_hint_resolve(server: &Server, mut hint: InlayHint) -> Result<InlayHint> {
    let client = server.client();
    let about = About::of_data(hint.data.as_ref());
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let about = about.filter(|about| snapshot.version(&about.path()) == about.version)?;
        let hover = snapshot.hover(&about.path(), about.offset)?;
        Some(convert::markup(hover.markdown, &client))
    });
    hint.tooltip = answer.await?.map(InlayHintTooltip::MarkupContent);
    Ok(hint)
}
