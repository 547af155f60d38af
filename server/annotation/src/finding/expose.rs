use super::Definition;

pub(super) const DEFINITIONS: &[Definition] = &[];
