//! CloudFront: what is sent to visitors and their requests, at the prices of the zone where they are.

use super::key::{Fallback, Parameter, amount, text};
use super::rates::tag;
use super::{Billing, Charge, Given, Pricing, ResourceType};

/// Where visitors are; prices differ by zone, not by region.
pub(super) const ZONE: Parameter = text(
    "zone",
    "Where visitors are: `us`, `europe`, `japan`, `asia_pacific`, ...",
    ("", "the zone of the project's region"),
)
.named(&["edge_zone", "location", "price_zone"])
.unset();

/// Zones as usage files name them, as the catalogue does, and the beginning of the regions that lie in them.
const ZONES: &[(&str, &str, &[&str])] = &[
    ("us", "US/MX/CA", &["us-", "ca-", "mx-"]),
    ("europe", "Europe/IL", &["eu-", "il-"]),
    ("japan", "Japan", &["ap-northeast-1", "ap-northeast-3"]),
    (
        "asia_pacific",
        "HK/PH/SG/KR/TW/TH",
        &["ap-southeast-1", "ap-east-", "ap-northeast-2", "ap-southeast-7"],
    ),
    ("australia", "AU/NZ", &["ap-southeast-2", "ap-southeast-4", "ap-southeast-6"]),
    ("india", "India", &["ap-south-"]),
    ("south_america", "South America", &["sa-"]),
    ("south_africa", "ZA/KE/ME", &["af-", "me-"]),
];

/// What the catalogue is asked for when the zone is none that is known: it has no prices for it and says so.
const UNKNOWN_ZONE: &str = "unknown zone";

/// Where prices are looked up that are the same everywhere.
const EVERYWHERE: &str = "global";

pub(crate) const CLOUDFRONT: ResourceType = ResourceType {
    name: "cloudfront",
    kinds: &[],
    title: "CloudFront",
    usage_types: &["aws_cloudfront_distribution"],
    billing: Billing::PerUse,
    pays_for: "what is sent to visitors, and each request",
    usage: &[
        amount("monthly_https_requests", "requests", "HTTPS requests of visitors.")
            .named(&["https_requests", "monthly_requests", "requests"])
            .or(Fallback::PerRequest(1.0), "one a request of the units behind it"),
        amount("monthly_http_requests", "requests", "HTTP requests of visitors.").named(&["http_requests"]),
        amount("monthly_data_transfer_to_internet_gb", "GB", "Data sent to visitors.")
            .named(&[
                "data_transfer_to_internet_gb",
                "data_transfer_out_gb",
                "data_transfer_gb",
                "monthly_outbound_internet_gb",
                "egress_gb",
            ])
            .or(Fallback::PayloadGb, "the bodies of those requests"),
        amount("monthly_data_transfer_to_origin_gb", "GB", "Data sent to the origin.")
            .named(&["data_transfer_to_origin_gb", "origin_gb"]),
        amount("monthly_invalidation_requests", "paths", "Paths invalidated; 1,000 are free.")
            .named(&["invalidation_requests", "invalidation_paths"]),
        amount("monthly_encryption_requests", "requests", "Requests with field-level encryption."),
        amount("monthly_log_lines", "lines", "Lines of the real-time log."),
        amount(
            "monthly_shield_requests",
            "requests",
            "Requests to the origin shield, in the project's region.",
        ),
        amount("monthly_function_invocations", "invocations", "Runs of functions at the edge.")
            .named(&["function_invocations"]),
        amount("custom_ssl_certificates", "certificates", "Certificates on addresses of their own."),
    ],
    parameters: &[ZONE],
    tags: &[
        tag("aws.cloudfront.egress", 1.0, "GB sent"),
        tag("aws.cloudfront.https", 1e6, "million requests"),
    ],
    pricing: Pricing::Charges(charges),
};

/// The zone of a resource, as the catalogue names it.
pub(super) fn zone(given: &Given<'_>) -> &'static str {
    let said = given.text("zone");
    let named = |&(name, id, _): &(&str, &str, &[&str])| said == name || said == id.to_lowercase();
    let around = |&(name, id, starts): &(&str, &str, &[&str])| {
        // Price lists of CloudFront have zones in the place of regions.
        [name, id].contains(&given.region) || starts.iter().any(|it| given.region.starts_with(it))
    };
    let found = if said.is_empty() {
        ZONES.iter().find(|zone| around(zone))
    } else {
        ZONES.iter().find(|zone| named(zone))
    };
    found.map_or(UNKNOWN_ZONE, |(_, id, _)| id)
}

/// What is sent to visitors and their requests over HTTPS.
pub(super) fn delivery(given: &Given<'_>, requests: f64, gb: f64) -> [Charge; 2] {
    let zone = zone(given);
    [
        Charge::new("data_transfer_to_internet", gb, format!("aws.cloudfront.egress.{zone}"))
            .zone(zone)
            .free("cloudfront", "gb"),
        Charge::new("https_requests", requests, "aws.cloudfront.https")
            .zone(zone)
            .free("cloudfront", "requests"),
    ]
}

fn charges(given: &Given<'_>) -> Vec<Charge> {
    let zone = zone(given);
    let requests = given.used("monthly_https_requests");
    let gb = given.used("monthly_data_transfer_to_internet_gb");
    let mut charges: Vec<_> = delivery(given, requests, gb).into();
    let here = given.extras(&[
        ("http_requests", "monthly_http_requests", "aws.cloudfront.http"),
        ("data_transfer_to_origin", "monthly_data_transfer_to_origin_gb", "aws.cloudfront.to_origin"),
    ]);
    charges.extend(here.into_iter().map(|charge| charge.zone(zone)));
    let everywhere = given.extras(&[
        ("encryption_requests", "monthly_encryption_requests", "aws.cloudfront.field_level_encryption"),
        ("log_lines", "monthly_log_lines", "aws.cloudfront.log_lines"),
        ("custom_ssl", "custom_ssl_certificates", "aws.cloudfront.dedicated_ip"),
        ("function_invocations", "monthly_function_invocations", "aws.cloudfront.functions"),
    ]);
    charges.extend(everywhere.into_iter().map(|charge| charge.zone(EVERYWHERE)));
    let paths = given.extras(&[(
        "invalidation_requests",
        "monthly_invalidation_requests",
        "aws.cloudfront.invalidation",
    )]);
    charges
        .extend(paths.into_iter().map(|it| it.zone(EVERYWHERE).free_always("cloudfront", "invalidations")));
    charges.extend(given.extras(&[(
        "shield_requests",
        "monthly_shield_requests",
        "aws.cloudfront.origin_shield",
    )]));
    charges
}
