//! Commands that change files through the client: one file each.

mod apply_plan;
mod set_workload;
mod switch_target;

use super::rename::refused;
use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use klotho_ide::{Named, Snapshot};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::request::ApplyWorkspaceEdit;
use tower_lsp::ls_types::{ApplyWorkspaceEditParams, Uri};

/// A change that was asked for; the error says in words why there is none.
type Change = std::result::Result<Named, String>;

/// What makes a change of the world as it is.
type Making = Box<dyn FnOnce(&Snapshot) -> Change + Send>;

/// Works out what a command with these arguments changes; an error is in the arguments.
type Work = fn(&[Value]) -> Result<Making>;

/// What has a unit run somewhere else.
pub(super) const SWITCH_TARGET: &str = "klotho-ls.switchTarget";

/// Every command, by name.
const TABLE: &[(&str, Work)] = &[
    (SWITCH_TARGET, switch_target::work),
    ("klotho-ls.setWorkload", set_workload::work),
    ("klotho-ls.applyPlan", apply_plan::work),
];

/// The names of all commands.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|(name, _)| *name)
}

/// What was done.
#[derive(Serialize)]
struct Answer {
    applied: bool,
    message: String,
}

/// Runs a command; `None` where there is none of this name.
pub(crate) async fn run(server: &Server, name: &str, arguments: &[Value]) -> Option<Result<Value>> {
    let (_, work) = TABLE.iter().find(|(known, _)| *known == name)?;
    Some(match work(arguments) {
        Ok(work) => change(server, work).await,
        Err(error) => Err(error),
    })
}

/// Has the client make the change, and says what came of it. Nothing but this answer waits for the client.
async fn change(server: &Server, work: Making) -> Result<Value> {
    let client = server.client();
    if !client.shows.applies_edits {
        return Err(refused("this editor changes no files when it is asked to".to_owned()));
    }
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let found = work(&snapshot)?;
        let edit = convert::edit(&found.edit, &snapshot, &client);
        let edit = edit.ok_or_else(|| "this editor cannot make the files that it takes".to_owned())?;
        Ok((found.title, edit))
    });
    let (title, edit) = answer.await?.map_err(refused)?;
    let params = ApplyWorkspaceEditParams { label: Some(title.clone()), edit };
    let reply = server.connection.send_request::<ApplyWorkspaceEdit>(params).await?;
    let message = match (reply.applied, reply.failure_reason) {
        (true, _) => title,
        (false, Some(reason)) => format!("the editor did not apply the change: {reason}"),
        (false, None) => "the editor did not apply the change".to_owned(),
    };
    Ok(json!(Answer { applied: reply.applied, message }))
}

/// The one argument of a command: an object.
fn argument<T: DeserializeOwned>(arguments: &[Value], like: &str) -> Result<T> {
    let wrong = |why: String| Error::invalid_params(format!("the command takes one argument, {like}: {why}"));
    let [argument] = arguments else { return Err(wrong(format!("there are {}", arguments.len()))) };
    serde_json::from_value(argument.clone()).map_err(|error| wrong(error.to_string()))
}

/// The path of a root that a client names.
fn root(uri: &Uri) -> klotho_ide::FilePath {
    convert::path(uri)
}
