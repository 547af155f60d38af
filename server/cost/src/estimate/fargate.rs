//! ECS on Fargate: vCPU-hours and GB-hours of whole tasks, in fixed sizes.

use super::always_on::Fleet;
use super::entry::EntryRates;
use super::{Entry, Latency, Line, Load, Model, Setting, Sizing};
use crate::catalogue::Missing;
use crate::format::{plain, quantity};
use crate::schedule::Schedule;
use crate::target::{Arch, target};

/// Storage that every task has for free, GB.
const FREE_STORAGE_GB: f64 = 20.0;

/// Size of one task or pod.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TaskSize {
    /// Virtual CPUs.
    pub vcpu: f64,
    /// Memory, GB.
    pub memory_gb: f64,
}

/// Memory sizes that go with a number of vCPUs.
enum Sizes {
    /// From, to and step, GB.
    Steps(f64, f64, f64),
    /// Exactly these, GB.
    Only(&'static [f64]),
}

/// The legal pairs, smallest vCPU first.
const PAIRS: &[(f64, Sizes)] = &[
    (0.25, Sizes::Only(&[0.5, 1.0, 2.0])),
    (0.5, Sizes::Steps(1.0, 4.0, 1.0)),
    (1.0, Sizes::Steps(2.0, 8.0, 1.0)),
    (2.0, Sizes::Steps(4.0, 16.0, 1.0)),
    (4.0, Sizes::Steps(8.0, 30.0, 1.0)),
    (8.0, Sizes::Steps(16.0, 60.0, 4.0)),
    (16.0, Sizes::Steps(32.0, 120.0, 8.0)),
    (32.0, Sizes::Only(&[60.0, 120.0, 244.0])),
];

impl TaskSize {
    /// The size that is assumed for a function's memory: twice as much, because a container holds several requests
    /// at once, at Fargate's leanest ratio of 1 vCPU to 2 GB; not below 0.5 vCPU and 1 GB.
    pub fn for_memory(memory_mb: f64) -> Self {
        let memory_gb = Self::memory_for(memory_mb).max(1.0);
        let wanted = Self { vcpu: 0.25, memory_gb };
        let with_cpu = Self { vcpu: (memory_gb / 2.0).min(16.0), memory_gb };
        with_cpu.legal().or(wanted.legal()).unwrap_or(with_cpu)
    }

    /// Memory of a container that does the work of a function with `memory_mb`, GB.
    pub fn memory_for(memory_mb: f64) -> f64 {
        2.0 * memory_mb / 1024.0
    }

    /// For each legal number of vCPUs the smallest legal pair that has `memory_gb`, smallest vCPU first. Whatever else
    /// there is costs more and serves no more requests.
    pub fn with_memory(memory_gb: f64) -> impl Iterator<Item = Self> {
        PAIRS.iter().filter_map(move |(vcpu, sizes)| {
            sizes.at_least(memory_gb).map(|memory_gb| Self { vcpu: *vcpu, memory_gb })
        })
    }

    /// The smallest legal pair that holds this size; `None` = larger than any task.
    pub fn legal(self) -> Option<Self> {
        PAIRS.iter().filter(|(vcpu, _)| *vcpu >= self.vcpu).find_map(|(vcpu, sizes)| {
            sizes.at_least(self.memory_gb).map(|memory_gb| Self { vcpu: *vcpu, memory_gb })
        })
    }
}

impl std::fmt::Display for TaskSize {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} vCPU / {} GB", plain(self.vcpu), plain(self.memory_gb))
    }
}

impl Sizes {
    fn at_least(&self, gb: f64) -> Option<f64> {
        match *self {
            Self::Only(sizes) => sizes.iter().copied().find(|size| *size >= gb),
            Self::Steps(from, to, step) => {
                let size = from + ((gb - from) / step).ceil().max(0.0) * step;
                (size <= to).then_some(size)
            }
        }
    }
}

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
    rates: FargateRates,
    entry_rates: EntryRates,
    entry: Entry,
    size: TaskSize,
    setting: Setting,
}

/// The cost model of ECS on Fargate in a setting.
pub(crate) fn model(setting: &Setting) -> Box<dyn Model> {
    Box::new(Fargate {
        rates: FargateRates::of(&setting.region, setting.arch),
        entry_rates: EntryRates::of(&setting.region),
        entry: setting.entries.always_on,
        size: setting.task.legal().unwrap_or(setting.task),
        setting: setting.clone(),
    })
}

impl Model for Fargate {
    fn lines(&self, load: &Load, sizing: Sizing, explain: bool) -> Vec<Line<'_>> {
        let task_hours = Fleet::of(load, self.size.vcpu).monthly_hours(sizing);
        let usage = FargateUsage { task_hours, size: self.size, storage_gb: FREE_STORAGE_GB };
        let mut lines = self.rates.lines(&usage, explain);
        lines.extend(self.entry_rates.lines(self.entry, load, false, explain));
        lines.extend(self.entry_rates.network(self.setting.network, load));
        lines
    }

    fn fleet(&self, load: &Load) -> Option<Fleet> {
        Some(Fleet::of(load, self.size.vcpu))
    }

    fn size(&self, load: &Load) -> Option<String> {
        let tasks = Fleet::of(load, self.size.vcpu).peak();
        let noun = if tasks == 1.0 { "task" } else { "tasks" };
        Some(format!("{} {noun} of {}", quantity(tasks), self.size))
    }

    fn latency(&self, load: &Load) -> Latency {
        let delay = target("ecs").map_or("", |target| target.scale_up);
        Latency::ScaleUp { delay, p99_ms: load.p99_s * 1_000.0 }
    }

    fn assumptions(&self) -> Vec<(&'static str, String)> {
        let size = (!self.setting.task_declared).then(|| self.size.to_string());
        size.map(|size| ("container size", size)).into_iter().collect()
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.setting.task_declared && self.size != self.setting.task {
            notes.push(format!("{} is rounded up to the legal pair {}.", self.setting.task, self.size));
        }
        if self.setting.network.nat_gateways == 0 {
            notes.push("A NAT gateway for private tasks is not included.".to_owned());
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_round_up_to_legal_pairs() {
        let cases = [
            ((0.25, 0.5), Some((0.25, 0.5))),
            ((0.25, 1.5), Some((0.25, 2.0))),
            ((0.25, 3.0), Some((0.5, 3.0))),
            ((1.0, 1.0), Some((1.0, 2.0))),
            ((3.0, 31.0), Some((8.0, 32.0))),
            ((8.0, 17.0), Some((8.0, 20.0))),
            ((1.0, 244.0), Some((32.0, 244.0))),
            ((64.0, 1.0), None),
        ];
        for ((vcpu, memory_gb), legal) in cases {
            let legal = legal.map(|(vcpu, memory_gb)| TaskSize { vcpu, memory_gb });
            assert_eq!(TaskSize { vcpu, memory_gb }.legal(), legal, "{vcpu} {memory_gb}");
        }
    }

    #[test]
    fn an_assumed_task_holds_the_function_twice() {
        for (memory_mb, vcpu, memory_gb) in [(128.0, 0.5, 1.0), (512.0, 0.5, 1.0), (3_008.0, 4.0, 8.0)] {
            assert_eq!(TaskSize::for_memory(memory_mb), TaskSize { vcpu, memory_gb }, "{memory_mb}");
        }
    }
}
