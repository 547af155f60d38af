//! Functions, containers and clusters of Google Cloud from bare inputs.

use super::{BareError, Bench, Reader};
use crate::estimate::cloud_functions::{Gen1Rates, Gen1Usage};
use crate::estimate::cloud_run::{Billing, RunRates, RunUsage, STEP_S};
use crate::estimate::gke::{GkeRates, PodUsage};
use crate::estimate::instance_time::billed_s;
use crate::estimate::size::CLOUD_FUNCTIONS;
use crate::estimate::sustained::charged_hours;
use crate::estimate::{Estimate, Line, write_out};
use crate::schedule::Schedule;
use crate::traffic::HOURS_PER_MONTH;

pub(super) const BENCHES: &[Bench] = &[
    Bench { target: "cloud_run_request_based", inputs: REQUEST_INPUTS, run: cloud_run },
    Bench {
        target: "cloud_run_instance_based",
        inputs: &["instances", "hours", "vcpu", "memory_mb", "free_tier"],
        run: cloud_run_instances,
    },
    Bench {
        target: "cloud_run_jobs",
        inputs: &["requests", "duration_ms", "tasks_per_execution", "vcpu", "memory_mb", "free_tier"],
        run: cloud_run_jobs,
    },
    Bench { target: "cloud_functions_gen2", inputs: REQUEST_INPUTS, run: functions_gen2 },
    Bench {
        target: "cloud_functions_gen1",
        inputs: &["requests", "duration_ms", "memory_mb", "egress_gb", "free_tier"],
        run: functions_gen1,
    },
    Bench {
        target: "gke_autopilot",
        inputs: &["clusters", "instances", "vcpu", "memory_mb", "ephemeral_storage_gb", "hours", "free_tier"],
        run: gke_autopilot,
    },
    Bench {
        target: "gke",
        inputs: &[
            "clusters",
            "instances",
            "instance_type",
            "disk_gb",
            "vcpu",
            "memory_mb",
            "ephemeral_storage_gb",
            "hours",
            "free_tier",
        ],
        run: gke,
    },
    Bench {
        target: "gke_standard",
        inputs: &["clusters", "instances", "instance_type", "disk_gb", "hours", "free_tier"],
        run: gke_standard,
    },
];

const REQUEST_INPUTS: &[&str] = &[
    "requests",
    "duration_ms",
    "concurrency",
    "instance_seconds",
    "instances",
    "hours",
    "vcpu",
    "memory_mb",
    "free_tier",
];

fn cloud_run(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    by_request(region, read, read.need("vcpu")?)
}

fn functions_gen2(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let from_memory = CLOUD_FUNCTIONS.for_memory(read.need("memory_mb")? / 1024.0).vcpu;
    by_request(region, read, read.or("vcpu", from_memory)?)
}

/// With no traffic shape to tell how requests meet, they are taken to share instances fully.
fn by_request(region: &str, read: &Reader<'_>, vcpu: f64) -> Result<Estimate, BareError> {
    let requests = read.need("requests")?;
    let busy_s = match read.number("instance_seconds")? {
        Some(seconds) => seconds,
        None => {
            let billed = billed_s(read.need("duration_ms")? / 1_000.0, STEP_S, 0.0);
            requests * billed / read.or("concurrency", 1.0)?.max(1.0)
        }
    };
    let kept_s = read.or("instances", 0.0)? * read.or("hours", HOURS_PER_MONTH)? * 3_600.0;
    let usage = RunUsage {
        busy_s,
        idle_s: (kept_s - busy_s).max(0.0),
        requests: Some(requests),
        vcpu,
        memory_gib: read.need("memory_mb")? / 1024.0,
        free_tier: read.flag("free_tier")?,
    };
    Ok(write_out(RunRates::of(region, Billing::Request).lines(&usage, true)))
}

fn cloud_run_instances(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    whole(region, read, read.or("instances", 1.0)? * read.or("hours", HOURS_PER_MONTH)? * 3_600.0)
}

fn cloud_run_jobs(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let billed = billed_s(read.need("duration_ms")? / 1_000.0, STEP_S, 0.0);
    whole(region, read, read.need("requests")? * read.or("tasks_per_execution", 1.0)? * billed)
}

fn whole(region: &str, read: &Reader<'_>, busy_s: f64) -> Result<Estimate, BareError> {
    let usage = RunUsage {
        busy_s,
        vcpu: read.need("vcpu")?,
        memory_gib: read.need("memory_mb")? / 1024.0,
        free_tier: read.flag("free_tier")?,
        ..RunUsage::default()
    };
    Ok(write_out(RunRates::of(region, Billing::Instance).lines(&usage, true)))
}

fn functions_gen1(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let usage = Gen1Usage {
        invocations: read.need("requests")?,
        duration_ms: read.need("duration_ms")?,
        memory_mb: read.need("memory_mb")?,
        idle_s: 0.0,
        egress_gb: read.or("egress_gb", 0.0)?,
        free_tier: read.flag("free_tier")?,
    };
    Ok(write_out(Gen1Rates::of(region).lines(&usage, true)))
}

/// Pods on Autopilot, or nodes where a machine type is named.
fn gke(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    if read.text("instance_type")?.is_some() {
        gke_standard(region, read)
    } else {
        gke_autopilot(region, read)
    }
}

fn gke_autopilot(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let hours = read.or("hours", HOURS_PER_MONTH)?;
    let usage = PodUsage {
        pod_hours: read.or("instances", 1.0)? * hours,
        vcpu: read.or("vcpu", 0.0)?,
        memory_gib: read.or("memory_mb", 0.0)? / 1024.0,
        storage_gib: read.or("ephemeral_storage_gb", 0.0)?,
    };
    let rates = GkeRates::of(region);
    let mut lines = vec![rates.cluster(read.or("clusters", 1.0)? * hours, read.flag("free_tier")?)];
    lines.extend(rates.pods(&usage, true));
    Ok(write_out(lines))
}

fn gke_standard(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let (hours, nodes) = (read.or("hours", HOURS_PER_MONTH)?, read.need("instances")?);
    let kind = read.need_text("instance_type")?;
    let node = Schedule::of(&format!("gcp.gce.{kind}"), region);
    let disk = Schedule::of("gcp.disk.pd_standard", region);
    let rates = GkeRates::of(region);
    let mut lines = vec![
        rates.cluster(read.or("clusters", 1.0)? * hours, read.flag("free_tier")?),
        Line::new("nodes", nodes * charged_hours(kind, hours), &node),
    ];
    if let Some(gb) = read.number("disk_gb")? {
        lines.push(Line::new("disk", nodes * gb, &disk));
    }
    Ok(write_out(lines))
}
