pub(crate) mod coverage;
pub(crate) mod spec;
mod tables;

#[path = "../../support/disk.rs"]
pub(crate) mod disk;
