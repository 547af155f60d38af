//! The table of resource types.

use super::{ResourceType, cache, disk, dynamodb, edge, gateway, log, message, network, object, secret, sql};

/// Every type of resource. A type that two kinds have in different ways has a row for each.
pub const TYPES: &[&ResourceType] = &[
    &dynamodb::DYNAMODB,
    &object::S3,
    &object::STATIC_UNIT,
    &secret::SECRETS_MANAGER,
    &secret::CLASSIC_SECRET,
    &sql::RDS,
    &sql::AURORA,
    &sql::AURORA_SERVERLESS,
    &sql::COCKROACH,
    &cache::ELASTICACHE,
    &cache::MEMORYDB,
    &message::SNS,
    &message::SQS,
    &gateway::API_GATEWAY,
    &gateway::ALB,
    &edge::CLOUDFRONT,
    &log::CLOUDWATCH_LOGS,
    &network::DATA_TRANSFER,
    &network::NAT,
    &disk::EBS,
];
