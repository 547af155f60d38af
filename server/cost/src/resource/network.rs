//! What passes between things: NAT gateways, and data that leaves.

use super::key::{EGRESS, Fallback, amount, hours};
use super::rates::tag;
use super::{Billing, Charge, Given, Pricing, ResourceType};
use crate::estimate::Shared;

pub(crate) const NAT: ResourceType = ResourceType {
    name: "nat_gateway",
    kinds: &[],
    title: "NAT gateway",
    usage_types: &["aws_nat_gateway"],
    billing: Billing::Both,
    pays_for: "every hour it exists, and each gigabyte that passes",
    usage: &[
        hours(),
        amount("gateways", "gateways", "NAT gateways, one a zone.")
            .named(&["nat_gateways", "count"])
            .or(Fallback::Fact(1.0), "1"),
        amount("monthly_data_processed_gb", "GB", "Data that passes.")
            .named(&["data_processed_gb", "processed_gb", "data_gb", "gb"])
            .or(Fallback::PayloadGb, "the bodies of the requests of the units behind it"),
    ],
    parameters: &[],
    tags: &[tag("aws.nat.hour", 1.0, "hour"), tag("aws.nat.gb", 1.0, "GB")],
    pricing: Pricing::Charges(nat),
};

pub(crate) const DATA_TRANSFER: ResourceType = ResourceType {
    name: "data_transfer",
    kinds: &[],
    title: "data transfer",
    usage_types: &["aws_data_transfer"],
    billing: Billing::PerUse,
    pays_for: "each gigabyte that leaves; what comes in is free",
    usage: &[
        EGRESS.or(Fallback::PayloadGb, "the bodies of the requests"),
        amount("monthly_intra_region_gb", "GB", "Data between zones of the region; paid at both ends.")
            .named(&["intra_region_gb"]),
        amount("monthly_outbound_other_regions_gb", "GB", "Data sent to other regions.")
            .named(&["outbound_other_regions_gb", "inter_region_gb"]),
        amount(
            "monthly_outbound_us_east_to_us_east_gb",
            "GB",
            "Data sent between the two regions of US East.",
        ),
    ],
    parameters: &[],
    tags: &[tag("aws.egress.internet", 1.0, "GB to the internet")],
    pricing: Pricing::Charges(transfer),
};

fn nat(given: &Given<'_>) -> Vec<Charge> {
    let hours = given.used("gateways") * given.used("monthly_hours");
    vec![
        Charge::new("nat_gateway", hours, "aws.nat.hour").shared(Shared::Nat),
        Charge::new("data_processed", given.used("monthly_data_processed_gb"), "aws.nat.gb"),
    ]
}

fn transfer(given: &Given<'_>) -> Vec<Charge> {
    let out = given.used("monthly_outbound_internet_gb");
    let mut charges = vec![Charge::new("internet", out, "aws.egress.internet").free("data_transfer", "gb")];
    let zones = 2.0 * given.used("monthly_intra_region_gb");
    if zones > 0.0 {
        charges.push(Charge::new("intra_region", zones, "aws.egress.inter_az").how("both ends".to_owned()));
    }
    charges.extend(given.extras(&[
        ("us_east_regions", "monthly_outbound_us_east_to_us_east_gb", "aws.egress.inter_region_us_east"),
        ("other_regions", "monthly_outbound_other_regions_gb", "aws.egress.inter_region"),
    ]));
    charges
}
