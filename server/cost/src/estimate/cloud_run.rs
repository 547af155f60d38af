//! Cloud Run: instance time with a request on it, or whole instances.

use super::always_on::Fleet;
use super::entry::Around;
use super::free::{allowance, credited};
use super::instance_time::{InstanceTime, billed_s, slots, told};
use super::size::{CLOUD_RUN, TaskSize};
use super::{Latency, Line, Load, Model, Setting, Sizing};
use crate::catalogue::Missing;
use crate::coldstart::{self, StartRange};
use crate::format::quantity;
use crate::schedule::Schedule;
use crate::target::{Provider, Target};
use crate::traffic::{CLOUD_RUN_IDLE_S, Occupancy, shared_cold_share};

/// Billing step, seconds.
pub(crate) const STEP_S: f64 = 0.1;

/// Requests that an instance takes at once unless somebody says otherwise.
const USUAL_CONCURRENCY: f64 = 80.0;

/// How instances are paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Billing {
    /// While they have a request.
    Request,
    /// As long as they live.
    Instance,
}

impl Billing {
    fn id(self, what: &str) -> String {
        match self {
            Self::Request => format!("gcp.run.request.{what}"),
            Self::Instance => format!("gcp.run.instance.{what}"),
        }
    }

    fn service(self) -> &'static str {
        match self {
            Self::Request => "cloud_run_request_based",
            Self::Instance => "cloud_run_instance_based_and_jobs",
        }
    }
}

/// Prices of Cloud Run in one region.
#[derive(Debug)]
pub struct RunRates {
    cpu: Result<Schedule, Missing>,
    memory: Result<Schedule, Missing>,
    requests: Result<Schedule, Missing>,
    idle_cpu: Result<Schedule, Missing>,
    /// Free vCPU-seconds, GiB-seconds and requests a month: money, given at the prices of the cheaper regions.
    free: [f64; 3],
}

/// What a month uses of Cloud Run.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RunUsage {
    /// Billed seconds of all instances.
    pub busy_s: f64,
    /// Seconds in which kept instances have no request; only where instances are paid by request.
    pub idle_s: f64,
    /// Requests; only where instances are paid by request.
    pub requests: Option<f64>,
    /// vCPUs of an instance.
    pub vcpu: f64,
    /// Memory of an instance, GiB.
    pub memory_gib: f64,
    /// Subtract the account's free tier.
    pub free_tier: bool,
}

impl RunRates {
    /// Prices of a region.
    pub fn of(region: &str, billing: Billing) -> Self {
        let of = |id: &str| Schedule::of(id, region);
        let (cpu, memory, requests) =
            (of(&billing.id("cpu")), of(&billing.id("mem")), of("gcp.run.requests"));
        let cheap = |what: &str| Schedule::of(what, Provider::Gcp.default_region());
        let given = |what| allowance("gcp", billing.service(), what);
        let free = [
            credited(given("vcpu_seconds"), &cheap(&billing.id("cpu")), &cpu),
            credited(given("gib_seconds"), &cheap(&billing.id("mem")), &memory),
            credited(given("requests"), &cheap("gcp.run.requests"), &requests),
        ];
        Self { cpu, memory, requests, idle_cpu: of("gcp.run.request.idle_cpu"), free }
    }

    pub(crate) fn lines(&self, usage: &RunUsage, explain: bool) -> Vec<Line<'_>> {
        let [free_cpu, free_memory, free_requests] = if usage.free_tier { self.free } else { [0.0; 3] };
        let line = |name, per_instance: f64, free: f64, unit, schedule| {
            let how = if explain { explained(usage, per_instance, unit) } else { String::new() };
            Line::new(name, (usage.busy_s * per_instance - free).max(0.0), schedule).how(how)
        };
        let mut lines = vec![
            line("cpu", usage.vcpu, free_cpu, "vCPU", &self.cpu),
            line("memory", usage.memory_gib, free_memory, "GiB", &self.memory),
        ];
        if let Some(requests) = usage.requests {
            lines.push(Line::new("requests", (requests - free_requests).max(0.0), &self.requests));
        }
        if usage.idle_s > 0.0 {
            lines.push(Line::new("idle_cpu", usage.idle_s * usage.vcpu, &self.idle_cpu));
            // Memory of an idle instance costs what it costs while busy.
            lines.push(Line::new("idle_memory", usage.idle_s * usage.memory_gib, &self.memory));
        }
        lines
    }

    /// The same for instances of `size` that are paid while they have a request.
    pub(crate) fn by_request(
        &self,
        load: &Load,
        size: TaskSize,
        setting: &Setting,
        explain: bool,
    ) -> Vec<Line<'_>> {
        let billed = billed_s(load.duration_s, STEP_S, 0.0);
        let slots = slots(load, size.vcpu);
        let time = InstanceTime::of(load, billed, slots, setting.kept_ready);
        let usage = RunUsage {
            busy_s: time.busy_s(),
            idle_s: time.idle_s,
            requests: Some(load.requests),
            vcpu: size.vcpu,
            memory_gib: size.memory_gb,
            free_tier: setting.free_tier,
        };
        told(self.lines(&usage, explain), load, billed, slots)
    }
}

fn explained(usage: &RunUsage, per_instance: f64, unit: &str) -> String {
    let free = if usage.free_tier { ", less the free tier" } else { "" };
    format!("{} instance-seconds x {} {unit}{free}", quantity(usage.busy_s), quantity(per_instance))
}

pub(crate) fn cold_latency(
    load: &Load,
    slots: f64,
    warm: u32,
    idle_s: f64,
    range: Option<StartRange>,
) -> Latency {
    let mut occupancy = Occupancy::new(slots);
    let share = shared_cold_share(&load.rates(), load.duration_s, idle_s, warm, &mut occupancy);
    Latency::cold_start(load, share, None, range)
}

pub(crate) const NOT_MEASURED: &str = "Cold starts of this runtime were not measured here.";

pub(crate) fn range_note(range: Option<StartRange>) -> String {
    range.map_or_else(
        || NOT_MEASURED.to_owned(),
        |range| {
            format!(
                "What a cold request waits is a range of low confidence ({}, {}).",
                range.source, range.dated
            )
        },
    )
}

struct ByRequest {
    target: &'static Target,
    rates: RunRates,
    around: Around,
    size: TaskSize,
    range: Option<StartRange>,
    setting: Setting,
}

/// The cost model of request-based Cloud Run in a setting.
pub(crate) fn by_request(setting: &Setting, target: &'static Target) -> Box<dyn Model> {
    Box::new(ByRequest {
        target,
        rates: RunRates::of(&setting.region, Billing::Request),
        around: Around::of(setting, target),
        size: CLOUD_RUN.legal(setting.task).unwrap_or(setting.task),
        range: coldstart::range("gcp.cloudrun", setting.runtime.as_deref()),
        setting: setting.clone(),
    })
}

impl Model for ByRequest {
    fn lines(&self, load: &Load, _: Sizing, explain: bool) -> Vec<Line<'_>> {
        let load = &load.on(self.target, USUAL_CONCURRENCY);
        let mut lines = self.rates.by_request(load, self.size, &self.setting, explain);
        lines.extend(self.around.lines(load, explain));
        lines
    }

    fn latency(&self, load: &Load) -> Latency {
        let load = &load.on(self.target, USUAL_CONCURRENCY);
        cold_latency(load, slots(load, self.size.vcpu), self.setting.kept_ready, CLOUD_RUN_IDLE_S, self.range)
    }

    fn size(&self, _: &Load) -> Option<String> {
        Some(format!("instances of {}", self.size))
    }

    fn assumptions(&self) -> Vec<(&'static str, String)> {
        self.setting.assumed_container().into_iter().collect()
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = vec![range_note(self.range)];
        notes.push("Start-up and shutdown of instances are billed too and not included.".to_owned());
        notes.extend(self.setting.rounded_up(self.size));
        notes
    }
}

struct ByInstance {
    target: &'static Target,
    rates: RunRates,
    around: Around,
    size: TaskSize,
    setting: Setting,
}

/// The cost model of instance-based Cloud Run in a setting.
pub(crate) fn by_instance(setting: &Setting, target: &'static Target) -> Box<dyn Model> {
    Box::new(ByInstance {
        target,
        rates: RunRates::of(&setting.region, Billing::Instance),
        around: Around::of(setting, target),
        size: CLOUD_RUN.legal(setting.task).unwrap_or(setting.task),
        setting: setting.clone(),
    })
}

impl ByInstance {
    fn instances(&self, load: &Load) -> Fleet {
        Fleet::of(&load.on(self.target, USUAL_CONCURRENCY), self.size.vcpu)
    }
}

impl Model for ByInstance {
    fn lines(&self, load: &Load, sizing: Sizing, explain: bool) -> Vec<Line<'_>> {
        let usage = RunUsage {
            busy_s: self.instances(load).monthly_hours(sizing) * 3_600.0,
            vcpu: self.size.vcpu,
            memory_gib: self.size.memory_gb,
            free_tier: self.setting.free_tier,
            ..RunUsage::default()
        };
        let mut lines = self.rates.lines(&usage, explain);
        lines.extend(self.around.lines(load, explain));
        lines
    }

    fn fleet(&self, load: &Load) -> Option<Fleet> {
        Some(self.instances(load))
    }

    fn size(&self, load: &Load) -> Option<String> {
        Some(self.instances(load).in_words("instance", self.size))
    }

    fn latency(&self, load: &Load) -> Latency {
        Latency::ScaleUp { delay: self.target.scale_up, p99_ms: load.p99_s * 1_000.0 }
    }

    fn assumptions(&self) -> Vec<(&'static str, String)> {
        self.setting.assumed_container().into_iter().collect()
    }

    fn notes(&self) -> Vec<String> {
        self.setting.rounded_up(self.size).into_iter().collect()
    }
}
