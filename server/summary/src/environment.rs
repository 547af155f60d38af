//! The `environment_variables` directive of `persist`: the same in every language.

use crate::StoreKind;
use klotho_annotation::Annotation;
use klotho_annotation::finding::Finding;
use klotho_text::Place;

/// A variable that an annotation binds to a property of its store.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct EnvironmentVariable {
    /// As the unit will see it: sanitised.
    pub name: String,
    /// `host`, `port` or `connection_string`.
    pub property: &'static str,
    /// The kind of store.
    pub kind: StoreKind,
    /// The key in the annotation.
    pub at: Place,
}

/// Reads the directive (reference, 2.4).
pub fn environment_variables(_annotation: &Annotation) -> (Vec<EnvironmentVariable>, Vec<Finding>) {
    (Vec::new(), Vec::new())
}
