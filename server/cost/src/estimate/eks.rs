//! EKS: pods on a Fargate profile or on EC2 nodes, plus the control plane, which units of one cluster share.

use super::always_on::Fleet;
use super::entry::Around;
use super::fargate::{FargateRates, FargateUsage};
use super::nodes::Nodes;
use super::size::TaskSize;
use super::{EksPool, Latency, Line, Load, Model, Setting, Sizing, cluster_fee};
use crate::catalogue::Missing;
use crate::format::quantity;
use crate::schedule::Schedule;
use crate::target::Target;

enum Pool {
    Fargate(FargateRates),
    Nodes(Nodes),
}

struct Eks {
    control_plane: Result<Schedule, Missing>,
    pool: Pool,
    around: Around,
    size: TaskSize,
    setting: Setting,
}

/// The cost model of EKS in a setting.
pub(crate) fn model(setting: &Setting, target: &'static Target) -> Box<dyn Model> {
    let (pool, size) = match &setting.eks {
        EksPool::FargateProfile => {
            let rates = FargateRates::of_eks(&setting.region);
            (Pool::Fargate(rates), setting.task.legal().unwrap_or(setting.task))
        }
        EksPool::Nodes(kind) => (Pool::Nodes(nodes(kind.as_deref(), setting)), setting.task),
    };
    Box::new(Eks {
        control_plane: Schedule::of("aws.eks.control_plane", &setting.region),
        pool,
        around: Around::of(setting, target),
        size,
        setting: setting.clone(),
    })
}

fn nodes(kind: Option<&str>, setting: &Setting) -> Nodes {
    let region = setting.region.as_str();
    match kind {
        Some(kind) => Nodes::of("aws.ec2", kind, region, setting.task),
        None => Nodes::unknown(
            region,
            "no node price: the instance type of the node pool is not known".to_owned(),
        ),
    }
}

impl Eks {
    fn pool_lines(&self, load: &Load, sizing: Sizing, explain: bool) -> Vec<Line<'_>> {
        let pods = Fleet::of(load, self.size.vcpu);
        match &self.pool {
            Pool::Fargate(rates) => {
                let task_hours = pods.monthly_hours(sizing);
                rates.lines(&FargateUsage { task_hours, size: self.size, storage_gb: 0.0 }, explain)
            }
            Pool::Nodes(nodes) => vec![nodes.line(&pods, sizing, explain)],
        }
    }
}

impl Model for Eks {
    fn lines(&self, load: &Load, sizing: Sizing, explain: bool) -> Vec<Line<'_>> {
        let mut lines = vec![cluster_fee("control_plane", &self.control_plane, &self.setting, explain)];
        lines.extend(self.pool_lines(load, sizing, explain));
        lines.extend(self.around.lines(load, explain));
        lines
    }

    fn fleet(&self, load: &Load) -> Option<Fleet> {
        Some(Fleet::of(load, self.size.vcpu))
    }

    fn size(&self, load: &Load) -> Option<String> {
        let pods = Fleet::of(load, self.size.vcpu);
        let what = pods.in_words("pod", self.size);
        Some(match (&self.pool, &self.setting.eks) {
            (Pool::Nodes(nodes), EksPool::Nodes(Some(kind))) if nodes.rate.is_ok() => {
                format!("{what} on {} {kind}", quantity(pods.machines(nodes.pods).peak()))
            }
            (Pool::Fargate(_), _) => format!("{what} on Fargate"),
            _ => what,
        })
    }

    fn latency(&self, load: &Load) -> Latency {
        let delay = match self.pool {
            Pool::Fargate(_) => "pod start on Fargate, not measured",
            Pool::Nodes(_) => "pod 20-60 s, with a new node 1-4 min",
        };
        Latency::ScaleUp { delay, p99_ms: load.p99_s * 1_000.0 }
    }

    fn assumptions(&self) -> Vec<(&'static str, String)> {
        let units = self.setting.units_on_cluster.max(1).to_string();
        let shared = ("units that share the EKS cluster", units);
        self.setting.assumed_container().into_iter().chain([shared]).collect()
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = vec!["The control plane is paid once per cluster, whatever runs on it.".to_owned()];
        match &self.pool {
            // A Fargate profile takes private subnets alone.
            Pool::Fargate(_) => notes.extend(self.around.without_nat("pods on a Fargate profile")),
            Pool::Nodes(_) => notes.push("Disks of the nodes are not included.".to_owned()),
        }
        notes
    }
}
