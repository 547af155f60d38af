//! The real binary over real pipes.

// In tests a surprise ends the test.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod client;
#[cfg(feature = "test-hooks")]
mod contract;
mod lifecycle;
