//! Annotations as the compiler reads them: the reference's rules and vectors, exact places, and invariants.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod attachment;
mod faults;
mod invariants;
mod lexical;
mod places;
mod quirks;
mod show;
