//! Sizes of containers: which pairs of vCPU and memory a platform sells, and what a wish is rounded up to.

use crate::format::plain;

/// Size of one task, pod or instance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TaskSize {
    /// Virtual CPUs.
    pub vcpu: f64,
    /// Memory, GB.
    pub memory_gb: f64,
}

/// Memory sizes that go with a number of vCPUs.
#[derive(Debug, Clone, Copy)]
enum Sizes {
    /// From, to and step, GB.
    Steps(f64, f64, f64),
    /// Exactly these, GB.
    Only(&'static [f64]),
}

/// The pairs that a platform sells, smallest vCPU first.
#[derive(Debug, Clone, Copy)]
pub struct Menu {
    /// What one instance is called, for "larger than any ...".
    pub noun: &'static str,
    pairs: &'static [(f64, Sizes)],
}

/// Tasks of ECS and pods of EKS on Fargate.
pub static FARGATE: Menu = Menu {
    noun: "Fargate task",
    pairs: &[
        (0.25, Sizes::Only(&[0.5, 1.0, 2.0])),
        (0.5, Sizes::Steps(1.0, 4.0, 1.0)),
        (1.0, Sizes::Steps(2.0, 8.0, 1.0)),
        (2.0, Sizes::Steps(4.0, 16.0, 1.0)),
        (4.0, Sizes::Steps(8.0, 30.0, 1.0)),
        (8.0, Sizes::Steps(16.0, 60.0, 4.0)),
        (16.0, Sizes::Steps(32.0, 120.0, 8.0)),
        (32.0, Sizes::Only(&[60.0, 120.0, 244.0])),
    ],
};

/// Instances of App Runner.
pub static APP_RUNNER: Menu = Menu {
    noun: "App Runner instance",
    pairs: &[
        (0.25, Sizes::Only(&[0.5, 1.0])),
        (0.5, Sizes::Only(&[1.0])),
        (1.0, Sizes::Only(&[2.0, 3.0, 4.0])),
        (2.0, Sizes::Only(&[4.0, 6.0])),
        (4.0, Sizes::Only(&[8.0, 10.0, 12.0])),
    ],
};

/// One MiB in GiB.
const MIB: f64 = 1.0 / 1024.0;

/// Instances of Cloud Run that take more than one request: whole vCPUs.
pub static CLOUD_RUN: Menu = Menu {
    noun: "Cloud Run instance",
    pairs: &[
        (1.0, Sizes::Steps(0.5, 4.0, MIB)),
        (2.0, Sizes::Steps(0.5, 8.0, MIB)),
        (4.0, Sizes::Steps(2.0, 16.0, MIB)),
        (6.0, Sizes::Steps(4.0, 24.0, MIB)),
        (8.0, Sizes::Steps(4.0, 32.0, MIB)),
    ],
};

/// Instances of Cloud Functions, generation 2: the memory decides, and brings its share of a vCPU.
pub static CLOUD_FUNCTIONS: Menu = Menu {
    noun: "Cloud Functions instance",
    pairs: &[
        (0.083, Sizes::Only(&[0.125])),
        (0.167, Sizes::Only(&[0.25])),
        (0.333, Sizes::Only(&[0.5])),
        (0.583, Sizes::Only(&[1.0])),
        (1.0, Sizes::Only(&[2.0])),
        (2.0, Sizes::Only(&[4.0, 8.0])),
        (4.0, Sizes::Only(&[16.0])),
        (8.0, Sizes::Only(&[32.0])),
    ],
};

/// Replicas of Container Apps on the Consumption plan: 2 GiB with each vCPU.
pub static CONTAINER_APPS: Menu = Menu {
    noun: "Container Apps replica",
    pairs: &[
        (0.25, Sizes::Only(&[0.5])),
        (0.5, Sizes::Only(&[1.0])),
        (0.75, Sizes::Only(&[1.5])),
        (1.0, Sizes::Only(&[2.0])),
        (1.25, Sizes::Only(&[2.5])),
        (1.5, Sizes::Only(&[3.0])),
        (1.75, Sizes::Only(&[3.5])),
        (2.0, Sizes::Only(&[4.0])),
        (2.25, Sizes::Only(&[4.5])),
        (2.5, Sizes::Only(&[5.0])),
        (2.75, Sizes::Only(&[5.5])),
        (3.0, Sizes::Only(&[6.0])),
        (3.25, Sizes::Only(&[6.5])),
        (3.5, Sizes::Only(&[7.0])),
        (3.75, Sizes::Only(&[7.5])),
        (4.0, Sizes::Only(&[8.0])),
    ],
};

/// Instances of Azure Functions Premium: EP1, EP2 and EP3.
pub static PREMIUM: Menu = Menu {
    noun: "Premium instance",
    pairs: &[(1.0, Sizes::Only(&[3.5])), (2.0, Sizes::Only(&[7.0])), (4.0, Sizes::Only(&[14.0]))],
};

impl Menu {
    /// The smallest pair that holds `wanted`; `None` = larger than all of them.
    pub fn legal(&self, wanted: TaskSize) -> Option<TaskSize> {
        self.pairs.iter().filter(|(vcpu, _)| *vcpu >= wanted.vcpu).find_map(|(vcpu, sizes)| {
            sizes.at_least(wanted.memory_gb).map(|memory_gb| TaskSize { vcpu: *vcpu, memory_gb })
        })
    }

    /// For each number of vCPUs the smallest pair that has `memory_gb`, smallest vCPU first. Whatever else there is
    /// costs more and serves no more requests.
    pub fn with_memory(&self, memory_gb: f64) -> impl Iterator<Item = TaskSize> {
        self.pairs.iter().filter_map(move |(vcpu, sizes)| {
            sizes.at_least(memory_gb).map(|memory_gb| TaskSize { vcpu: *vcpu, memory_gb })
        })
    }

    /// The smallest pair that holds so much memory; the largest, when none does.
    pub fn for_memory(&self, memory_gb: f64) -> TaskSize {
        let fits = self.legal(TaskSize { vcpu: 0.0, memory_gb });
        fits.or_else(|| {
            self.pairs.last().map(|(vcpu, sizes)| TaskSize { vcpu: *vcpu, memory_gb: sizes.most() })
        })
        .unwrap_or(TaskSize { vcpu: 1.0, memory_gb })
    }
}

impl TaskSize {
    /// The size that is assumed for a function's memory: twice as much, because a container holds several requests
    /// at once, at Fargate's leanest ratio of 1 vCPU to 2 GB; not below 0.5 vCPU and 1 GB.
    pub fn for_memory(memory_mb: f64) -> Self {
        let memory_gb = (2.0 * memory_mb / 1024.0).max(1.0);
        let wanted = Self { vcpu: 0.25, memory_gb };
        let with_cpu = Self { vcpu: (memory_gb / 2.0).min(16.0), memory_gb };
        with_cpu.legal().or(wanted.legal()).unwrap_or(with_cpu)
    }

    /// The smallest legal pair of Fargate that holds this size; `None` = larger than any task.
    pub fn legal(self) -> Option<Self> {
        FARGATE.legal(self)
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

    fn most(&self) -> f64 {
        match *self {
            Self::Only(sizes) => sizes.last().copied().unwrap_or(0.0),
            Self::Steps(_, to, _) => to,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Pair = (f64, f64);

    fn check(menu: &Menu, cases: &[(Pair, Option<Pair>)]) {
        for ((vcpu, memory_gb), legal) in cases.iter().copied() {
            let legal = legal.map(|(vcpu, memory_gb)| TaskSize { vcpu, memory_gb });
            assert_eq!(menu.legal(TaskSize { vcpu, memory_gb }), legal, "{} {vcpu} {memory_gb}", menu.noun);
        }
    }

    #[test]
    fn sizes_round_up_to_legal_pairs() {
        let fargate = [
            ((0.25, 0.5), Some((0.25, 0.5))),
            ((0.25, 1.5), Some((0.25, 2.0))),
            ((0.25, 3.0), Some((0.5, 3.0))),
            ((1.0, 1.0), Some((1.0, 2.0))),
            ((3.0, 31.0), Some((8.0, 32.0))),
            ((8.0, 17.0), Some((8.0, 20.0))),
            ((1.0, 244.0), Some((32.0, 244.0))),
            ((64.0, 1.0), None),
        ];
        check(&FARGATE, &fargate);
        check(&APP_RUNNER, &[((0.5, 2.0), Some((1.0, 2.0))), ((1.0, 12.0), Some((4.0, 12.0)))]);
        check(&CLOUD_RUN, &[((0.5, 1.0), Some((1.0, 1.0))), ((1.0, 5.0), Some((2.0, 5.0)))]);
        check(&CONTAINER_APPS, &[((0.5, 1.2), Some((0.75, 1.5))), ((1.0, 9.0), None)]);
    }

    #[test]
    fn memory_alone_decides_where_it_brings_its_cpu() {
        let vcpu = |menu: &Menu, gb| menu.for_memory(gb).vcpu;
        assert_eq!((vcpu(&CLOUD_FUNCTIONS, 0.3), vcpu(&CLOUD_FUNCTIONS, 3.0)), (0.333, 2.0));
        assert_eq!((vcpu(&PREMIUM, 0.5), vcpu(&PREMIUM, 4.0), vcpu(&PREMIUM, 99.0)), (1.0, 2.0, 4.0));
    }

    #[test]
    fn an_assumed_task_holds_the_function_twice() {
        for (memory_mb, vcpu, memory_gb) in [(128.0, 0.5, 1.0), (512.0, 0.5, 1.0), (3_008.0, 4.0, 8.0)] {
            assert_eq!(TaskSize::for_memory(memory_mb), TaskSize { vcpu, memory_gb }, "{memory_mb}");
        }
    }
}
