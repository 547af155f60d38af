//! EBS volumes: their size, and what is provisioned beyond what comes with it.

use super::key::{amount, hours, number, text};
use super::rates::tag;
use super::{Billing, Charge, Given, Pricing, ResourceType};
use crate::traffic::HOURS_PER_MONTH;

/// IOPS and MB a second that come with a gp3 volume.
const GP3_BASELINE: (f64, f64) = (3_000.0, 125.0);

pub(crate) const EBS: ResourceType = ResourceType {
    name: "ebs",
    kinds: &[],
    title: "EBS volume",
    usage_types: &["aws_ebs_volume"],
    billing: Billing::AlwaysOn,
    pays_for: "the size of the disk every hour, used or not",
    usage: &[
        hours(),
        amount("monthly_standard_io_requests", "requests", "Requests to a magnetic disk.")
            .named(&["io_requests"]),
        amount("snapshot_storage_gb", "GB", "Snapshots kept.").named(&["snapshot_gb"]),
    ],
    parameters: &[
        number("size", "GB", "Size of the disk.", (0.0, "none")).named(&["size_gb", "storage_gb", "storage"]),
        text("type", "Kind of disk.", ("gp3", "gp3")).named(&["volume_type", "storage_type"]),
        number("iops", "IOPS", "IOPS of the disk.", (0.0, "those that come with it"))
            .named(&["provisioned_iops"]),
        number("throughput", "MB/s", "Throughput of a gp3 disk.", (0.0, "what comes with it"))
            .named(&["throughput_mbps"]),
    ],
    tags: &[tag("aws.ebs.gp3", 1.0, "GB-month")],
    pricing: Pricing::Charges(charges),
};

fn charges(given: &Given<'_>) -> Vec<Charge> {
    let number = |name| given.number(name).unwrap_or(0.0);
    let month = given.used("monthly_hours") / HOURS_PER_MONTH;
    let kind = given.text("type");
    let (iops, throughput) = match kind.as_str() {
        "gp3" => (number("iops") - GP3_BASELINE.0, number("throughput") - GP3_BASELINE.1),
        "io1" | "io2" => (number("iops"), 0.0),
        _ => (0.0, 0.0),
    };
    let mut charges = vec![Charge::new("storage", number("size") * month, format!("aws.ebs.{kind}"))];
    if iops > 0.0 {
        charges.push(Charge::new("provisioned_iops", iops * month, format!("aws.ebs.{kind}_iops")));
    }
    if throughput > 0.0 {
        charges.push(Charge::new("provisioned_throughput", throughput * month, "aws.ebs.gp3_throughput"));
    }
    charges.extend(given.extras(&[
        ("io_requests", "monthly_standard_io_requests", "aws.ebs.standard_io"),
        ("snapshots", "snapshot_storage_gb", "aws.ebs.snapshot"),
    ]));
    charges
}
