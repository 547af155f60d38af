//! Machines of a cluster: their price, and how many pods one holds.

use super::always_on::Fleet;
use super::size::TaskSize;
use super::{Line, Sizing};
use crate::catalogue::{Missing, catalogue};
use crate::format::quantity;
use crate::schedule::Schedule;

/// Share of a node's vCPUs that is left for pods.
const ALLOCATABLE_CPU: f64 = 0.94;

/// Share of a node's memory that is left for pods.
const ALLOCATABLE_MEMORY: f64 = 0.85;

/// Nodes of one machine type.
#[derive(Debug)]
pub(super) struct Nodes {
    /// Price of a node-hour.
    pub(super) rate: Result<Schedule, Missing>,
    /// Pods that one node holds.
    pub(super) pods: f64,
}

impl Nodes {
    /// Nodes whose price cannot be known yet, and why.
    pub(super) fn unknown(region: &str, why: String) -> Self {
        Self { rate: Err(Missing::undetermined("nodes", region, why)), pods: 1.0 }
    }

    /// Nodes of the type whose price has the identifier `prefix.kind`, for pods of one size.
    pub(super) fn of(prefix: &str, kind: &str, region: &str, pod: TaskSize) -> Self {
        let id = format!("{prefix}.{kind}");
        let Some((vcpu, gib)) = catalogue().price(&id, region).and_then(|price| price.hardware) else {
            return Self { rate: Schedule::of(&id, region), pods: 1.0 };
        };
        let pods = (vcpu * ALLOCATABLE_CPU / pod.vcpu).min(gib * ALLOCATABLE_MEMORY / pod.memory_gb);
        if pods < 1.0 {
            return Self::unknown(region, format!("no node price: a pod of {pod} does not fit on {kind}"));
        }
        Self { rate: Schedule::of(&id, region), pods: pods.floor() }
    }

    /// Hours of the nodes that hold a fleet of pods.
    pub(super) fn line(&self, pods: &Fleet, sizing: Sizing, explain: bool) -> Line<'_> {
        let nodes = pods.machines(self.pods);
        let how = if explain {
            format!("{} nodes of {} pods", quantity(nodes.mean(sizing)), self.pods)
        } else {
            String::new()
        };
        Line::new("nodes", nodes.monthly_hours(sizing), &self.rate).how(how)
    }
}
