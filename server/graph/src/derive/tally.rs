//! How often things are said, so that one of those who say it can take it back.

use imbl::OrdMap;

/// A count for each of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally<K: Ord + Clone>(OrdMap<K, u32>);

impl<K: Ord + Clone> Default for Tally<K> {
    fn default() -> Self {
        Self(OrdMap::new())
    }
}

impl<K: Ord + Clone> Tally<K> {
    /// Counts one more; true for the first one.
    pub(super) fn add(&mut self, key: K) -> bool {
        let count = self.0.entry(key).or_default();
        *count += 1;
        *count == 1
    }

    /// Counts what is said now in place of what was said before.
    pub(super) fn replace(&mut self, mut before: Vec<K>, mut now: Vec<K>) {
        before.sort();
        now.sort();
        let (mut before, mut now) = (before.into_iter().peekable(), now.into_iter().peekable());
        loop {
            match (before.peek(), now.peek()) {
                (None, None) => return,
                (Some(old), Some(new)) if old == new => {
                    before.next();
                    now.next();
                }
                (Some(old), new) if new.is_none_or(|new| old < new) => {
                    before.next().iter().for_each(|old| _ = self.take(old));
                }
                _ => now.next().into_iter().for_each(|new| _ = self.add(new)),
            }
        }
    }

    /// Counts one less; true for the last one.
    pub(super) fn take(&mut self, key: &K) -> bool {
        match self.0.get_mut(key) {
            Some(count) if *count > 1 => {
                *count -= 1;
                false
            }
            _ => self.0.remove(key).is_some(),
        }
    }

    /// The count of each, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&K, u32)> {
        self.0.iter().map(|(key, count)| (key, *count))
    }

    /// What is counted, sorted.
    pub(super) fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.keys()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn contains<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: std::borrow::Borrow<Q>,
    {
        self.0.contains_key(key)
    }
}
