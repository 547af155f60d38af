//! Azure Functions: three plans. Flex Consumption bills instances while they execute, Consumption each execution,
//! Premium whole instances.

use super::always_on::Fleet;
use super::cloud_run::{cold_latency, range_note};
use super::entry::Around;
use super::free::allowance;
use super::instance_time::{InstanceTime, billed_s, slots, told};
use super::size::{PREMIUM, TaskSize};
use super::{Latency, Line, Load, Model, Setting, Sizing};
use crate::catalogue::Missing;
use crate::coldstart::{self, StartRange};
use crate::format::{count, plain, quantity};
use crate::schedule::Schedule;
use crate::target::Target;
use crate::traffic::AZURE_FUNCTIONS_IDLE_S;

/// Memory is billed in steps of 128 MB, on Consumption.
const MEMORY_STEP_MB: f64 = 128.0;

/// Most memory on Consumption, MB.
const CONSUMPTION_MB: f64 = 1_536.0;

/// Shortest billed execution on Consumption, seconds.
const CONSUMPTION_LEAST_S: f64 = 0.1;

/// Shortest billed execution on Flex, seconds, and the steps beyond.
const FLEX_S: (f64, f64) = (1.0, 0.1);

/// Instances of Flex: memory in MB, vCPU, and HTTP requests that one takes at once unless somebody says otherwise.
const FLEX_SIZES: [(f64, f64, f64); 3] = [(512.0, 0.25, 4.0), (2_048.0, 1.0, 16.0), (4_096.0, 2.0, 32.0)];

/// Prices of the two plans that bill executions, in one region.
#[derive(Debug)]
pub struct ExecutionRates {
    time: Result<Schedule, Missing>,
    executions: Result<Schedule, Missing>,
    ready: Result<Schedule, Missing>,
    ready_time: Result<Schedule, Missing>,
    free_executions: f64,
    free_gb_seconds: f64,
}

/// What a month uses of them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ExecutionUsage {
    /// GB-seconds on demand.
    pub gb_seconds: f64,
    /// GB-seconds of execution on instances that are always ready.
    pub ready_gb_seconds: f64,
    /// GB-seconds for which instances are kept ready.
    pub kept_gb_seconds: f64,
    /// Executions on demand.
    pub executions: f64,
    /// Executions on instances that are always ready.
    pub ready_executions: f64,
    /// Subtract the subscription's free grant; instances that are always ready have no part in it.
    pub free_tier: bool,
}

impl ExecutionRates {
    /// Prices of Consumption in a region.
    pub fn consumption(region: &str) -> Self {
        let of = |what: &str| Schedule::of(&format!("azure.functions.consumption.{what}"), region);
        let free = |what| allowance("azure", "functions_consumption", what);
        Self {
            time: of("execution_time"),
            executions: of("executions"),
            // Nothing is ever kept ready on this plan.
            ready: of("always_ready"),
            ready_time: of("always_ready"),
            free_executions: free("executions"),
            free_gb_seconds: free("gb_seconds"),
        }
    }

    /// Prices of Flex Consumption in a region.
    pub fn flex(region: &str) -> Self {
        let of = |what: &str| Schedule::of(&format!("azure.functions.flex.{what}"), region);
        let free = |what| allowance("azure", "functions_flex", what);
        Self {
            time: of("on_demand_execution"),
            executions: of("executions"),
            ready: of("always_ready_baseline"),
            ready_time: of("always_ready_execution"),
            free_executions: free("executions"),
            free_gb_seconds: free("gb_seconds"),
        }
    }

    /// `how` says where the GB-seconds on demand come from.
    pub(crate) fn lines(&self, usage: &ExecutionUsage, how: String) -> Vec<Line<'_>> {
        let (free_executions, free_gbs) =
            if usage.free_tier { (self.free_executions, self.free_gb_seconds) } else { (0.0, 0.0) };
        let executions = (usage.executions - free_executions).max(0.0) + usage.ready_executions;
        let mut lines = Vec::new();
        if usage.kept_gb_seconds > 0.0 {
            lines.push(Line::new("always_ready_baseline", usage.kept_gb_seconds, &self.ready));
            lines.push(Line::new("always_ready_execution_time", usage.ready_gb_seconds, &self.ready_time));
        }
        lines.push(Line::new("execution_time", (usage.gb_seconds - free_gbs).max(0.0), &self.time).how(how));
        lines.push(Line::new("executions", executions, &self.executions));
        lines
    }
}

/// GB-seconds of executions on Consumption: observed memory in steps, at least 128 MB and 100 ms each.
pub fn consumption_gb_seconds(executions: f64, duration_s: f64, memory_mb: f64) -> f64 {
    let steps = (memory_mb / MEMORY_STEP_MB - 1e-9).ceil().max(1.0);
    executions * duration_s.max(CONSUMPTION_LEAST_S) * steps * MEMORY_STEP_MB / 1024.0
}

/// Billed seconds of one execution on Flex.
pub fn flex_billed_s(duration_s: f64) -> f64 {
    billed_s(duration_s, FLEX_S.1, FLEX_S.0)
}

/// Memory of the smallest Flex instance that holds so much, MB, with its vCPU and its usual concurrency.
pub fn flex_size(memory_mb: f64) -> (f64, f64, f64) {
    let [smallest, ..] = FLEX_SIZES;
    FLEX_SIZES
        .iter()
        .find(|(memory, ..)| *memory >= memory_mb)
        .or(FLEX_SIZES.last())
        .copied()
        .unwrap_or(smallest)
}

struct Consumption {
    rates: ExecutionRates,
    around: Around,
    range: Option<StartRange>,
    setting: Setting,
}

/// The cost model of Consumption in a setting.
pub(crate) fn consumption(setting: &Setting, target: &'static Target) -> Box<dyn Model> {
    Box::new(Consumption {
        rates: ExecutionRates::consumption(&setting.region),
        around: Around::of(setting, target),
        range: coldstart::range("azure.functions.consumption", setting.runtime.as_deref()),
        setting: setting.clone(),
    })
}

impl Model for Consumption {
    fn lines(&self, load: &Load, _: Sizing, explain: bool) -> Vec<Line<'_>> {
        let memory_mb = load.memory_mb.min(CONSUMPTION_MB);
        let usage = ExecutionUsage {
            gb_seconds: consumption_gb_seconds(load.requests, load.duration_s, memory_mb),
            executions: load.requests,
            free_tier: self.setting.free_tier,
            ..ExecutionUsage::default()
        };
        let text = || {
            let per_execution = consumption_gb_seconds(1.0, load.duration_s, memory_mb);
            format!("{} x {} GB-seconds", count(load.requests), plain(per_execution))
        };
        let mut lines = self.rates.lines(&usage, if explain { text() } else { String::new() });
        lines.extend(self.around.lines(load, explain));
        lines
    }

    fn latency(&self, load: &Load) -> Latency {
        cold_latency(load, 1.0, 0, AZURE_FUNCTIONS_IDLE_S, self.range)
    }

    fn notes(&self) -> Vec<String> {
        let used = "Memory is billed as used, not as configured: the workload's is taken.";
        vec![range_note(self.range), used.to_owned()]
    }
}

struct Flex {
    target: &'static Target,
    rates: ExecutionRates,
    around: Around,
    range: Option<StartRange>,
    setting: Setting,
}

/// The cost model of Flex Consumption in a setting.
pub(crate) fn flex(setting: &Setting, target: &'static Target) -> Box<dyn Model> {
    Box::new(Flex {
        target,
        rates: ExecutionRates::flex(&setting.region),
        around: Around::of(setting, target),
        range: coldstart::range("azure.functions.flex", setting.runtime.as_deref()),
        setting: setting.clone(),
    })
}

impl Model for Flex {
    fn lines(&self, load: &Load, _: Sizing, explain: bool) -> Vec<Line<'_>> {
        let (memory_mb, vcpu, usual) = flex_size(load.memory_mb);
        let load = &load.on(self.target, usual);
        let kept = self.setting.kept_ready;
        let (billed, slots) = (flex_billed_s(load.duration_s), slots(load, vcpu));
        let time = InstanceTime::of(load, billed, slots, kept);
        let gb = memory_mb / 1024.0;
        let ready_share = if time.busy_s() > 0.0 { time.kept_busy_s / time.busy_s() } else { 0.0 };
        let usage = ExecutionUsage {
            gb_seconds: time.other_busy_s * gb,
            ready_gb_seconds: time.kept_busy_s * gb,
            kept_gb_seconds: (time.kept_busy_s + time.idle_s) * gb,
            executions: load.requests * (1.0 - ready_share),
            ready_executions: load.requests * ready_share,
            free_tier: self.setting.free_tier,
        };
        let text = || format!("{} instance-seconds x {} GB", quantity(time.other_busy_s), plain(gb));
        let how = if explain { text() } else { String::new() };
        let mut lines = told(self.rates.lines(&usage, how), load, billed, slots);
        lines.extend(self.around.lines(load, explain));
        lines
    }

    fn latency(&self, load: &Load) -> Latency {
        let (_, vcpu, usual) = flex_size(load.memory_mb);
        let load = &load.on(self.target, usual);
        let kept = self.setting.kept_ready;
        cold_latency(load, slots(load, vcpu), kept, AZURE_FUNCTIONS_IDLE_S, self.range)
    }

    fn size(&self, load: &Load) -> Option<String> {
        Some(format!("instances of {} MB", plain(flex_size(load.memory_mb).0)))
    }

    fn notes(&self) -> Vec<String> {
        vec![
            range_note(self.range),
            "An instance is billed for at least a second each time it executes.".to_owned(),
        ]
    }
}

/// Prices of Premium in one region.
#[derive(Debug)]
pub struct PremiumRates {
    vcpu: Result<Schedule, Missing>,
    memory: Result<Schedule, Missing>,
}

impl PremiumRates {
    /// Prices of a region.
    pub fn of(region: &str) -> Self {
        let of = |what: &str| Schedule::of(&format!("azure.functions.premium.{what}"), region);
        Self { vcpu: of("vcpu"), memory: of("memory") }
    }

    pub(crate) fn lines(&self, instance_hours: f64, size: TaskSize, explain: bool) -> Vec<Line<'_>> {
        let line = |name, amount: f64, unit, schedule| {
            let text = || format!("{} instance-hours x {} {unit}", quantity(instance_hours), plain(amount));
            let how = if explain { text() } else { String::new() };
            Line::new(name, instance_hours * amount, schedule).how(how)
        };
        vec![line("vcpu", size.vcpu, "vCPU", &self.vcpu), line("memory", size.memory_gb, "GB", &self.memory)]
    }
}

struct Premium {
    target: &'static Target,
    rates: PremiumRates,
    around: Around,
}

/// The cost model of Premium in a setting.
pub(crate) fn premium(setting: &Setting, target: &'static Target) -> Box<dyn Model> {
    Box::new(Premium {
        target,
        rates: PremiumRates::of(&setting.region),
        around: Around::of(setting, target),
    })
}

impl Premium {
    fn of(load: &Load) -> (Fleet, TaskSize) {
        let size = PREMIUM.for_memory(load.memory_mb / 1024.0);
        // One instance at least is always paid for.
        let load = Load { min_instances: load.min_instances.max(1.0), ..load.clone() };
        (Fleet::of(&load, size.vcpu), size)
    }
}

impl Model for Premium {
    fn lines(&self, load: &Load, sizing: Sizing, explain: bool) -> Vec<Line<'_>> {
        let (fleet, size) = Self::of(load);
        let mut lines = self.rates.lines(fleet.monthly_hours(sizing), size, explain);
        lines.extend(self.around.lines(load, explain));
        lines
    }

    fn fleet(&self, load: &Load) -> Option<Fleet> {
        Some(Self::of(load).0)
    }

    fn size(&self, load: &Load) -> Option<String> {
        let (fleet, size) = Self::of(load);
        let plan = format!("EP{}", 1.0 + size.vcpu.log2().max(0.0));
        Some(format!("{}, {plan}", fleet.in_words("instance", size)))
    }

    fn latency(&self, load: &Load) -> Latency {
        Latency::ScaleUp { delay: self.target.scale_up, p99_ms: load.p99_s * 1_000.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consumption_rounds_memory_and_short_executions_up() {
        for (duration, memory, gbs) in [(0.495, 490.0, 0.2475), (0.01, 1.0, 0.0125), (1.0, 129.0, 0.25)] {
            let found = consumption_gb_seconds(1.0, duration, memory);
            assert!((found - gbs).abs() < 1e-12, "{duration} {memory}: {found}");
        }
    }

    #[test]
    fn flex_bills_a_second_and_then_steps() {
        for (duration, billed) in [(0.08, 1.0), (1.0, 1.0), (1.01, 1.1), (2.35, 2.4)] {
            assert!((flex_billed_s(duration) - billed).abs() < 1e-9, "{duration}");
        }
        assert_eq!(flex_size(600.0).0, 2_048.0);
        assert_eq!(flex_size(9_000.0).0, 4_096.0);
    }
}
