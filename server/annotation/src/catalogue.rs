//! The capabilities and their directives: one table.
