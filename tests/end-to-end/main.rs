//! The real binary over real pipes.

// In tests a surprise ends the test.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod abuse;
mod actions;
mod agreement;
mod check_watch;
mod client;
mod clients;
mod columns;
mod command_line;
mod commands;
mod completion;
#[cfg(feature = "test-hooks")]
mod contract;
mod cost;
mod counting;
#[cfg(all(unix, feature = "test-hooks"))]
mod crash;
mod diagnostics;
mod display;
mod documented;
mod estimate;
mod everywhere;
mod explained;
mod features;
mod file_operations;
#[cfg(feature = "test-hooks")]
mod first_answer;
mod first_app;
mod fixing;
mod folders;
mod formats;
mod glance;
mod klotho_requests;
mod lifecycle;
mod misspelt;
mod navigation;
#[cfg(feature = "test-hooks")]
mod order;
mod plan;
mod prices;
mod pulls;
mod recipes;
mod robust;
mod routes;
mod settings;
#[cfg(feature = "test-hooks")]
mod switch;
mod sync;
mod transcript;
mod unheeded;
mod usage;
mod watching;
mod workspace;
