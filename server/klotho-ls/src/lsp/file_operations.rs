//! What a client says of files that people make, rename and delete in it, and what it is offered of that.

use tower_lsp::ls_types::{
    ClientCapabilities, FileOperationFilter, FileOperationPattern, FileOperationRegistrationOptions,
    WorkspaceFileOperationsServerCapabilities,
};

/// What the client says of files.
#[derive(Clone, Copy, Debug)]
pub(super) struct FileOperations {
    will_rename: bool,
    did_create: bool,
    did_rename: bool,
    did_delete: bool,
}

impl FileOperations {
    pub(super) fn new(capabilities: &ClientCapabilities) -> Self {
        let workspace = capabilities.workspace.as_ref();
        let said = workspace.and_then(|workspace| workspace.file_operations.clone()).unwrap_or_default();
        Self {
            will_rename: said.will_rename == Some(true),
            did_create: said.did_create == Some(true),
            did_rename: said.did_rename == Some(true),
            did_delete: said.did_delete == Some(true),
        }
    }

    /// What is heard of: all files and folders on a disk, for a pattern may name any of them.
    pub(super) fn offered(self) -> Option<WorkspaceFileOperationsServerCapabilities> {
        let any = [self.will_rename, self.did_create, self.did_rename, self.did_delete].contains(&true);
        any.then(|| WorkspaceFileOperationsServerCapabilities {
            will_rename: self.will_rename.then(everything),
            did_create: self.did_create.then(everything),
            did_rename: self.did_rename.then(everything),
            did_delete: self.did_delete.then(everything),
            ..WorkspaceFileOperationsServerCapabilities::default()
        })
    }
}

fn everything() -> FileOperationRegistrationOptions {
    let pattern = FileOperationPattern { glob: "**/*".to_owned(), ..FileOperationPattern::default() };
    FileOperationRegistrationOptions {
        filters: vec![FileOperationFilter { scheme: Some("file".to_owned()), pattern }],
    }
}
