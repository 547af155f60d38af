//! At which volume does an always-on target become cheaper than an on-demand one?
//!
//! Capacity comes in whole instances, so the difference is no smooth curve: volumes are scanned upward in steps of
//! half a percent and the first crossing counts.

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

/// Steps that are looked at together. Both costs grow with volume, so a stretch whose dearest on-demand month is still
/// below its cheapest always-on month holds no crossing and needs no closer look.
const STRETCH: usize = 16;

/// What an on-demand target costs at the end of every stretch, so that several rivals are held against one scan.
pub(crate) struct Curve<'a> {
    model: &'a dyn Model,
    load: &'a Load,
    /// Costs at steps 0, `STRETCH`, twice that, ...; `None` = a price is missing.
    ends: Option<Vec<f64>>,
}

impl<'a> Curve<'a> {
    /// Costs of `model` over all volumes, with the traffic of `load` otherwise.
    pub(crate) fn of(model: &'a dyn Model, load: &'a Load) -> Self {
        let cost = |step| weigh(model, &load.with_requests(volume(step)), Sizing::Peak);
        let ends = (0..=steps().div_ceil(STRETCH)).map(|end| cost(end * STRETCH)).collect();
        Self { model, load, ends }
    }

    /// The first volume at which `rival` is cheaper, for the traffic that the curve was made with.
    pub(crate) fn crossing(&self, rival: &dyn Model, sizing: Sizing) -> BreakEven {
        let Some(ends) = &self.ends else { return BreakEven::Unknown };
        let other = |step| weigh(rival, &self.load.with_requests(volume(step)), sizing);
        for (place, cost) in ends.iter().enumerate() {
            let last = place * STRETCH;
            let first = last.saturating_sub(STRETCH);
            let Some(cheapest) = other(first) else { return BreakEven::Unknown };
            if *cost <= cheapest {
                continue;
            }
            let crossed = (first..=last).find(|&step| self.is_dearer(step, rival, sizing));
            match crossed {
                Some(0) => return BreakEven::Always,
                Some(step) => return at(rival, &self.load.with_requests(volume(step)), sizing),
                None => {}
            }
        }
        BreakEven::Never
    }

    fn is_dearer(&self, step: usize, rival: &dyn Model, sizing: Sizing) -> bool {
        let load = self.load.with_requests(volume(step));
        let costs = weigh(self.model, &load, Sizing::Peak).zip(weigh(rival, &load, sizing));
        costs.is_some_and(|(on_demand, always_on)| on_demand > always_on)
    }
}

fn steps() -> usize {
    ((TO / FROM).ln() / STEP.ln()).ceil() as usize
}

fn volume(step: usize) -> f64 {
    (FROM * STEP.powi(step as i32)).min(TO)
}

fn at(rival: &dyn Model, load: &Load, sizing: Sizing) -> BreakEven {
    let in_flight = load.mean_rate() * load.duration_s;
    let instances = rival.fleet(load).map_or(1.0, |fleet| fleet.mean(sizing)).max(1e-9);
    BreakEven::At { requests: load.requests, mean_rps: load.mean_rate(), busy_share: in_flight / instances }
}
