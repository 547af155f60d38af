//! Functions, containers, clusters and entries of AWS from bare inputs.

use super::{BareError, Bench, Reader};
use crate::estimate::entry::{AlbUsage, EntryRates};
use crate::estimate::fargate::{FargateRates, FargateUsage, TaskSize};
use crate::estimate::lambda::{LambdaRates, LambdaUsage, Provisioned};
use crate::estimate::{Estimate, Line, write_out};
use crate::schedule::Schedule;
use crate::traffic::HOURS_PER_MONTH;

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
    let mut lines = vec![Line::new("control_plane", read.or("clusters", 1.0)? * hours, &fee)];
    lines.extend(rates.lines(&usage, true));
    Ok(write_out(lines))
}

fn eks_nodes(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let hours = read.or("hours", HOURS_PER_MONTH)?;
    let kind = read.text("instance_type")?.ok_or(BareError::MissingInput("instance_type"))?;
    let fee = Schedule::of("aws.eks.control_plane", region);
    let node = Schedule::of(&format!("aws.ec2.{kind}"), region);
    let clusters = Line::new("control_plane", read.or("clusters", 1.0)? * hours, &fee);
    Ok(write_out(vec![clusters, Line::new("nodes", read.need("nodes")? * hours, &node)]))
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
