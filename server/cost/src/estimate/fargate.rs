//! ECS on Fargate: vCPU-hours and GB-hours of whole tasks, in fixed sizes.

use super::always_on::Fleet;
use super::entry::Around;
use super::{Latency, Line, Load, Model, Setting, Sizing};
use crate::catalogue::Missing;
use crate::format::{plain, quantity};
use crate::schedule::Schedule;
use crate::target::{Arch, Target};

pub use super::size::TaskSize;

/// Storage that every task has for free, GB.
const FREE_STORAGE_GB: f64 = 20.0;

/// Prices of Fargate in one region and architecture.
#[derive(Debug)]
pub struct FargateRates {
    vcpu: Result<Schedule, Missing>,
    memory: Result<Schedule, Missing>,
    storage: Result<Schedule, Missing>,
}

/// What a month uses of Fargate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FargateUsage {
    /// Hours of all tasks together.
    pub task_hours: f64,
    /// Size of each.
    pub size: TaskSize,
    /// Temporary storage of each, GB; 20 are free.
    pub storage_gb: f64,
}

impl FargateRates {
    /// Prices of ECS tasks in a region.
    pub fn of(region: &str, arch: Arch) -> Self {
        let by_arch = |what: &str| Schedule::of(&format!("aws.fargate.{what}.{}", arch.name()), region);
        Self {
            vcpu: by_arch("vcpu"),
            memory: by_arch("memory"),
            storage: Schedule::of("aws.fargate.ephemeral_storage", region),
        }
    }

    /// Prices of EKS pods on a Fargate profile in a region.
    pub fn of_eks(region: &str) -> Self {
        Self {
            vcpu: Schedule::of("aws.eks.fargate.vcpu", region),
            memory: Schedule::of("aws.eks.fargate.memory", region),
            storage: Schedule::of("aws.fargate.ephemeral_storage", region),
        }
    }

    pub(crate) fn lines(&self, usage: &FargateUsage, explain: bool) -> Vec<Line<'_>> {
        let line = |name, per_task: f64, unit, schedule| {
            let how = if explain {
                format!("{} task-hours x {} {unit}", quantity(usage.task_hours), plain(per_task))
            } else {
                String::new()
            };
            Line::new(name, usage.task_hours * per_task, schedule).how(how)
        };
        let mut lines = vec![
            line("vcpu", usage.size.vcpu, "vCPU", &self.vcpu),
            line("memory", usage.size.memory_gb, "GB", &self.memory),
        ];
        let storage = usage.storage_gb - FREE_STORAGE_GB;
        if storage > 0.0 {
            lines.push(line("ephemeral_storage", storage, "GB", &self.storage));
        }
        lines
    }
}

struct Fargate {
    target: &'static Target,
    rates: FargateRates,
    around: Around,
    size: TaskSize,
    setting: Setting,
}

/// The cost model of ECS on Fargate in a setting.
pub(crate) fn model(setting: &Setting, target: &'static Target) -> Box<dyn Model> {
    Box::new(Fargate {
        target,
        rates: FargateRates::of(&setting.region, setting.arch),
        around: Around::of(setting, target),
        size: setting.task.legal().unwrap_or(setting.task),
        setting: setting.clone(),
    })
}

impl Model for Fargate {
    fn lines(&self, load: &Load, sizing: Sizing, explain: bool) -> Vec<Line<'_>> {
        let task_hours = Fleet::of(load, self.size.vcpu).monthly_hours(sizing);
        let usage = FargateUsage { task_hours, size: self.size, storage_gb: FREE_STORAGE_GB };
        let mut lines = self.rates.lines(&usage, explain);
        lines.extend(self.around.lines(load, explain));
        lines
    }

    fn fleet(&self, load: &Load) -> Option<Fleet> {
        Some(Fleet::of(load, self.size.vcpu))
    }

    fn size(&self, load: &Load) -> Option<String> {
        Some(Fleet::of(load, self.size.vcpu).in_words("task", self.size))
    }

    fn latency(&self, load: &Load) -> Latency {
        Latency::ScaleUp { delay: self.target.scale_up, p99_ms: load.p99_s * 1_000.0 }
    }

    fn assumptions(&self) -> Vec<(&'static str, String)> {
        self.setting.assumed_container().into_iter().collect()
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        notes.extend(self.setting.rounded_up(self.size));
        notes.extend(self.around.without_nat("private tasks"));
        notes
    }
}
