//! Targets: where a unit can run. One table says everything that does not depend on traffic.

mod table;

pub use table::TARGETS;

use crate::estimate::size::Menu;
use crate::estimate::{Model, Setting};

/// A cloud provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Provider {
    /// Amazon Web Services.
    Aws,
    /// Google Cloud.
    Gcp,
    /// Microsoft Azure.
    Azure,
}

impl Provider {
    /// Name as in klotho.yaml and in price identifiers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::Gcp => "gcp",
            Self::Azure => "azure",
        }
    }

    /// The provider with this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Aws, Self::Gcp, Self::Azure].into_iter().find(|provider| provider.name() == name)
    }

    /// The region that is assumed when a project names none.
    pub fn default_region(self) -> &'static str {
        match self {
            Self::Aws => "us-east-1",
            Self::Gcp => "us-central1",
            Self::Azure => "eastus",
        }
    }
}

/// A processor architecture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Arch {
    /// Intel and AMD.
    X86_64,
    /// Arm.
    Arm64,
}

impl Arch {
    /// Name as in price identifiers and in `[workload]`.
    pub fn name(self) -> &'static str {
        match self {
            Self::X86_64 => "x86_64",
            Self::Arm64 => "arm64",
        }
    }

    /// The architecture with this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::X86_64, Self::Arm64].into_iter().find(|arch| arch.name() == name)
    }
}

/// How a Lambda function is delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Package {
    /// A ZIP archive on a managed runtime.
    #[default]
    Zip,
    /// A container image.
    Image,
}

impl Package {
    /// The package with this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Zip, Self::Image].into_iter().find(|package| package.name() == name)
    }

    /// Name as in the cold start data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zip => "zip",
            Self::Image => "image",
        }
    }
}

/// The two ways of paying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// Pay per use, scale from zero.
    OnDemand,
    /// Paid while idle, sized for the peak.
    AlwaysOn,
}

/// Is something possible?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// Yes.
    Yes,
    /// No, and why or what to use instead.
    No(&'static str),
    /// Looked for and not found: neither yes nor no.
    Unknown,
}

/// A hard limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// At most so much.
    Max(f64),
    /// The platform sets none.
    None,
    /// Looked for and not found: not the same as unlimited.
    Unknown,
}

impl Limit {
    /// A wish, cut to what there is.
    pub fn cut(self, wanted: f64) -> f64 {
        match self {
            Self::Max(most) => wanted.min(most),
            Self::None | Self::Unknown => wanted,
        }
    }
}

/// Hard limits, most of which rule a target out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Longest request, seconds.
    pub request_s: Limit,
    /// Most memory of one instance, MB.
    pub memory_mb: Limit,
    /// Most requests that one instance takes at once.
    pub concurrency: Limit,
    /// Largest body in one direction, MB.
    pub payload_mb: Limit,
    /// WebSocket connections.
    pub websocket: Support,
    /// Streamed responses.
    pub streaming: Support,
    /// Costs nothing without traffic.
    pub scale_to_zero: Support,
    /// Graphics processors.
    pub gpu: Support,
    /// Arm processors.
    pub arm: Support,
    /// Where these limits were read.
    pub sources: &'static str,
}

/// The qualitative side of a target, one phrase per axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Axes {
    /// How fast a change is live.
    pub deployment: &'static str,
    /// How much there is to run.
    pub operations: &'static str,
    /// What it scales by.
    pub scalability: &'static str,
    /// What connects to it.
    pub coupling: &'static str,
    /// What keeps it up.
    pub reliability: &'static str,
    /// Which machines can be had.
    pub hardware: &'static str,
    /// What latency is paid with.
    pub latency: &'static str,
}

impl Axes {
    /// Names and phrases, in the order in which they are shown.
    pub fn rows(&self) -> [(&'static str, &'static str); 7] {
        [
            ("Deployment speed", self.deployment),
            ("Operational complexity", self.operations),
            ("Scalability", self.scalability),
            ("Service coupling", self.coupling),
            ("Reliability", self.reliability),
            ("Hardware choice", self.hardware),
            ("Latency against cost", self.latency),
        ]
    }
}

/// What has to stand before a target so that it is reached from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Front {
    /// The gateway or load balancer that the project declares.
    Declared,
    /// Nothing: the platform gives an HTTPS endpoint to everything it runs.
    BuiltIn,
}

/// Builds the cost model of a row in a setting.
pub(crate) type BuildModel = fn(&Setting, &'static Target) -> Box<dyn Model>;

/// A target of execution units.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// `type` in klotho.yaml.
    pub key: &'static str,
    /// Which of several ways to be paid that type has; empty for the usual one. Unique with `key`.
    pub plan: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// The same in a word or two, where the project around it says whose it is.
    pub short: &'static str,
    /// Who runs it.
    pub provider: Provider,
    /// How it is paid.
    pub family: Family,
    /// What the bill counts, in a few words.
    pub pays_for: &'static str,
    /// What has to happen before more traffic is served, and how long that takes.
    pub scale_up: &'static str,
    /// Why nobody can newly choose it; `None` = anybody can.
    pub closed: Option<&'static str>,
    /// What has to stand before it.
    pub front: Front,
    /// Sizes of its instances, which a stated container size is rounded up to; `None` = any, or not for containers.
    pub sizes: Option<&'static Menu>,
    /// Hard limits.
    pub limits: Limits,
    /// Qualitative axes.
    pub axes: &'static Axes,
    /// Builds the cost model.
    pub(crate) model: BuildModel,
}

impl PartialEq for Target {
    fn eq(&self, other: &Self) -> bool {
        (self.provider, self.key, self.plan) == (other.provider, other.key, other.plan)
    }
}

/// The target with this key, of any provider, paid in the usual way; keys are unique.
pub fn target(key: &str) -> Option<&'static Target> {
    with_plan(key, "")
}

/// The target with this key, paid in this way.
pub fn with_plan(key: &str, plan: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| (target.key, target.plan) == (key, plan))
}

/// The targets of a provider, in table order.
pub fn targets(provider: Provider) -> impl Iterator<Item = &'static Target> {
    TARGETS.iter().filter(move |target| target.provider == provider)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_every_row_is_filled() {
        for (place, target) in TARGETS.iter().enumerate() {
            assert!(TARGETS[..place].iter().all(|other| other != target), "{}", target.key);
            assert!(TARGETS[..place].iter().all(|other| other.name != target.name), "{}", target.name);
            assert_eq!(super::target(target.key).map(|usual| usual.provider), Some(target.provider));
            assert!(!target.short.is_empty() && target.short.len() <= target.name.len());
            assert!(!target.name.is_empty() && !target.pays_for.is_empty() && !target.scale_up.is_empty());
            assert!(!target.limits.sources.is_empty(), "{}", target.key);
            assert!(target.axes.rows().iter().all(|(_, phrase)| !phrase.is_empty()));
        }
    }

    #[test]
    fn names_round_trip() {
        for provider in [Provider::Aws, Provider::Gcp, Provider::Azure] {
            assert_eq!(Provider::parse(provider.name()), Some(provider));
            assert!(targets(provider).count() >= 3);
        }
        assert_eq!(target("ecs").unwrap().name, "ECS on Fargate");
        assert!(target("fargate").is_none());
    }
}
