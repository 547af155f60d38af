//! The ide layer over whole projects: small texts with a cursor and what is expected there.

mod actions;
mod examples;
mod graph;
mod hover;
mod invariants;
mod support;
