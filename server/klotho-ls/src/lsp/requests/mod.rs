//! What the client asks: one file a method. Each puts its question before it waits for the answer.

pub(super) mod call_hierarchy;
mod code_action;
mod completion;
mod completion_resolve;
mod document_highlight;
mod document_symbol;
pub(super) mod goto;
mod hover;
mod prepare_rename;
mod references;
mod rename;
#[cfg(feature = "test-hooks")]
pub(super) mod test_hooks;
mod workspace_symbol;

pub(super) use code_action::code_action;
pub(super) use completion::completion;
pub(super) use completion_resolve::completion_resolve;
pub(super) use document_highlight::document_highlight;
pub(super) use document_symbol::document_symbol;
pub(super) use hover::hover;
pub(super) use prepare_rename::prepare_rename;
pub(super) use references::references;
pub(super) use rename::rename;
pub(super) use workspace_symbol::workspace_symbol;
