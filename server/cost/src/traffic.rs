//! Queueing arithmetic: rates, requests in flight, instance time with work on it, and the share of cold requests.
//!
//! Rates are requests per second, durations seconds. Formulas and vectors: Little's law; Poisson occupancy for billed
//! instance time; Erlang B for how deep the stack of warm environments is used.

/// Hours of a month, the convention of every provider's calculator.
pub const HOURS_PER_MONTH: f64 = 730.0;

/// Days of that month.
pub const DAYS_PER_MONTH: f64 = HOURS_PER_MONTH / 24.0;

/// How long Lambda keeps an idle environment, seconds (5 to 7 minutes were measured).
pub const LAMBDA_IDLE_S: f64 = 360.0;

/// How long Cloud Run and Cloud Functions keep an idle instance, seconds (up to 15 minutes, by their documentation).
pub const CLOUD_RUN_IDLE_S: f64 = 900.0;

/// How long Azure Functions keeps an idle instance, seconds (20 to 30 minutes were measured on Consumption).
pub const AZURE_FUNCTIONS_IDLE_S: f64 = 1_200.0;

/// How long Container Apps waits before it scales to zero, seconds.
pub const CONTAINER_APPS_IDLE_S: f64 = 300.0;

/// Beyond so many requests in flight the exact cold share (below 0.003%) is replaced by a bound that needs no loop.
const MANY_IN_FLIGHT: f64 = 100.0;

/// How often a busy environment is replaced ("every few hours"), per hour.
const RECYCLES_PER_HOUR: f64 = 1.0 / 3.0;

/// The mean rate of each hour of the day, requests per second.
pub fn hourly_rates(monthly_requests: f64, shares: &[f64; 24]) -> [f64; 24] {
    shares.map(|share| monthly_requests * share / (DAYS_PER_MONTH * 3_600.0))
}

/// Little's law: the mean number of requests in flight.
pub fn in_flight(rate: f64, duration_s: f64) -> f64 {
    rate * duration_s
}

/// The highest rate that capacity has to meet: the busiest hour times the burst within it.
pub fn peak_rate(rates: &[f64; 24], burst: f64) -> f64 {
    burst * rates.iter().copied().fold(0.0, f64::max)
}

/// Beyond so many requests in flight per squared slot the mean number of busy instances is a straight line: the count
/// then spreads over so many instances that the rounding up of the last one averages out to within 0.01%.
const STRAIGHT_FROM: f64 = 1.0 / 3.0;

/// From here on to there that line is taken whatever the slots are, requests in flight.
const STRAIGHT_BOUNDS: (f64, f64) = (200.0, 50_000.0);

/// Weights of counts below this share of the most likely one do not matter.
const NEGLIGIBLE: f64 = 1e-14;

/// Mean number of instances that hold at least one request, when each takes `slots` of them: what request-based
/// container platforms bill. The number in flight is Poisson with mean `rho`.
pub fn busy_instances(rho: f64, slots: f64) -> f64 {
    Occupancy::new(slots).busy(rho)
}

/// How many instances are busy when each takes a number of requests at once; made once for many rates.
#[derive(Debug, Clone, Copy)]
pub struct Occupancy {
    slots: f64,
    /// Where the straight line begins and how many are busy there, once somebody needed it.
    line: Option<(f64, f64)>,
}

impl Occupancy {
    /// Instances that take `slots` requests at once, at least 1.
    pub fn new(slots: f64) -> Self {
        Self { slots: if slots.is_finite() { slots.max(1.0) } else { 1.0 }, line: None }
    }

    /// Mean number of busy instances with `rho` requests in flight.
    pub fn busy(&mut self, rho: f64) -> f64 {
        self.beyond(rho, 0.0)
    }

    /// Mean number of busy instances beyond the first `kept`.
    pub fn beyond(&mut self, rho: f64, kept: f64) -> f64 {
        if rho <= 0.0 || !rho.is_finite() {
            return 0.0;
        }
        if self.slots == 1.0 && kept <= 0.0 {
            return rho;
        }
        let (from, spread) = (self.straight_from(), 6.0 * rho.sqrt());
        let is_clear = rho - kept * self.slots > spread;
        if rho > from && (kept <= 0.0 || is_clear || rho > 1e6) {
            let (from, busy) = *self.line.get_or_insert_with(|| (from, sum(from, self.slots, 0.0)));
            return (busy + (rho - from) / self.slots - kept.max(0.0)).max(0.0);
        }
        sum(rho, self.slots, kept.max(0.0))
    }

    fn straight_from(&self) -> f64 {
        (self.slots * self.slots * STRAIGHT_FROM).clamp(STRAIGHT_BOUNDS.0, STRAIGHT_BOUNDS.1)
    }
}

/// The mean of `ceil(n / slots) - kept`, where that is positive, over a Poisson count with mean `rho`.
fn sum(rho: f64, slots: f64, kept: f64) -> f64 {
    let instances = |n: f64| (n / slots - 1e-9).ceil();
    // Weights relative to the most likely count, outward both ways: no factorial, no underflow.
    let mode = rho.floor();
    let (mut total, mut busy) = (1.0, (instances(mode) - kept).max(0.0));
    let (mut weight, mut n) = (1.0, mode);
    let mut held = instances(mode);
    while weight > NEGLIGIBLE {
        n += 1.0;
        weight *= rho / n;
        if n > held * slots + 1e-9 {
            held = instances(n);
        }
        total += weight;
        busy += weight * (held - kept).max(0.0);
    }
    (weight, n, held) = (1.0, mode, instances(mode));
    while n > 0.0 && weight > NEGLIGIBLE {
        weight *= n / rho;
        n -= 1.0;
        if n <= (held - 1.0) * slots + 1e-9 {
            held = instances(n);
        }
        total += weight;
        busy += weight * (held - kept).max(0.0);
    }
    busy / total
}

/// Erlang B: the share of requests that find all of `servers` busy, with `rho` requests in flight.
pub fn blocked_share(servers: u32, rho: f64) -> f64 {
    if rho <= 0.0 || !rho.is_finite() {
        return if servers == 0 { 1.0 } else { 0.0 };
    }
    // The recursion runs on 1/B, which grows from 1; it may grow beyond any number, and the share is then zero.
    let mut inverse = 1.0;
    for place in 1..=servers {
        inverse = 1.0 + f64::from(place) / rho * inverse;
        if inverse > 1e15 {
            return 0.0;
        }
    }
    1.0 / inverse
}

/// The share of requests that find no warm environment at a steady rate. `idle_s` is how long an idle environment
/// lives, `warm` how many are kept regardless. An approximation: overflow is burstier than it assumes, so the order
/// of magnitude holds and no more.
pub fn cold_share(rate: f64, duration_s: f64, idle_s: f64, warm: u32) -> f64 {
    let rho = rate * duration_s;
    if rate <= 0.0 || !rho.is_finite() {
        return if warm == 0 { 1.0 } else { 0.0 };
    }
    if rho > MANY_IN_FLIGHT {
        return (1.0 / (rate * idle_s)).min(1.0);
    }
    // The recursion runs on 1/B, which takes a product and a sum per step: scans call this for every hour and volume.
    // Environments that stay busy enough to be never cold (60 mean requests within the idle time) need no exponential.
    let (per_rho, offered) = (1.0 / rho, rate * idle_s);
    let (mut inverse, mut place, mut share): (f64, f64, f64) = (1.0, 0.0, 0.0);
    while place < f64::from(warm) || inverse * 60.0 < offered {
        place += 1.0;
        inverse = 1.0 + place * per_rho * inverse;
        if inverse > 1e15 {
            return share;
        }
    }
    let mut blocked = 1.0 / inverse;
    while offered * blocked > 1e-4 {
        place += 1.0;
        inverse = 1.0 + place * per_rho * inverse;
        let next = 1.0 / inverse;
        share += (blocked - next) * (-offered * blocked).exp();
        blocked = next;
    }
    // All deeper environments are practically always cold; together they serve what is left.
    share + blocked
}

/// The share of cold requests over a month: steady state in every hour, and on top the environments that a ramp adds
/// and those that are recycled while busy.
pub fn monthly_cold_share(rates: &[f64; 24], duration_s: f64, idle_s: f64, warm: u32) -> f64 {
    let per_day: f64 = rates.iter().map(|rate| rate * 3_600.0).sum();
    if per_day <= 0.0 {
        return if warm == 0 { 1.0 } else { 0.0 };
    }
    let steady = steady_cold_share(rates, duration_s, idle_s, warm);
    (steady + disturbed(rates, duration_s, warm) / per_day).clamp(0.0, 1.0)
}

/// The same where an instance takes `slots` requests at once. Requests that share an instance arrive as one group:
/// there are as many groups in flight as instances are busy.
pub fn shared_cold_share(
    rates: &[f64; 24],
    duration_s: f64,
    idle_s: f64,
    warm: u32,
    occupancy: &mut Occupancy,
) -> f64 {
    if duration_s <= 0.0 {
        return monthly_cold_share(rates, duration_s, idle_s, warm);
    }
    let groups = rates.map(|rate| occupancy.busy(in_flight(rate, duration_s)) / duration_s);
    monthly_cold_share(&groups, duration_s, idle_s, warm)
}

/// The request-weighted mean of [`cold_share`] over the day, without ramps and recycling.
pub fn steady_cold_share(rates: &[f64; 24], duration_s: f64, idle_s: f64, warm: u32) -> f64 {
    let total: f64 = rates.iter().sum();
    if total <= 0.0 {
        return if warm == 0 { 1.0 } else { 0.0 };
    }
    let share = |rate| rate * cold_share(rate, duration_s, idle_s, warm);
    over_hours(rates, share) / total
}

/// The sum of `value` over the hours of a day. Hours are often alike, in flat traffic all of them: each rate is
/// looked at once.
pub fn over_hours(rates: &[f64; 24], mut value: impl FnMut(f64) -> f64) -> f64 {
    let mut sorted = *rates;
    sorted.sort_unstable_by(f64::total_cmp);
    let (mut sum, mut last) = (0.0, (f64::NAN, 0.0));
    for rate in sorted {
        // Mirrored hours of a curve differ in the last bits only.
        if (rate - last.0).abs() > 1e-12 * rate.abs() || last.0.is_nan() {
            last = (rate, value(rate));
        }
        sum += last.1;
    }
    sum
}

/// Cold starts per day caused by ramps between hours and by recycling.
fn disturbed(rates: &[f64; 24], duration_s: f64, warm: u32) -> f64 {
    let rho = rates.map(|rate| in_flight(rate, duration_s));
    // Environments in use, with two standard deviations of a Poisson count above the mean.
    let depth = rho.map(|rho| (rho + 2.0 * rho.sqrt() - f64::from(warm)).max(0.0));
    let before = depth.iter().cycle().skip(23);
    let ramps: f64 = depth.iter().zip(before).map(|(now, before)| (now - before).max(0.0)).sum();
    ramps + rho.iter().sum::<f64>() * RECYCLES_PER_HOUR
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::Shape;

    fn close(actual: f64, expected: f64) {
        let off = (actual - expected).abs() / expected;
        assert!(off < 5e-6, "{actual} is not {expected}");
    }

    #[test]
    fn published_vectors_of_billed_instances() {
        let cases = [
            (0.01, 48.0, 0.009_950),
            (0.5, 48.0, 0.393_469),
            (5.0, 1.0, 5.0),
            (5.0, 48.0, 0.993_262),
            (60.0, 48.0, 1.934_993),
            (200.0, 48.0, 4.701_756),
        ];
        for (rho, slots, expected) in cases {
            assert!((busy_instances(rho, slots) - expected).abs() < 1e-6, "{rho} {slots}");
        }
    }

    #[test]
    fn published_vectors_of_cold_shares() {
        let cases = [
            (1.0 / 3600.0, 0.1, 0, 0.904_840),
            (1.0 / 600.0, 0.1, 0, 0.548_887),
            (1.0 / 60.0, 0.1, 0, 0.004_122_01),
            (1.0, 0.1, 0, 0.001_000_94),
            (1.0, 1.0, 0, 0.001_331_48),
            (10.0, 0.1, 0, 0.000_127_601),
            (10.0, 1.0, 0, 0.000_189_585),
            (100.0, 0.1, 0, 0.000_018_079_0),
            (1.0 / 3600.0, 0.1, 1, 0.000_027_776_9),
        ];
        for (rate, duration, warm, expected) in cases {
            close(cold_share(rate, duration, 360.0, warm), expected);
        }
    }

    /// The line is a shortcut: before and after it begins, the sum says the same.
    #[test]
    fn the_straight_line_continues_the_sum() {
        for slots in [1.0, 2.4, 6.0, 19.2, 48.0, 60.0] {
            let mut occupancy = Occupancy::new(slots);
            for rho in [1.0, 150.0, 199.0, 201.0, 700.0, 800.0, 1_500.0, 5_000.0] {
                let (quick, exact) = (occupancy.busy(rho), sum(rho, slots, 0.0));
                assert!((quick - exact).abs() < 1e-3 * exact, "{slots} {rho}: {quick} is not {exact}");
            }
        }
    }

    #[test]
    fn kept_instances_serve_first() {
        let mut occupancy = Occupancy::new(4.0);
        for rho in [0.1, 3.0, 40.0, 900.0] {
            let mut last = occupancy.busy(rho);
            for kept in 1..40 {
                let beyond = occupancy.beyond(rho, f64::from(kept));
                assert!(beyond <= last && beyond >= 0.0 && last - beyond <= 1.0 + 1e-9, "{rho} {kept}");
                last = beyond;
            }
        }
        assert_eq!(occupancy.beyond(0.5, 30.0), 0.0);
    }

    #[test]
    fn erlang_b_is_what_tables_say() {
        for (servers, rho, share) in [(0, 3.0, 1.0), (1, 1.0, 0.5), (2, 1.0, 0.2), (10, 5.0, 0.018_385)] {
            assert!((blocked_share(servers, rho) - share).abs() < 1e-6, "{servers} {rho}");
        }
        assert_eq!((blocked_share(0, 0.0), blocked_share(5, 0.0)), (1.0, 0.0));
        assert_eq!(blocked_share(10_000, 1.0), 0.0);
    }

    /// Without sharing a group is a request; with lone requests it is one as well.
    #[test]
    fn groups_are_between_requests_and_full_instances() {
        let rates = [0.01; 24];
        let share = |slots| shared_cold_share(&rates, 0.1, 900.0, 0, &mut Occupancy::new(slots));
        close(share(1.0), monthly_cold_share(&rates, 0.1, 900.0, 0));
        assert!((share(48.0) / share(1.0) - 1.0).abs() < 0.01);
    }

    #[test]
    fn cold_shares_stay_shares() {
        for rate in [0.0, 1e-12, 1e-3, 1.0, 999.0, 1001.0, 1e9, f64::INFINITY] {
            for duration in [1e-6, 0.1, 900.0] {
                let share = cold_share(rate, duration, 360.0, 0);
                assert!((0.0..=1.0).contains(&share), "{rate} {duration} {share}");
            }
        }
    }

    #[test]
    fn a_day_of_traffic_adds_up_to_the_month() {
        let rates = hourly_rates(1e7, &Shape::Commute.shares());
        let month: f64 = rates.iter().map(|rate| rate * 3_600.0 * DAYS_PER_MONTH).sum();
        assert!((month - 1e7).abs() < 1e-3);
        assert!((peak_rate(&rates, 1.0) - 16.5).abs() < 0.1);
        assert!(monthly_cold_share(&rates, 0.08, 360.0, 0) > steady_cold_share(&rates, 0.08, 360.0, 0));
    }
}
