//! Cloud Functions: generation 2 is Cloud Run with functions in it, generation 1 bills each execution.

use super::cloud_run::{Billing, RunRates, STEP_S, cold_latency, range_note};
use super::entry::Around;
use super::free::allowance;
use super::instance_time::{InstanceTime, billed_s, slots};
use super::size::{CLOUD_FUNCTIONS, TaskSize};
use super::{Latency, Line, Load, Model, Setting, Sizing};
use crate::catalogue::Missing;
use crate::coldstart::{self, StartRange};
use crate::format::{count, plain};
use crate::schedule::Schedule;
use crate::target::Target;
use crate::traffic::CLOUD_RUN_IDLE_S;

/// Requests that an instance of generation 2 takes at once unless somebody says otherwise.
const USUAL_CONCURRENCY: f64 = 1.0;

struct Gen2 {
    target: &'static Target,
    rates: RunRates,
    around: Around,
    range: Option<StartRange>,
    setting: Setting,
}

/// The cost model of generation 2 in a setting.
pub(crate) fn gen2(setting: &Setting, target: &'static Target) -> Box<dyn Model> {
    Box::new(Gen2 {
        target,
        rates: RunRates::of(&setting.region, Billing::Request),
        around: Around::of(setting, target),
        range: coldstart::range("gcp.cloudrun", setting.runtime.as_deref()),
        setting: setting.clone(),
    })
}

/// The size of an instance: its memory decides, and more than one request at a time takes a whole vCPU.
fn size(load: &Load) -> TaskSize {
    let size = CLOUD_FUNCTIONS.for_memory(load.memory_mb / 1024.0);
    if load.concurrency > 1.0 { TaskSize { vcpu: size.vcpu.max(1.0), ..size } } else { size }
}

impl Model for Gen2 {
    fn lines(&self, load: &Load, _: Sizing, explain: bool) -> Vec<Line<'_>> {
        let load = &load.on(self.target, USUAL_CONCURRENCY);
        let mut lines = self.rates.by_request(load, size(load), &self.setting, explain);
        lines.extend(self.around.lines(load, explain));
        lines
    }

    fn latency(&self, load: &Load) -> Latency {
        let load = &load.on(self.target, USUAL_CONCURRENCY);
        cold_latency(
            load,
            slots(load, size(load).vcpu),
            self.setting.kept_ready,
            CLOUD_RUN_IDLE_S,
            self.range,
        )
    }

    fn size(&self, load: &Load) -> Option<String> {
        Some(format!("instances of {}", size(&load.on(self.target, USUAL_CONCURRENCY))))
    }

    fn notes(&self) -> Vec<String> {
        vec![range_note(self.range)]
    }
}

/// Memory of generation 1, MB, and the clock that comes with it, GHz.
const CLOCKS: &[(f64, f64)] = &[
    (128.0, 0.2),
    (256.0, 0.4),
    (512.0, 0.8),
    (1_024.0, 1.4),
    (2_048.0, 2.4),
    (4_096.0, 4.8),
    (8_192.0, 4.8),
];

/// Prices of generation 1 in one region.
#[derive(Debug)]
pub struct Gen1Rates {
    cpu: Result<Schedule, Missing>,
    memory: Result<Schedule, Missing>,
    invocations: Result<Schedule, Missing>,
    egress: Result<Schedule, Missing>,
    idle_cpu: Result<Schedule, Missing>,
    free_invocations: f64,
    free_cpu: f64,
    free_memory: f64,
}

/// What a month uses of generation 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Gen1Usage {
    /// Executions.
    pub invocations: f64,
    /// Duration of one, ms; billed in steps of 100.
    pub duration_ms: f64,
    /// Memory, MB; billed as the next size.
    pub memory_mb: f64,
    /// Seconds in which instances that are kept ready do nothing.
    pub idle_s: f64,
    /// Sent to the internet, GB.
    pub egress_gb: f64,
    /// Subtract the billing account's free tier.
    pub free_tier: bool,
}

impl Gen1Rates {
    /// Prices of a region.
    pub fn of(region: &str) -> Self {
        let of = |what: &str| Schedule::of(&format!("gcp.functions1.{what}"), region);
        let free = |what| allowance("gcp", "functions1", what);
        Self {
            cpu: of("cpu"),
            memory: of("memory"),
            invocations: of("invocations"),
            egress: of("egress"),
            idle_cpu: of("idle_cpu"),
            free_invocations: free("invocations"),
            free_cpu: free("ghz_seconds"),
            free_memory: free("gb_seconds"),
        }
    }

    pub(crate) fn lines(&self, usage: &Gen1Usage, explain: bool) -> Vec<Line<'_>> {
        let (memory_mb, ghz) = clock(usage.memory_mb);
        let billed = billed_s(usage.duration_ms / 1_000.0, STEP_S, STEP_S);
        let gb = memory_mb / 1024.0;
        let how = |amount: f64, unit: &str| {
            let text =
                || format!("{} x {} s x {} {unit}", count(usage.invocations), plain(billed), plain(amount));
            if explain { text() } else { String::new() }
        };
        let seconds = usage.invocations * billed;
        let paid = |used: f64, free: f64| if usage.free_tier { (used - free).max(0.0) } else { used };
        let mut lines = vec![
            Line::new("cpu", paid(seconds * ghz, self.free_cpu), &self.cpu).how(how(ghz, "GHz")),
            Line::new("memory", paid(seconds * gb, self.free_memory), &self.memory).how(how(gb, "GB")),
            Line::new("invocations", paid(usage.invocations, self.free_invocations), &self.invocations),
        ];
        if usage.idle_s > 0.0 {
            lines.push(Line::new("idle_cpu", usage.idle_s * ghz, &self.idle_cpu));
            lines.push(Line::new("idle_memory", usage.idle_s * gb, &self.memory));
        }
        if usage.egress_gb > 0.0 {
            lines.push(Line::new("egress", usage.egress_gb, &self.egress));
        }
        lines
    }
}

/// The size that holds so much memory, MB, and its clock, GHz.
fn clock(memory_mb: f64) -> (f64, f64) {
    let fits = CLOCKS.iter().find(|(memory, _)| *memory >= memory_mb);
    fits.or(CLOCKS.last()).copied().unwrap_or((memory_mb, 0.0))
}

struct Gen1 {
    rates: Gen1Rates,
    around: Around,
    range: Option<StartRange>,
    setting: Setting,
}

/// The cost model of generation 1 in a setting.
pub(crate) fn gen1(setting: &Setting, target: &'static Target) -> Box<dyn Model> {
    Box::new(Gen1 {
        rates: Gen1Rates::of(&setting.region),
        around: Around::of(setting, target),
        range: coldstart::range("gcp.functions1", setting.runtime.as_deref()),
        setting: setting.clone(),
    })
}

impl Model for Gen1 {
    fn lines(&self, load: &Load, _: Sizing, explain: bool) -> Vec<Line<'_>> {
        let kept = self.setting.kept_ready;
        let billed = billed_s(load.duration_s, STEP_S, STEP_S);
        let idle_s = if kept > 0 { InstanceTime::of(load, billed, 1.0, kept).idle_s } else { 0.0 };
        let usage = Gen1Usage {
            invocations: load.requests,
            duration_ms: load.duration_s * 1_000.0,
            memory_mb: load.memory_mb,
            idle_s,
            egress_gb: 0.0,
            free_tier: self.setting.free_tier,
        };
        let mut lines = self.rates.lines(&usage, explain);
        lines.extend(self.around.lines(load, explain));
        lines
    }

    fn latency(&self, load: &Load) -> Latency {
        cold_latency(load, 1.0, self.setting.kept_ready, CLOUD_RUN_IDLE_S, self.range)
    }

    fn size(&self, load: &Load) -> Option<String> {
        let (memory_mb, ghz) = clock(load.memory_mb);
        Some(format!("instances of {} MB / {} GHz", plain(memory_mb), plain(ghz)))
    }

    fn notes(&self) -> Vec<String> {
        vec![range_note(self.range)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_sizes_bring_their_clock() {
        for (memory, size) in [(1.0, (128.0, 0.2)), (300.0, (512.0, 0.8)), (9e9, (8_192.0, 4.8))] {
            assert_eq!(clock(memory), size);
        }
    }
}
