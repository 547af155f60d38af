//! Container Apps on the Consumption plan: replica time with a request on it, vCPU and memory apart.

use super::cloud_run::{cold_latency, range_note};
use super::entry::Around;
use super::free::allowance;
use super::instance_time::{InstanceTime, slots, told};
use super::size::{CONTAINER_APPS, TaskSize};
use super::{Latency, Line, Load, Model, Setting, Sizing};
use crate::catalogue::Missing;
use crate::coldstart::{self, StartRange};
use crate::format::{plain, quantity};
use crate::schedule::Schedule;
use crate::target::Target;
use crate::traffic::CONTAINER_APPS_IDLE_S;

/// Requests that a replica takes at once before there is another, unless somebody says otherwise.
const USUAL_CONCURRENCY: f64 = 10.0;

/// Prices of Container Apps in one region.
#[derive(Debug)]
pub struct AppRates {
    vcpu: Result<Schedule, Missing>,
    vcpu_idle: Result<Schedule, Missing>,
    memory: Result<Schedule, Missing>,
    memory_idle: Result<Schedule, Missing>,
    requests: Result<Schedule, Missing>,
    /// Free vCPU-seconds, GiB-seconds and requests a month.
    free: [f64; 3],
}

/// What a month uses of Container Apps.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct AppUsage {
    /// Active seconds of all replicas.
    pub active_s: f64,
    /// Idle seconds of replicas that are kept.
    pub idle_s: f64,
    /// Requests.
    pub requests: f64,
    /// vCPUs of a replica.
    pub vcpu: f64,
    /// Memory of a replica, GiB.
    pub memory_gib: f64,
    /// Subtract the subscription's free grant.
    pub free_tier: bool,
}

impl AppRates {
    /// Prices of a region.
    pub fn of(region: &str) -> Self {
        let of = |what: &str| Schedule::of(&format!("azure.aca.{what}"), region);
        let free = |what| allowance("azure", "container_apps", what);
        Self {
            vcpu: of("vcpu_active"),
            vcpu_idle: of("vcpu_idle"),
            memory: of("memory_active"),
            memory_idle: of("memory_idle"),
            requests: of("requests"),
            free: [free("vcpu_seconds"), free("gib_seconds"), free("requests")],
        }
    }

    pub(crate) fn lines(&self, usage: &AppUsage, explain: bool) -> Vec<Line<'_>> {
        let [mut free_cpu, mut free_memory, free_requests] =
            if usage.free_tier { self.free } else { [0.0; 3] };
        let how = |seconds: f64, amount: f64, unit: &str| {
            let text = || format!("{} replica-seconds x {} {unit}", quantity(seconds), plain(amount));
            if explain { text() } else { String::new() }
        };
        let mut line = |name, seconds: f64, amount: f64, unit, schedule| {
            let free = if unit == "vCPU" { &mut free_cpu } else { &mut free_memory };
            let used = seconds * amount;
            let paid = (used - *free).max(0.0);
            *free -= used - paid;
            Line::new(name, paid, schedule).how(how(seconds, amount, unit))
        };
        let mut lines = vec![
            line("vcpu", usage.active_s, usage.vcpu, "vCPU", &self.vcpu),
            line("memory", usage.active_s, usage.memory_gib, "GiB", &self.memory),
        ];
        if usage.idle_s > 0.0 {
            lines.push(line("vcpu_idle", usage.idle_s, usage.vcpu, "vCPU", &self.vcpu_idle));
            lines.push(line("memory_idle", usage.idle_s, usage.memory_gib, "GiB", &self.memory_idle));
        }
        lines.push(Line::new("requests", (usage.requests - free_requests).max(0.0), &self.requests));
        lines
    }
}

struct ContainerApps {
    target: &'static Target,
    rates: AppRates,
    around: Around,
    size: TaskSize,
    range: Option<StartRange>,
    setting: Setting,
}

/// The cost model of Container Apps in a setting.
pub(crate) fn model(setting: &Setting, target: &'static Target) -> Box<dyn Model> {
    Box::new(ContainerApps {
        target,
        rates: AppRates::of(&setting.region),
        around: Around::of(setting, target),
        size: CONTAINER_APPS.legal(setting.task).unwrap_or(setting.task),
        range: coldstart::range("azure.containerapps", setting.runtime.as_deref()),
        setting: setting.clone(),
    })
}

impl Model for ContainerApps {
    fn lines(&self, load: &Load, _: Sizing, explain: bool) -> Vec<Line<'_>> {
        let load = &load.on(self.target, USUAL_CONCURRENCY);
        let slots = slots(load, self.size.vcpu);
        let time = InstanceTime::of(load, load.duration_s, slots, self.setting.kept_ready);
        let usage = AppUsage {
            active_s: time.busy_s(),
            idle_s: time.idle_s,
            requests: load.requests,
            vcpu: self.size.vcpu,
            memory_gib: self.size.memory_gb,
            free_tier: self.setting.free_tier,
        };
        let mut lines = told(self.rates.lines(&usage, explain), load, load.duration_s, slots);
        lines.extend(self.around.lines(load, explain));
        lines
    }

    fn latency(&self, load: &Load) -> Latency {
        let load = &load.on(self.target, USUAL_CONCURRENCY);
        let kept = self.setting.kept_ready;
        cold_latency(load, slots(load, self.size.vcpu), kept, CONTAINER_APPS_IDLE_S, self.range)
    }

    fn size(&self, _: &Load) -> Option<String> {
        Some(format!("replicas of {}", self.size))
    }

    fn assumptions(&self) -> Vec<(&'static str, String)> {
        self.setting.assumed_container().into_iter().collect()
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = vec![range_note(self.range)];
        notes.push("The wait of 300 s before a replica goes is not included.".to_owned());
        notes.extend(self.setting.rounded_up(self.size));
        notes
    }
}
