//! Resources from bare inputs: each target is a row of the table of resource types, with some parameters settled.
//!
//! Inputs are the names of the row, usage and parameters alike, and their other names. Nothing is assumed that nobody
//! states: what is not said is not used.

use super::{BareError, Bench, Reader, bad};
use crate::estimate::Estimate;
use crate::resource::{self, Fixed, Parameters, ResourceType, ResourceWorkload, Site, resolve_with};
use crate::target::Provider;
use crate::value::Value;
use crate::workload::{Key, KeyError, Kind, Origin, check};

/// The input that every target knows beside those of its row.
const FREE_TIER: &str = "free_tier";

/// A target: its name, its row, and what the name settles.
macro_rules! bench {
    ($target:literal, $row:ident $(, $name:literal = $value:expr)*) => {
        Bench {
            target: $target,
            inputs: {
                const NAMES: [&str; count(&resource::$row)] = names(&resource::$row);
                &NAMES
            },
            run: |region, read| run(&resource::$row, &[$(($name, $value)),*], region, read),
        }
    };
}

pub(super) const BENCHES: &[Bench] = &[
    bench!("dynamodb", DYNAMODB),
    bench!("dynamodb_on_demand", DYNAMODB),
    bench!("dynamodb_provisioned", DYNAMODB, "billingMode" = Fixed::Text("PROVISIONED")),
    bench!("s3", S3),
    bench!("s3_standard", S3),
    bench!("s3_intelligent_tiering", S3, "storageClass" = Fixed::Text("intelligent_tiering")),
    bench!("s3_standard_ia", S3, "storageClass" = Fixed::Text("standard_ia")),
    bench!("s3_onezone_ia", S3, "storageClass" = Fixed::Text("onezone_ia")),
    bench!("s3_glacier_ir", S3, "storageClass" = Fixed::Text("glacier_ir")),
    bench!("s3_glacier", S3, "storageClass" = Fixed::Text("glacier")),
    bench!("s3_deep_archive", S3, "storageClass" = Fixed::Text("deep_archive")),
    bench!("rds", RDS),
    bench!("rds_postgres", RDS),
    bench!("rds_postgresql", RDS),
    bench!("rds_mysql", RDS, "engine" = Fixed::Text("mysql")),
    bench!("rds_mariadb", RDS, "engine" = Fixed::Text("mariadb")),
    bench!("aurora", AURORA),
    bench!("aurora_postgresql", AURORA),
    bench!("aurora_mysql", AURORA, "engine" = Fixed::Text("aurora-mysql")),
    bench!("aurora_serverless_v2", AURORA_SERVERLESS),
    bench!("elasticache", ELASTICACHE),
    bench!("elasticache_redis", ELASTICACHE),
    bench!("elasticache_valkey", ELASTICACHE, "engine" = Fixed::Text("valkey")),
    bench!("elasticache_memcached", ELASTICACHE, "engine" = Fixed::Text("memcached")),
    bench!("memorydb", MEMORYDB),
    bench!("sns", SNS),
    bench!("sns_fifo", SNS, "fifo" = Fixed::Flag(true)),
    bench!("sqs", SQS),
    bench!("sqs_fifo", SQS, "fifo" = Fixed::Flag(true)),
    bench!("secretsmanager", SECRETS_MANAGER),
    bench!("secrets_manager", SECRETS_MANAGER),
    bench!("cloudfront", CLOUDFRONT),
    bench!("cloudwatch_logs", CLOUDWATCH_LOGS),
    bench!("data_transfer", DATA_TRANSFER),
    bench!("egress", DATA_TRANSFER),
    bench!("nat_gateway", NAT),
    bench!("ebs", EBS),
    bench!("apigateway_websocket", API_GATEWAY, "api_type" = Fixed::Text("WEBSOCKET")),
];

/// How many inputs a row has.
const fn count(row: &ResourceType) -> usize {
    let mut count = 1;
    let mut at = 0;
    while at < row.usage.len() {
        count += 1 + row.usage[at].aliases.len();
        at += 1;
    }
    at = 0;
    while at < row.parameters.len() {
        count += 1 + row.parameters[at].aliases.len();
        at += 1;
    }
    count
}

/// The inputs of a row, collected while the program is built: the table of targets is constant.
const fn names<const N: usize>(row: &ResourceType) -> [&'static str; N] {
    let mut names = [FREE_TIER; N];
    let mut next = 1;
    let mut at = 0;
    while at < row.usage.len() {
        next = put(&mut names, next, row.usage[at].key.name, row.usage[at].aliases);
        at += 1;
    }
    at = 0;
    while at < row.parameters.len() {
        next = put(&mut names, next, row.parameters[at].key.name, row.parameters[at].aliases);
        at += 1;
    }
    names
}

const fn put<const N: usize>(
    names: &mut [&'static str; N],
    place: usize,
    name: &'static str,
    aliases: &'static [&'static str],
) -> usize {
    names[place] = name;
    let mut at = 0;
    while at < aliases.len() {
        names[place + 1 + at] = aliases[at];
        at += 1;
    }
    place + 1 + at
}

fn run(
    row: &'static ResourceType,
    settled: &[(&'static str, Fixed)],
    region: &str,
    read: &Reader<'_>,
) -> Result<Estimate, BareError> {
    let mut said = ResourceWorkload::default();
    let mut parameters: Vec<_> = settled.iter().filter_map(|&(name, fixed)| value(name, fixed)).collect();
    let mut seen = Vec::new();
    for (name, value) in read.0.iter().filter(|(name, _)| *name != FREE_TIER) {
        let key = match row.parameter(name) {
            Some(parameter) => {
                check(&parameter.key, value).map_err(|_| unfit(name, &parameter.key))?;
                parameters.push((name.clone(), value.clone()));
                parameter.key.name
            }
            None => usage(row, &mut said, name, value)?,
        };
        if seen.contains(&key) {
            return Err(bad(name, "stated under one name only"));
        }
        seen.push(key);
    }
    let needed = row.parameters.iter().find(|it| it.bare == Fixed::Needed && !seen.contains(&it.key.name));
    if let Some(needed) = needed {
        return Err(BareError::MissingInput(needed.aliases.first().copied().unwrap_or(needed.key.name)));
    }
    let site = Site { provider: Provider::Aws, region, free_tier: read.flag(FREE_TIER)? };
    let usage = resolve_with(row, &[(Origin::Config, &said)], None);
    Ok(resource::price_resource(row, site, &usage, &Parameters::bare(parameters)))
}

fn unknown(name: &str) -> BareError {
    BareError::UnknownInput { input: name.to_owned(), near: None }
}

/// Stores a usage; gives the name of its key.
fn usage(
    row: &'static ResourceType,
    said: &mut ResourceWorkload,
    name: &str,
    value: &Value,
) -> Result<&'static str, BareError> {
    let key = row.usage_key(name).ok_or_else(|| unknown(name))?;
    said.set(row, name, value).map_err(|error| match error {
        KeyError::Unknown { key, .. } => unknown(&key),
        KeyError::Unfit { .. } => unfit(name, &key.key),
    })?;
    Ok(key.key.name)
}

fn value(name: &str, fixed: Fixed) -> Option<(String, Value)> {
    let value = match fixed {
        Fixed::None | Fixed::Needed => return None,
        Fixed::Number(number) => Value::Number(number),
        Fixed::Text(text) => Value::Text(text.to_owned()),
        Fixed::Flag(flag) => Value::Flag(flag),
    };
    Some((name.to_owned(), value))
}

fn unfit(name: &str, key: &Key) -> BareError {
    let expected = match key.kind {
        Kind::Number { .. } | Kind::Whole { .. } => "a number from 0 to 1e15",
        Kind::Flag => "true or false",
        Kind::Choice(_) | Kind::Text | Kind::Shape(_) => "a text",
    };
    bad(name, expected)
}
