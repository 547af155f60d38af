//! How many instances an always-on target needs, hour by hour.

use super::size::TaskSize;
use super::{Load, Sizing};
use crate::format::quantity;
use crate::traffic::HOURS_PER_MONTH;

/// Whole instances for each hour of the day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fleet {
    /// Instances that each hour needs.
    pub hours: [f64; 24],
}

/// Requests per second that one instance with `vcpu` vCPUs serves at the utilisation it aims at: bound by CPU time, or
/// by the requests it takes at once.
pub fn capacity(load: &Load, vcpu: f64) -> f64 {
    let cpu_bound = load.utilization * vcpu / load.cpu_s.max(1e-9);
    let slot_bound = load.utilization * load.concurrency / load.duration_s.max(1e-9);
    cpu_bound.min(slot_bound).max(1e-12)
}

impl Fleet {
    /// The fleet that serves `load` with instances of `vcpu` vCPUs.
    pub fn of(load: &Load, vcpu: f64) -> Self {
        let one = capacity(load, vcpu);
        // A hair below the next whole number is that number: rates are floats.
        let needed = |rate: f64| (load.burst * rate / one - 1e-9).ceil().max(load.min_instances).max(0.0);
        Self { hours: load.rates().map(needed) }
    }

    /// The same fleet counted in machines that each hold `per_machine` instances.
    pub fn machines(&self, per_machine: f64) -> Self {
        Self { hours: self.hours.map(|count| (count / per_machine.max(1.0)).ceil()) }
    }

    /// Number and size at the peak, in words: `2 tasks of 0.5 vCPU / 1 GB`.
    pub(crate) fn in_words(&self, noun: &str, size: TaskSize) -> String {
        let plural = if self.peak() == 1.0 { "" } else { "s" };
        format!("{} {noun}{plural} of {size}", quantity(self.peak()))
    }

    /// Instances of the busiest hour.
    pub fn peak(&self) -> f64 {
        self.hours.iter().copied().fold(0.0, f64::max)
    }

    /// Mean number of instances over the day under a sizing.
    pub fn mean(&self, sizing: Sizing) -> f64 {
        match sizing {
            Sizing::Peak => self.peak(),
            Sizing::Autoscaled => self.hours.iter().sum::<f64>() / 24.0,
            Sizing::AutoscaledAhead => self.ahead().iter().sum::<f64>() / 24.0,
        }
    }

    /// Instance-hours a month under a sizing.
    pub fn monthly_hours(&self, sizing: Sizing) -> f64 {
        self.mean(sizing) * HOURS_PER_MONTH
    }

    /// Each hour's instances when a ramp that one scaling step cannot follow is met an hour early. One step at most
    /// doubles a fleet, which is what target tracking and the pod autoscaler do between two looks.
    fn ahead(&self) -> [f64; 24] {
        std::array::from_fn(|hour| {
            let (now, next) = (self.hours[hour], self.hours[(hour + 1) % 24]);
            if next > 2.0 * now.max(1.0) { next } else { now }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::{Shape, resolve};

    fn story(requests: f64) -> Load {
        let mut load = Load::of(&resolve(&[]), requests);
        load.shares = Shape::Commute.shares();
        (load.duration_s, load.cpu_s) = (0.08, 0.02);
        load
    }

    #[test]
    fn instances_are_whole_and_follow_the_hours() {
        for (requests, peak) in [(1e6, 2.0), (10e6, 2.0), (30e6, 5.0), (100e6, 17.0)] {
            let fleet = Fleet::of(&story(requests), 0.5);
            assert_eq!(fleet.peak(), peak, "{requests}");
            assert_eq!(fleet.hours[8], peak);
            assert!(fleet.hours.iter().all(|count| *count >= 2.0 && count.fract() == 0.0));
        }
    }

    #[test]
    fn capacity_is_bound_by_cpu_or_by_slots() {
        let mut load = story(1e6);
        assert!((capacity(&load, 0.5) - 15.0).abs() < 1e-9);
        load.concurrency = 1.0;
        assert!((capacity(&load, 0.5) - 7.5).abs() < 1e-9);
    }

    #[test]
    fn capacity_exists_before_the_rush() {
        let fleet = Fleet::of(&story(1e8), 0.5);
        assert!(fleet.mean(Sizing::Autoscaled) < fleet.mean(Sizing::AutoscaledAhead));
        assert!(fleet.mean(Sizing::AutoscaledAhead) < fleet.mean(Sizing::Peak));
    }

    #[test]
    fn machines_hold_several_instances() {
        let fleet = Fleet { hours: [5.0; 24] };
        assert_eq!(fleet.machines(2.0).peak(), 3.0);
        assert_eq!(fleet.machines(0.0).peak(), 5.0);
    }
}
