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

/// Mean number of instances that hold at least one request, when each takes `slots` of them: what request-based
/// container platforms bill. The number in flight is Poisson with mean `rho`.
pub fn busy_instances(rho: f64, slots: f64) -> f64 {
    let slots = slots.max(1.0);
    if rho <= 0.0 || !rho.is_finite() {
        return 0.0;
    }
    if rho > 1e6 {
        return rho / slots + 0.5;
    }
    let (mut weight_sum, mut instance_sum) = (0.0, 0.0);
    let mut add = |n: f64, weight: f64| {
        weight_sum += weight;
        instance_sum += weight * (n / slots).ceil();
    };
    // Weights relative to the most likely count, outward both ways: no factorial, no underflow.
    let mode = rho.floor();
    add(mode, 1.0);
    let mut weight = 1.0;
    let mut n = mode;
    while weight > 1e-18 {
        n += 1.0;
        weight *= rho / n;
        add(n, weight);
    }
    weight = 1.0;
    n = mode;
    while n > 0.0 && weight > 1e-18 {
        weight *= n / rho;
        n -= 1.0;
        add(n, weight);
    }
    instance_sum / weight_sum
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
    (steady + disturbed(rates, duration_s, warm) / per_day).min(1.0)
}

/// The request-weighted mean of [`cold_share`] over the day, without ramps and recycling.
pub fn steady_cold_share(rates: &[f64; 24], duration_s: f64, idle_s: f64, warm: u32) -> f64 {
    let total: f64 = rates.iter().sum();
    if total <= 0.0 {
        return if warm == 0 { 1.0 } else { 0.0 };
    }
    let (mut sum, mut last) = (0.0, (f64::NAN, 0.0));
    for &rate in rates {
        // Neighbouring hours are often alike, in flat traffic all of them.
        if last.0 != rate {
            last = (rate, cold_share(rate, duration_s, idle_s, warm));
        }
        sum += rate * last.1;
    }
    sum / total
}

/// Cold starts per day caused by ramps between hours and by recycling.
fn disturbed(rates: &[f64; 24], duration_s: f64, warm: u32) -> f64 {
    let rho = rates.map(|rate| in_flight(rate, duration_s));
    // Environments in use, with two standard deviations of a Poisson count above the mean.
    let depth = rho.map(|rho| (rho + 2.0 * rho.sqrt() - f64::from(warm)).max(0.0));
    let ramps: f64 = (0..24).map(|hour| (depth[hour] - depth[(hour + 23) % 24]).max(0.0)).sum();
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
