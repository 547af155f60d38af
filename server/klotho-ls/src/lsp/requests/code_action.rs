use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse};

pub(crate) async fn code_action(
    server: &Server,
    params: CodeActionParams,
) -> Result<Option<CodeActionResponse>> {
    let client = server.client();
    if !client.literal_actions {
        // Such a client can only run commands, and there are none.
        return Ok(None);
    }
    let path = convert::path(&params.text_document.uri);
    let only = params.context.only;
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let lines = snapshot.lines(&path)?;
        let span = convert::span(params.range, &lines, client.encoding);
        let actions = snapshot.code_actions(&path, span);
        let wanted = actions.iter().filter(|action| is_wanted(action.kind, only.as_deref()));
        let shown = wanted.filter_map(|action| convert::action(action, &snapshot, &client));
        Some(shown.map(CodeActionOrCommand::CodeAction).collect())
    });
    answer.await
}

/// A kind asked for includes the kinds below it: `refactor` those of `refactor.rewrite`.
fn is_wanted(kind: &str, only: Option<&[CodeActionKind]>) -> bool {
    let holds = |wanted: &str| {
        kind.strip_prefix(wanted)
            .is_some_and(|rest| wanted.is_empty() || rest.is_empty() || rest.starts_with('.'))
    };
    only.is_none_or(|only| only.iter().any(|wanted| holds(wanted.as_str())))
}
