//! The capabilities and their directives: one table.

use crate::Annotation;
use crate::finding::Finding;

/// A name that is no capability.
pub(crate) fn check(_annotation: &Annotation) -> Option<Finding> {
    None
}
