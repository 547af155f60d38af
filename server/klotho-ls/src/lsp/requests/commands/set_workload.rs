use super::{Making, argument, root};
use crate::project;
use klotho_ide::Named;
use serde::Deserialize;
use serde_json::{Map, Value};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::Uri;

#[derive(Deserialize)]
struct Argument {
    root: Uri,
    unit: String,
    workload: Map<String, Value>,
}

/// States the traffic of a unit where such things are stated of it.
pub(super) fn work(arguments: &[Value]) -> Result<Making> {
    let asked: Argument = argument(arguments, "{ root, unit, workload: { key: value } }")?;
    Ok(Box::new(move |snapshot| {
        let root = root(&asked.root);
        let edit = snapshot.set_workload(&root, &asked.unit, &asked.workload, |path| {
            // Only what is still as it was when it was read can be changed by what was found in it.
            let bytes = project::bytes(path)?;
            snapshot.is_current(&root, path, &bytes).then(|| klotho_ide::decode(bytes).0)
        })?;
        if edit.files.is_empty() {
            return Err(format!("that is what is stated of {} already", asked.unit));
        }
        let keys: Vec<_> = asked.workload.keys().map(String::as_str).collect();
        Ok(Named { title: format!("State {} of {}", keys.join(", "), asked.unit), edit })
    }))
}
