use crate::lsp::capabilities::Client;
use crate::lsp::convert::{self, Promise};
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use klotho_ide::{Code, Snapshot, Span, Wanted};
use std::collections::BTreeSet;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{CodeAction, WorkspaceEdit};

/// Adds what an action changes, to the world as it is now. One whose document has changed since would change the wrong
/// places, and is refused.
pub(crate) async fn code_action_resolve(server: &Server, action: CodeAction) -> Result<CodeAction> {
    let client = server.client();
    let Some(promise) = Promise::of_data(action.data.as_ref()) else {
        return Err(Error::invalid_params("the action is none that klotho-ls offered"));
    };
    let title = promise.title.clone();
    let hidden = server.settings(&convert::path(&promise.uri)).findings.hidden();
    let answer = server.world.ask(Lane::Quick, move |snapshot| kept(&snapshot, &promise, hidden, &client));
    match answer.await? {
        Some(edit) => Ok(CodeAction { edit: Some(edit), ..action }),
        None => Err(stale(&title)),
    }
}

fn kept(
    snapshot: &Snapshot,
    promise: &Promise,
    hidden: BTreeSet<Code>,
    client: &Client,
) -> Option<WorkspaceEdit> {
    let path = convert::path(&promise.uri);
    if snapshot.version(&path) != promise.version {
        return None;
    }
    let wanted = Wanted {
        only: Some(vec![promise.kind.clone()]),
        findings: promise.findings.iter().filter_map(|name| convert::named(name)).collect(),
        hidden,
        ..Wanted::default()
    };
    let [start, end] = promise.span;
    let mut actions = snapshot.code_actions(&path, Span::new(start, end), &wanted).into_iter();
    let action = actions.find(|action| action.disabled.is_none() && action.title == promise.title)?;
    convert::edit(&action.edit, snapshot, client)
}

fn stale(title: &str) -> Error {
    let message = format!(
        "\"{title}\" was offered for text that has changed since. Open the list of actions again and choose anew."
    );
    Error { code: ErrorCode::ContentModified, message: message.into(), data: None }
}
