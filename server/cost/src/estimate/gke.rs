//! GKE Autopilot: what pods request, around the clock, plus the cluster fee, which units of one cluster share.

use super::always_on::Fleet;
use super::entry::Around;
use super::free::allowance;
use super::size::TaskSize;
use super::{Latency, Line, Load, Model, Setting, Sizing, cluster_fee};
use crate::catalogue::Missing;
use crate::format::{plain, quantity};
use crate::schedule::Schedule;
use crate::target::Target;
use rust_decimal::prelude::ToPrimitive;

/// Requests come in steps of a quarter vCPU, which is also the least of a pod.
const CPU_STEP: f64 = 0.25;

/// Least memory of a pod, GiB.
const LEAST_GIB: f64 = 0.5;

/// Memory that goes with a vCPU, least and most, GiB.
const GIB_PER_VCPU: (f64, f64) = (1.0, 6.5);

/// Largest pod: vCPU and GiB.
const LARGEST: (f64, f64) = (30.0, 110.0);

/// What Autopilot makes of a pod's requests; `None` = larger than any pod.
pub fn pod(wanted: TaskSize) -> Option<TaskSize> {
    let memory_gb = wanted.memory_gb.max(LEAST_GIB);
    let vcpu = wanted.vcpu.max(memory_gb / GIB_PER_VCPU.1);
    let vcpu = ((vcpu / CPU_STEP - 1e-9).ceil() * CPU_STEP).max(CPU_STEP);
    let memory_gb = memory_gb.max(vcpu * GIB_PER_VCPU.0);
    (vcpu <= LARGEST.0 && memory_gb <= LARGEST.1).then_some(TaskSize { vcpu, memory_gb })
}

/// Prices of Autopilot in one region.
#[derive(Debug)]
pub struct GkeRates {
    cluster: Result<Schedule, Missing>,
    vcpu: Result<Schedule, Missing>,
    memory: Result<Schedule, Missing>,
    storage: Result<Schedule, Missing>,
    /// Hours of a cluster that the monthly credit pays for.
    free_hours: f64,
}

/// What a month uses of Autopilot.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PodUsage {
    /// Hours of all pods together.
    pub pod_hours: f64,
    /// vCPUs that a pod requests.
    pub vcpu: f64,
    /// Memory that a pod requests, GiB.
    pub memory_gib: f64,
    /// Storage that a pod requests, GiB.
    pub storage_gib: f64,
}

impl GkeRates {
    /// Prices of a region. The fee of a cluster is the same in all.
    pub fn of(region: &str) -> Self {
        let of = |what: &str| Schedule::of(&format!("gcp.gke.autopilot_{what}"), region);
        let cluster = Schedule::of("gcp.gke.cluster", "any");
        let fee = cluster.as_ref().ok().and_then(Schedule::first).and_then(|rate| rate.amount.to_f64());
        let credit = allowance("gcp", "gke", "usd_credit");
        Self {
            free_hours: fee.filter(|fee| *fee > 0.0).map_or(0.0, |fee| credit / fee),
            cluster,
            vcpu: of("vcpu"),
            memory: of("memory"),
            storage: of("ephemeral"),
        }
    }

    /// The fee for hours of clusters. The credit covers one zonal or Autopilot cluster of the billing account.
    pub(crate) fn cluster(&self, hours: f64, free_tier: bool) -> Line<'_> {
        let free = if free_tier { self.free_hours } else { 0.0 };
        Line::new("cluster", (hours - free).max(0.0), &self.cluster).shared(super::Shared::Cluster)
    }

    pub(crate) fn pods(&self, usage: &PodUsage, explain: bool) -> Vec<Line<'_>> {
        let line = |name, per_pod: f64, unit, schedule| {
            let text = || format!("{} pod-hours x {} {unit}", quantity(usage.pod_hours), plain(per_pod));
            let how = if explain { text() } else { String::new() };
            Line::new(name, usage.pod_hours * per_pod, schedule).how(how)
        };
        let mut lines = vec![
            line("vcpu", usage.vcpu, "vCPU", &self.vcpu),
            line("memory", usage.memory_gib, "GiB", &self.memory),
        ];
        if usage.storage_gib > 0.0 {
            lines.push(line("ephemeral", usage.storage_gib, "GiB", &self.storage));
        }
        lines
    }
}

struct Gke {
    target: &'static Target,
    rates: GkeRates,
    around: Around,
    size: TaskSize,
    setting: Setting,
}

/// The cost model of GKE Autopilot in a setting.
pub(crate) fn model(setting: &Setting, target: &'static Target) -> Box<dyn Model> {
    Box::new(Gke {
        target,
        rates: GkeRates::of(&setting.region),
        around: Around::of(setting, target),
        size: pod(setting.task).unwrap_or(setting.task),
        setting: setting.clone(),
    })
}

impl Model for Gke {
    fn lines(&self, load: &Load, sizing: Sizing, explain: bool) -> Vec<Line<'_>> {
        let mut fee = cluster_fee("cluster", &self.rates.cluster, &self.setting, explain);
        if self.setting.free_tier {
            // The credit is shared like the fee.
            let units = f64::from(self.setting.units_on_cluster.max(1));
            fee.quantity = (fee.quantity - self.rates.free_hours / units).max(0.0);
        }
        let usage = PodUsage {
            pod_hours: Fleet::of(load, self.size.vcpu).monthly_hours(sizing),
            vcpu: self.size.vcpu,
            memory_gib: self.size.memory_gb,
            storage_gib: 0.0,
        };
        let mut lines = vec![fee];
        lines.extend(self.rates.pods(&usage, explain));
        lines.extend(self.around.lines(load, explain));
        lines
    }

    fn fleet(&self, load: &Load) -> Option<Fleet> {
        Some(Fleet::of(load, self.size.vcpu))
    }

    fn size(&self, load: &Load) -> Option<String> {
        Some(Fleet::of(load, self.size.vcpu).in_words("pod", self.size))
    }

    fn latency(&self, load: &Load) -> Latency {
        Latency::ScaleUp { delay: self.target.scale_up, p99_ms: load.p99_s * 1_000.0 }
    }

    fn assumptions(&self) -> Vec<(&'static str, String)> {
        let units = self.setting.units_on_cluster.max(1).to_string();
        let shared = ("units that share the GKE cluster", units);
        self.setting.assumed_container().into_iter().chain([shared]).collect()
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = vec!["The cluster fee is paid once per cluster, whatever runs on it.".to_owned()];
        notes.push("Storage that pods request is not included.".to_owned());
        notes.extend(self.setting.rounded_up(self.size));
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_round_up_to_what_autopilot_runs() {
        let cases = [
            ((0.05, 0.1), Some((0.25, 0.5))),
            ((0.5, 1.0), Some((0.5, 1.0))),
            ((0.3, 1.0), Some((0.5, 1.0))),
            ((2.0, 1.0), Some((2.0, 2.0))),
            ((0.25, 6.5), Some((1.0, 6.5))),
            ((31.0, 40.0), None),
            ((1.0, 111.0), None),
        ];
        for ((vcpu, memory_gb), legal) in cases {
            let legal = legal.map(|(vcpu, memory_gb)| TaskSize { vcpu, memory_gb });
            assert_eq!(pod(TaskSize { vcpu, memory_gb }), legal, "{vcpu} {memory_gb}");
        }
    }
}
