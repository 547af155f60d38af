use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use crate::settings::Settings;
use klotho_ide::{LineIndex, Snapshot, TextEdit};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    DocumentFormattingParams, DocumentOnTypeFormattingParams, DocumentRangeFormattingParams,
    TextEdit as LspEdit, Uri,
};

/// The annotations of a document.
pub(crate) async fn formatting(
    server: &Server,
    params: DocumentFormattingParams,
) -> Result<Option<Vec<LspEdit>>> {
    let layout = |snapshot: &Snapshot, path: &str, _: &LineIndex| snapshot.layout(path, None);
    edits(server, &params.text_document.uri, |settings| settings.layout, layout).await
}

/// Those in a range.
pub(crate) async fn range_formatting(
    server: &Server,
    params: DocumentRangeFormattingParams,
) -> Result<Option<Vec<LspEdit>>> {
    let encoding = server.client().encoding;
    let layout = move |snapshot: &Snapshot, path: &str, lines: &LineIndex| {
        snapshot.layout(path, Some(convert::span(params.range, lines, encoding)))
    };
    edits(server, &params.text_document.uri, |settings| settings.layout, layout).await
}

/// What follows from a character that was typed.
pub(crate) async fn on_type_formatting(
    server: &Server,
    params: DocumentOnTypeFormattingParams,
) -> Result<Option<Vec<LspEdit>>> {
    let encoding = server.client().encoding;
    let at = params.text_document_position;
    let layout = move |snapshot: &Snapshot, path: &str, lines: &LineIndex| {
        let offset = lines.offset(convert::position(at.position), encoding);
        params.ch.chars().next_back().map(|typed| snapshot.typed(path, offset, typed)).unwrap_or_default()
    };
    edits(server, &at.text_document.uri, |settings| settings.layout_on_type, layout).await
}

/// The edits, if the person wants them.
async fn edits<F>(
    server: &Server,
    uri: &Uri,
    is_wanted: fn(&Settings) -> bool,
    layout: F,
) -> Result<Option<Vec<LspEdit>>>
where
    F: FnOnce(&Snapshot, &str, &LineIndex) -> Vec<TextEdit> + Send + 'static,
{
    let encoding = server.client().encoding;
    let path = convert::path(uri);
    if !is_wanted(&server.settings(&path)) {
        return Ok(None);
    }
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let lines = snapshot.lines(&path)?;
        Some(convert::text_edits(&layout(&snapshot, &path, &lines), &lines, encoding))
    });
    answer.await
}
