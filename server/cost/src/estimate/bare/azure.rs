//! Functions, containers and clusters of Azure from bare inputs.

use super::{BareError, Bench, Reader, bad};
use crate::estimate::azure_functions::{
    ExecutionRates, ExecutionUsage, PremiumRates, consumption_gb_seconds, flex_billed_s, flex_size,
};
use crate::estimate::container_apps::{AppRates, AppUsage};
use crate::estimate::size::TaskSize;
use crate::estimate::{Estimate, Line, Shared, write_out};
use crate::schedule::Schedule;
use crate::traffic::HOURS_PER_MONTH;

pub(super) const BENCHES: &[Bench] = &[
    Bench {
        target: "functions_consumption",
        inputs: &["requests", "duration_ms", "memory_mb", "gb_seconds", "free_tier"],
        run: consumption,
    },
    Bench {
        target: "functions_flex",
        inputs: &[
            "requests",
            "duration_ms",
            "memory_mb",
            "concurrency",
            "always_ready_instances",
            "hours",
            "always_ready_requests",
            "always_ready_duration_ms",
            "free_tier",
        ],
        run: flex,
    },
    Bench {
        target: "functions_premium",
        inputs: &["plan", "instances", "hours", "vcpu", "memory_mb"],
        run: premium,
    },
    Bench {
        target: "container_apps",
        inputs: &[
            "requests",
            "duration_ms",
            "concurrency",
            "instance_seconds",
            "idle_seconds",
            "instances",
            "hours",
            "vcpu",
            "memory_mb",
            "free_tier",
        ],
        run: container_apps,
    },
    Bench {
        target: "aks",
        inputs: &["clusters", "tier", "instances", "instance_type", "os_disk", "hours"],
        run: aks,
    },
];

/// Plans of Premium: name, vCPUs, GB.
const PREMIUM: &[(&str, f64, f64)] = &[("EP1", 1.0, 3.5), ("EP2", 2.0, 7.0), ("EP3", 4.0, 14.0)];

/// Kinds of managed disks by the letter of their size, such as `P10`.
const DISKS: &[(&str, &str)] = &[("P", "premium_p"), ("S", "standard_s"), ("E", "standard_ssd_e")];

fn consumption(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let executions = read.need("requests")?;
    let gb_seconds = match read.number("gb_seconds")? {
        Some(given) => given,
        None => {
            consumption_gb_seconds(executions, read.need("duration_ms")? / 1_000.0, read.need("memory_mb")?)
        }
    };
    let free_tier = read.flag("free_tier")?;
    let usage = ExecutionUsage { gb_seconds, executions, free_tier, ..ExecutionUsage::default() };
    Ok(write_out(ExecutionRates::consumption(region).lines(&usage, String::new())))
}

fn flex(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let memory_mb = read.need("memory_mb")?;
    let (size_mb, ..) = flex_size(memory_mb);
    if memory_mb > size_mb {
        return Err(bad("memory_mb", "at most 4096, the largest instance"));
    }
    let gb = size_mb / 1024.0;
    let executions = read.or("requests", 0.0)?;
    let on_demand_ms = if executions > 0.0 { read.need("duration_ms")? } else { 0.0 };
    let ready_executions = read.or("always_ready_requests", 0.0)?;
    let ready_ms = read.or("always_ready_duration_ms", on_demand_ms)?;
    let kept_s = read.or("always_ready_instances", 0.0)? * read.or("hours", HOURS_PER_MONTH)? * 3_600.0;
    let share = read.or("concurrency", 1.0)?.max(1.0);
    let usage = ExecutionUsage {
        gb_seconds: executions * flex_billed_s(on_demand_ms / 1_000.0) / share * gb,
        ready_gb_seconds: ready_executions * flex_billed_s(ready_ms / 1_000.0) / share * gb,
        kept_gb_seconds: kept_s * gb,
        executions,
        ready_executions,
        free_tier: read.flag("free_tier")?,
    };
    Ok(write_out(ExecutionRates::flex(region).lines(&usage, String::new())))
}

fn premium(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let size = match read.text("plan")? {
        None => TaskSize { vcpu: read.need("vcpu")?, memory_gb: read.need("memory_mb")? / 1024.0 },
        Some(name) => {
            let plan = PREMIUM.iter().find(|(plan, ..)| plan.eq_ignore_ascii_case(name));
            let (_, vcpu, memory_gb) = plan.ok_or_else(|| bad("plan", "`EP1`, `EP2` or `EP3`"))?;
            TaskSize { vcpu: *vcpu, memory_gb: *memory_gb }
        }
    };
    let hours = read.or("instances", 1.0)? * read.or("hours", HOURS_PER_MONTH)?;
    Ok(write_out(PremiumRates::of(region).lines(hours, size, true)))
}

/// With no traffic shape to tell how requests meet, they are taken to share replicas fully.
fn container_apps(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let requests = read.or("requests", 0.0)?;
    let active_s = match (read.number("instance_seconds")?, read.number("duration_ms")?) {
        (Some(seconds), _) => seconds,
        (None, Some(ms)) => requests * ms / 1_000.0 / read.or("concurrency", 1.0)?.max(1.0),
        (None, None) => 0.0,
    };
    let kept_s = read.or("instances", 0.0)? * read.or("hours", HOURS_PER_MONTH)? * 3_600.0;
    let usage = AppUsage {
        active_s,
        idle_s: read.number("idle_seconds")?.unwrap_or((kept_s - active_s).max(0.0)),
        requests,
        vcpu: read.need("vcpu")?,
        memory_gib: read.need("memory_mb")? / 1024.0,
        free_tier: read.flag("free_tier")?,
    };
    Ok(write_out(AppRates::of(region).lines(&usage, true)))
}

fn aks(region: &str, read: &Reader<'_>) -> Result<Estimate, BareError> {
    let (hours, nodes) = (read.or("hours", HOURS_PER_MONTH)?, read.or("instances", 1.0)?);
    let fee = Schedule::of("azure.aks.standard_tier", region);
    let node = Schedule::of(&format!("azure.vm.{}", read.need_text("instance_type")?), region);
    let mut lines = match read.text("tier")?.map(str::to_ascii_lowercase).as_deref() {
        Some("free") => Vec::new(),
        None | Some("standard" | "paid") => {
            vec![Line::new("cluster", read.or("clusters", 1.0)? * hours, &fee).shared(Shared::Cluster)]
        }
        Some(_) => return Err(bad("tier", "`free` or `standard`")),
    };
    lines.push(Line::new("nodes", nodes * hours, &node));
    let disk = read.text("os_disk")?.map(disk).transpose()?.map(|id| Schedule::of(&id, region));
    lines.extend(disk.as_ref().map(|rate| Line::new("os_disk", nodes, rate)));
    Ok(write_out(lines))
}

/// Price identifier of a managed disk such as `P10`.
fn disk(size: &str) -> Result<String, BareError> {
    let kind = DISKS.iter().find_map(|(letter, kind)| {
        let number = size.strip_prefix(letter).filter(|rest| rest.parse::<u8>().is_ok())?;
        Some(format!("azure.disk.{kind}{number}"))
    });
    kind.ok_or_else(|| bad("os_disk", "a size such as `P10`, `E4` or `S4`"))
}
