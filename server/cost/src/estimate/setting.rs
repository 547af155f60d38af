//! What a cost model is given: the traffic as plain numbers, and the choices a project made around a unit.

use super::size::TaskSize;
use crate::coldstart::{Init, StartRange};
use crate::target::{Arch, Family, Front, Package, Provider, Target};
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
    /// API Gateway, WebSocket API.
    WebSocketApi,
    /// Application Load Balancer.
    Alb,
    /// The HTTPS endpoint that a platform gives to everything it runs, for free.
    BuiltIn,
    /// A load balancer of Google Cloud or Azure.
    LoadBalancer,
}

impl Entry {
    /// Name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "no entry",
            Self::FunctionUrl => "Function URL",
            Self::HttpApi => "HTTP API",
            Self::RestApi => "REST API",
            Self::WebSocketApi => "WebSocket API",
            Self::Alb => "ALB",
            Self::BuiltIn => "built-in HTTPS endpoint",
            Self::LoadBalancer => "load balancer",
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

    /// What stands before a target. Platforms that bring their own endpoint need no other, and what is not exposed
    /// has none.
    pub fn before(self, target: &Target) -> Entry {
        let declared = match target.family {
            Family::OnDemand => self.on_demand,
            Family::AlwaysOn => self.always_on,
        };
        match (target.front, target.provider) {
            _ if declared == Entry::None => Entry::None,
            (Front::BuiltIn, _) => Entry::BuiltIn,
            (Front::Declared, Provider::Aws) => declared,
            (Front::Declared, _) => Entry::LoadBalancer,
        }
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

/// What requests cause beside their own work. Nothing is counted unless somebody states it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Extras {
    /// Log lines of one request, KB.
    pub log_kb: f64,
    /// What one request sends to the internet, KB. It costs the same on every target of a provider.
    pub egress_kb: f64,
    /// What one response streams beyond its first 6 MB, KB; Lambda alone charges for it.
    pub streamed_kb: f64,
    /// Time that one request's WebSocket connection is held for it, minutes.
    pub connection_minutes: f64,
}

impl Extras {
    /// What is left out of every bill because nobody states how much of it there is.
    pub fn left_out(&self) -> Vec<&'static str> {
        let all = [(self.log_kb, "log lines"), (self.egress_kb, "traffic to the internet")];
        all.into_iter().filter(|(kb, _)| *kb <= 0.0).map(|(_, what)| what).collect()
    }
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
    /// Memory that somebody states for the function, MB.
    pub function_memory_mb: Option<f64>,
    /// What EKS pods run on.
    pub eks: EksPool,
    /// Machine type of AKS nodes; `None` = not stated, a usual one is assumed.
    pub node_type: Option<String>,
    /// Environments or instances of an on-demand target that are kept ready all month for a price.
    pub kept_ready: u32,
    /// Temporary storage of a function, MB.
    pub storage_mb: f64,
    /// What requests cause beside their own work.
    pub extras: Extras,
    /// Units that share the cluster and its fee; at least 1.
    pub units_on_cluster: u32,
    /// Parts of the network.
    pub network: Network,
    /// Subtract the free tier, which belongs to the whole account.
    pub free_tier: bool,
}

impl Setting {
    /// What stands before a target.
    pub fn entry_of(&self, target: &Target) -> Entry {
        self.entries.before(target)
    }

    /// The container size as an assumption, when nobody stated it.
    pub(crate) fn assumed_container(&self) -> Option<(&'static str, String)> {
        (!self.task_declared).then(|| ("container size", self.task.to_string()))
    }

    /// The sentence that says that a stated container size was rounded up, when it was.
    pub(crate) fn rounded_up(&self, size: TaskSize) -> Option<String> {
        let is_rounded = self.task_declared && size != self.task;
        is_rounded.then(|| format!("{} is rounded up to the legal pair {size}.", self.task))
    }
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
    /// Did somebody state that? Otherwise a platform's own default goes before it.
    pub concurrency_declared: bool,
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
            concurrency_declared: !workload.concurrency.is_assumed(),
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

    /// The same traffic on a target whose instances take `usual` requests at once unless somebody says otherwise, and
    /// never more than its limit.
    pub fn on(&self, target: &Target, usual: f64) -> Self {
        let wanted = if self.concurrency_declared { self.concurrency } else { usual };
        Self { concurrency: target.limits.concurrency.cut(wanted), ..self.clone() }
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
        /// What callers waited, where only a range was published; `None` = not even that.
        range: Option<StartRange>,
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
    /// What requests wait for where a share of them starts an environment first.
    pub fn cold_start(load: &Load, share: f64, init: Option<Init>, range: Option<StartRange>) -> Self {
        let warm = load.p99_s * 1_000.0;
        let quantile = 1.0 - 0.01 / share.max(0.01);
        let start = init.map(|init| init.quantile_ms(quantile));
        let start = start.or_else(|| range.map(|range| range.quantile_ms(quantile)));
        // Cold requests reach into the slowest hundredth: its edge is then a request that waits for a start.
        let p99_ms = match start {
            Some(start) if share >= 0.01 => warm.max(load.duration_s * 1_000.0 + start),
            _ => warm,
        };
        Self::ColdStart { share, init, range, p99_ms }
    }

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
