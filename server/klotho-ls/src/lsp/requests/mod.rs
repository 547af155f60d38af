//! What the client asks: one file a method. Each puts its question before it waits for the answer.

pub(super) mod call_hierarchy;
mod code_action;
mod code_action_resolve;
mod code_lens;
pub(super) mod commands;
mod completion;
mod completion_resolve;
mod diagnostic;
mod document_highlight;
mod document_link;
mod document_symbol;
mod execute_command;
mod folding_range;
mod formatting;
pub(super) mod goto;
mod hover;
mod inlay_hint;
pub(super) mod klotho;
mod prepare_rename;
mod references;
mod rename;
mod selection_range;
mod semantic_tokens;
#[cfg(feature = "test-hooks")]
pub(super) mod test_hooks;
mod will_rename_files;
mod workspace_diagnostic;
mod workspace_symbol;

pub(super) use code_action::code_action;
pub(super) use code_action_resolve::code_action_resolve;
pub(super) use code_lens::{code_lens, code_lens_resolve};
pub(super) use completion::completion;
pub(super) use completion_resolve::completion_resolve;
pub(super) use diagnostic::diagnostic;
pub(super) use document_highlight::document_highlight;
pub(super) use document_link::document_link;
pub(super) use document_symbol::document_symbol;
pub(super) use execute_command::{SHOW, execute_command};
pub(super) use folding_range::folding_range;
pub(super) use formatting::{formatting, on_type_formatting, range_formatting};
pub(super) use hover::hover;
pub(super) use inlay_hint::{inlay_hint, inlay_hint_resolve};
pub(super) use prepare_rename::prepare_rename;
pub(super) use references::references;
pub(super) use rename::rename;
pub(super) use selection_range::selection_range;
pub(super) use semantic_tokens::{
    Shown, legend, semantic_tokens_full, semantic_tokens_full_delta, semantic_tokens_range,
};
pub(super) use will_rename_files::will_rename_files;
pub(super) use workspace_diagnostic::workspace_diagnostic;
pub(super) use workspace_symbol::workspace_symbol;
