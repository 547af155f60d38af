//! At which volume does an always-on target become cheaper than an on-demand one?
//!
//! Capacity comes in whole instances, so the difference is no smooth curve: volumes are scanned upward in steps of
//! half a percent and the first crossing counts.

use std::cell::RefCell;

use crate::estimate::{Load, Model, Sizing, weigh};
use crate::format;

/// Lowest volume that is looked at, requests a month.
pub const FROM: f64 = 1e4;

/// Highest volume that is looked at, requests a month.
pub const TO: f64 = 1e10;

/// Factor between two looks.
pub const STEP: f64 = 1.005;

/// Where the two costs cross.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BreakEven {
    /// From here the always-on target is the cheaper one.
    At {
        /// Requests a month.
        requests: f64,
        /// Mean rate of that month, requests per second.
        mean_rps: f64,
        /// Mean requests in flight per instance that is paid for; can exceed 1 when requests overlap.
        busy_share: f64,
    },
    /// The on-demand target is the cheaper one at every volume up to [`TO`].
    Never,
    /// The always-on target is the cheaper one from [`FROM`] on.
    Always,
    /// A price is missing.
    Unknown,
}

impl BreakEven {
    /// The crossing, requests a month.
    pub fn requests(&self) -> Option<f64> {
        match self {
            Self::At { requests, .. } => Some(*requests),
            _ => None,
        }
    }
}

impl std::fmt::Display for BreakEven {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::At { requests, mean_rps, .. } => {
                let rps = format::plain(format::significant(*mean_rps, 2));
                write!(f, "{} req/month ({rps} rps)", format::count(*requests))
            }
            Self::Never => write!(f, "none up to {} req/month", format::count(TO)),
            Self::Always => write!(f, "cheaper from {} req/month on", format::count(FROM)),
            Self::Unknown => f.write_str("unknown, a price is missing"),
        }
    }
}

/// What a target costs at each step, looked up once however many rivals it is held against.
pub(crate) struct Curve<'a> {
    model: &'a dyn Model,
    load: &'a Load,
    sizing: Sizing,
    /// Costs by step; not a number where nobody asked yet.
    costs: RefCell<Vec<f64>>,
    /// Is every price known?
    is_priced: bool,
}

impl<'a> Curve<'a> {
    /// Costs of `model` over all volumes, with the traffic of `load` otherwise.
    pub(crate) fn of(model: &'a dyn Model, load: &'a Load, sizing: Sizing) -> Self {
        let first = weigh(model, &load.with_requests(volume(0)), sizing);
        let mut costs = vec![f64::NAN; steps() + 1];
        if let (Some(cost), Some(place)) = (first, costs.first_mut()) {
            *place = cost;
        }
        Self { model, load, sizing, costs: RefCell::new(costs), is_priced: first.is_some() }
    }

    fn cost(&self, step: usize) -> f64 {
        let known = self.costs.borrow().get(step).copied().filter(|cost| !cost.is_nan());
        known.unwrap_or_else(|| {
            let load = self.load.with_requests(volume(step));
            let cost = weigh(self.model, &load, self.sizing).unwrap_or(f64::INFINITY);
            if let Some(place) = self.costs.borrow_mut().get_mut(step) {
                *place = cost;
            }
            cost
        })
    }

    /// The first volume at which `rival` is cheaper. Both costs grow with volume, so a stretch whose dearest month here is
    /// still no dearer than its cheapest month there holds no crossing and needs no closer look.
    pub(crate) fn crossing(&self, rival: &Curve<'_>) -> BreakEven {
        if !self.is_priced || !rival.is_priced {
            return BreakEven::Unknown;
        }
        if self.cost(0) > rival.cost(0) {
            return BreakEven::Always;
        }
        // Stretches that are still to be looked at, the lowest last: from a step that holds no crossing to another.
        let mut open = vec![(0, steps())];
        while let Some((from, to)) = open.pop() {
            if self.cost(to) <= rival.cost(from) {
                continue;
            }
            if to - from > 1 {
                let middle = usize::midpoint(from, to);
                open.extend([(middle, to), (from, middle)]);
            } else if self.cost(to) > rival.cost(to) {
                return rival.at(to);
            }
        }
        BreakEven::Never
    }

    fn at(&self, step: usize) -> BreakEven {
        let load = self.load.with_requests(volume(step));
        let in_flight = load.mean_rate() * load.duration_s;
        let instances = self.model.fleet(&load).map_or(1.0, |fleet| fleet.mean(self.sizing)).max(1e-9);
        BreakEven::At {
            requests: load.requests,
            mean_rps: load.mean_rate(),
            busy_share: in_flight / instances,
        }
    }
}

fn steps() -> usize {
    ((TO / FROM).ln() / STEP.ln()).ceil() as usize
}

fn volume(step: usize) -> f64 {
    (FROM * STEP.powi(step as i32)).min(TO)
}
