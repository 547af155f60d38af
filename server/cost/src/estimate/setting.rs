//! What a cost model is given: the traffic as plain numbers, and the choices a project made around a unit.

use super::fargate::TaskSize;
use crate::coldstart::Init;
use crate::target::{Arch, Package};
use crate::traffic;
use crate::workload::Resolved;

/// What stands in front of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Entry {
    /// Nothing that costs: the unit is not exposed.
    #[default]
    None,
    /// A Lambda Function URL, which is free.
    FunctionUrl,
    /// API Gateway, HTTP API.
    HttpApi,
    /// API Gateway, REST API.
    RestApi,
    /// Application Load Balancer.
    Alb,
}

impl Entry {
    /// Name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "no entry",
            Self::FunctionUrl => "Function URL",
            Self::HttpApi => "HTTP API",
            Self::RestApi => "REST API",
            Self::Alb => "ALB",
        }
    }
}

/// The entry of each family: a gateway that suits a function is not what fronts a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Entries {
    /// In front of on-demand targets.
    pub on_demand: Entry,
    /// In front of always-on targets.
    pub always_on: Entry,
}

impl Entries {
    /// Entries of a unit that declares `entry`: containers get a load balancer in the place of any gateway, so that
    /// both sides are reachable in the way that is usual for them.
    pub fn of(entry: Entry) -> Self {
        let always_on = if entry == Entry::None { Entry::None } else { Entry::Alb };
        Self { on_demand: entry, always_on }
    }
}

impl Default for Entries {
    fn default() -> Self {
        Self::of(Entry::HttpApi)
    }
}

/// What pods of an EKS unit run on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum EksPool {
    /// A Fargate profile, the compiler's default.
    #[default]
    FargateProfile,
    /// EC2 nodes of a type such as `t3.medium`; `None` = the type is not known, and neither is the price.
    Nodes(Option<String>),
}

/// Parts of a private network that a unit pays for. Nothing is counted unless it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Network {
    /// NAT gateways that serve this unit.
    pub nat_gateways: u32,
    /// Public IPv4 addresses of this unit.
    pub public_ipv4: u32,
}

/// Which capacity of an always-on target is priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sizing {
    /// Capacity for the busiest hour, all day.
    #[default]
    Peak,
    /// Each hour's own capacity.
    Autoscaled,
    /// Each hour's own capacity, raised an hour early before ramps that more than double it.
    AutoscaledAhead,
}

/// The choices around a unit that do not come from its traffic.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Region as the provider spells it.
    pub region: String,
    /// Processor architecture.
    pub arch: Arch,
    /// Delivery of a function.
    pub package: Package,
    /// Was that stated?
    pub package_declared: bool,
    /// Runtime for cold starts; `None` = unknown.
    pub runtime: Option<String>,
    /// What stands in front.
    pub entries: Entries,
    /// Size of one container.
    pub task: TaskSize,
    /// Was that size declared, or derived from the function's memory?
    pub task_declared: bool,
    /// What EKS pods run on.
    pub eks: EksPool,
    /// Units that share the cluster and its fee; at least 1.
    pub units_on_cluster: u32,
    /// Parts of the network.
    pub network: Network,
    /// Subtract the free tier, which belongs to the whole account.
    pub free_tier: bool,
}

/// Traffic as plain numbers, in seconds and requests per second.
#[derive(Debug, Clone, PartialEq)]
pub struct Load {
    /// Requests per month.
    pub requests: f64,
    /// Share of a day's requests per hour.
    pub shares: [f64; 24],
    /// Mean duration of a warm request, s.
    pub duration_s: f64,
    /// 99th percentile of warm requests, s.
    pub p99_s: f64,
    /// CPU time per request, s.
    pub cpu_s: f64,
    /// Requests that one container serves at the same time.
    pub concurrency: f64,
    /// Peak within an hour over the mean of that hour.
    pub burst: f64,
    /// Busy share that always-on capacity aims at.
    pub utilization: f64,
    /// Fewest instances of an always-on target.
    pub min_instances: f64,
    /// Bodies in and out, KB.
    pub payload_kb: f64,
    /// Memory of a function, MB.
    pub memory_mb: f64,
}

impl Load {
    /// A workload at a given monthly volume.
    pub fn of(workload: &Resolved, requests: f64) -> Self {
        Self {
            requests,
            shares: workload.shape.value.shares(),
            duration_s: workload.request_duration_ms.value / 1_000.0,
            p99_s: workload.p99_duration_ms.value / 1_000.0,
            cpu_s: workload.cpu_ms.value / 1_000.0,
            concurrency: workload.concurrency.value,
            burst: workload.burst.value,
            utilization: workload.target_utilization.value,
            min_instances: workload.min_instances.value,
            payload_kb: workload.payload_kb.value,
            memory_mb: workload.memory_mb.value,
        }
    }

    /// The same traffic at another volume.
    pub fn with_requests(&self, requests: f64) -> Self {
        Self { requests, ..self.clone() }
    }

    /// Mean rate of each hour, requests per second.
    pub fn rates(&self) -> [f64; 24] {
        traffic::hourly_rates(self.requests, &self.shares)
    }

    /// Mean rate of the month, requests per second.
    pub fn mean_rate(&self) -> f64 {
        self.requests / (traffic::HOURS_PER_MONTH * 3_600.0)
    }
}

/// What a request may have to wait for beside its own work.
#[derive(Debug, Clone, PartialEq)]
pub enum Latency {
    /// A share of requests starts an environment first.
    ColdStart {
        /// Share of requests, 0 to 1; an order of magnitude.
        share: f64,
        /// Measured init durations; `None` = not measured for this runtime.
        init: Option<Init>,
        /// 99th percentile of all requests, ms: the warm one, or one with an init when cold requests are that many.
        p99_ms: f64,
    },
    /// No request waits for a start, but more capacity takes time.
    ScaleUp {
        /// What has to happen and how long it takes.
        delay: &'static str,
        /// 99th percentile of all requests, ms.
        p99_ms: f64,
    },
}

impl Latency {
    /// 99th percentile of all requests, ms.
    pub fn p99_ms(&self) -> f64 {
        match self {
            Self::ColdStart { p99_ms, .. } | Self::ScaleUp { p99_ms, .. } => *p99_ms,
        }
    }

    /// Share of cold requests, 0 for always-on targets.
    pub fn cold_share(&self) -> f64 {
        match self {
            Self::ColdStart { share, .. } => *share,
            Self::ScaleUp { .. } => 0.0,
        }
    }
}
