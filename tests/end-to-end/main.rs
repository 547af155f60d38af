//! The real binary over real pipes.

mod client;
mod command_line;
#[cfg(feature = "test-hooks")]
mod contract;
mod lifecycle;
mod session;
