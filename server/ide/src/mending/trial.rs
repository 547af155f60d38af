//! Making fixes, and taking back those that would leave something worse than what they mend.

use super::fixes::{Chosen, Fix, Key};
use super::world::{Counts, World};
use super::{Mending, ROUNDS};
use klotho_annotation::finding::{Code, Severity};
use std::collections::HashSet;

/// How often it is tried what comes of fixes in one round. What is not told apart by then is left alone.
const TRIALS: usize = 256;

/// The trials of one round.
pub(super) struct Trials<'a> {
    how: &'a Mending<'a>,
    /// What was made and kept so far.
    kept: World,
    /// All that this round is about.
    keys: HashSet<Key>,
}

impl<'a> Trials<'a> {
    pub(super) fn new(world: World, how: &'a Mending<'a>, keys: &[Key]) -> Self {
        Self { how, kept: world, keys: keys.iter().cloned().collect() }
    }

    /// Tries all at once; if that does harm, each half by itself, until it is known which fix does it. `None` if none was made.
    pub(super) fn run(mut self, mut keys: Vec<Key>, left_alone: &mut HashSet<Key>) -> Option<World> {
        keys.dedup();
        let (mut groups, mut is_other, mut trials) = (vec![keys], false, 0);
        while let Some(mut group) = groups.pop() {
            let chosen = self.chosen(&group);
            if chosen.is_empty() {
                continue;
            }
            trials += 1;
            let after = self.kept.after(&chosen, self.how);
            if self.is_good(&after, &chosen, left_alone) {
                (self.kept, is_other) = (after, true);
            } else if group.len() == 1 || trials >= TRIALS {
                left_alone.extend(group);
            } else {
                let half = group.split_off(group.len() / 2);
                groups.extend([half, group]);
            }
        }
        is_other.then_some(self.kept)
    }

    fn chosen(&self, group: &[Key]) -> Chosen {
        let group: HashSet<&Key> = group.iter().collect();
        let fixes = self.kept.fixes(self.how);
        let wanted = |fix: &&Fix| fix.is_wanted(self.how) && group.contains(&fix.key);
        Chosen::of(fixes.iter().filter(wanted), &self.kept)
    }

    /// Whether nothing is worse after fixes than what they mended, or becomes so once what they uncovered is mended too.
    fn is_good(&self, after: &World, chosen: &Chosen, left_alone: &HashSet<Key>) -> bool {
        self.is_no_worse(after, chosen) || self.is_no_worse(&self.settled(after, left_alone), chosen)
    }

    /// What comes of a world when what was uncovered in it is mended.
    fn settled(&self, world: &World, left_alone: &HashSet<Key>) -> World {
        let mut world = world.clone();
        for _ in 0..ROUNDS {
            let fixes = world.fixes(self.how);
            let is_new = |key: &Key| !self.keys.contains(key) && !left_alone.contains(key);
            let wanted = |fix: &&Fix| !fix.is_decision && is_new(&fix.key);
            let chosen = Chosen::of(fixes.iter().filter(wanted), &world);
            if chosen.is_empty() {
                break;
            }
            world = world.after(&chosen, self.how);
        }
        world
    }

    fn is_no_worse(&self, after: &World, chosen: &Chosen) -> bool {
        let (before, now) = (self.kept.counts(self.how), after.counts(self.how));
        let is_as_bad = now.iter().all(|(found, count)| {
            let is_new = before.get(found).is_none_or(|old| old < count);
            !is_new || chosen.mildest.is_some_and(|mildest| found.3 >= mildest)
        });
        is_as_bad && unread(&now) <= unread(&before)
    }
}

/// How much cannot be read at all, with everything that it says. Where one mistake hid the next, that takes its place.
fn unread(counts: &Counts) -> usize {
    let is_unread = |code, severity| {
        matches!(code, Code::AnnotationSyntax | Code::ConfigSyntax) && severity == Severity::Error
    };
    counts.iter().filter(|(found, _)| is_unread(found.1, found.3)).map(|(_, count)| count).sum()
}
