//! AKS: pods on virtual machines, plus the fee of the Standard tier, which units of one cluster share.

use super::always_on::Fleet;
use super::entry::Around;
use super::nodes::Nodes;
use super::{Latency, Line, Load, Model, Setting, Sizing, cluster_fee};
use crate::catalogue::Missing;
use crate::format::quantity;
use crate::schedule::Schedule;
use crate::target::Target;

/// The machine type that is assumed when nobody states one: what the Azure CLI takes for a new cluster.
const USUAL_NODE: &str = "Standard_DS2_v2";

struct Aks {
    target: &'static Target,
    cluster: Result<Schedule, Missing>,
    nodes: Nodes,
    around: Around,
    setting: Setting,
}

/// The cost model of AKS in a setting.
pub(crate) fn model(setting: &Setting, target: &'static Target) -> Box<dyn Model> {
    let kind = setting.node_type.as_deref().unwrap_or(USUAL_NODE);
    Box::new(Aks {
        target,
        cluster: Schedule::of("azure.aks.standard_tier", &setting.region),
        nodes: Nodes::of("azure.vm", kind, &setting.region, setting.task),
        around: Around::of(setting, target),
        setting: setting.clone(),
    })
}

impl Aks {
    fn kind(&self) -> &str {
        self.setting.node_type.as_deref().unwrap_or(USUAL_NODE)
    }
}

impl Model for Aks {
    fn lines(&self, load: &Load, sizing: Sizing, explain: bool) -> Vec<Line<'_>> {
        let pods = Fleet::of(load, self.setting.task.vcpu);
        let mut lines = vec![
            cluster_fee("cluster", &self.cluster, &self.setting, explain),
            self.nodes.line(&pods, sizing, explain),
        ];
        lines.extend(self.around.lines(load, explain));
        lines
    }

    fn fleet(&self, load: &Load) -> Option<Fleet> {
        Some(Fleet::of(load, self.setting.task.vcpu))
    }

    fn size(&self, load: &Load) -> Option<String> {
        let pods = Fleet::of(load, self.setting.task.vcpu);
        let what = pods.in_words("pod", self.setting.task);
        if self.nodes.rate.is_err() {
            return Some(what);
        }
        Some(format!("{what} on {} {}", quantity(pods.machines(self.nodes.pods).peak()), self.kind()))
    }

    fn latency(&self, load: &Load) -> Latency {
        Latency::ScaleUp { delay: self.target.scale_up, p99_ms: load.p99_s * 1_000.0 }
    }

    fn assumptions(&self) -> Vec<(&'static str, String)> {
        let mut list: Vec<_> = self.setting.assumed_container().into_iter().collect();
        if self.setting.node_type.is_none() {
            list.push(("AKS node type", USUAL_NODE.to_owned()));
        }
        list.push(("units that share the AKS cluster", self.setting.units_on_cluster.max(1).to_string()));
        list
    }

    fn notes(&self) -> Vec<String> {
        vec![
            "The fee is that of the Standard tier, once per cluster; the Free tier has none and no SLA."
                .to_owned(),
            "Disks of the nodes and nodes of the system pool are not included.".to_owned(),
        ]
    }
}
