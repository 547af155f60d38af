//! What a project costs: its resources one by one, and all of it together.

pub(crate) mod resource;
