//! The sizes in which a unit could run on a target.
//!
//! A container is given enough memory for what the unit needs, and enough of a processor for what one request uses while
//! it runs: with less, requests would take longer than the workload says. Of several amounts of memory that go with a
//! number of vCPUs only the smallest is tried, since more of it costs more and serves nobody.

use super::Unit;
use crate::estimate::size::{FARGATE, TaskSize};
use crate::format::plain;
use crate::target::Target;
use crate::workload::{Input, Origin, Resolved};

/// Smallest memory of a function, MB.
const LEAST_MEMORY_MB: f64 = 128.0;

/// How large one instance is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Size {
    /// A container of these vCPUs and this memory.
    Task(TaskSize),
    /// A function with this memory, MB.
    Memory(f64),
    /// The cost model's own: nothing is chosen.
    Own,
}

/// A size, and what the unit does at it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tried {
    pub(super) size: Size,
    /// How long requests were measured to take at that size, ms.
    pub(super) duration_ms: Option<f64>,
}

type Sizes = fn(&Unit<'_>) -> Result<Vec<Tried>, String>;
type Now = fn(&Unit<'_>) -> Size;

/// The targets on which a project can state a size: those that can be had, and the one that the question describes.
const SIZED: &[(&str, Sizes, Now)] = &[("lambda", functions, function_now), ("ecs", tasks, task_now)];

/// The sizes to try on a target, smallest first; the error says why there is none.
pub(super) fn sizes(unit: &Unit<'_>, target: &Target) -> Result<Vec<Tried>, String> {
    let own = vec![Tried { size: Size::Own, duration_ms: None }];
    SIZED.iter().find(|(key, ..)| *key == target.key).map_or(Ok(own), |(_, sizes, _)| sizes(unit))
}

/// The size that the question describes.
pub(super) fn now(unit: &Unit<'_>, target: &Target) -> Size {
    SIZED.iter().find(|(key, ..)| *key == target.key).map_or(Size::Own, |(.., now)| now(unit))
}

fn task_now(unit: &Unit<'_>) -> Size {
    let task = unit.question.setting().task;
    Size::Task(task.legal().unwrap_or(task))
}

fn function_now(unit: &Unit<'_>) -> Size {
    Size::Memory(unit.question.workload.memory_mb.value)
}

fn tasks(unit: &Unit<'_>) -> Result<Vec<Tried>, String> {
    let memory_gb = container_memory_gb(unit);
    let workload = unit.question.workload;
    let stated = unit.question.task.filter(|_| unit.container_stated && workload.cpu_ms.is_assumed());
    if let Some(task) = stated.and_then(|task| task.legal()).filter(|task| task.memory_gb >= memory_gb - 1e-9)
    {
        return Ok(vec![Tried { size: Size::Task(task), duration_ms: None }]);
    }
    let busy = workload.cpu_ms.value / workload.request_duration_ms.value.max(1e-9);
    let sizes = FARGATE.with_memory(memory_gb).filter(|size| size.vcpu >= busy - 1e-9);
    let tried: Vec<_> = sizes.map(|size| Tried { size: Size::Task(size), duration_ms: None }).collect();
    if tried.is_empty() {
        let (memory, vcpu) = (plain(memory_gb), plain(busy));
        return Err(format!("no Fargate task has {memory} GB and {vcpu} vCPU"));
    }
    Ok(tried)
}

/// Memory that a container must have, GB. While nobody says what the unit needs, a size that the project states for its
/// container is what is known of it.
fn container_memory_gb(unit: &Unit<'_>) -> f64 {
    let question = &unit.question;
    let memory = &question.workload.memory_mb;
    let held = match question.task {
        Some(task) if memory.is_assumed() => task.memory_gb,
        _ => memory.value / 1024.0,
    };
    held.max(question.requirements.memory_mb.unwrap_or(0.0) / 1024.0)
}

fn functions(unit: &Unit<'_>) -> Result<Vec<Tried>, String> {
    let required = unit.question.requirements.memory_mb.filter(|_| !unit.memory_stated).unwrap_or(0.0);
    let required = required.max(LEAST_MEMORY_MB);
    let stated = unit.question.workload.memory_mb.value.max(required);
    let measured =
        unit.measured.iter().filter(|point| point.memory_mb >= required && point.duration_ms > 0.0);
    let mut tried: Vec<_> = measured
        .map(|point| Tried { size: Size::Memory(point.memory_mb), duration_ms: Some(point.duration_ms) })
        .collect();
    if tried.iter().all(|known| known.size != Size::Memory(stated)) {
        tried.push(Tried { size: Size::Memory(stated), duration_ms: None });
    }
    Ok(tried)
}

impl Tried {
    /// The container of this size.
    pub(super) fn task(&self) -> Option<TaskSize> {
        match self.size {
            Size::Task(task) => Some(task),
            Size::Memory(_) | Size::Own => None,
        }
    }

    /// The memory of the function of this size, MB.
    pub(super) fn memory_mb(&self) -> Option<f64> {
        match self.size {
            Size::Memory(memory_mb) => Some(memory_mb),
            Size::Task(_) | Size::Own => None,
        }
    }

    /// The workload at this size. Nobody measures the slowest hundredth along with the mean: it becomes longer as the
    /// mean does, and no shorter.
    pub(super) fn workload(&self, workload: &Resolved) -> Resolved {
        let mut at_size = workload.clone();
        if let Size::Memory(memory_mb) = self.size
            && memory_mb != workload.memory_mb.value
        {
            at_size.memory_mb = Input { value: memory_mb, origin: Origin::Config };
        }
        if let Some(duration_ms) = self.duration_ms {
            let factor = duration_ms / workload.request_duration_ms.value.max(1e-9);
            let slower = if workload.p99_duration_ms.is_assumed() { factor } else { factor.max(1.0) };
            at_size.p99_duration_ms.value *= slower;
            at_size.request_duration_ms = Input { value: duration_ms, origin: Origin::Config };
        }
        at_size
    }
}

impl Size {
    /// The size in words; `None` when nothing is chosen.
    pub fn words(&self) -> Option<String> {
        match self {
            Self::Task(size) => Some(size.to_string()),
            Self::Memory(mb) => Some(format!("{} MB", plain(*mb))),
            Self::Own => None,
        }
    }
}
