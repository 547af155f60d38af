//! The ide layer over whole projects: small texts with a cursor and what is expected there.

// In tests a surprise ends the test.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod actions;
mod assists;
mod budgets;
mod comments;
mod completion;
mod config_hover;
mod conflicts;
mod everywhere;
mod examples;
mod first_steps;
mod fix_all;
mod fuzz;
mod gaps;
mod glance;
mod gone;
mod graph;
mod hop;
mod hover;
mod invariants;
mod languages;
mod layout;
mod listing;
mod many_routes;
mod misplaced;
mod misspelt;
mod moves;
mod navigation;
mod one_answer;
mod outline;
mod parameters;
mod partial;
mod parts;
mod places;
mod plan;
mod proportion;
mod reach;
mod readme;
mod redeclared;
mod rename;
mod resource_costs;
mod resources;
mod route_hover;
mod sections;
mod shown;
mod stated_sizes;
mod stores;
mod support;
mod told;
mod usage;
mod ways_out;
