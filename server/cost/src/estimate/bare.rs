//! The bare cost model: named inputs in, named amounts out, with no traffic shape between them. It answers "what do
//! these quantities cost", which is what published examples state.

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;

use super::entry::{AlbUsage, EntryRates};
use super::fargate::{FargateRates, FargateUsage, TaskSize};
use super::lambda::{LambdaRates, LambdaUsage, Provisioned};
use super::{Estimate, Line, write_out};
use crate::catalogue::Missing;
use crate::schedule::Schedule;
use crate::target::Arch;
use crate::traffic::HOURS_PER_MONTH;
use crate::value::Value;

/// Inputs by name.
pub type Inputs = BTreeMap<String, Value>;

/// A bill whose components carry the names that published examples use.
#[derive(Debug, Clone, PartialEq)]
pub struct Bare {
    /// Name and US dollars a month. A component that reaches several tiers appears once per tier.
    pub components: Vec<(String, Decimal)>,
    /// What could not be priced.
    pub missing: Vec<Missing>,
}

impl Bare {
    /// US dollars a month; `None` when a price is missing.
    pub fn monthly_total(&self) -> Option<Decimal> {
        self.missing.is_empty().then(|| self.components.iter().map(|(_, cost)| cost).sum())
    }
}

/// Why inputs cannot be estimated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BareError {
    /// No such target here.
    UnknownTarget(String),
    /// An input has the wrong type or an impossible value.
    BadInput {
        /// Its name.
        input: String,
        /// What it should be.
        expected: &'static str,
    },
    /// An input that the target does not know.
    UnknownInput(String),
    /// An input that the target cannot do without.
    MissingInput(&'static str),
}

impl fmt::Display for BareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownTarget(name) => {
                write!(f, "no cost model for `{name}`; there is one for {}", names())
            }
            Self::BadInput { input, expected } => write!(f, "input `{input}` must be {expected}"),
            Self::UnknownInput(input) => write!(f, "`{input}` is not an input of this target"),
            Self::MissingInput(input) => write!(f, "input `{input}` is needed"),
        }
    }
}

impl std::error::Error for BareError {}

struct Bench {
    target: &'static str,
    inputs: &'static [&'static str],
    run: fn(&str, &Reader<'_>) -> Result<Estimate, BareError>,
}

/// What can be estimated: target, the inputs it knows, and its arithmetic.
const BENCHES: &[Bench] = &[
    Bench {
        target: "lambda",
        inputs: &[
            "requests",
            "duration_ms",
            "memory_mb",
            "ephemeral_storage_mb",
            "init_ms",
            "streamed_gb",
            "arch",
            "free_tier",
        ],
        run: lambda,
    },
    Bench {
        target: "lambda_provisioned",
        inputs: &[
            "memory_mb",
            "arch",
            "free_tier",
            "provisioned_concurrency",
            "provisioned_hours",
            "provisioned_requests",
            "provisioned_duration_ms",
            "on_demand_requests",
            "on_demand_duration_ms",
        ],
        run: lambda_provisioned,
    },
    Bench { target: "fargate", inputs: FARGATE_INPUTS, run: fargate },
    Bench { target: "ecs", inputs: FARGATE_INPUTS, run: fargate },
    Bench {
        target: "eks_fargate",
        inputs: &["clusters", "pods", "vcpu", "memory_gb", "ephemeral_storage_gb", "hours"],
        run: eks_fargate,
    },
    Bench { target: "eks_nodes", inputs: &["clusters", "nodes", "instance_type", "hours"], run: eks_nodes },
    Bench { target: "apigateway_http", inputs: &["requests", "request_size_kb"], run: http_api },
    Bench { target: "apigateway_rest", inputs: &["requests"], run: rest_api },
    Bench {
        target: "alb",
        inputs: &["hours", "processed_gb", "new_connections", "active_connections", "rule_evaluations"],
        run: alb,
    },
];

const FARGATE_INPUTS: &[&str] =
    &["tasks", "vcpu", "memory_gb", "ephemeral_storage_gb", "arch", "hours", "seconds_per_day", "days"];

/// Names of all targets that can be estimated from bare inputs.
pub fn bare_targets() -> impl Iterator<Item = &'static str> {
    BENCHES.iter().map(|bench| bench.target)
}

/// Inputs that a target knows.
pub fn bare_inputs(target: &str) -> Option<&'static [&'static str]> {
    BENCHES.iter().find(|bench| bench.target == target).map(|bench| bench.inputs)
}

/// Prices named inputs on a target in a region.
pub fn bare(target: &str, region: &str, inputs: &Inputs) -> Result<Bare, BareError> {
    let Some(bench) = BENCHES.iter().find(|bench| bench.target == target) else {
        return Err(BareError::UnknownTarget(target.to_owned()));
    };
    if let Some(name) = inputs.keys().find(|name| !bench.inputs.contains(&name.as_str())) {
        return Err(BareError::UnknownInput(name.clone()));
    }
    (bench.run)(region, &Reader(inputs)).map(flat)
}

/// Splits components into tiers and drops the prefixes that only matter beside other parts of a unit's bill.
fn flat(estimate: Estimate) -> Bare {
    let mut components = Vec::new();
    for component in estimate.components {
        let name = component.name.strip_prefix("load_balancer_").unwrap_or(component.name);
        if component.parts.len() == 1 && name != "gateway" {
            components.push((name.to_owned(), component.monthly));
            continue;
        }
        let prefix = if name == "gateway" { String::new() } else { format!("{name}_") };
        let tiers = component.parts.iter().enumerate();
        components.extend(tiers.map(|(place, part)| (format!("{prefix}tier{}", place + 1), part.cost)));
    }
    Bare { components, missing: estimate.missing }
}

struct Reader<'a>(&'a Inputs);

impl Reader<'_> {
    fn number(&self, name: &'static str) -> Result<Option<f64>, BareError> {
        match self.0.get(name) {
            None => Ok(None),
            Some(Value::Number(number)) if (0.0..=1e15).contains(number) => Ok(Some(*number)),
            Some(_) => Err(bad(name, "a number from 0 to 1e15")),
        }
    }

    fn need(&self, name: &'static str) -> Result<f64, BareError> {
        self.number(name)?.ok_or(BareError::MissingInput(name))
    }

    fn or(&self, name: &'static str, default: f64) -> Result<f64, BareError> {
        Ok(self.number(name)?.unwrap_or(default))
    }

    fn flag(&self, name: &'static str) -> Result<bool, BareError> {
        match self.0.get(name) {
            None => Ok(false),
            Some(Value::Flag(flag)) => Ok(*flag),
            Some(_) => Err(bad(name, "true or false")),
        }
    }

    fn text(&self, name: &'static str) -> Result<Option<&str>, BareError> {
        match self.0.get(name) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(_) => Err(bad(name, "a text")),
        }
    }

    fn arch(&self) -> Result<Arch, BareError> {
        let name = self.text("arch")?.unwrap_or("x86_64");
        Arch::parse(name).ok_or_else(|| bad("arch", "`x86_64` or `arm64`"))
    }
}

fn bad(input: &str, expected: &'static str) -> BareError {
    BareError::BadInput { input: input.to_owned(), expected }
}

fn names() -> String {
    let all: Vec<_> = bare_targets().collect();
    all.join(", ")
}

fn lambda(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let usage = LambdaUsage {
        requests: read.need("requests")?,
        duration_ms: read.need("duration_ms")?,
        init_ms: read.or("init_ms", 0.0)?,
        memory_mb: read.need("memory_mb")?,
        storage_mb: read.or("ephemeral_storage_mb", 512.0)?,
        streamed_gb: read.or("streamed_gb", 0.0)?,
        provisioned: None,
        free_tier: read.flag("free_tier")?,
    };
    Ok(write_out(LambdaRates::of(region, read.arch()?).lines(&usage, true)))
}

fn lambda_provisioned(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let usage = LambdaUsage {
        requests: read.or("on_demand_requests", 0.0)?,
        duration_ms: read.or("on_demand_duration_ms", 0.0)?,
        memory_mb: read.need("memory_mb")?,
        provisioned: Some(Provisioned {
            concurrency: read.need("provisioned_concurrency")?,
            hours: read.need("provisioned_hours")?,
            requests: read.or("provisioned_requests", 0.0)?,
            duration_ms: read.or("provisioned_duration_ms", 0.0)?,
        }),
        free_tier: read.flag("free_tier")?,
        ..LambdaUsage::default()
    };
    Ok(write_out(LambdaRates::of(region, read.arch()?).lines(&usage, true)))
}

fn fargate(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let hours = match read.number("seconds_per_day")? {
        Some(seconds) => seconds * read.or("days", HOURS_PER_MONTH / 24.0)? / 3_600.0,
        None => read.or("hours", HOURS_PER_MONTH)?,
    };
    let usage = pods(read, read.or("tasks", 1.0)? * hours)?;
    Ok(write_out(FargateRates::of(region, read.arch()?).lines(&usage, true)))
}

fn eks_fargate(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let hours = read.or("hours", HOURS_PER_MONTH)?;
    let usage = pods(read, read.or("pods", 1.0)? * hours)?;
    let fee = Schedule::of("aws.eks.control_plane", region);
    let rates = FargateRates::of_eks(region);
    let mut lines = vec![line("control_plane", read.or("clusters", 1.0)? * hours, &fee)];
    lines.extend(rates.lines(&usage, true));
    Ok(write_out(lines))
}

fn eks_nodes(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let hours = read.or("hours", HOURS_PER_MONTH)?;
    let kind = read.text("instance_type")?.ok_or(BareError::MissingInput("instance_type"))?;
    let fee = Schedule::of("aws.eks.control_plane", region);
    let node = Schedule::of(&format!("aws.ec2.{kind}"), region);
    let clusters = line("control_plane", read.or("clusters", 1.0)? * hours, &fee);
    Ok(write_out(vec![clusters, line("nodes", read.need("nodes")? * hours, &node)]))
}

fn http_api(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let size_kb = read.or("request_size_kb", 1.0)?;
    Ok(write_out(vec![EntryRates::of(region).http(read.need("requests")?, size_kb, true)]))
}

fn rest_api(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    Ok(write_out(vec![EntryRates::of(region).rest(read.need("requests")?)]))
}

/// Connections and rule evaluations are monthly counts here, as in usage files.
fn alb(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let hours = read.or("hours", HOURS_PER_MONTH)?.max(1e-9);
    let per_second = |count: f64| count / (hours * 3_600.0);
    let usage = AlbUsage {
        hours,
        new_connections: per_second(read.or("new_connections", 0.0)?),
        active_connections: read.or("active_connections", 0.0)?,
        gb_per_hour: read.or("processed_gb", 0.0)? / hours,
        rule_evaluations: per_second(read.or("rule_evaluations", 0.0)?),
        to_lambda: false,
    };
    Ok(write_out(EntryRates::of(region).alb(&usage, true)))
}

fn pods(read: &Reader<'_>, task_hours: f64) -> Result<FargateUsage, BareError> {
    let wanted = TaskSize { vcpu: read.need("vcpu")?, memory_gb: read.need("memory_gb")? };
    // Published examples name sizes as billed, some of which are no legal pair, so they are not rounded here.
    Ok(FargateUsage { task_hours, size: wanted, storage_gb: read.or("ephemeral_storage_gb", 0.0)? })
}

fn line<'rates>(
    name: &'static str,
    quantity: f64,
    schedule: &'rates Result<Schedule, Missing>,
) -> Line<'rates> {
    Line { name, quantity, schedule, how: String::new() }
}
