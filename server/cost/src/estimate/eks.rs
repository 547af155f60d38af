//! EKS: pods on a Fargate profile or on EC2 nodes, plus the control plane, which units of one cluster share.

use super::always_on::Fleet;
use super::entry::EntryRates;
use super::fargate::{FargateRates, FargateUsage, TaskSize};
use super::{EksPool, Entry, Latency, Line, Load, Model, Setting, Shared, Sizing};
use crate::catalogue::{Missing, catalogue};
use crate::format::quantity;
use crate::schedule::Schedule;
use crate::traffic::HOURS_PER_MONTH;

/// Share of a node's vCPUs that is left for pods.
const ALLOCATABLE_CPU: f64 = 0.94;

/// Share of a node's memory that is left for pods.
const ALLOCATABLE_MEMORY: f64 = 0.85;

enum Pool {
    Fargate(FargateRates),
    /// Price of a node-hour and pods per node.
    Nodes(Result<Schedule, Missing>, f64),
}

struct Eks {
    control_plane: Result<Schedule, Missing>,
    pool: Pool,
    entry_rates: EntryRates,
    entry: Entry,
    size: TaskSize,
    setting: Setting,
}

/// The cost model of EKS in a setting.
pub(crate) fn model(setting: &Setting) -> Box<dyn Model> {
    let (pool, size) = match &setting.eks {
        EksPool::FargateProfile => {
            let rates = FargateRates::of_eks(&setting.region);
            (Pool::Fargate(rates), setting.task.legal().unwrap_or(setting.task))
        }
        EksPool::Nodes(kind) => (nodes(kind.as_deref(), setting), setting.task),
    };
    Box::new(Eks {
        control_plane: Schedule::of("aws.eks.control_plane", &setting.region),
        pool,
        entry_rates: EntryRates::of(&setting.region),
        entry: setting.entries.always_on,
        size,
        setting: setting.clone(),
    })
}

fn nodes(kind: Option<&str>, setting: &Setting) -> Pool {
    let region = setting.region.as_str();
    let unpriced = |why: String| Pool::Nodes(Err(Missing::undetermined("eks.nodes", region, why)), 1.0);
    let Some(kind) = kind else {
        return unpriced("no node price: the instance type of the node pool is not known".to_owned());
    };
    let id = format!("aws.ec2.{kind}");
    let Some((vcpu, gib)) = catalogue().price(&id, region).and_then(|price| price.hardware) else {
        return Pool::Nodes(Schedule::of(&id, region), 1.0);
    };
    let pods =
        (vcpu * ALLOCATABLE_CPU / setting.task.vcpu).min(gib * ALLOCATABLE_MEMORY / setting.task.memory_gb);
    if pods < 1.0 {
        return unpriced(format!("no node price: a pod of {} does not fit on {kind}", setting.task));
    }
    Pool::Nodes(Schedule::of(&id, region), pods.floor())
}

impl Eks {
    fn pool_lines(&self, load: &Load, sizing: Sizing, explain: bool) -> Vec<Line<'_>> {
        let pods = Fleet::of(load, self.size.vcpu);
        match &self.pool {
            Pool::Fargate(rates) => {
                let task_hours = pods.monthly_hours(sizing);
                rates.lines(&FargateUsage { task_hours, size: self.size, storage_gb: 0.0 }, explain)
            }
            Pool::Nodes(rate, per_node) => {
                let nodes = pods.machines(*per_node);
                let how = if explain {
                    format!("{} nodes of {per_node} pods", quantity(nodes.mean(sizing)))
                } else {
                    String::new()
                };
                vec![Line::new("nodes", nodes.monthly_hours(sizing), rate).how(how)]
            }
        }
    }
}

impl Model for Eks {
    fn lines(&self, load: &Load, sizing: Sizing, explain: bool) -> Vec<Line<'_>> {
        let units = self.setting.units_on_cluster.max(1);
        let how = if explain && units > 1 { format!("730 h / {units} units") } else { String::new() };
        let quantity = HOURS_PER_MONTH / f64::from(units);
        let mut lines =
            vec![Line::new("control_plane", quantity, &self.control_plane).how(how).shared(Shared::Cluster)];
        lines.extend(self.pool_lines(load, sizing, explain));
        lines.extend(self.entry_rates.lines(self.entry, load, false, explain));
        lines.extend(self.entry_rates.network(self.setting.network, load));
        lines
    }

    fn fleet(&self, load: &Load) -> Option<Fleet> {
        Some(Fleet::of(load, self.size.vcpu))
    }

    fn size(&self, load: &Load) -> Option<String> {
        let pods = Fleet::of(load, self.size.vcpu);
        let noun = if pods.peak() == 1.0 { "pod" } else { "pods" };
        let what = format!("{} {noun} of {}", quantity(pods.peak()), self.size);
        Some(match (&self.pool, &self.setting.eks) {
            (Pool::Nodes(Ok(_), per_node), EksPool::Nodes(Some(kind))) => {
                format!("{what} on {} {kind}", quantity(pods.machines(*per_node).peak()))
            }
            (Pool::Fargate(_), _) => format!("{what} on Fargate"),
            _ => what,
        })
    }

    fn latency(&self, load: &Load) -> Latency {
        let delay = match self.pool {
            Pool::Fargate(_) => "pod start on Fargate, not measured",
            Pool::Nodes(..) => "pod 20-60 s, with a new node 1-4 min",
        };
        Latency::ScaleUp { delay, p99_ms: load.p99_s * 1_000.0 }
    }

    fn assumptions(&self) -> Vec<(&'static str, String)> {
        let mut list = Vec::new();
        if !self.setting.task_declared {
            list.push(("container size", self.size.to_string()));
        }
        list.push(("units that share the EKS cluster", self.setting.units_on_cluster.max(1).to_string()));
        list
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = vec!["The control plane is paid once per cluster, whatever runs on it.".to_owned()];
        match &self.pool {
            Pool::Fargate(_) => {
                notes.push("Pods on a Fargate profile need a NAT gateway, not included.".to_owned())
            }
            Pool::Nodes(..) => notes.push("Disks of the nodes are not included.".to_owned()),
        }
        notes
    }
}
