use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use crate::settings::Settings;
use klotho_ide::{Hover as Told, Snapshot};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{Hover, HoverContents, HoverParams};

pub(crate) async fn hover(server: &Server, params: HoverParams) -> Result<Option<Hover>> {
    let client = server.client();
    let at = params.text_document_position_params;
    let path = convert::path(&at.text_document.uri);
    let settings = server.settings(&path);
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let lines = snapshot.lines(&path)?;
        let offset = lines.offset(convert::position(at.position), client.encoding);
        let hover = wanted(&snapshot, &settings, &path, offset)?;
        Some(Hover {
            contents: HoverContents::Markup(convert::markup(hover.markdown, &client)),
            range: Some(convert::range(hover.span, &lines, client.encoding)),
        })
    });
    answer.await
}

/// As much as the person wants to be told.
pub(super) fn wanted(snapshot: &Snapshot, settings: &Settings, path: &str, offset: usize) -> Option<Told> {
    match settings.brief_hovers {
        true => snapshot.brief_hover(path, offset),
        false => snapshot.hover(path, offset),
    }
}
