use crate::lsp::convert::{self, Promise};
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use klotho_ide::Wanted;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    CodeActionContext, CodeActionOrCommand, CodeActionParams, CodeActionResponse, CodeActionTriggerKind,
};

pub(crate) async fn code_action(
    server: &Server,
    params: CodeActionParams,
) -> Result<Option<CodeActionResponse>> {
    let client = server.client();
    if !client.literal_actions {
        // Such a client can only run commands, and what is offered here are changes.
        return Ok(None);
    }
    let uri = params.text_document.uri;
    let path = convert::path(&uri);
    let settings = server.settings(&path);
    let wanted =
        Wanted { hidden: settings.findings.hidden(), ..wanted(&params.context, client.lazy_actions) };
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let lines = snapshot.lines(&path)?;
        let span = convert::span(params.range, &lines, client.encoding);
        let version = snapshot.version(&path);
        let actions = snapshot.code_actions(&path, span, &wanted).into_iter().filter_map(|action| {
            let promise = client.lazy_actions.then(|| Promise {
                uri: uri.clone(),
                version,
                span: [span.start as usize, span.end as usize],
                findings: wanted.findings.iter().copied().map(convert::name).collect(),
                kind: action.kind.to_owned(),
                title: action.title.clone(),
            });
            convert::action(&action, &snapshot, &client, promise, |fixed| settings.findings.shown(fixed))
        });
        Some(actions.map(CodeActionOrCommand::CodeAction).collect())
    });
    answer.await
}

fn wanted(context: &CodeActionContext, is_preview: bool) -> Wanted {
    let only = context.only.as_ref();
    let kept = context.diagnostics.iter().map(|found| convert::identity(found.data.as_ref()));
    Wanted {
        only: only.map(|only| only.iter().map(|kind| kind.as_str().to_owned()).collect()),
        findings: kept.flatten().collect(),
        is_automatic: context.trigger_kind == Some(CodeActionTriggerKind::AUTOMATIC),
        is_preview,
        ..Wanted::default()
    }
}
