use super::{Making, argument, root};
use serde::Deserialize;
use serde_json::Value;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::Uri;

#[derive(Deserialize)]
struct Argument {
    root: Uri,
    unit: String,
    target: String,
}

/// Makes every place that states where a unit runs say another target.
pub(super) fn work(arguments: &[Value]) -> Result<Making> {
    let asked: Argument = argument(arguments, "{ root, unit, target }")?;
    Ok(Box::new(move |snapshot| snapshot.switch(&root(&asked.root), &asked.unit, &asked.target)))
}
