//! The sentences of a plan.

use super::Unit;
use super::offers::{Offered, Place};
use super::sizes::Size;
use crate::feasibility::over_budget;
use crate::format;
use crate::target::Target;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// `ECS on Fargate, 2 tasks of 0.25 vCPU / 0.5 GB`
pub(super) fn place(target: &Target, size: Option<&str>) -> String {
    size.map_or_else(|| target.name.to_owned(), |size| format!("{}, {size}", target.name))
}

/// Why a unit is where it is: `ECS on Fargate, 2 tasks of 0.25 vCPU / 0.5 GB: $27.1, cheapest of 3 that fit; AWS Lambda $48.0`.
/// Amounts are what each adds while all other units are where the plan has them.
pub(super) fn why(then: &Offered, others: &[(&Offered, Decimal)], added: Decimal) -> String {
    if let Some(missing) = &then.missing {
        let place = place(then.target, then.words.as_deref());
        return format!("{place} stays: {missing}, so nothing can be compared with it");
    }
    let rank = match others.len() {
        0 => "the only one that fits".to_owned(),
        more => format!("cheapest of {} that fit", more + 1),
    };
    let mut text = format!("{}: {}, {rank}", place(then.target, then.words.as_deref()), format::money(added));
    let mut open = then.fits.reasons().iter();
    if let Some(reason) = open.next() {
        text.push_str(&format!(", though {reason}"));
        open.for_each(|reason| text.push_str(&format!(" and {reason}")));
    }
    for (place, (other, cost)) in others.iter().enumerate() {
        let gap = if place == 0 { "; " } else { ", " };
        text.push_str(&format!("{gap}{} {}", other.target.name, format::money(*cost)));
    }
    text
}

/// What has to grow although it costs more: `; 0.25 vCPU / 0.5 GB is too small for the unit`.
pub(super) fn too_small(now: &Offered, then: &Offered) -> Option<String> {
    let is_larger = match (now.size, then.size) {
        (Size::Task(now), Size::Task(then)) => then.memory_gb > now.memory_gb || then.vcpu > now.vcpu,
        (Size::Memory(now), Size::Memory(then)) => then > now,
        _ => false,
    };
    let costs_more = then.alone() > now.alone();
    (is_larger && costs_more)
        .then(|| format!("; {} is too small for the unit", now.size.words().unwrap_or_default()))
}

/// Why a unit cannot run on a target: `AWS Lambda: requests of 20 min are longer than the 15 min of AWS Lambda`.
pub(super) fn excluded(place: &Place) -> Option<String> {
    match place {
        Place::Open(_) => None,
        Place::Never(target, why) => Some(format!("{}: {why}", target.name)),
        Place::Shut(offer) => Some(format!("{}: {}", offer.target.name, against(offer).join("; "))),
    }
}

fn against(offer: &Offered) -> Vec<String> {
    let mut reasons = if offer.fits.is_ruled_out() { offer.fits.reasons().to_vec() } else { Vec::new() };
    reasons.extend(offer.missing.as_ref().map(ToString::to_string));
    reasons
}

/// What keeps a unit from running anywhere, and what comes nearest: fewest reasons against it, then the lowest price.
pub(super) fn nowhere(unit: &Unit<'_>, places: &[Place], unmet: &[&'static str]) -> String {
    let near = places.iter().filter_map(|place| match place {
        Place::Shut(offer) => Some(offer),
        Place::Open(_) | Place::Never(..) => None,
    });
    let order = |offer: &&Offered| (against(offer).len(), offer.missing.is_some(), offer.alone());
    let nearest = near.min_by_key(order).map(|offer| nearest(unit, offer));
    let what = match unmet {
        [] => "no target can do all that it requires".to_owned(),
        [one] => format!("{one} cannot be met"),
        [first, rest @ ..] => format!("{first} and {} cannot be met together", rest.join(" and ")),
    };
    nearest.map_or_else(|| what.clone(), |nearest| format!("{what}; nearest: {nearest}"))
}

/// `ECS on Fargate, 2 tasks of 0.25 vCPU / 0.5 GB at $52.0, $2.00 over max_monthly_usd`
fn nearest(unit: &Unit<'_>, offer: &Offered) -> String {
    let name = place(offer.target, offer.words.as_deref());
    if let Some(missing) = &offer.missing {
        return format!("{name}: {missing}");
    }
    let cost = offer.alone().to_f64().unwrap_or(0.0);
    let max = unit.question.requirements.max_monthly_usd.filter(|max| cost > *max);
    let over = max.map(|max| format!("{} over max_monthly_usd", format::dollars(cost - max)));
    // By how much it costs too much says more than that it does.
    let told = max.map(|max| over_budget(cost, max));
    let others = offer.fits.reasons().iter().filter(|why| told.as_ref() != Some(*why)).cloned();
    let parts: Vec<String> = over.into_iter().chain(others).collect();
    format!("{name} at {}, {}", format::dollars(cost), parts.join("; "))
}
