//! What resources cost: from the traffic of the units that use them, from what people say, and where there is no price.

#![allow(clippy::unwrap_used)] // helpers of tests: what cannot be read fails the test where it is read

use std::collections::HashSet;

use expect_test::{Expect, expect};
use klotho_cost::resource::{
    Demand, Fallback, Parameters, ResourceType, ResourceUsage, ResourceWorkload, Site, TYPES, price_resource,
    rate_summary, resolve_usage, resource_type,
};
use klotho_cost::workload::Kind;
use klotho_cost::{Origin, Provider, Value};

const HOME: Site<'_> = Site { provider: Provider::Aws, region: "us-east-1", free_tier: false };

fn said(row: &ResourceType, pairs: &[(&str, f64)]) -> ResourceWorkload {
    let mut workload = ResourceWorkload::default();
    for (name, number) in pairs {
        let flag = row.usage_key(name).is_some_and(|key| key.key.kind == Kind::Flag);
        let value = if flag { Value::Flag(*number > 0.0) } else { Value::Number(*number) };
        workload.set(row, name, &value).unwrap();
    }
    workload
}

fn used(row: &ResourceType, requests: f64, pairs: &[(&str, f64)]) -> ResourceUsage {
    let workload = said(row, pairs);
    let demand = Demand::of([(requests, 20.0)]);
    resolve_usage(row, &[(Origin::Annotation, &workload)], &demand)
}

/// The bill, a line for each component, and what is missing.
fn bill(row: &ResourceType, site: Site<'_>, usage: &ResourceUsage, parameters: &[(&str, Value)]) -> String {
    let parameters =
        Parameters::of(parameters.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    let estimate = price_resource(row, site, usage, &parameters);
    let mut text = String::new();
    for part in &estimate.components {
        text += &format!("{}: ${} = {}\n", part.name, part.monthly.round_dp(4), part.formula);
    }
    for missing in &estimate.missing {
        text += &format!("missing: {missing}\n");
    }
    text
}

fn check(kind: &str, name: &str, requests: f64, pairs: &[(&str, f64)], expected: &Expect) {
    let row = resource_type(kind, name).unwrap();
    expected.assert_eq(&bill(row, HOME, &used(row, requests, pairs), &[]));
}

#[test]
fn names_of_a_row_are_told_apart() {
    for row in TYPES {
        let usage = row.usage.iter().map(|key| (key.key.name, key.aliases));
        let parameters = row.parameters.iter().map(|key| (key.key.name, key.aliases));
        let mut seen = HashSet::new();
        for (name, aliases) in usage.chain(parameters) {
            assert!(seen.insert(name), "{}: {name}", row.title);
            for alias in aliases {
                assert!(seen.insert(alias), "{}: {alias}", row.title);
            }
        }
    }
}

#[test]
fn a_default_is_told_in_words() {
    for row in TYPES {
        for key in row.usage {
            let told = !key.key.default.is_empty();
            assert_eq!(told, key.fallback != Fallback::Unsaid, "{}: {}", row.title, key.key.name);
        }
    }
}

#[test]
fn a_type_of_a_kind_has_one_row() {
    let mut seen = HashSet::new();
    for row in TYPES {
        for kind in row.kinds {
            assert!(seen.insert((kind, row.name)), "{kind}: {}", row.name);
        }
    }
    assert!(resource_type("persist_kv", "s3").is_none());
}

#[test]
fn a_store_costs_what_the_requests_of_its_units_take() {
    check(
        "persist_kv",
        "dynamodb",
        10e6,
        &[],
        &expect![[r#"
        write_request_units: $1.2500 = 2M x 1 units = 2,000,000 WRU x $0.000000625
        read_request_units: $0.6250 = 10M x 0.5 units = 5,000,000 RRU x $0.000000125
        storage: $0.25 = 1 GB-month x $0.25
    "#]],
    );
    check(
        "persist_fs",
        "s3",
        10e6,
        &[],
        &expect![[r#"
        storage: $0.023 = 1 GB-month x $0.023
        put_requests: $5.0000 = 1,000,000 request x $0.000005
        get_requests: $4.0000 = 10,000,000 request x $0.0000004
    "#]],
    );
    check(
        "pubsub",
        "sns",
        10e6,
        &[],
        &expect![[r#"
        requests: $5.0000 = 10,000,000 request x $0.0000005
    "#]],
    );
    check(
        "static_unit",
        "s3",
        1e6,
        &[],
        &expect![[r#"
        storage: $0.023 = 1 GB-month x $0.023
        get_requests: $0.0400 = 100,000 request x $0.0000004
        data_transfer_to_internet: $1.700 = 20 GB x $0.085
        https_requests: $1.0000 = 1,000,000 request x $0.000001
    "#]],
    );
    check(
        "persist_secret",
        "s3",
        1e6,
        &[],
        &expect![[r#"
        secret: $0.4 = 1 secret-month x $0.4
        api_requests: $0.0500 = 10,000 request x $0.000005
    "#]],
    );
}

#[test]
fn sizes_of_the_configuration_decide_what_is_always_on() {
    check(
        "persist_orm",
        "rds_postgres",
        10e6,
        &[],
        &expect![[r#"
        instance: $11.680 = 1 x db.t4g.micro x 730 h = 730 instance-hour x $0.016
        storage: $2.300 = 20 GB-month x $0.115
    "#]],
    );
    let redis = resource_type("persist_redis_node", "elasticache").unwrap();
    let ireland = Site { region: "eu-west-1", ..HOME };
    expect![[r#"
        nodes: $13.140 = 1 x cache.t3.micro x 730 h = 730 node-hour x $0.018
    "#]]
    .assert_eq(&bill(redis, ireland, &used(redis, 10e6, &[]), &[]));
    check(
        "persist_redis_cluster",
        "memorydb",
        10e6,
        &[],
        &expect![[r#"
        missing: no price for aws.memorydb.db.t4g.small in us-east-1 (catalogue of 2026-11-23)
    "#]],
    );
    check(
        "persist_orm",
        "cockroachdb_serverless",
        10e6,
        &[],
        &expect![[r#"
        missing: no price for CockroachDB Serverless: Cockroach Labs bills it, and the catalogue has the cloud provider's prices
    "#]],
    );
}

#[test]
fn parameters_replace_what_the_compiler_takes() {
    let row = resource_type("persist_orm", "rds_postgres").unwrap();
    let larger = [
        ("instanceClass", Value::Text("db.t4g.medium".into())),
        ("allocatedStorage", Value::Number(100.0)),
        ("skipFinalSnapshot", Value::Flag(true)),
    ];
    expect![[r#"
        instance: $47.450 = 1 x db.t4g.medium x 730 h = 730 instance-hour x $0.065
        storage: $11.500 = 100 GB-month x $0.115
    "#]]
    .assert_eq(&bill(row, HOME, &used(row, 0.0, &[]), &larger));
    let wrong = [("allocatedStorage", Value::Text("20 GB".into()))];
    expect![[r#"
        missing: `allocatedStorage` must be a number of GB, not a text
    "#]]
    .assert_eq(&bill(row, HOME, &used(row, 0.0, &[]), &wrong));
}

#[test]
fn other_providers_and_regions_without_prices_say_so() {
    let row = resource_type("persist_kv", "dynamodb").unwrap();
    let usage = used(row, 1e6, &[]);
    for (provider, region) in
        [(Provider::Gcp, "us-central1"), (Provider::Azure, "eastus"), (Provider::Aws, "mars-1")]
    {
        let site = Site { provider, region, free_tier: false };
        let estimate = price_resource(row, site, &usage, &Parameters::default());
        assert!(estimate.components.is_empty());
        assert_eq!(estimate.monthly(), None);
    }
    let gcp = Site { provider: Provider::Gcp, region: "us-central1", free_tier: false };
    expect![[r#"
        missing: no price model for DynamoDB on gcp
    "#]]
    .assert_eq(&bill(row, gcp, &usage, &[]));
}

#[test]
fn units_are_started_kilobytes() {
    let row = resource_type("persist_kv", "dynamodb").unwrap();
    let units = |kb: f64, strong: f64, name: &str| {
        let pairs = [("reads", 1e6), ("writes", 1e6), ("item_size_kb", kb), ("strongly_consistent", strong)];
        let usage = used(row, 0.0, &pairs);
        let estimate = price_resource(row, HOME, &usage, &Parameters::default());
        estimate.component(name).unwrap().parts[0].quantity.to_string().parse::<f64>().unwrap() / 1e6
    };
    for (kb, writes, reads) in
        [(0.0, 1.0, 0.5), (1.0, 1.0, 0.5), (1.5, 2.0, 0.5), (4.0, 4.0, 0.5), (4.1, 5.0, 1.0)]
    {
        assert_eq!(units(kb, 0.0, "write_request_units"), writes, "{kb}");
        assert_eq!(units(kb, 0.0, "read_request_units"), reads, "{kb}");
        assert_eq!(units(kb, 1.0, "read_request_units"), 2.0 * reads, "{kb}");
    }
}

#[test]
fn what_people_say_wins_place_by_place() {
    let row = resource_type("persist_kv", "dynamodb").unwrap();
    let config = said(row, &[("monthly_read_request_units", 5.0)]);
    let annotation = said(row, &[("rru", 7.0), ("storage_gb", 3.0)]);
    let layers = [(Origin::Config, &config), (Origin::Annotation, &annotation)];
    let usage = resolve_usage(row, &layers, &Demand::default());
    assert_eq!(usage.get("monthly_read_request_units"), Some(5.0));
    assert_eq!(usage.get("storage_gb"), Some(3.0));
    let told: Vec<_> =
        usage.inputs().iter().map(|it| format!("{} {} {:?}", it.input, it.value, it.origin)).collect();
    expect![[r#"
        monthly_reads 0 Model
        monthly_writes 0 Model
        item_size_kb 1 Model
        monthly_read_request_units 5 Config
        storage_gb 3 Annotation"#]]
    .assert_eq(&told.join("\n"));
}

#[test]
fn mistakes_are_told_in_words() {
    let row = resource_type("pubsub", "sns").unwrap();
    let mut workload = ResourceWorkload::default();
    let mut message = |name, value| workload.set(row, name, &value).unwrap_err().to_string();
    assert_eq!(message("reads", Value::Number(1.0)), "`reads` is not a workload key");
    assert_eq!(
        message("messages", Value::Text("many".into())),
        "`monthly_requests` must be a number of messages, not a text"
    );
    assert!(message("messages", Value::Number(-1.0)).starts_with("`monthly_requests` must be between 0"));
    assert!(workload.is_empty());
}

#[test]
fn rates_fit_one_line() {
    let mut text = String::new();
    for row in TYPES {
        let rates = rate_summary(row, Provider::Aws, "us-east-1", &Parameters::default());
        text += &format!("{} ({}): {rates}\n", row.title, row.billing.words());
    }
    expect![[r#"
        DynamoDB (pays per use): $0.125 per million reads, $0.625 per million writes, $0.25 per GB-month
        S3 (pays per use): $0.023 per GB-month, $0.005 per 1,000 writes, $0.0004 per 1,000 reads
        S3 static site (pays per use): $0.023 per GB-month, $0.085 per GB sent through CloudFront, $1 per million requests
        Secrets Manager (always on, and per use): $0.40 per secret and month, $0.05 per 10,000 calls
        Secrets Manager (always on, and per use): $0.40 per secret and month, $0.05 per 10,000 calls
        RDS PostgreSQL (always on): $11.68 per month of db.t4g.micro, $0.115 per GB-month of disk
        Aurora (always on, and per use): $0.10 per GB-month, $0.20 per million reads and writes
        Aurora Serverless v2 (always on, and per use): $0.12 per ACU-hour, $0.10 per GB-month, $0.20 per million reads and writes
        CockroachDB Serverless (pays per use): no price for CockroachDB Serverless: Cockroach Labs bills it, and the catalogue has the cloud provider's prices
        ElastiCache (always on): $12.41 per month of a cache.t3.micro node
        MemoryDB (always on): no price for aws.memorydb.db.t4g.small in us-east-1 (catalogue of 2026-11-23)
        SNS (pays per use): $0.50 per million messages
        SQS (pays per use): $0.40 per million requests
        API Gateway (pays per use): $3.50 per million requests of a REST API, $1 per million of an HTTP API
        Application Load Balancer (always on, and per use): $0.0225 per hour, $0.008 per capacity unit and hour
        CloudFront (pays per use): $0.085 per GB sent, $1 per million requests
        CloudWatch Logs (pays per use): $0.50 per GB written, $0.03 per GB-month
        data transfer (pays per use): $0.09 per GB to the internet
        NAT gateway (always on, and per use): $0.045 per hour, $0.045 per GB
        EBS volume (always on): $0.08 per GB-month
    "#]].assert_eq(&text);
}

#[test]
fn the_free_tier_is_subtracted_only_when_asked_for() {
    let row = TYPES.iter().find(|row| row.name == "data_transfer").unwrap();
    let usage = used(row, 0.0, &[("egress_gb", 150.0)]);
    let generous = Site { free_tier: true, ..HOME };
    expect![[r#"
        internet: $13.50 = 150 GB x $0.09
        internet: $4.50 = 150, less 100 free = 50 GB x $0.09
    "#]]
    .assert_eq(&format!("{}{}", bill(row, HOME, &usage, &[]), bill(row, generous, &usage, &[])));
}

/// Keys of `infracost_usage` in internal/resources/aws of github.com/infracost/infracost at 95ba4f49, by type, without
/// those of what has no price here: reservations, Performance Insights, SMS and the like.
const USAGE_FILE: [(&str, &[&str]); 12] = [
    (
        "aws_dynamodb_table",
        &[
            "monthly_write_request_units",
            "monthly_read_request_units",
            "storage_gb",
            "pitr_backup_storage_gb",
            "on_demand_backup_storage_gb",
            "monthly_data_restored_gb",
            "monthly_streams_read_request_units",
        ],
    ),
    (
        "aws_s3_bucket",
        &["standard.storage_gb", "standard.monthly_tier_1_requests", "standard.monthly_tier_2_requests"],
    ),
    (
        "aws_db_instance",
        &[
            "monthly_standard_io_requests",
            "additional_backup_storage_gb",
            "monthly_cpu_credit_hrs",
            "vcpu_count",
        ],
    ),
    (
        "aws_rds_cluster",
        &["write_requests_per_sec", "read_requests_per_sec", "storage_gb", "snapshot_export_size_gb"],
    ),
    ("aws_elasticache_cluster", &["snapshot_storage_size_gb"]),
    (
        "aws_sns_topic",
        &[
            "monthly_requests",
            "request_size_kb",
            "http_subscriptions",
            "email_subscriptions",
            "kinesis_subscriptions",
            "mobile_push_subscriptions",
        ],
    ),
    ("aws_sqs_queue", &["monthly_requests", "request_size_kb"]),
    ("aws_secretsmanager_secret", &["monthly_requests"]),
    ("aws_cloudwatch_log_group", &["monthly_data_ingested_gb", "storage_gb", "monthly_data_scanned_gb"]),
    (
        "aws_data_transfer",
        &[
            "monthly_intra_region_gb",
            "monthly_outbound_internet_gb",
            "monthly_outbound_us_east_to_us_east_gb",
            "monthly_outbound_other_regions_gb",
        ],
    ),
    ("aws_nat_gateway", &["monthly_data_processed_gb"]),
    (
        "aws_apigatewayv2_api",
        &[
            "monthly_requests",
            "request_size_kb",
            "monthly_messages",
            "message_size_kb",
            "monthly_connection_mins",
        ],
    ),
];

#[test]
fn keys_of_usage_files_are_known_by_their_names() {
    for (kind, keys) in USAGE_FILE {
        let row = TYPES.iter().find(|row| row.usage_types.contains(&kind)).unwrap();
        for key in keys {
            assert!(row.usage_key(key).is_some(), "{kind}: {key}");
        }
    }
}
