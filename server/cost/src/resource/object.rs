//! S3: storage by class, requests, and what is served to the internet.

use super::edge::{self, ZONE};
use super::key::{EGRESS, Fallback, Parameter, STORAGE, UsageKey, amount, flag, share, text};
use super::rates::tag;
use super::{Billing, Charge, Given, Pricing, ResourceType};

const CLASS: Parameter = text("storageClass", "Storage class of the objects.", ("standard", "standard"))
    .named(&["storage_class", "class"]);

/// Names of storage classes in usage files and on pricing pages, and those of the catalogue.
const CLASSES: &[(&str, &str)] = &[
    ("standard_infrequent_access", "standard_ia"),
    ("standard-ia", "standard_ia"),
    ("one_zone_infrequent_access", "onezone_ia"),
    ("one_zone_ia", "onezone_ia"),
    ("onezone-ia", "onezone_ia"),
    ("glacier_instant_retrieval", "glacier_ir"),
    ("glacier_flexible_retrieval", "glacier"),
    ("glacier_deep_archive", "deep_archive"),
    ("intelligent_tiering", "intelligent"),
];

const WRITES: UsageKey = amount("monthly_tier_1_requests", "requests", "PUT, COPY, POST and LIST requests.")
    .named(&[
        "tier_1_requests",
        "tier1_requests",
        "standard.monthly_tier_1_requests",
        "put_requests",
        "monthly_put_requests",
        "put_copy_post_list_requests",
        "puts",
    ]);

const READS: UsageKey =
    amount("monthly_tier_2_requests", "requests", "GET and all other requests.").named(&[
        "tier_2_requests",
        "tier2_requests",
        "standard.monthly_tier_2_requests",
        "get_requests",
        "monthly_get_requests",
        "get_select_requests",
        "gets",
    ]);

pub(crate) const S3: ResourceType =
    ResourceType {
        name: "s3",
        kinds: &["persist_fs", "config"],
        title: "S3",
        usage_types: &["aws_s3_bucket"],
        billing: Billing::PerUse,
        pays_for: "the data kept, and each request",
        usage: &[
            STORAGE.named(&["storage", "stored_gb", "frequent_access_storage_gb", "standard.storage_gb"]),
            WRITES.or(Fallback::PerRequest(0.1), "one in ten requests of the units that use it"),
            READS.or(Fallback::PerRequest(1.0), "one a request of the units that use it"),
            amount("monthly_data_retrieval_gb", "GB", "Data read from a class that charges for it.")
                .named(&["data_retrieval_gb", "retrieval_gb", "monthly_standard_data_retrieval_gb"]),
            amount("monthly_lifecycle_transition_requests", "requests", "Objects moved into the class.")
                .named(&["lifecycle_transition_requests"]),
            amount(
                "infrequent_access_storage_gb",
                "GB",
                "Data that intelligent tiering moved to its second tier.",
            ),
            amount("archive_access_storage_gb", "GB", "Data that intelligent tiering moved to its archive."),
            amount(
                "deep_archive_access_storage_gb",
                "GB",
                "Data that intelligent tiering moved to its deep archive.",
            ),
            amount("monitored_objects", "objects", "Objects that intelligent tiering watches."),
            amount("monthly_select_data_scanned_gb", "GB", "Data scanned by S3 Select.")
                .named(&["standard.monthly_select_data_scanned_gb"]),
            amount("monthly_select_data_returned_gb", "GB", "Data returned by S3 Select.")
                .named(&["standard.monthly_select_data_returned_gb"]),
            EGRESS,
        ],
        parameters: &[CLASS],
        tags: &[
            tag("aws.s3.standard", 1.0, "GB-month"),
            tag("aws.s3.put", 1e3, "1,000 writes"),
            tag("aws.s3.get", 1e3, "1,000 reads"),
        ],
        pricing: Pricing::Charges(bucket),
    };

pub(crate) const STATIC_UNIT: ResourceType = ResourceType {
    name: "s3",
    kinds: &["static_unit"],
    title: "S3 static site",
    usage_types: &["aws_s3_bucket"],
    billing: Billing::PerUse,
    pays_for: "the files kept, each request, and what is sent to visitors",
    usage: &[
        STORAGE,
        amount("monthly_requests", "requests", "Files requested by visitors.")
            .named(&["requests"])
            .or(Fallback::PerRequest(1.0), "one a request of the application"),
        amount("monthly_data_transfer_to_internet_gb", "GB", "Data sent to visitors.")
            .named(&["data_transfer_to_internet_gb", "monthly_outbound_internet_gb", "egress_gb"])
            .or(Fallback::PayloadGb, "the bodies of those requests"),
        WRITES,
        share("cache_hit_share", "Share of requests that CloudFront answers by itself, 0 to 1.")
            .or(Fallback::Usual(0.9), "0.9"),
    ],
    parameters: &[
        flag(
            "cloudFrontEnabled",
            "Whether CloudFront stands in front.",
            (true, "true, the compiler's default"),
        )
        .named(&["cloud_front_enabled", "cloudfront_enabled"]),
        ZONE,
    ],
    tags: &[
        tag("aws.s3.standard", 1.0, "GB-month"),
        tag("aws.cloudfront.egress", 1.0, "GB sent through CloudFront"),
        tag("aws.cloudfront.https", 1e6, "million requests"),
    ],
    pricing: Pricing::Charges(static_unit),
};

fn bucket(given: &Given<'_>) -> Vec<Charge> {
    let said = given.text("storageClass");
    let class = CLASSES.iter().find(|(name, _)| *name == said).map_or(said.as_str(), |(_, class)| class);
    let (storage, put, get) = match class {
        "standard" => ("aws.s3.standard".to_owned(), "aws.s3.put".to_owned(), "aws.s3.get".to_owned()),
        "intelligent" => {
            ("aws.s3.intelligent.frequent".to_owned(), "aws.s3.put".to_owned(), "aws.s3.get".to_owned())
        }
        class => {
            (format!("aws.s3.{class}.storage"), format!("aws.s3.{class}.put"), format!("aws.s3.{class}.get"))
        }
    };
    let retrieval =
        if matches!(class, "glacier" | "deep_archive") { "retrieval_standard" } else { "retrieval" };
    let mut charges = vec![
        Charge::new("storage", given.used("storage_gb"), storage),
        Charge::new("put_requests", given.used("monthly_tier_1_requests"), put),
        Charge::new("get_requests", given.used("monthly_tier_2_requests"), get),
    ];
    charges.extend(given.extras(&[
        ("data_retrieval", "monthly_data_retrieval_gb", &format!("aws.s3.{class}.{retrieval}")),
        (
            "lifecycle_transition",
            "monthly_lifecycle_transition_requests",
            &format!("aws.s3.{class}.lifecycle"),
        ),
        ("infrequent_access_storage", "infrequent_access_storage_gb", "aws.s3.intelligent.infrequent"),
        ("archive_access_storage", "archive_access_storage_gb", "aws.s3.intelligent.archive"),
        ("deep_archive_access_storage", "deep_archive_access_storage_gb", "aws.s3.intelligent.deep_archive"),
        ("monitoring", "monitored_objects", "aws.s3.intelligent.monitoring"),
        ("select_data_scanned", "monthly_select_data_scanned_gb", "aws.s3.select_scanned"),
        ("select_data_returned", "monthly_select_data_returned_gb", "aws.s3.select_returned"),
    ]));
    let egress = given.extras(&[("data_transfer", "monthly_outbound_internet_gb", "aws.egress.internet")]);
    charges.extend(egress.into_iter().map(|charge| charge.free("data_transfer", "gb")));
    charges
}

fn static_unit(given: &Given<'_>) -> Vec<Charge> {
    let (requests, gb) = (given.used("monthly_requests"), given.used("monthly_data_transfer_to_internet_gb"));
    let behind = given.flag("cloudFrontEnabled");
    let missed = if behind { 1.0 - given.used("cache_hit_share").min(1.0) } else { 1.0 };
    let mut charges = vec![
        Charge::new("storage", given.used("storage_gb"), "aws.s3.standard"),
        Charge::new("get_requests", requests * missed, "aws.s3.get"),
    ];
    charges.extend(given.extras(&[("put_requests", "monthly_tier_1_requests", "aws.s3.put")]));
    if behind {
        charges.extend(edge::delivery(given, requests, gb));
    } else {
        charges.push(Charge::new("data_transfer", gb, "aws.egress.internet").free("data_transfer", "gb"));
    }
    charges
}
