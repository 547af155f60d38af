//! What the client asks: one file a method. Each puts its question before it waits for the answer.

mod code_action;
mod completion;
mod completion_resolve;
mod hover;
#[cfg(feature = "test-hooks")]
pub(super) mod test_hooks;

pub(super) use code_action::code_action;
pub(super) use completion::completion;
pub(super) use completion_resolve::completion_resolve;
pub(super) use hover::hover;
