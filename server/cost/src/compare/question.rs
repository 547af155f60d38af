//! What an editor asks.

use crate::date::Date;
use crate::estimate::{EksPool, Entries, Entry, Extras, Network, Setting, Sizing, TaskSize};
use crate::requirements::Requirements;
use crate::target::{Package, Provider, Target};
use crate::workload::{Input, Resolved};

/// Everything that a comparison depends on. [`Question::new`] fills what a project rarely states; every field may be
/// set afterwards.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// Whose targets are compared.
    pub provider: Provider,
    /// Region as the provider spells it.
    pub region: &'a str,
    /// The unit's traffic.
    pub workload: &'a Resolved,
    /// What the unit must meet.
    pub requirements: &'a Requirements,
    /// Key of the target on which it runs now.
    pub current: Option<&'a str>,
    /// In which of its plans; empty for the usual one.
    pub plan: &'a str,
    /// Targets that it cannot be put on, whatever it requires, by key, and why. It may stay where it is.
    pub barred: &'a [(&'static str, String)],
    /// Today, for the age of prices.
    pub today: Date,
    /// Runtime of the file's language (`nodejs`, `python`, ...), used unless the workload names one.
    pub runtime: Option<&'a str>,
    /// Delivery of a function; `None` = not stated, a ZIP archive is assumed.
    pub package: Option<Package>,
    /// What stands in front of the unit, per family.
    pub entries: Entries,
    /// Size of one container as the project states it; `None` = derived from the function's memory and shown as
    /// assumed.
    pub task: Option<TaskSize>,
    /// Memory that somebody states for its function, MB; `None` = nobody does, whatever its container has.
    pub function_memory_mb: Option<f64>,
    /// What EKS pods run on.
    pub eks: EksPool,
    /// Machine type of AKS nodes; `None` = not stated, a usual one is assumed and shown.
    pub node_type: Option<&'a str>,
    /// Environments or instances of an on-demand target that are kept ready: provisioned concurrency of Lambda, minimum
    /// instances elsewhere.
    pub kept_ready: u32,
    /// Temporary storage of a function, MB; 512 come for free.
    pub storage_mb: f64,
    /// What requests cause beside their own work.
    pub extras: Extras,
    /// Units that share the cluster and its fee.
    pub units_on_cluster: u32,
    /// Parts of the network that this unit pays for.
    pub network: Network,
    /// Subtract the free tier, which belongs to the whole account.
    pub free_tier: bool,
    /// Which capacity of always-on targets decides the order and the recommendation.
    pub sizing: Sizing,
}

impl<'a> Question<'a> {
    /// A question with the usual choices: an HTTP API before functions and a load balancer before containers, pods on
    /// a Fargate profile, a cluster of one's own, no free tier, capacity for the peak; whatever of these the workload states goes before.
    pub fn new(
        provider: Provider,
        region: &'a str,
        workload: &'a Resolved,
        requirements: &'a Requirements,
        today: Date,
    ) -> Self {
        let amount = |field: &Option<Input<f64>>| field.as_ref().map(|field| field.value);
        let or_none = |field| amount(field).unwrap_or_default();
        let memory = &workload.memory_mb;
        let (log_kb, egress_kb) = (or_none(&workload.log_kb), or_none(&workload.egress_kb));
        Self {
            provider,
            region,
            workload,
            requirements,
            current: None,
            plan: "",
            barred: &[],
            today,
            runtime: None,
            package: workload.package.as_ref().map(|package| package.value),
            entries: Entries::default(),
            task: None,
            function_memory_mb: (!memory.is_assumed()).then_some(memory.value),
            eks: EksPool::default(),
            node_type: None,
            kept_ready: or_none(&workload.provisioned_concurrency) as u32,
            storage_mb: amount(&workload.ephemeral_storage_mb).unwrap_or(512.0),
            extras: Extras { log_kb, egress_kb, ..Extras::default() },
            units_on_cluster: 1,
            network: Network { nat_gateways: or_none(&workload.nat_gateways) as u32, ..Network::default() },
            free_tier: workload.free_tier.as_ref().is_some_and(|free| free.value),
            sizing: Sizing::default(),
        }
    }

    /// What stands in front of a target.
    pub fn entry_of(&self, target: &Target) -> Entry {
        self.entries.before(target)
    }

    /// Memory that the unit needs, MB: as it states or assumes, and at least what is required.
    fn needed_memory_mb(&self) -> f64 {
        self.workload.memory_mb.value.max(self.requirements.memory_mb.unwrap_or(0.0))
    }

    /// The choices as cost models take them.
    pub fn setting(&self) -> Setting {
        let named = self.workload.runtime.as_ref().map(|runtime| runtime.value.as_str());
        Setting {
            region: self.region.to_owned(),
            arch: self.workload.arch.value,
            package: self.package.unwrap_or_default(),
            package_declared: self.package.is_some(),
            runtime: named.or(self.runtime).map(str::to_owned),
            entries: self.entries,
            task: self.task.unwrap_or_else(|| TaskSize::for_memory(self.needed_memory_mb())),
            task_declared: self.task.is_some(),
            function_memory_mb: self.function_memory_mb,
            eks: self.eks.clone(),
            node_type: self.node_type.map(str::to_owned),
            kept_ready: self.kept_ready,
            storage_mb: self.storage_mb,
            extras: self.extras,
            units_on_cluster: self.units_on_cluster.max(1),
            network: self.network,
            free_tier: self.free_tier,
        }
    }
}
