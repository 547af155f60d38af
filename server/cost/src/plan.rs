//! The cheapest target and size for every unit of a project at once.
//!
//! What units share (a cluster, the load balancer of a gateway, NAT gateways) is paid once however many use it, so that the
//! best place of one unit depends on those of the others. The plan is exact: no other assignment that meets every
//! requirement costs less. Among assignments that cost the same it changes least, then follows the table of targets.
//!
//! A requirement on cost is held against what a unit would cost alone, with all that it shares counted in full: then it holds
//! whatever happens to the others.

mod offers;
mod sizes;
mod solve;
mod words;

pub use crate::total::SharedCost;
pub use sizes::Size;
pub use solve::Entangled;

use crate::compare::{ASSUMED_VOLUME, Question};
use crate::requirements::REQUIREMENT_KEYS;
use crate::target::Target;
use crate::total::{Facility, Total};
use crate::usage::Point;
use offers::{Offered, Place};
use rust_decimal::Decimal;
use solve::{Offer, Problem, Weight, solve};
use std::collections::BTreeMap;

/// A unit that is to be planned.
#[derive(Debug, Clone)]
pub struct Unit<'a> {
    /// Its id.
    pub id: &'a str,
    /// What a comparison of its targets would be asked. How many units share its cluster does not matter here.
    pub question: Question<'a>,
    /// The gateway in front of it, whose load balancer it shares with others behind it.
    pub gateway: Option<&'a str>,
    /// The targets that its project can name. Others are not looked at, unless it runs there now.
    pub targets: Vec<Named>,
    /// Durations of the function at sizes of its memory; empty = only the stated size is tried.
    pub measured: &'a [Point],
    /// Does its workload state the memory of the function? It is then not changed: what the project could write down besides
    /// counts for less.
    pub memory_stated: bool,
    /// Did a person state the size of its container? It is then not changed as long as its CPU time is assumed.
    pub container_stated: bool,
    /// What is obeyed in place of the present target, where that is only wished for. It has to be written down then even if it
    /// stays.
    pub obeyed: Option<&'a str>,
}

/// A target that a project can name for a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// Its key in the table of targets.
    pub key: &'static str,
    /// Why the unit cannot be built for it, whatever it requires.
    pub refused: Option<String>,
}

/// Where a unit runs, and in which size.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The target.
    pub target: &'static Target,
    /// How large one instance is.
    pub size: Size,
    /// Number and size of instances, in words; `None` = there is nothing to say.
    pub words: Option<String>,
    /// US dollars a month, without what is shared with other units; `None` = a price is missing.
    pub monthly: Option<Decimal>,
}

impl Choice {
    /// Target and size in words: `ECS on Fargate, 2 tasks of 0.25 vCPU / 0.5 GB`.
    pub fn text(&self) -> String {
        words::place(self.target, self.words.as_deref())
    }
}

/// What the plan says of one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// Its id.
    pub id: String,
    /// Where it runs now; `None` = nothing is known of that target.
    pub now: Option<Choice>,
    /// Where it should run; `None` = nowhere can what it requires be met, and it stays.
    pub then: Option<Choice>,
    /// Why, in one line.
    pub why: String,
    /// A line for every target on which it may not run or whose price is not known.
    pub excluded: Vec<String>,
    /// Keys of requirements each of which could be met nowhere, and without which there would be a place; only where
    /// there is none.
    pub unmet: Vec<&'static str>,
    /// The volume that the figures rest on, while nobody stated one.
    pub assumed_requests: Option<f64>,
    /// What is obeyed in place of the present target, where that is only wished for.
    pub obeyed: Option<String>,
}

impl Planned {
    /// Is there anything to do?
    pub fn is_change(&self) -> bool {
        self.is_moved() || (self.obeyed.is_some() && self.then.is_some())
    }

    /// Should it run elsewhere, or in another size?
    pub fn is_moved(&self) -> bool {
        match (&self.now, &self.then) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(now), Some(then)) => now.target != then.target || now.size != then.size,
        }
    }

    /// Is it moved only at traffic that nobody stated?
    fn is_waiting(&self) -> bool {
        self.is_moved() && self.assumed_requests.is_some()
    }
}

/// A cheapest assignment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// The units, in the order of the question.
    pub units: Vec<Planned>,
    /// What all cost now, US dollars a month; `None` = a price is missing.
    pub now: Option<Decimal>,
    /// What all cost then, US dollars a month; `None` = a price is missing.
    pub then: Option<Decimal>,
    /// What units share now.
    pub shared_now: Vec<SharedCost>,
    /// What units share then.
    pub shared_then: Vec<SharedCost>,
}

impl Plan {
    /// The units for which there is something to do at traffic that somebody stated.
    pub fn changes(&self) -> impl Iterator<Item = &Planned> {
        self.all_changes().filter(|unit| !unit.is_waiting())
    }

    /// The same with those whose traffic is assumed.
    pub fn all_changes(&self) -> impl Iterator<Item = &Planned> {
        self.units.iter().filter(|unit| unit.is_change())
    }

    /// Those that wait for somebody to state their traffic.
    pub fn waiting(&self) -> impl Iterator<Item = &Planned> {
        self.units.iter().filter(|unit| unit.is_waiting())
    }

    /// Can all that is required be met?
    pub fn is_met(&self) -> bool {
        self.units.iter().all(|unit| unit.then.is_some())
    }
}

/// Finds the cheapest assignment of targets and sizes that meets every requirement. A unit that can run nowhere stays where
/// it is, and counts there.
///
/// # Errors
/// When so much is shared in so many ways that the search was given up; see [`Entangled`].
pub fn plan(units: &[Unit<'_>]) -> Result<Plan, Entangled> {
    let weighed: Vec<Weighed> = units.iter().map(Weighed::of).collect();
    let chosen = choose(&weighed)?;
    let now: Vec<_> =
        weighed.iter().map(|unit| unit.now.as_ref().filter(|now| now.missing.is_none())).collect();
    let (total_now, total_then) = (total(&now), total(&chosen));
    let id = |unit: usize| units.get(unit).map(|unit| unit.id);
    let planned = units.iter().zip(&weighed).enumerate().map(|(index, (unit, weighed))| {
        let then = chosen.get(index).copied().flatten().filter(|_| weighed.is_placed());
        planned(unit, weighed, then, (&total_now, &total_then), index)
    });
    Ok(Plan {
        units: planned.collect(),
        now: sum(&total_now, &now),
        then: sum(&total_then, &chosen),
        shared_now: total_now.shared(id),
        shared_then: total_then.shared(id),
    })
}

/// A unit with what each target means for it.
struct Weighed {
    places: Vec<Place>,
    now: Option<Offered>,
}

impl Weighed {
    fn of(unit: &Unit<'_>) -> Self {
        Self { places: offers::places(unit), now: offers::now(unit) }
    }

    fn open(&self) -> impl Iterator<Item = &Offered> {
        self.places.iter().filter_map(|place| match place {
            Place::Open(offer) => Some(offer),
            Place::Shut(_) | Place::Never(..) => None,
        })
    }

    fn is_placed(&self) -> bool {
        self.unpriced().or_else(|| self.open().next()).is_some()
    }

    /// What it runs on now, where that has no price: nothing can be compared with it, and it stays.
    fn unpriced(&self) -> Option<&Offered> {
        self.now.as_ref().filter(|now| now.missing.is_some() && !now.fits.is_ruled_out())
    }

    /// What can be chosen: what is open; else what is there now, if its price is known.
    fn choices(&self) -> Vec<&Offered> {
        if let Some(now) = self.unpriced() {
            return vec![now];
        }
        let open: Vec<_> = self.open().collect();
        if open.is_empty() { self.now.iter().filter(|now| now.missing.is_none()).collect() } else { open }
    }
}

/// The chosen offer of every unit; `None` where there is none to choose.
fn choose(weighed: &[Weighed]) -> Result<Vec<Option<&Offered>>, Entangled> {
    let all: Vec<Vec<&Offered>> = weighed.iter().map(Weighed::choices).collect();
    let mut facilities: BTreeMap<(&Facility, Decimal), usize> = BTreeMap::new();
    for shared in all.iter().flatten().flat_map(|offer| &offer.shared) {
        let next = facilities.len();
        facilities.entry((&shared.0, shared.1)).or_insert(next);
    }
    let offer = |(rank, offer): (usize, &&Offered)| Offer {
        weight: Weight {
            cost: offer.own,
            change: offer.change,
            rank: u32::try_from(rank).unwrap_or(u32::MAX),
        },
        needs: offer.shared.iter().filter_map(|(it, cost)| facilities.get(&(it, *cost)).copied()).collect(),
    };
    let some = all.iter().filter(|choices| !choices.is_empty());
    let units = some.map(|choices| choices.iter().enumerate().map(offer).collect()).collect();
    let mut costs: Vec<_> = facilities.iter().map(|((_, cost), index)| (*index, *cost)).collect();
    costs.sort_unstable();
    let problem = Problem { facilities: costs.into_iter().map(|(_, cost)| cost).collect(), units };
    let mut found = solve(&problem)?.unwrap_or_default().into_iter();
    let chosen = all.into_iter().map(|choices| {
        let index = if choices.is_empty() { None } else { found.next() };
        index.and_then(|index| choices.get(index).copied())
    });
    Ok(chosen.collect())
}

/// What an assignment pays.
fn total(chosen: &[Option<&Offered>]) -> Total {
    let mut total = Total::default();
    for (unit, offer) in chosen.iter().enumerate() {
        if let Some(offer) = offer {
            total.add(unit, offer.own, &offer.shared);
        }
    }
    total
}

/// The sum; `None` while a unit has no price.
fn sum(total: &Total, chosen: &[Option<&Offered>]) -> Option<Decimal> {
    chosen.iter().all(|offer| offer.is_some_and(|offer| offer.missing.is_none())).then(|| total.monthly())
}

fn planned(
    unit: &Unit<'_>,
    weighed: &Weighed,
    then: Option<&Offered>,
    totals: (&Total, &Total),
    index: usize,
) -> Planned {
    let choice = |offer: &Offered, total: &Total| Choice {
        target: offer.target,
        size: offer.size,
        words: offer.words.clone(),
        monthly: offer.missing.is_none().then(|| total.added(index, offer.own, &offer.shared)),
    };
    let volume = unit.question.workload.monthly_requests.as_ref();
    let mut planned = Planned {
        id: unit.id.to_owned(),
        now: weighed.now.as_ref().map(|now| choice(now, totals.0)),
        then: then.map(|then| choice(then, totals.1)),
        why: String::new(),
        excluded: weighed
            .places
            .iter()
            .filter(|place| !then.is_some_and(|then| place.is(then)))
            .filter_map(words::excluded)
            .collect(),
        unmet: Vec::new(),
        assumed_requests: volume.is_none().then_some(ASSUMED_VOLUME),
        obeyed: unit.obeyed.map(str::to_owned),
    };
    planned.why = match then {
        Some(then) => {
            let others = others(weighed, then, totals.1, index);
            let why = words::why(then, &others, totals.1.added(index, then.own, &then.shared));
            let small = weighed.now.as_ref().and_then(|now| words::too_small(now, then));
            why + &small.unwrap_or_default()
        }
        None => {
            planned.unmet = unmet(unit);
            words::nowhere(unit, &weighed.places, &planned.unmet)
        }
    };
    planned
}

/// The other targets on which a unit may run, and what each would add, cheapest first.
fn others<'a>(
    weighed: &'a Weighed,
    then: &Offered,
    total: &Total,
    index: usize,
) -> Vec<(&'a Offered, Decimal)> {
    let others = weighed.open().filter(|offer| offer.target != then.target);
    let mut others: Vec<_> =
        others.map(|offer| (offer, total.added(index, offer.own, &offer.shared))).collect();
    others.sort_by_key(|(_, added)| *added);
    others
}

/// The requirements without each of which the unit could run somewhere.
fn unmet(unit: &Unit<'_>) -> Vec<&'static str> {
    let all = unit.question.requirements;
    let names = REQUIREMENT_KEYS.iter().map(|key| key.name);
    names
        .filter(|name| {
            let rest = all.without(name);
            rest != *all && offers::is_met_with(unit, &rest)
        })
        .collect()
}

#[cfg(test)]
mod tests;
