//! DynamoDB: request units or provisioned capacity, and storage.

use super::charge::steps;
use super::key::{Fallback, STORAGE, UsageKey, amount, hours, switch, text};
use super::rates::tag;
use super::{Billing, Charge, Given, Pricing, ResourceType};
use crate::format::{count, plain};

/// A write unit carries up to 1 KB of an item, a read unit up to 4 KB.
const WRITE_KB: f64 = 1.0;
const READ_KB: f64 = 4.0;

pub(crate) const DYNAMODB: ResourceType = ResourceType {
    name: "dynamodb",
    kinds: &["persist_kv"],
    title: "DynamoDB",
    usage_types: &["aws_dynamodb_table"],
    billing: Billing::PerUse,
    pays_for: "each read and write, and the data kept; nothing while idle beyond that",
    usage: USAGE,
    parameters: &[
        text(
            "billingMode",
            "`PAY_PER_REQUEST`, or `PROVISIONED` for capacity that is paid by the hour.",
            ("PAY_PER_REQUEST", "PAY_PER_REQUEST, as the compiler sets it"),
        )
        .named(&["billing_mode"]),
        text("tableClass", "`STANDARD` or `STANDARD_INFREQUENT_ACCESS`.", ("STANDARD", "STANDARD"))
            .named(&["table_class"]),
    ],
    tags: &[
        tag("aws.dynamodb.rru", 1e6, "million reads"),
        tag("aws.dynamodb.wru", 1e6, "million writes"),
        tag("aws.dynamodb.storage", 1.0, "GB-month"),
    ],
    pricing: Pricing::Charges(charges),
};

const USAGE: &[UsageKey] =
    &[
        amount("monthly_reads", "reads", "Items read a month.")
            .named(&["reads", "read_requests", "monthly_read_requests"])
            .or(Fallback::PerRequest(1.0), "one a request of the units that use it"),
        amount("monthly_writes", "writes", "Items written a month.")
            .named(&["writes", "write_requests", "monthly_write_requests"])
            .or(Fallback::PerRequest(0.2), "one in five requests of the units that use it"),
        amount(
            "item_size_kb",
            "KB",
            "Size of an item: a write unit per started KB, a read unit per started 4 KB.",
        )
        .named(&["average_item_size_kb", "item_kb"])
        .or(Fallback::Usual(1.0), "1"),
        switch("strongly_consistent", "Strongly consistent reads, which take twice the units.")
            .named(&["strongly_consistent_reads", "consistent_reads"]),
        amount("monthly_read_request_units", "RRU", "Read request units, in place of `monthly_reads`.")
            .named(&["read_request_units", "read_units", "rru"]),
        amount("monthly_write_request_units", "WRU", "Write request units, in place of `monthly_writes`.")
            .named(&["write_request_units", "write_units", "wru"]),
        STORAGE,
        amount("read_capacity", "RCU", "Provisioned read capacity units.").named(&[
            "read_capacity_units",
            "provisioned_read_capacity",
            "provisioned_rcu",
            "rcu",
        ]),
        amount("write_capacity", "WCU", "Provisioned write capacity units.").named(&[
            "write_capacity_units",
            "provisioned_write_capacity",
            "provisioned_wcu",
            "wcu",
        ]),
        amount("pitr_backup_storage_gb", "GB", "Backups for recovery to a point in time.")
            .named(&["pitr_gb", "pitr_storage_gb"]),
        amount("on_demand_backup_storage_gb", "GB", "Backups taken on demand.")
            .named(&["backup_storage_gb", "on_demand_backup_gb"]),
        amount("monthly_data_restored_gb", "GB", "Data restored from backups.")
            .named(&["data_restored_gb", "restored_gb"]),
        amount("monthly_streams_read_request_units", "requests", "Reads of the table's stream.")
            .named(&["streams_read_request_units", "streams_requests"]),
        hours(),
    ];

fn charges(given: &Given<'_>) -> Vec<Charge> {
    let capacity = ["read_capacity", "write_capacity"].map(|key| given.said(key));
    let provisioned = capacity.iter().any(Option::is_some) || given.text("billingMode") == "provisioned";
    let mut charges = Vec::new();
    if provisioned {
        charges.extend(capacity_charges(given));
    }
    let units = ["monthly_read_request_units", "monthly_write_request_units"];
    if !provisioned || units.iter().any(|key| given.said(key).is_some()) {
        charges.extend(request_charges(given));
    }
    charges.push(
        Charge::new("storage", given.used("storage_gb"), id(given, "storage")).free("dynamodb", "storage_gb"),
    );
    charges.extend(given.extras(&[
        ("pitr_backup_storage", "pitr_backup_storage_gb", "aws.dynamodb.pitr"),
        ("on_demand_backup_storage", "on_demand_backup_storage_gb", "aws.dynamodb.backup"),
        ("data_restored", "monthly_data_restored_gb", "aws.dynamodb.restore"),
        ("streams_read_request_units", "monthly_streams_read_request_units", "aws.dynamodb.streams"),
    ]));
    charges
}

/// The price of a unit in the table's class.
fn id(given: &Given<'_>, unit: &str) -> String {
    let class = if given.text("tableClass") == "standard_infrequent_access" { "ia." } else { "" };
    format!("aws.dynamodb.{class}{unit}")
}

fn capacity_charges(given: &Given<'_>) -> [Charge; 2] {
    let hours = given.used("monthly_hours");
    let charge = |name, key: &str, (unit, allowance): (&str, &'static str)| {
        let units = given.used(key);
        let how = format!("{} units x {} h", plain(units), plain(hours));
        Charge::new(name, units * hours, id(given, unit)).how(how).free("dynamodb", allowance)
    };
    [
        charge("write_capacity_units", "write_capacity", ("wcu", "wcu_hours")),
        charge("read_capacity_units", "read_capacity", ("rcu", "rcu_hours")),
    ]
}

fn request_charges(given: &Given<'_>) -> [Charge; 2] {
    let size = given.used("item_size_kb");
    let consistency = if given.used("strongly_consistent") > 0.0 { 1.0 } else { 0.5 };
    let charge = |name, (said, items): (&str, &str), each: f64, unit: &str| match given.said(said) {
        Some(units) => Charge::new(name, units, id(given, unit)),
        None => {
            let items = given.used(items);
            Charge::new(name, items * each, id(given, unit)).how(format!(
                "{} x {} units",
                count(items),
                plain(each)
            ))
        }
    };
    let (write, read) = (steps(size, WRITE_KB), steps(size, READ_KB) * consistency);
    [
        charge("write_request_units", ("monthly_write_request_units", "monthly_writes"), write, "wru"),
        charge("read_request_units", ("monthly_read_request_units", "monthly_reads"), read, "rru"),
    ]
}
