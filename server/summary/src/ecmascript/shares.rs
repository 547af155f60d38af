//! What is done with a variable, told to each annotation that it has.

use foldhash::HashMap;

/// How many annotations of one variable are told: more are a mistake, and would multiply what the file says.
const MOST: usize = 16;

/// Facts by variable.
pub(super) struct Shares<'v, T>(HashMap<&'v str, (Vec<T>, usize)>);

impl<'v, T: Clone> Shares<'v, T> {
    /// No facts yet of any of these variables.
    pub(super) fn of(variables: impl Iterator<Item = &'v str>) -> Self {
        Self(variables.map(|variable| (variable, (Vec::new(), 0))).collect())
    }

    /// The facts of a variable, to add to; none of a variable that is not asked for.
    pub(super) fn list(&mut self, variable: &str) -> Option<&mut Vec<T>> {
        self.0.get_mut(variable).map(|(list, _)| list)
    }

    /// The facts of a variable, for one more annotation.
    pub(super) fn take(&mut self, variable: &str) -> Vec<T> {
        let Some((list, taken)) = self.0.get_mut(variable) else { return Vec::new() };
        *taken += 1;
        if *taken > MOST { Vec::new() } else { list.clone() }
    }
}
