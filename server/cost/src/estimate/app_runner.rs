//! App Runner: memory of provisioned instances around the clock, vCPU and further memory while instances are active.

use super::Model;
use super::always_on::Fleet;
use super::entry::Around;
use super::instance_time::slots;
use super::size::{APP_RUNNER, TaskSize};
use super::{Latency, Line, Load, Setting, Sizing};
use crate::catalogue::Missing;
use crate::format::{plain, quantity};
use crate::schedule::Schedule;
use crate::target::Target;
use crate::traffic::{DAYS_PER_MONTH, HOURS_PER_MONTH, Occupancy, over_hours};

/// Shortest time that an instance is billed as active, seconds.
const LEAST_ACTIVE_S: f64 = 60.0;

/// Requests that an instance takes at once unless somebody says otherwise.
pub(crate) const USUAL_CONCURRENCY: f64 = 100.0;

/// Prices of App Runner in one region.
#[derive(Debug)]
pub struct RunnerRates {
    vcpu: Result<Schedule, Missing>,
    active: Result<Schedule, Missing>,
    provisioned: Result<Schedule, Missing>,
}

/// What a month uses of App Runner.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RunnerUsage {
    /// Hours of instances that are provisioned.
    pub provisioned_hours: f64,
    /// Hours of active instances.
    pub active_hours: f64,
    /// Hours of active instances beyond the provisioned ones, whose memory is not paid yet.
    pub further_hours: f64,
    /// Size of an instance.
    pub vcpu: f64,
    /// Memory of an instance, GB.
    pub memory_gb: f64,
}

impl RunnerRates {
    /// Prices of a region.
    pub fn of(region: &str) -> Self {
        let of = |what: &str| Schedule::of(&format!("aws.apprunner.{what}"), region);
        Self { vcpu: of("vcpu"), active: of("memory_active"), provisioned: of("memory_provisioned") }
    }

    pub(crate) fn lines(&self, usage: &RunnerUsage, explain: bool) -> Vec<Line<'_>> {
        let line = |name, hours: f64, amount: f64, unit, schedule| {
            let text = || format!("{} instance-hours x {} {unit}", quantity(hours), plain(amount));
            let how = if explain { text() } else { String::new() };
            Line::new(name, hours * amount, schedule).how(how)
        };
        let mut lines = vec![
            line("provisioned_memory", usage.provisioned_hours, usage.memory_gb, "GB", &self.provisioned),
            line("vcpu", usage.active_hours, usage.vcpu, "vCPU", &self.vcpu),
        ];
        if usage.further_hours > 0.0 {
            lines.push(line("memory", usage.further_hours, usage.memory_gb, "GB", &self.active));
        }
        lines
    }
}

struct AppRunner {
    target: &'static Target,
    rates: RunnerRates,
    around: Around,
    size: TaskSize,
    setting: Setting,
}

/// The cost model of App Runner in a setting.
pub(crate) fn model(setting: &Setting, target: &'static Target) -> Box<dyn Model> {
    Box::new(AppRunner {
        target,
        rates: RunnerRates::of(&setting.region),
        around: Around::of(setting, target),
        size: APP_RUNNER.legal(setting.task).unwrap_or(setting.task),
        setting: setting.clone(),
    })
}

/// Hours a month of active instances that take `slots` requests at once, and those of them beyond the `kept` ones.
pub(crate) fn active_hours(load: &Load, slots: f64, kept: f64) -> (f64, f64) {
    let mut occupancy = Occupancy::new(slots);
    let rates = load.rates();
    // The first instance is active for a minute at least, which lone requests rarely fill; others follow a crowd.
    let active = over_hours(&rates, |rate| {
        let minute = LEAST_ACTIVE_S.max(load.duration_s) * rate;
        let is_busy = -(-rate * load.duration_s).exp_m1();
        occupancy.busy(rate * load.duration_s) + (minute / (1.0 + minute) - is_busy).max(0.0)
    });
    let further = over_hours(&rates, |rate| occupancy.beyond(rate * load.duration_s, kept));
    (active * DAYS_PER_MONTH, further * DAYS_PER_MONTH)
}

impl AppRunner {
    fn usage(&self, load: &Load) -> RunnerUsage {
        let load = load.on(self.target, USUAL_CONCURRENCY);
        let kept = load.min_instances.max(1.0);
        let (active_hours, further_hours) = active_hours(&load, slots(&load, self.size.vcpu), kept);
        RunnerUsage {
            provisioned_hours: kept * HOURS_PER_MONTH,
            active_hours,
            further_hours,
            vcpu: self.size.vcpu,
            memory_gb: self.size.memory_gb,
        }
    }
}

impl Model for AppRunner {
    fn lines(&self, load: &Load, _: Sizing, explain: bool) -> Vec<Line<'_>> {
        let mut lines = self.rates.lines(&self.usage(load), explain);
        lines.extend(self.around.lines(load, explain));
        lines
    }

    fn fleet(&self, load: &Load) -> Option<Fleet> {
        Some(Fleet::of(&load.on(self.target, USUAL_CONCURRENCY), self.size.vcpu))
    }

    fn size(&self, load: &Load) -> Option<String> {
        self.fleet(load).map(|fleet| fleet.in_words("instance", self.size))
    }

    fn latency(&self, load: &Load) -> Latency {
        Latency::ScaleUp { delay: self.target.scale_up, p99_ms: load.p99_s * 1_000.0 }
    }

    fn assumptions(&self) -> Vec<(&'static str, String)> {
        self.setting.assumed_container().into_iter().collect()
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = vec!["Builds and automatic deployments cost extra, not included.".to_owned()];
        notes.extend(self.setting.rounded_up(self.size));
        notes
    }
}
