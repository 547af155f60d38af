//! `textDocument/prepareCallHierarchy`, `callHierarchy/incomingCalls` and `outgoingCalls` over the resource graph.

use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

pub(crate) async fn prepare(
    server: &Server,
    params: lsp::CallHierarchyPrepareParams,
) -> Result<Option<Vec<lsp::CallHierarchyItem>>> {
    let encoding = server.client().encoding;
    let at = params.text_document_position_params;
    let path = convert::path(&at.text_document.uri);
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let offset = snapshot.lines(&path)?.offset(convert::position(at.position), encoding);
        let items = snapshot.call_items(&path, offset);
        let shown = items.iter().filter_map(|item| convert::call_item(item, &snapshot, encoding));
        (!items.is_empty()).then(|| shown.collect())
    });
    answer.await
}

pub(crate) async fn incoming(
    server: &Server,
    params: lsp::CallHierarchyIncomingCallsParams,
) -> Result<Option<Vec<lsp::CallHierarchyIncomingCall>>> {
    let encoding = server.client().encoding;
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let reference = convert::reference(params.item.data.as_ref()?)?;
        let sites = snapshot.incoming_calls(&convert::path(&params.item.uri), &reference);
        let calls = sites.iter().filter_map(|site| {
            Some(lsp::CallHierarchyIncomingCall {
                from: convert::call_item(&site.item, &snapshot, encoding)?,
                from_ranges: convert::ranges(&site.spans, &site.item.target.path, &snapshot, encoding),
            })
        });
        Some(calls.collect())
    });
    answer.await
}

pub(crate) async fn outgoing(
    server: &Server,
    params: lsp::CallHierarchyOutgoingCallsParams,
) -> Result<Option<Vec<lsp::CallHierarchyOutgoingCall>>> {
    let encoding = server.client().encoding;
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let reference = convert::reference(params.item.data.as_ref()?)?;
        let path = convert::path(&params.item.uri);
        let sites = snapshot.outgoing_calls(&path, &reference);
        let calls = sites.iter().filter_map(|site| {
            Some(lsp::CallHierarchyOutgoingCall {
                to: convert::call_item(&site.item, &snapshot, encoding)?,
                from_ranges: convert::ranges(&site.spans, &path, &snapshot, encoding),
            })
        });
        Some(calls.collect())
    });
    answer.await
}
