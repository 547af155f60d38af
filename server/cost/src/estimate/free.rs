//! Free tiers: what a provider gives to every account. No single unit may count on one, so they are an option.

use rust_decimal::prelude::ToPrimitive;

use crate::catalogue::{Missing, catalogue};
use crate::schedule::Schedule;

/// How many of `what` a service gives away per month, 0 when nothing is known.
pub fn allowance(provider: &str, service: &str, what: &str) -> f64 {
    catalogue().free(provider, service, what).and_then(|amount| amount.to_f64()).unwrap_or(0.0)
}

/// How many units a credit pays for that is worth `units` at the prices of another region.
///
/// Cloud Run gives its free tier as money, at the prices of the cheaper regions; elsewhere the same money buys less.
pub(crate) fn credited(
    units: f64,
    there: &Result<Schedule, Missing>,
    here: &Result<Schedule, Missing>,
) -> f64 {
    let amount = |schedule: &Result<Schedule, Missing>| {
        schedule.as_ref().ok().and_then(Schedule::first).and_then(|rate| rate.amount.to_f64())
    };
    match (amount(there), amount(here)) {
        (Some(there), Some(here)) if here > 0.0 => units * there / here,
        _ => 0.0,
    }
}
