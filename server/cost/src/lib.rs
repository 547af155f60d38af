//! What a unit costs on a target, what it may run on, where the answer changes, and what the resources cost that it uses.
//!
//! Pure: no files, no network, no clock (today is passed in), and no knowledge of source code. Data goes in, data
//! comes out; wrong input gives an explicit answer, never a panic. Prices, cold starts and limits are part of the
//! program and carry their source and date with every figure.
//!
//! Start at [`compare()`]: it takes a [`Question`] and gives a [`Comparison`]. A workload that people wrote becomes a
//! [`Resolved`] one through [`workload::Workload::set`] and [`workload::resolve`]. [`plan::plan`] answers for all units
//! of a project at once, [`total`] adds up what they cost together. Adding a target takes one row in
//! `target/table.rs`, and one module under `estimate/` if it should have a cost model. What units use beside themselves
//! is in [`resource`].

pub mod breakeven;
pub mod catalogue;
pub mod coldstart;
pub mod compare;
pub mod coverage;
pub mod date;
pub mod estimate;
pub mod feasibility;
pub mod format;
pub mod hop;
pub mod import;
pub mod plan;
pub mod requirements;
pub mod resource;
pub mod schedule;
pub mod sources;
pub mod target;
pub mod total;
pub mod traffic;
pub mod usage;
pub mod value;
pub mod workload;

pub use compare::{Comparison, Question, Row, compare};
pub use date::Date;
pub use feasibility::Verdict;
pub use requirements::Requirements;
pub use target::{Arch, Family, Package, Provider, Target};
pub use value::Value;
pub use workload::{Origin, Resolved, Workload};
