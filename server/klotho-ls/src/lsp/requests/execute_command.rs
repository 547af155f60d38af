use super::commands;
use crate::lsp::convert::{self, About};
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{ExecuteCommandParams, LSPAny, MessageType};

/// Shows all that is known about a place: what a hover there says.
pub(crate) const SHOW: &str = "klotho-ls.show";

pub(crate) async fn execute_command(server: &Server, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
    if let Some(answer) = commands::run(server, &params.command, &params.arguments).await {
        return answer.map(Some);
    }
    if params.command != SHOW {
        return Err(Error::invalid_params(format!("there is no command `{}`", params.command)));
    }
    let Some(about) = About::of_data(params.arguments.first()) else {
        return Err(Error::invalid_params(format!("`{SHOW}` is about a place that a lens names")));
    };
    let answer = server.world.ask(Lane::Quick, move |snapshot| snapshot.hover(&about.path(), about.offset));
    if let Some(hover) = answer.await? {
        server.connection.show_message(MessageType::INFO, convert::plain(&hover.markdown)).await;
    }
    Ok(None)
}
