use crate::Span;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

/// Where a fact stands in its file, without being part of what it says.
///
/// Two facts that differ only in their places hash alike (they are still unequal). The hash of a whole summary thus
/// tells whether an edit changed what the file says or merely moved it, and the graph need not be derived anew for
/// the latter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(pub Span);

impl Hash for Place {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl Deref for Place {
    type Target = Span;

    fn deref(&self) -> &Span {
        &self.0
    }
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self(span)
    }
}

impl From<std::ops::Range<usize>> for Place {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self(range.into())
    }
}
