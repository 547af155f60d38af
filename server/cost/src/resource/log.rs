//! CloudWatch Logs: what is written, kept and searched.

use super::key::{Fallback, amount, storage};
use super::rates::tag;
use super::{Billing, Charge, Given, Pricing, ResourceType};

/// A request is taken to write half a kilobyte of log: a start line, an end line, a report. In GB.
const GB_PER_REQUEST: f64 = 0.5 / 1e6;

pub(crate) const CLOUDWATCH_LOGS: ResourceType = ResourceType {
    name: "cloudwatch_logs",
    kinds: &[],
    title: "CloudWatch Logs",
    usage_types: &["aws_cloudwatch_log_group"],
    billing: Billing::PerUse,
    pays_for: "each gigabyte of log written, then kept",
    usage: &[
        amount("monthly_data_ingested_gb", "GB", "Log written a month.")
            .named(&["data_ingested_gb", "ingested_gb", "logs_ingested_gb", "ingest_gb"])
            .or(Fallback::PerRequest(GB_PER_REQUEST), "0.5 KB a request of the units that write it"),
        storage(Fallback::Unsaid, "").named(&["storage", "stored_gb", "archived_gb", "archival_storage_gb"]),
        amount("monthly_data_scanned_gb", "GB", "Log searched by Insights queries.").named(&[
            "data_scanned_gb",
            "scanned_gb",
            "insights_gb",
        ]),
    ],
    parameters: &[],
    tags: &[
        tag("aws.cloudwatch.logs_ingest", 1.0, "GB written"),
        tag("aws.cloudwatch.logs_storage", 1.0, "GB-month"),
    ],
    pricing: Pricing::Charges(charges),
};

fn charges(given: &Given<'_>) -> Vec<Charge> {
    let ingested = given.used("monthly_data_ingested_gb");
    let mut charges = vec![
        Charge::new("data_ingested", ingested, "aws.cloudwatch.logs_ingest").free("cloudwatch", "logs_gb"),
    ];
    charges.extend(given.extras(&[
        ("storage", "storage_gb", "aws.cloudwatch.logs_storage"),
        ("data_scanned", "monthly_data_scanned_gb", "aws.cloudwatch.logs_insights"),
    ]));
    charges
}
