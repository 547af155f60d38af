//! The grammar in the comments of every language, by the very queries that editors use.

#![allow(clippy::expect_used, reason = "a test stops where it cannot go on")]

mod agreement;
mod colours;
mod injected;
