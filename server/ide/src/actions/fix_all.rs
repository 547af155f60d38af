//! All fixes of one document at once, as far as each finding has one right answer.

use crate::{CodeAction, FilePath, Mending, Snapshot, Wanted, WorkspaceEdit};
use std::collections::HashSet;

/// The kind of the action.
pub(crate) const KIND: &str = "source.fixAll.klotho";

/// The action for an open document; none where there is nothing to fix. For a preview its edit is the first round alone.
pub(crate) fn action(snapshot: &Snapshot, path: &FilePath, wanted: &Wanted) -> Option<CodeAction> {
    let context = snapshot.context(path).filter(|context| context.document.is_some())?;
    let how = Mending {
        only: Some(path),
        decides: false,
        level: &|code, severity| (!wanted.hidden.contains(&code)).then_some(severity),
        known: HashSet::new(),
        // Whatever is not known here is not worth waiting for the disk.
        text: &|_| None,
        contents: &|_| None,
    };
    let root = context.root;
    let mended =
        if wanted.is_preview { snapshot.mend_once(root, &how) } else { snapshot.mend(root, &how).files };
    let files: Vec<_> = mended.into_iter().map(|file| file.edit).collect();
    (!files.is_empty()).then(|| CodeAction {
        title: "Fix all Klotho findings that have one right answer".to_owned(),
        kind: KIND,
        is_preferred: false,
        disabled: None,
        fixes: Vec::new(),
        edit: WorkspaceEdit { files },
    })
}
