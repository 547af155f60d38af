use super::{Making, argument, root};
use serde::Deserialize;
use serde_json::Value;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::Uri;

#[derive(Deserialize)]
struct Argument {
    root: Uri,
}

/// Makes a project say what its plan says.
pub(super) fn work(arguments: &[Value]) -> Result<Making> {
    let asked: Argument = argument(arguments, "{ root }")?;
    Ok(Box::new(move |snapshot| snapshot.apply_plan(&root(&asked.root))))
}
