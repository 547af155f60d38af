//! Databases: RDS instances with their disks, Aurora, and what is billed by somebody else.

use super::key::{Fallback, Fixed, Parameter, UsageKey, amount, flag, hours, number, storage, text};
use super::rates::tag;
use super::{Billing, Charge, Given, Pricing, ResourceType};
use crate::format::plain;
use crate::traffic::HOURS_PER_MONTH;

/// Engines as people name them, and as the catalogue does.
const ENGINES: &[(&str, &str)] = &[
    ("postgres", "postgresql"),
    ("aurora-postgresql", "aurora_postgresql"),
    ("aurora-mysql", "aurora_mysql"),
    ("aurora", "aurora_mysql"),
];

/// A gp3 disk of this size or more has the larger baseline.
const GP3_LARGE_GB: f64 = 400.0;
/// IOPS that come with a small and with a large gp3 disk.
const GP3_BASELINE_IOPS: (f64, f64) = (3_000.0, 12_000.0);
/// Smallest disk and fewest IOPS of a disk with provisioned IOPS.
const IO1_MIN: (f64, f64) = (100.0, 1_000.0);

const INSTANCE_CLASS: Parameter =
    text("instanceClass", "Class of the instance.", ("db.t4g.micro", "db.t4g.micro, the compiler's default"))
        .named(&["instance_class", "instance_type", "class"])
        .bare(Fixed::Needed);

const INSTANCES: UsageKey = amount("instances", "instances", "Instances of this size.")
    .named(&["instance_count", "count"])
    .or(Fallback::Fact(1.0), "1");

/// CPU credits of burstable instances.
const CREDITS: [UsageKey; 2] = [
    amount("monthly_cpu_credit_hrs", "hours", "Hours a month on CPU credits beyond the earned ones.")
        .named(&["cpu_credit_hours"]),
    amount("vcpu_count", "vCPUs", "vCPUs of the instance, for CPU credits.").or(Fallback::Fact(2.0), "2"),
];

pub(crate) const RDS: ResourceType = ResourceType {
    name: "rds_postgres",
    kinds: &["persist_orm"],
    title: "RDS PostgreSQL",
    usage_types: &["aws_db_instance"],
    billing: Billing::AlwaysOn,
    pays_for: "the instance and its disk every hour, used or not",
    usage: &[
        hours(),
        INSTANCES,
        amount("additional_backup_storage_gb", "GB", "Backups beyond the size of the disk.")
            .named(&["backup_storage_gb"]),
        amount("monthly_standard_io_requests", "requests", "Requests to a magnetic disk."),
        CREDITS[0],
        CREDITS[1],
    ],
    parameters: &[
        INSTANCE_CLASS,
        number("allocatedStorage", "GB", "Size of the disk.", (20.0, "20, the compiler's default"))
            .named(&["allocated_storage", "allocated_storage_gb", "storage_gb", "storage"])
            .bare(Fixed::Number(0.0)),
        text("engine", "Database engine.", ("postgres", "postgres, of this type"))
            .named(&["database_engine"]),
        flag("multiAz", "A standby in a second zone.", (false, "false")).named(&["multi_az"]),
        text("storageType", "Kind of disk.", ("gp3", "gp3, the provider's default")).named(&["storage_type"]),
        number("iops", "IOPS", "IOPS of the disk.", (0.0, "those that come with it"))
            .named(&["provisioned_iops"]),
    ],
    tags: &[
        tag("aws.rds.postgresql.{instanceClass}", HOURS_PER_MONTH, "month of {instanceClass}"),
        tag("aws.rds.gp3", 1.0, "GB-month of disk"),
    ],
    pricing: Pricing::Charges(rds),
};

pub(crate) const AURORA: ResourceType = ResourceType {
    name: "aurora",
    kinds: &[],
    title: "Aurora",
    usage_types: &["aws_rds_cluster", "aws_rds_cluster_instance"],
    billing: Billing::Both,
    pays_for: "its instances every hour, the data kept, and each read and write of it",
    usage: &[
        hours(),
        INSTANCES,
        CREDITS[0],
        CREDITS[1],
        DATA[0],
        DATA[1],
        DATA[2],
        DATA[3],
        DATA[4],
        DATA[5],
    ],
    parameters: &[
        INSTANCE_CLASS,
        text("engine", "Database engine.", ("aurora-postgresql", "aurora-postgresql"))
            .named(&["database_engine"]),
        IO_OPTIMIZED,
    ],
    tags: &[
        tag("aws.aurora.storage", 1.0, "GB-month"),
        tag("aws.aurora.io", 1e6, "million reads and writes"),
    ],
    pricing: Pricing::Charges(aurora),
};

pub(crate) const AURORA_SERVERLESS: ResourceType = ResourceType {
    name: "aurora_serverless_v2",
    kinds: &[],
    title: "Aurora Serverless v2",
    usage_types: &[],
    billing: Billing::Both,
    pays_for: "its capacity every second, the data kept, and each read and write of it",
    usage: &[
        amount("capacity_units_per_hr", "ACU", "Capacity units, on average over those hours.")
            .named(&["acu", "acus", "average_acu", "average_acus", "capacity_units"])
            .or(Fallback::Assumed(0.5), "0.5, the smallest that does not pause"),
        amount("monthly_acu_hours", "ACU-hours", "Capacity units times hours, in place of both.")
            .named(&["acu_hours"]),
        hours(),
        DATA[0],
        DATA[1],
        DATA[2],
        DATA[3],
        DATA[4],
        DATA[5],
    ],
    parameters: &[IO_OPTIMIZED],
    tags: &[
        tag("aws.aurora.serverless_v2", 1.0, "ACU-hour"),
        tag("aws.aurora.storage", 1.0, "GB-month"),
        tag("aws.aurora.io", 1e6, "million reads and writes"),
    ],
    pricing: Pricing::Charges(serverless),
};

pub(crate) const COCKROACH: ResourceType = ResourceType {
    name: "cockroachdb_serverless",
    kinds: &["persist_orm"],
    title: "CockroachDB Serverless",
    usage_types: &[],
    billing: Billing::PerUse,
    pays_for: "request units and the data kept, on the bill of Cockroach Labs",
    usage: &[],
    parameters: &[],
    tags: &[],
    pricing: Pricing::Unpriced(
        "no price for CockroachDB Serverless: Cockroach Labs bills it, and the catalogue has the cloud provider's prices",
    ),
};

const IO_OPTIMIZED: Parameter =
    flag("ioOptimized", "Capacity that costs more, with reads and writes included.", (false, "false"))
        .named(&["io_optimized"]);

const DATA: [UsageKey; 6] = [
    storage(Fallback::Assumed(1.0), "1, as an example"),
    amount("monthly_io_requests", "requests", "Reads and writes of the storage.").named(&["io_requests"]),
    amount("write_requests_per_sec", "requests", "Writes of the storage a second."),
    amount("read_requests_per_sec", "requests", "Reads of the storage a second."),
    amount("backup_storage_gb", "GB", "Backups beyond the size of the cluster."),
    amount("snapshot_export_size_gb", "GB", "Snapshots exported to S3."),
];

fn rds(given: &Given<'_>) -> Vec<Charge> {
    let zones = if given.flag("multiAz") { "multi_az." } else { "" };
    let mut charges = vec![instance(given, zones)];
    let size = given.number("allocatedStorage").unwrap_or(0.0);
    let iops = given.number("iops").unwrap_or(0.0);
    let kind = given.text("storageType");
    let (size, (iops, rate)) = match kind.as_str() {
        "gp3" => (size, (iops - gp3_baseline(size), "gp3_iops")),
        "io1" | "io2" if size > 0.0 => (size.max(IO1_MIN.0), (iops.max(IO1_MIN.1), "io1_iops")),
        _ => (size, (0.0, "")),
    };
    let kind = if kind == "standard" { "magnetic" } else { kind.as_str() };
    let count = given.used("instances");
    charges.push(Charge::new("storage", size * count, format!("aws.rds.{zones}{kind}")));
    if iops > 0.0 {
        charges.push(Charge::new("provisioned_iops", iops * count, format!("aws.rds.{zones}{rate}")));
    }
    charges.extend(given.extras(&[
        ("backup_storage", "additional_backup_storage_gb", "aws.rds.backup"),
        ("io_requests", "monthly_standard_io_requests", "aws.rds.magnetic_io"),
    ]));
    charges.extend(credits(given, "aws.rds.cpu_credits"));
    charges
}

/// vCPU-hours beyond what a burstable instance earns.
fn credits(given: &Given<'_>, id: &str) -> Option<Charge> {
    let hours = given.used("monthly_cpu_credit_hrs") * given.used("vcpu_count");
    (hours > 0.0).then(|| Charge::new("cpu_credits", hours, id))
}

fn gp3_baseline(size: f64) -> f64 {
    if size >= GP3_LARGE_GB { GP3_BASELINE_IOPS.1 } else { GP3_BASELINE_IOPS.0 }
}

fn instance(given: &Given<'_>, zones: &str) -> Charge {
    let said = given.text("engine");
    let engine = ENGINES.iter().find(|(name, _)| *name == said).map_or(said.as_str(), |(_, engine)| engine);
    let (count, hours) = (given.used("instances"), given.used("monthly_hours"));
    let class = given.text("instanceClass");
    Charge::new("instance", count * hours, format!("aws.rds.{engine}.{zones}{class}")).how(format!(
        "{} x {class} x {} h",
        plain(count),
        plain(hours)
    ))
}

fn aurora(given: &Given<'_>) -> Vec<Charge> {
    let mut charges = vec![instance(given, if given.flag("ioOptimized") { "io." } else { "" })];
    charges.extend(data(given));
    charges
}

fn serverless(given: &Given<'_>) -> Vec<Charge> {
    let (units, hours) = (given.used("capacity_units_per_hr"), given.used("monthly_hours"));
    let id =
        if given.flag("ioOptimized") { "aws.aurora.serverless_v2_io" } else { "aws.aurora.serverless_v2" };
    let capacity = match given.said("monthly_acu_hours") {
        Some(unit_hours) => Charge::new("capacity", unit_hours, id),
        None => Charge::new("capacity", units * hours, id).how(format!(
            "{} ACU x {} h",
            plain(units),
            plain(hours)
        )),
    };
    let mut charges = vec![capacity];
    charges.extend(data(given));
    charges
}

/// What is kept and moved, alike for both kinds of Aurora.
fn data(given: &Given<'_>) -> Vec<Charge> {
    let included = given.flag("ioOptimized");
    let a_second = given.used("write_requests_per_sec") + given.used("read_requests_per_sec");
    let requests = given.said("monthly_io_requests").unwrap_or(a_second * 3_600.0 * HOURS_PER_MONTH);
    let storage = if included { "aws.aurora.storage_io" } else { "aws.aurora.storage" };
    let mut charges = vec![Charge::new("storage", given.used("storage_gb"), storage)];
    if !included && requests > 0.0 {
        charges.push(Charge::new("io_requests", requests, "aws.aurora.io"));
    }
    charges.extend(credits(given, "aws.aurora.cpu_credits"));
    charges.extend(given.extras(&[
        ("backup_storage", "backup_storage_gb", "aws.aurora.backup"),
        ("snapshot_export", "snapshot_export_size_gb", "aws.aurora.snapshot_export"),
    ]));
    charges
}
