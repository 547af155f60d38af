//! `textDocument/definition`, `declaration` and `implementation`: one question, three kinds of answer.

use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use klotho_ide::{Navigation, Snapshot};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{GotoDefinitionParams, GotoDefinitionResponse};

/// What is asked of a snapshot about an offset in a file.
type Question = fn(&Snapshot, &str, usize) -> Option<Navigation>;

pub(crate) async fn definition(
    server: &Server,
    params: GotoDefinitionParams,
) -> Result<Option<GotoDefinitionResponse>> {
    let has_links = server.client().definition_links;
    goto(server, params, Snapshot::definition, has_links).await
}

pub(crate) async fn declaration(
    server: &Server,
    params: GotoDefinitionParams,
) -> Result<Option<GotoDefinitionResponse>> {
    let has_links = server.client().declaration_links;
    goto(server, params, Snapshot::declaration, has_links).await
}

pub(crate) async fn implementation(
    server: &Server,
    params: GotoDefinitionParams,
) -> Result<Option<GotoDefinitionResponse>> {
    let has_links = server.client().implementation_links;
    goto(server, params, Snapshot::implementation, has_links).await
}

async fn goto(
    server: &Server,
    params: GotoDefinitionParams,
    question: Question,
    has_links: bool,
) -> Result<Option<GotoDefinitionResponse>> {
    let encoding = server.client().encoding;
    let at = params.text_document_position_params;
    let path = convert::path(&at.text_document.uri);
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let lines = snapshot.lines(&path)?;
        let offset = lines.offset(convert::position(at.position), encoding);
        let found = question(&snapshot, &path, offset)?;
        let targets = found.targets.iter();
        if !has_links {
            let locations = targets.filter_map(|target| convert::location(target, &snapshot, encoding));
            return Some(GotoDefinitionResponse::Array(locations.collect()));
        }
        let origin = convert::range(found.origin, &lines, encoding);
        let links = targets.filter_map(|target| convert::link(origin, target, &snapshot, encoding));
        Some(GotoDefinitionResponse::Link(links.collect()))
    });
    answer.await
}
