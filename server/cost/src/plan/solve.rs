//! The cheapest choice of one offer for every unit, when offers need facilities that are paid once however many use them.
//!
//! Exact. Facilities are decided one after the other, closed or open. What is left falls apart into groups of units that
//! share nothing undecided, and each group is solved by itself: once a cluster is decided every gateway stands alone, so
//! that the work grows with the number of units. Most decisions need no trying: a facility that saves less than it costs
//! is closed, one that saves more whatever else happens is open.

use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// Looks at a unit before the search gives up. A project of 1,000 units behind 200 gateways with a cluster takes some
/// 10,000.
const LOOKS: usize = 1_000_000;

/// Facilities that are decided within one another. A unit stands behind one gateway, on one cluster, in one network, so that
/// three are enough for what is planned here.
const DEPTH: usize = 64;

/// What is made small: money first, then what has to be changed for it, then the place in the table of targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Weight {
    /// US dollars a month.
    pub(super) cost: Decimal,
    /// How far this is from what is there now; 0 = the same.
    pub(super) change: u32,
    /// Order among equals.
    pub(super) rank: u32,
}

impl AddAssign for Weight {
    fn add_assign(&mut self, other: Self) {
        self.cost += other.cost;
        self.change += other.change;
        self.rank += other.rank;
    }
}

/// One way to run a unit.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    /// Without its facilities.
    pub(super) weight: Weight,
    /// Indices of the facilities that it needs.
    pub(super) needs: Vec<usize>,
}

/// What is to be decided.
#[derive(Debug, Clone, Default)]
pub(super) struct Problem {
    /// What each facility costs, US dollars a month.
    pub(super) facilities: Vec<Decimal>,
    /// The offers of each unit.
    pub(super) units: Vec<Vec<Offer>>,
}

/// So much is shared in so many ways that the search was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entangled;

impl std::fmt::Display for Entangled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(
            "the units share clusters, load balancers and networks in more ways than can be compared: plan parts of the \
             project by themselves",
        )
    }
}

/// The index of the chosen offer of every unit; `None` when a unit has no offer.
pub(super) fn solve(problem: &Problem) -> Result<Option<Vec<usize>>, Entangled> {
    let mut search = Search { problem, open: vec![None; problem.facilities.len()], looks: 0 };
    let all: Vec<usize> = (0..problem.units.len()).collect();
    let found = search.best(&all, 0)?;
    Ok(found.map(|mut found| {
        found.chosen.sort_unstable();
        found.chosen.into_iter().map(|(_, offer)| offer).collect()
    }))
}

struct Search<'a> {
    problem: &'a Problem,
    /// What is decided of each facility; `None` = nothing yet.
    open: Vec<Option<bool>>,
    looks: usize,
}

/// A cheapest choice: unit and offer.
#[derive(Default)]
struct Found {
    weight: Weight,
    chosen: Vec<(usize, usize)>,
}

/// Units that have nothing undecided in common with others.
struct Groups {
    /// Of these nothing is undecided.
    free: Vec<usize>,
    knots: Vec<Vec<usize>>,
}

impl Search<'_> {
    fn best(&mut self, units: &[usize], depth: usize) -> Result<Option<Found>, Entangled> {
        self.looks += units.len() + 1;
        if self.looks > LOOKS || depth > DEPTH {
            return Err(Entangled);
        }
        let groups = self.groups(units);
        let mut all = Found::default();
        for unit in groups.free {
            let cheapest = self.offers(unit).map(|(index, offer)| (offer.weight, index)).min();
            let Some((weight, offer)) = cheapest else { return Ok(None) };
            all.weight += weight;
            all.chosen.push((unit, offer));
        }
        for knot in groups.knots {
            let Some(found) = self.branch(&knot, depth)? else { return Ok(None) };
            all.weight += found.weight;
            all.chosen.extend(found.chosen);
        }
        Ok(Some(all))
    }

    /// Decides one facility of a group that is tied together, the one that most units could use.
    fn branch(&mut self, units: &[usize], depth: usize) -> Result<Option<Found>, Entangled> {
        let Some(facility) = self.busiest(units) else { return Ok(None) };
        let cost = self.cost(facility);
        let mut best: Option<Found> = None;
        for open in self.worth_trying(facility, units) {
            self.decide(facility, Some(*open));
            let found = self.best(units, depth + 1);
            self.decide(facility, None);
            let Some(mut found) = found? else { continue };
            if *open {
                found.weight += Weight { cost, ..Weight::default() };
            }
            if best.as_ref().is_none_or(|best| found.weight < best.weight) {
                best = Some(found);
            }
        }
        Ok(best)
    }

    /// Which decisions about a facility can be the best one. It saves a unit at most what the unit pays without it, all that
    /// it then shares counted in full, less what it pays with it when others pay for the rest; and at least the reverse.
    fn worth_trying(&self, facility: usize, units: &[usize]) -> &'static [bool] {
        let cost = self.cost(facility);
        if cost <= Decimal::ZERO {
            return &[true];
        }
        let (mut most, mut least) = (Decimal::ZERO, Decimal::ZERO);
        for unit in units {
            let with = self.bounds(*unit, |offer| offer.needs.contains(&facility), facility);
            let without = self.bounds(*unit, |offer| !offer.needs.contains(&facility), facility);
            match (with, without) {
                (None, _) => {}
                (Some(_), None) => return &[true],
                (Some(with), Some(without)) => {
                    most += (without.dearest - with.cheapest).max(Decimal::ZERO);
                    least += (without.cheapest - with.dearest).max(Decimal::ZERO);
                }
            }
        }
        match () {
            () if most < cost => &[false],
            () if least > cost => &[true],
            () => &[false, true],
        }
    }

    /// What the cheapest of some offers of a unit costs beside `facility`.
    fn bounds(&self, unit: usize, among: impl Fn(&Offer) -> bool, facility: usize) -> Option<Bounds> {
        let offers = self.offers(unit).map(|(_, offer)| offer).filter(|offer| among(offer));
        let costs = offers.map(|offer| {
            let others =
                offer.needs.iter().filter(|need| **need != facility && self.decided(**need).is_none());
            let alone: Decimal = others.map(|need| self.cost(*need)).sum();
            (offer.weight.cost, offer.weight.cost + alone)
        });
        costs.map(|(cheapest, dearest)| Bounds { cheapest, dearest }).reduce(|one, other| Bounds {
            cheapest: one.cheapest.min(other.cheapest),
            dearest: one.dearest.min(other.dearest),
        })
    }

    fn busiest(&self, units: &[usize]) -> Option<usize> {
        let mut users: BTreeMap<usize, usize> = BTreeMap::new();
        for unit in units {
            let mut needs: Vec<usize> = self.undecided(*unit).collect();
            needs.sort_unstable();
            needs.dedup();
            needs.into_iter().for_each(|need| *users.entry(need).or_default() += 1);
        }
        users
            .into_iter()
            .max_by_key(|(facility, count)| (*count, std::cmp::Reverse(*facility)))
            .map(|(it, _)| it)
    }

    /// The units by the undecided facilities that tie them together.
    fn groups(&self, units: &[usize]) -> Groups {
        let mut ties = Ties((0..self.problem.facilities.len()).collect());
        let mut firsts = Vec::with_capacity(units.len());
        for unit in units {
            let mut needs = self.undecided(*unit);
            let first = needs.next();
            if let Some(first) = first {
                needs.for_each(|need| ties.tie(first, need));
            }
            firsts.push((*unit, first));
        }
        let mut groups = Groups { free: Vec::new(), knots: Vec::new() };
        let mut knots: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (unit, first) in firsts {
            match first {
                None => groups.free.push(unit),
                Some(first) => knots.entry(ties.root(first)).or_default().push(unit),
            }
        }
        groups.knots = knots.into_values().collect();
        groups
    }

    /// The offers that need nothing closed.
    fn offers(&self, unit: usize) -> impl Iterator<Item = (usize, &Offer)> {
        let all = self.problem.units.get(unit).map_or(&[][..], Vec::as_slice);
        let is_open = |offer: &Offer| offer.needs.iter().all(|need| self.decided(*need) != Some(false));
        all.iter().enumerate().filter(move |(_, offer)| is_open(offer))
    }

    fn undecided(&self, unit: usize) -> impl Iterator<Item = usize> {
        let needs = self.offers(unit).flat_map(|(_, offer)| offer.needs.iter().copied());
        needs.filter(|need| self.decided(*need).is_none())
    }

    fn decided(&self, facility: usize) -> Option<bool> {
        self.open.get(facility).copied().flatten()
    }

    fn decide(&mut self, facility: usize, open: Option<bool>) {
        if let Some(decided) = self.open.get_mut(facility) {
            *decided = open;
        }
    }

    fn cost(&self, facility: usize) -> Decimal {
        self.problem.facilities.get(facility).copied().unwrap_or_default()
    }
}

/// What offers cost at least, when others pay for all that they share, and at most, when nobody else does.
struct Bounds {
    cheapest: Decimal,
    dearest: Decimal,
}

/// Which facilities hang together: each points to another of its group, the root to itself.
struct Ties(Vec<usize>);

impl Ties {
    fn root(&mut self, mut at: usize) -> usize {
        while let Some(up) = self.0.get(at).copied().filter(|up| *up != at) {
            let above = self.0.get(up).copied().unwrap_or(up);
            if let Some(link) = self.0.get_mut(at) {
                *link = above;
            }
            at = above;
        }
        at
    }

    fn tie(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        // The lower index is the root, so that the order of groups is that of the facilities.
        if let Some(link) = self.0.get_mut(one.max(other)) {
            *link = one.min(other);
        }
    }
}

#[cfg(test)]
mod tests;
