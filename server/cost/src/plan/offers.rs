//! What every target would cost a unit, and whether it may run there.

use super::Unit;
use super::sizes::{self, Size, Tried};
use crate::catalogue::Missing;
use crate::compare::{ASSUMED_VOLUME, Question, verdict};
use crate::estimate::{Estimate, Load, bill};
use crate::feasibility::Verdict;
use crate::requirements::Requirements;
use crate::target::{Target, targets};
use crate::total::{Bill, Facility, User};
use crate::workload::Resolved;
use rust_decimal::Decimal;

/// A target in one size.
#[derive(Debug, Clone)]
pub(super) struct Offered {
    pub(super) target: &'static Target,
    pub(super) size: Size,
    /// Number and size of instances, in words.
    pub(super) words: Option<String>,
    /// What nobody shares, US dollars a month.
    pub(super) own: Decimal,
    /// What others may pay for as well, each in full, US dollars a month.
    pub(super) shared: Vec<(Facility, Decimal)>,
    pub(super) missing: Option<Missing>,
    pub(super) fits: Verdict,
    /// 0 = what is there now, 1 = in another size, 2 = another target.
    pub(super) change: u32,
}

impl Offered {
    /// US dollars a month, were the unit alone.
    pub(super) fn alone(&self) -> Decimal {
        self.own + self.shared.iter().map(|(_, cost)| *cost).sum::<Decimal>()
    }

    pub(super) fn is_open(&self) -> bool {
        self.missing.is_none() && !self.fits.is_ruled_out()
    }
}

/// A target, and the unit's best size there.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// It may run there, at a known price.
    Open(Offered),
    /// It may not, or nobody knows what it costs.
    Shut(Offered),
    /// The compiler would not build it, or no size is large enough.
    Never(&'static Target, String),
}

impl Place {
    /// Whether it is the one that was chosen.
    pub(super) fn is(&self, chosen: &Offered) -> bool {
        matches!(self, Self::Open(offer) | Self::Shut(offer) if offer.target == chosen.target)
    }
}

/// The rows that a name can mean: the way of paying that a target has of itself, and for the present one the unit's own.
fn nameable<'a>(unit: &'a Unit<'_>) -> impl Iterator<Item = &'static Target> + 'a {
    let question = &unit.question;
    let plan = |target: &Target| if question.current == Some(target.key) { question.plan } else { "" };
    targets(question.provider).filter(move |target| target.plan == plan(target))
}

/// Every target that the project can name, in the order of the table of targets.
pub(super) fn places(unit: &Unit<'_>) -> Vec<Place> {
    let requirements = unit.question.requirements;
    let known = nameable(unit).filter_map(|target| {
        let named = unit.targets.iter().find(|named| named.key == target.key);
        match named {
            Some(named) => Some((target, named.refused.clone())),
            None => (unit.question.current == Some(target.key)).then_some((target, None)),
        }
    });
    known.map(|(target, refused)| place(unit, target, refused, requirements)).collect()
}

/// Could the unit run anywhere with these requirements instead of its own?
pub(super) fn is_met_with(unit: &Unit<'_>, requirements: &Requirements) -> bool {
    let named = nameable(unit).filter_map(|target| {
        let named = unit.targets.iter().find(|named| named.key == target.key)?;
        Some(place(unit, target, named.refused.clone(), requirements))
    });
    named.into_iter().any(|place| matches!(place, Place::Open(_)))
}

fn place(
    unit: &Unit<'_>,
    target: &'static Target,
    refused: Option<String>,
    requirements: &Requirements,
) -> Place {
    let question = Question { requirements, ..unit.question.clone() };
    let unit = Unit { question, targets: Vec::new(), ..unit.clone() };
    let tried = match refused {
        Some(why) => return Place::Never(target, why),
        None => sizes::sizes(&unit, target),
    };
    let all = match tried {
        Ok(sizes) => sizes.into_iter().map(|tried| offered(&unit, target, tried)),
        Err(why) => return Place::Never(target, why),
    };
    let order = |offer: &Offered| {
        let against = if offer.is_open() { 0 } else { 1 + offer.fits.reasons().len() };
        (against, offer.missing.is_some(), offer.alone(), offer.change)
    };
    match all.min_by_key(order) {
        Some(best) if best.is_open() => Place::Open(best),
        Some(best) => Place::Shut(best),
        None => Place::Never(target, "there is no size for it".to_owned()),
    }
}

/// What the unit runs on now.
pub(super) fn now(unit: &Unit<'_>) -> Option<Offered> {
    let target = nameable(unit).find(|target| unit.question.current == Some(target.key))?;
    let size = sizes::now(unit, target);
    Some(offered(unit, target, Tried { size, duration_ms: None }))
}

pub(super) fn offered(unit: &Unit<'_>, target: &'static Target, tried: Tried) -> Offered {
    let workload = tried.workload(unit.question.workload);
    let question = at_size(unit, &workload, &tried, target);
    let requests = workload.monthly_requests.as_ref().map_or(ASSUMED_VOLUME, |input| input.value);
    let load = Load::of(&workload, requests);
    let is_now = question.current == Some(target.key);
    let mut offer = Offered {
        target,
        size: tried.size,
        words: tried.size.words(),
        own: Decimal::ZERO,
        shared: Vec::new(),
        missing: None,
        fits: Verdict::Fits,
        change: match is_now {
            true if sizes::now(unit, target) == tried.size => 0,
            true => 1,
            false => 2,
        },
    };
    let model = (target.model)(&question.setting(), target);
    let estimate = bill(&*model, &load, question.sizing);
    offer.fits = verdict(&question, target, estimate.monthly(), Some(&model.latency(&load)));
    offer.words = model.size(&load).or(offer.words);
    split(&mut offer, unit, &estimate);
    offer
}

/// The question at a size. A cluster's fee is asked for in full, since the plan itself counts who shares it. What a project
/// states of a container goes for every target of which the plan chooses no size, and a function that the plan makes or changes
/// has what the plan states.
fn at_size<'a>(
    unit: &Unit<'a>,
    workload: &'a Resolved,
    tried: &Tried,
    target: &'static Target,
) -> Question<'a> {
    let question = unit.question.clone();
    let is_chosen = question.current != Some(target.key) || sizes::now(unit, target) != tried.size;
    let task = tried.task().or(question.task);
    let function_memory_mb = tried.memory_mb().filter(|_| is_chosen).or(question.function_memory_mb);
    Question { workload, task, function_memory_mb, units_on_cluster: 1, ..question }
}

/// Tells what is the unit's own from what others may pay for as well.
fn split(offer: &mut Offered, unit: &Unit<'_>, estimate: &Estimate) {
    let user = User { unit: unit.id, gateway: unit.gateway, target: offer.target.key };
    let bill = Bill::of(estimate);
    offer.missing = estimate.missing.first().cloned();
    offer.shared = bill.facilities(user);
    offer.own = bill.own;
}
