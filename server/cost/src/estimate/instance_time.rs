//! Billed instance time of platforms that charge an instance while at least one request is on it.

use super::{Line, Load};
use crate::format::{plain, significant};
use crate::traffic::{DAYS_PER_MONTH, Occupancy, over_hours};

/// Seconds of one hour of the day, over a month.
const HOUR_OF_MONTH_S: f64 = 3_600.0 * DAYS_PER_MONTH;

/// Instance-seconds of a month.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct InstanceTime {
    /// With work, on instances that are kept ready anyway.
    pub kept_busy_s: f64,
    /// With work, on instances beyond those.
    pub other_busy_s: f64,
    /// Without work, on instances that are kept ready.
    pub idle_s: f64,
}

/// Requests that one instance takes at once: its concurrency at the utilisation it aims at, and no more than its CPU
/// can work on, which platforms scale by as well. One request at a time is one.
pub fn slots(load: &Load, vcpu: f64) -> f64 {
    if load.concurrency <= 1.0 {
        return 1.0;
    }
    let by_cpu = load.utilization * vcpu * load.duration_s / load.cpu_s.max(1e-9);
    (load.concurrency * load.utilization).min(by_cpu).max(1.0)
}

/// `duration_s` in whole billing steps, at least `least_s`.
pub fn billed_s(duration_s: f64, step_s: f64, least_s: f64) -> f64 {
    // A hair above a step is that step: durations are floats.
    ((duration_s / step_s - 1e-9).ceil() * step_s).max(least_s)
}

/// `lines`, of which the first that says where its quantity comes from also says where the instance time does.
pub(crate) fn told<'rates>(
    mut lines: Vec<Line<'rates>>,
    load: &Load,
    billed_s: f64,
    slots: f64,
) -> Vec<Line<'rates>> {
    if let Some(line) = lines.iter_mut().find(|line| !line.how.is_empty()) {
        line.how = format!("{} ({})", line.how, explained(load, billed_s, slots));
    }
    lines
}

/// The formula of [`InstanceTime::of`] with its figures, in one line.
fn explained(load: &Load, billed_s: f64, slots: f64) -> String {
    let in_flight = load.rates().map(|rate| significant(rate * billed_s, 2));
    let least = in_flight.iter().copied().fold(f64::INFINITY, f64::min);
    let most = in_flight.iter().copied().fold(0.0, f64::max);
    let range = if least < most { format!("{}-{}", plain(least), plain(most)) } else { plain(most) };
    let bound = match load.concurrency {
        one if one <= 1.0 => "",
        many if slots + 1e-9 < many * load.utilization => ", bound by CPU",
        _ => ", bound by concurrency",
    };
    let slots = plain(significant(slots, 3));
    format!(
        "sum over hours of I(rho) x 3,600 s x {DAYS_PER_MONTH:.1} days, {range} requests in flight, {slots} at once \
         per instance{bound}"
    )
}

impl InstanceTime {
    /// The time that `load` takes when a request is billed for `billed_s` and instances take `slots` of them, of which
    /// `kept` are always ready.
    pub fn of(load: &Load, billed_s: f64, slots: f64, kept: u32) -> Self {
        let kept = f64::from(kept);
        let rates = load.rates();
        let mut occupancy = Occupancy::new(slots);
        let busy_s = over_hours(&rates, |rate| occupancy.busy(rate * billed_s)) * HOUR_OF_MONTH_S;
        if kept <= 0.0 {
            return Self { other_busy_s: busy_s, ..Self::default() };
        }
        let beyond = over_hours(&rates, |rate| occupancy.beyond(rate * billed_s, kept));
        let other_busy_s = (beyond * HOUR_OF_MONTH_S).min(busy_s);
        let kept_busy_s = busy_s - other_busy_s;
        let idle_s = (kept * 24.0 * HOUR_OF_MONTH_S - kept_busy_s).max(0.0);
        Self { kept_busy_s, other_busy_s, idle_s }
    }

    /// All time with work.
    pub fn busy_s(&self) -> f64 {
        self.kept_busy_s + self.other_busy_s
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::{Shape, resolve};

    fn steady(rate: f64) -> Load {
        let mut load = Load::of(&resolve(&[]), rate * 24.0 * HOUR_OF_MONTH_S);
        load.shares = Shape::Flat.shares();
        load
    }

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() <= 1e-6 * expected.abs().max(1.0), "{actual} is not {expected}");
    }

    /// The vectors of the model over a whole month.
    #[test]
    fn a_month_of_billed_instances() {
        for (rho, slots, busy) in [(0.5, 48.0, 0.393_469), (5.0, 48.0, 0.993_262), (200.0, 48.0, 4.701_756)] {
            let time = InstanceTime::of(&steady(rho / 0.1), 0.1, slots, 0);
            assert!((time.busy_s() / 2_628_000.0 - busy).abs() < 1e-6, "{rho}");
        }
    }

    #[test]
    fn kept_instances_are_busy_or_idle() {
        for rho in [0.0, 0.5, 5.0, 200.0] {
            let (none, three) = (
                InstanceTime::of(&steady(rho / 0.1), 0.1, 4.0, 0),
                InstanceTime::of(&steady(rho / 0.1), 0.1, 4.0, 3),
            );
            close(three.busy_s(), none.busy_s());
            close(three.kept_busy_s + three.idle_s, 3.0 * 2_628_000.0);
        }
    }

    #[test]
    fn slots_are_bound_by_concurrency_or_by_cpu() {
        let mut load = steady(1.0);
        (load.concurrency, load.utilization, load.duration_s, load.cpu_s) = (80.0, 0.6, 0.1, 0.001);
        close(slots(&load, 1.0), 48.0);
        load.cpu_s = 0.025;
        close(slots(&load, 1.0), 2.4);
        close(slots(&load, 0.1), 1.0);
        load.concurrency = 1.0;
        close(slots(&load, 8.0), 1.0);
    }

    #[test]
    fn the_formula_is_told_with_its_figures() {
        let mut load = steady(2.0);
        (load.concurrency, load.utilization, load.duration_s, load.cpu_s) = (80.0, 0.6, 0.1, 0.025);
        let text = explained(&load, 0.1, slots(&load, 1.0));
        let wanted = "sum over hours of I(rho) x 3,600 s x 30.4 days, 0.2 requests in flight, 2.4 at once per \
                      instance, bound by CPU";
        assert_eq!(text, wanted);
    }

    #[test]
    fn durations_are_billed_in_whole_steps() {
        for (ms, billed) in [(80.0, 0.1), (100.0, 0.1), (240.0, 0.3), (3_600.0, 3.6)] {
            close(billed_s(ms / 1_000.0, 0.1, 0.0), billed);
        }
        close(billed_s(0.24, 0.1, 1.0), 1.0);
        close(billed_s(0.0, 0.1, 0.0), 0.0);
    }
}
