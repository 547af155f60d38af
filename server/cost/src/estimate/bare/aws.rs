//! Functions, containers, clusters and entries of AWS from bare inputs.

use super::{BareError, Bench, Reader, bad};
use crate::estimate::app_runner::{RunnerRates, RunnerUsage, USUAL_CONCURRENCY, active_hours};
use crate::estimate::entry::{AlbUsage, EntryRates};
use crate::estimate::fargate::{FargateRates, FargateUsage, TaskSize};
use crate::estimate::instance_time::slots;
use crate::estimate::lambda::{LambdaRates, LambdaUsage, Provisioned};
use crate::estimate::{Estimate, Line, Load, write_out};
use crate::schedule::Schedule;
use crate::traffic::{DAYS_PER_MONTH, HOURS_PER_MONTH};
use crate::workload::{Shape, resolve};

pub(super) const BENCHES: &[Bench] = &[
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
            "ephemeral_storage_mb",
            "provisioned_concurrency",
            "provisioned_hours",
            "provisioned_requests",
            "provisioned_duration_ms",
            "on_demand_requests",
            "on_demand_duration_ms",
        ],
        run: lambda_provisioned,
    },
    Bench { target: "lambda_edge", inputs: &["requests", "duration_ms", "memory_mb"], run: lambda_edge },
    Bench { target: "fargate", inputs: FARGATE_INPUTS, run: fargate },
    Bench { target: "ecs", inputs: FARGATE_INPUTS, run: fargate },
    Bench {
        target: "eks_fargate",
        inputs: &["clusters", "instances", "vcpu", "memory_mb", "ephemeral_storage_gb", "hours"],
        run: eks_fargate,
    },
    Bench {
        target: "ec2",
        inputs: &["instances", "instance_type", "hours", "disk_gb", "disk_type"],
        run: ec2,
    },
    Bench { target: "eks_nodes", inputs: NODE_INPUTS, run: eks_nodes },
    Bench {
        target: "eks",
        inputs: &[
            "clusters",
            "instances",
            "instance_type",
            "disk_gb",
            "disk_type",
            "vcpu",
            "memory_mb",
            "ephemeral_storage_gb",
            "hours",
            "extended_support",
        ],
        run: eks,
    },
    Bench { target: "eks_cluster", inputs: &["clusters", "hours", "extended_support"], run: eks_cluster },
    Bench {
        target: "apprunner",
        inputs: &[
            "instances",
            "hours",
            "active_hours",
            "requests",
            "duration_ms",
            "concurrency",
            "vcpu",
            "memory_mb",
        ],
        run: app_runner,
    },
    Bench { target: "apigateway_http", inputs: &["requests", "request_size_kb"], run: http_api },
    Bench { target: "apigateway_rest", inputs: &["requests"], run: rest_api },
    Bench { target: "alb", inputs: BALANCER_INPUTS, run: alb },
    Bench { target: "nlb", inputs: BALANCER_INPUTS, run: nlb },
    Bench { target: "public_ipv4", inputs: &["instances", "hours"], run: public_ipv4 },
];

const FARGATE_INPUTS: &[&str] =
    &["instances", "vcpu", "memory_mb", "ephemeral_storage_gb", "arch", "hours", "seconds_per_day", "days"];

const NODE_INPUTS: &[&str] =
    &["clusters", "instances", "instance_type", "hours", "disk_gb", "disk_type", "extended_support"];

const BALANCER_INPUTS: &[&str] = &[
    "hours",
    "processed_gb",
    "processed_gb_per_hour",
    "new_connections",
    "new_connections_per_second",
    "active_connections",
    "rule_evaluations",
    "rule_evaluations_per_second",
    "lcu",
    "lcu_hours",
];

/// Volumes that a node may have.
const VOLUMES: &[&str] = &["gp2", "gp3", "io1", "io2", "st1", "sc1", "standard"];

/// Storage that a Lambda function has for free, MB.
const FREE_STORAGE_MB: f64 = 512.0;

/// vCPUs of the largest task of Fargate.
const MOST_VCPU: f64 = 32.0;

fn lambda(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let usage = LambdaUsage {
        requests: read.need("requests")?,
        duration_ms: read.need("duration_ms")?,
        init_ms: read.or("init_ms", 0.0)?,
        memory_mb: read.need("memory_mb")?,
        storage_mb: read.or("ephemeral_storage_mb", FREE_STORAGE_MB)?,
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
        storage_mb: read.or("ephemeral_storage_mb", FREE_STORAGE_MB)?,
        provisioned: Some(Provisioned {
            concurrency: read.need("provisioned_concurrency")?,
            hours: read.or("provisioned_hours", HOURS_PER_MONTH)?,
            requests: read.or("provisioned_requests", 0.0)?,
            duration_ms: read.or("provisioned_duration_ms", 0.0)?,
        }),
        free_tier: read.flag("free_tier")?,
        ..LambdaUsage::default()
    };
    Ok(write_out(LambdaRates::of(region, read.arch()?).lines(&usage, true)))
}

/// Functions at the edge of CloudFront have prices of their own.
fn lambda_edge(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let (requests, duration_ms) = (read.need("requests")?, read.need("duration_ms")?);
    let gb_seconds = requests * (duration_ms - 1e-9).ceil() / 1_000.0 * read.need("memory_mb")? / 1024.0;
    let duration = Schedule::of("aws.lambda_edge.duration", region);
    let requests_rate = Schedule::of("aws.lambda_edge.requests", region);
    Ok(write_out(vec![
        Line::new("duration", gb_seconds, &duration),
        Line::new("requests", requests, &requests_rate),
    ]))
}

fn fargate(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let hours = match read.number("seconds_per_day")? {
        Some(seconds) => seconds / 3_600.0 * read.or("days", DAYS_PER_MONTH)?,
        None => read.or("hours", HOURS_PER_MONTH)?,
    };
    let usage = pods(read, read.or("instances", 1.0)? * hours)?;
    Ok(write_out(FargateRates::of(region, read.arch()?).lines(&usage, true)))
}

/// Pods on Fargate, or nodes where a machine type is named.
fn eks(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    if read.text("instance_type")?.is_some() { eks_nodes(region, read) } else { eks_fargate(region, read) }
}

fn eks_fargate(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let hours = read.or("hours", HOURS_PER_MONTH)?;
    let usage = pods(read, read.or("instances", 1.0)? * hours)?;
    let fee = Fee::of(region);
    let rates = FargateRates::of_eks(region);
    let mut lines = fee.lines(read, hours)?;
    lines.extend(rates.lines(&usage, true));
    Ok(write_out(lines))
}

fn eks_nodes(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let hours = read.or("hours", HOURS_PER_MONTH)?;
    let (fee, machines) = (Fee::of(region), Machines::of(region, read)?);
    let mut lines = fee.lines(read, hours)?;
    lines.extend(machines.lines("nodes", read.need("instances")?, hours));
    Ok(write_out(lines))
}

fn ec2(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let machines = Machines::of(region, read)?;
    let hours = read.or("hours", HOURS_PER_MONTH)?;
    Ok(write_out(machines.lines("instances", read.or("instances", 1.0)?, hours)))
}

/// Machines of one type with a volume each.
struct Machines {
    machine: Result<Schedule, crate::catalogue::Missing>,
    volume: Result<Schedule, crate::catalogue::Missing>,
    disk_gb: Option<f64>,
}

impl Machines {
    fn of(region: &str, read: &Reader<'_>) -> Result<Self, BareError> {
        let machine = Schedule::of(&format!("aws.ec2.{}", read.need_text("instance_type")?), region);
        let volume = read.text("disk_type")?.unwrap_or("gp2");
        if !VOLUMES.contains(&volume) {
            return Err(bad("disk_type", "`gp2`, `gp3`, `io1`, `io2`, `st1`, `sc1` or `standard`"));
        }
        let volume = Schedule::of(&format!("aws.ebs.{volume}"), region);
        Ok(Self { machine, volume, disk_gb: read.number("disk_gb")? })
    }

    fn lines(&self, name: &'static str, machines: f64, hours: f64) -> Vec<Line<'_>> {
        let mut lines = vec![Line::new(name, machines * hours, &self.machine)];
        lines.extend(self.disk_gb.map(|gb| Line::new("disk", machines * gb, &self.volume)));
        lines
    }
}

fn eks_cluster(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let fee = Fee::of(region);
    Ok(write_out(fee.lines(read, read.or("hours", HOURS_PER_MONTH)?)?))
}

/// What a cluster costs whatever runs on it.
struct Fee {
    standard: Result<Schedule, crate::catalogue::Missing>,
    extended: Result<Schedule, crate::catalogue::Missing>,
}

impl Fee {
    fn of(region: &str) -> Self {
        Self {
            standard: Schedule::of("aws.eks.control_plane", region),
            extended: Schedule::of("aws.eks.control_plane_extended", region),
        }
    }

    fn lines(&self, read: &Reader<'_>, hours: f64) -> Result<Vec<Line<'_>>, BareError> {
        let quantity = read.or("clusters", 1.0)? * hours;
        let mut lines = vec![Line::new("control_plane", quantity, &self.standard)];
        if read.flag("extended_support")? {
            lines.push(Line::new("extended_support", quantity, &self.extended));
        }
        Ok(lines)
    }
}

/// Active hours are those of all instances together; their memory is part of the provisioned hours.
fn app_runner(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let provisioned_hours = read.or("instances", 1.0)? * read.or("hours", HOURS_PER_MONTH)?;
    let (active_hours, further_hours) = match (read.number("active_hours")?, read.number("requests")?) {
        (Some(hours), _) => (hours, (hours - provisioned_hours).max(0.0)),
        (None, Some(requests)) => {
            let load = steady(requests, read)?;
            active_hours(&load, slots(&load, read.need("vcpu")?), read.or("instances", 1.0)?.max(1.0))
        }
        (None, None) => (0.0, 0.0),
    };
    let usage = RunnerUsage {
        provisioned_hours,
        active_hours,
        further_hours,
        vcpu: read.need("vcpu")?,
        memory_gb: read.need("memory_mb")? / 1024.0,
    };
    Ok(write_out(RunnerRates::of(region).lines(&usage, true)))
}

/// Requests that come evenly through the month. Nothing is known of their CPU, so only concurrency bounds how many
/// an instance takes.
fn steady(requests: f64, read: &Reader<'_>) -> Result<Load, BareError> {
    let mut load = Load::of(&resolve(&[]), requests);
    load.shares = Shape::Flat.shares();
    load.duration_s = read.need("duration_ms")? / 1_000.0;
    load.concurrency = read.or("concurrency", USUAL_CONCURRENCY)?.max(1.0);
    load.cpu_s = 0.0;
    Ok(load)
}

fn http_api(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let size_kb = read.or("request_size_kb", 1.0)?;
    Ok(write_out(vec![EntryRates::of(region).http(read.need("requests")?, size_kb, true)]))
}

fn rest_api(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    Ok(write_out(vec![EntryRates::of(region).rest(read.need("requests")?)]))
}

fn alb(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let usage = balancer(read)?;
    Ok(write_out(EntryRates::of(region).alb(&usage, true)))
}

fn nlb(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let usage = balancer(read)?;
    Ok(write_out(EntryRates::of(region).nlb(&usage, true)))
}

/// Connections and rule evaluations are monthly counts here, as in usage files, unless they are said to be rates.
fn balancer(read: &Reader<'_>) -> Result<AlbUsage, BareError> {
    let hours = read.or("hours", HOURS_PER_MONTH)?.max(1e-9);
    let rate = |per, total, parts: f64| match read.number(per)? {
        Some(rate) => Ok(rate),
        None => Ok(read.or(total, 0.0)? / (hours * parts)),
    };
    let gb_per_hour = rate("processed_gb_per_hour", "processed_gb", 1.0)?;
    Ok(AlbUsage {
        hours,
        new_connections: rate("new_connections_per_second", "new_connections", 3_600.0)?,
        active_connections: read.or("active_connections", 0.0)?,
        // A stated number of capacity units is what so many gigabytes an hour make.
        gb_per_hour: gb_per_hour.max(read.or("lcu", 0.0)?).max(read.or("lcu_hours", 0.0)? / hours),
        rule_evaluations: rate("rule_evaluations_per_second", "rule_evaluations", 3_600.0)?,
        to_lambda: false,
    })
}

fn public_ipv4(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let hours = read.or("instances", 1.0)? * read.or("hours", HOURS_PER_MONTH)?;
    Ok(write_out(vec![EntryRates::of(region).public_ipv4(hours)]))
}

fn pods(read: &Reader<'_>, task_hours: f64) -> Result<FargateUsage, BareError> {
    if read.need("vcpu")? > MOST_VCPU {
        return Err(bad("vcpu", "at most 32, the vCPUs of the largest Fargate task"));
    }
    let wanted = TaskSize { vcpu: read.need("vcpu")?, memory_gb: read.need("memory_mb")? / 1024.0 };
    // Published examples name sizes as billed, some of which are no legal pair, so they are not rounded here.
    Ok(FargateUsage { task_hours, size: wanted, storage_gb: read.or("ephemeral_storage_gb", 0.0)? })
}
