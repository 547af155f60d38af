//! Which product of which service is which of our prices.
//!
//! A usage type is matched whole, after the region's prefix: a suffix alone also fits reserved, spot and extended
//! support. Where a usage type alone fits several products, the attributes that tell them apart are named. Usage types
//! were read in public copies of the price list (Infracost's resources, Terracost's test database) and in projects that
//! read the list.

use super::Attributes;

/// One of our prices and the product that it is.
pub(super) struct Rule {
    /// Our id without region; `*` is what the usage type's `*` stands for, or the place of an edge price.
    pub(super) id: &'static str,
    /// What our id counts.
    pub(super) unit: &'static str,
    /// Service codes under which it is published.
    pub(super) services: &'static [&'static str],
    /// Its usage type without the region's prefix, in the spellings that regions use.
    pub(super) usage: &'static [&'static str],
    /// What else must hold.
    pub(super) needs: &'static [Need],
    /// Where it holds.
    pub(super) at: At,
}

/// Where a price holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// In the product's region.
    Region,
    /// Everywhere.
    Global,
    /// In a place of CloudFront, which the usage type begins with.
    Edge,
}

/// A condition on an attribute.
pub(super) enum Need {
    /// It has this value.
    Is(&'static str, &'static str),
    /// It has this value, or the product does not say.
    Maybe(&'static str, &'static [&'static str]),
    /// The product family is this.
    Family(&'static str),
}

impl Need {
    pub(super) fn holds(&self, attributes: &Attributes, family: &str) -> bool {
        match self {
            Self::Is(name, value) => attributes.get(name) == *value,
            Self::Maybe(name, values) => {
                let value = attributes.get(name);
                value.is_empty() || values.contains(&value)
            }
            Self::Family(name) => family == *name,
        }
    }
}

use Need::{Family, Is, Maybe};

const fn rule(
    id: &'static str,
    unit: &'static str,
    services: &'static [&'static str],
    usage: &'static [&'static str],
    needs: &'static [Need],
) -> Rule {
    Rule { id, unit, services, usage, needs, at: At::Region }
}

const fn global(
    id: &'static str,
    unit: &'static str,
    services: &'static [&'static str],
    usage: &'static [&'static str],
) -> Rule {
    Rule { id, unit, services, usage, needs: &[], at: At::Global }
}

const fn edge(id: &'static str, unit: &'static str, usage: &'static [&'static str]) -> Rule {
    Rule { id, unit, services: CLOUDFRONT, usage, needs: &[], at: At::Edge }
}

const LAMBDA: &[&str] = &["AWSLambda"];
const ECS: &[&str] = &["AmazonECS"];
const EKS: &[&str] = &["AmazonEKS"];
const EC2: &[&str] = &["AmazonEC2"];
const VPC: &[&str] = &["AmazonVPC", "AmazonEC2"];
/// Load balancers are under AWSELB; us-east-1's were found under AmazonEC2 alone.
const ELB: &[&str] = &["AWSELB", "AmazonEC2"];
const API: &[&str] = &["AmazonApiGateway"];
const LOGS: &[&str] = &["AmazonCloudWatch"];
const DYNAMODB: &[&str] = &["AmazonDynamoDB"];
const S3: &[&str] = &["AmazonS3"];
const SNS: &[&str] = &["AmazonSNS"];
const SQS: &[&str] = &["AWSQueueService"];
const SECRETS: &[&str] = &["AWSSecretsManager"];
const RDS: &[&str] = &["AmazonRDS"];
const CACHE: &[&str] = &["AmazonElastiCache"];
const MEMORYDB: &[&str] = &["AmazonMemoryDB"];
const RUNNER: &[&str] = &["AWSAppRunner"];
const TRANSFER: &[&str] = &["AWSDataTransfer"];
const ECR: &[&str] = &["AmazonECR"];
const STATES: &[&str] = &["AmazonStates"];
const CLOUDFRONT: &[&str] = &["AmazonCloudFront"];

/// A shared Linux machine, used as it is asked for and with nothing on it.
const PLAIN_LINUX: &[Need] = &[
    Is("operatingSystem", "Linux"),
    Is("tenancy", "Shared"),
    Maybe("preInstalledSw", &["NA"]),
    Maybe("capacitystatus", &["Used"]),
    Maybe("operation", &["RunInstances"]),
];
const APPLICATION: &[Need] = &[Family("Load Balancer-Application")];
const NETWORK: &[Need] = &[Family("Load Balancer-Network")];
const SINGLE: Need = Is("deploymentOption", "Single-AZ");
const MULTI: Need = Is("deploymentOption", "Multi-AZ");
const POSTGRESQL: &[Need] = &[Is("databaseEngine", "PostgreSQL"), SINGLE];
const POSTGRESQL_MULTI: &[Need] = &[Is("databaseEngine", "PostgreSQL"), MULTI];
const MYSQL: &[Need] = &[Is("databaseEngine", "MySQL"), SINGLE];
const MYSQL_MULTI: &[Need] = &[Is("databaseEngine", "MySQL"), MULTI];
const MARIADB: &[Need] = &[Is("databaseEngine", "MariaDB"), SINGLE];
const MARIADB_MULTI: &[Need] = &[Is("databaseEngine", "MariaDB"), MULTI];
const AURORA: &[Need] = &[Maybe("databaseEngine", &["Aurora PostgreSQL", "Any"])];
/// Storage costs the same for the engines that are priced here.
const ENGINES: Need = Maybe("databaseEngine", &["PostgreSQL", "MySQL", "MariaDB", "Any"]);
const ONE_ZONE: &[Need] = &[ENGINES, Maybe("deploymentOption", &["Single-AZ"])];
const TWO_ZONES: &[Need] = &[ENGINES, Maybe("deploymentOption", &["Multi-AZ"])];
const MEMCACHED: &[Need] = &[Is("cacheEngine", "Memcached")];
const CLASSIC: &[Need] = &[Family("Load Balancer")];
const WITHIN_REGION: &[Need] = &[Is("transferType", "IntraRegion")];
const REDIS: &[Need] = &[Is("cacheEngine", "Redis")];
const STANDARD_QUEUE: &[Need] = &[Is("queueType", "Standard")];
const FIFO_QUEUE: &[Need] = &[Is("queueType", "FIFO (first-in, first-out)")];
const TO_INTERNET: &[Need] = &[Is("transferType", "AWS Outbound"), Maybe("toLocation", &["External"])];

/// All of them.
pub(super) const RULES: &[Rule] = &[
    rule("aws.lambda.duration.x86_64", "GB-second", LAMBDA, &["Lambda-GB-Second"], &[]),
    rule("aws.lambda.duration.arm64", "GB-second", LAMBDA, &["Lambda-GB-Second-ARM"], &[]),
    rule("aws.lambda.requests", "request", LAMBDA, &["Request"], &[]),
    rule(
        "aws.lambda.provisioned_concurrency.x86_64",
        "GB-second",
        LAMBDA,
        &["Lambda-Provisioned-Concurrency"],
        &[],
    ),
    rule(
        "aws.lambda.provisioned_concurrency.arm64",
        "GB-second",
        LAMBDA,
        &["Lambda-Provisioned-Concurrency-ARM"],
        &[],
    ),
    rule(
        "aws.lambda.provisioned_duration.x86_64",
        "GB-second",
        LAMBDA,
        &["Lambda-Provisioned-GB-Second"],
        &[],
    ),
    rule(
        "aws.lambda.provisioned_duration.arm64",
        "GB-second",
        LAMBDA,
        &["Lambda-Provisioned-GB-Second-ARM"],
        &[],
    ),
    rule("aws.lambda.ephemeral_storage.x86_64", "GB-second", LAMBDA, &["Lambda-Storage-GB-Second"], &[]),
    rule("aws.lambda.ephemeral_storage.arm64", "GB-second", LAMBDA, &["Lambda-Storage-GB-Second-ARM"], &[]),
    rule("aws.lambda.response_stream", "GB", LAMBDA, &["Lambda-Streaming-Response-Processed-Bytes"], &[]),
    rule("aws.lambda.snapstart_cache", "GB-second", LAMBDA, &["Lambda-SnapStart-Cached-GB-S"], &[]),
    rule("aws.lambda.snapstart_restore", "GB-restore", LAMBDA, &["Lambda-SnapStart-Restored-GB"], &[]),
    global("aws.lambda_edge.duration", "GB-second", LAMBDA, &["Lambda-Edge-GB-Second"]),
    global("aws.lambda_edge.requests", "request", LAMBDA, &["Lambda-Edge-Request"]),
    rule("aws.fargate.vcpu.x86_64", "vCPU-hour", ECS, &["Fargate-vCPU-Hours:perCPU"], &[]),
    rule("aws.fargate.memory.x86_64", "GB-hour", ECS, &["Fargate-GB-Hours"], &[]),
    rule("aws.fargate.vcpu.arm64", "vCPU-hour", ECS, &["Fargate-ARM-vCPU-Hours:perCPU"], &[]),
    rule("aws.fargate.memory.arm64", "GB-hour", ECS, &["Fargate-ARM-GB-Hours"], &[]),
    rule("aws.fargate.ephemeral_storage", "GB-hour", ECS, &["Fargate-EphemeralStorage-GB-Hours"], &[]),
    rule("aws.eks.control_plane", "cluster-hour", EKS, &["AmazonEKS-Hours:perCluster"], &[]),
    rule("aws.eks.control_plane_extended", "cluster-hour", EKS, &["AmazonEKS-Hours:extendedSupport"], &[]),
    rule("aws.eks.fargate.vcpu", "vCPU-hour", EKS, &["Fargate-vCPU-Hours:perCPU"], &[]),
    rule("aws.eks.fargate.memory", "GB-hour", EKS, &["Fargate-GB-Hours"], &[]),
    rule("aws.ec2.*_cpu_credits", "vCPU-hour", EC2, &["CPUCredits:*"], &[Is("operatingSystem", "Linux")]),
    rule("aws.ec2.*", "instance-hour", EC2, &["BoxUsage:*"], PLAIN_LINUX),
    rule("aws.apprunner.vcpu", "vCPU-hour", RUNNER, &["AppRunner-vCPU-hours"], &[]),
    rule("aws.apprunner.memory_active", "GB-hour", RUNNER, &["AppRunner-GB-hours"], &[]),
    rule("aws.apprunner.memory_provisioned", "GB-hour", RUNNER, &["AppRunner-Provisioned-GB-hours"], &[]),
    rule("aws.nat.hour", "hour", EC2, &["NatGateway-Hours"], &[]),
    rule("aws.nat.gb", "GB", EC2, &["NatGateway-Bytes"], &[]),
    rule("aws.vpc.public_ipv4", "address-hour", VPC, &["PublicIPv4:InUseAddress"], &[]),
    rule("aws.vpc.interface_endpoint", "endpoint-AZ-hour", VPC, &["VpcEndpoint-Hours"], &[]),
    rule("aws.alb.hour", "hour", ELB, &["LoadBalancerUsage"], APPLICATION),
    rule("aws.alb.lcu", "LCU-hour", ELB, &["LCUUsage"], APPLICATION),
    rule("aws.nlb.hour", "hour", ELB, &["LoadBalancerUsage"], NETWORK),
    rule("aws.nlb.nlcu", "NLCU-hour", ELB, &["LCUUsage"], NETWORK),
    rule("aws.apigw.rest", "request", API, &["ApiGatewayRequest"], &[]),
    rule("aws.apigw.http", "request", API, &["ApiGatewayHttpRequest"], &[]),
    rule("aws.apigw.ws.messages", "message", API, &["ApiGatewayMessage"], &[]),
    rule("aws.apigw.ws.minutes", "connection-minute", API, &["ApiGatewayMinute"], &[]),
    rule("aws.cloudwatch.logs_ingest", "GB", LOGS, &["DataProcessing-Bytes"], &[]),
    rule("aws.cloudwatch.logs_storage", "GB-month", LOGS, &["TimedStorage-ByteHrs"], &[]),
    rule("aws.egress.internet", "GB", TRANSFER, &["DataTransfer-Out-Bytes"], TO_INTERNET),
    rule("aws.dynamodb.wru", "WRU", DYNAMODB, &["WriteRequestUnits"], &[]),
    rule("aws.dynamodb.rru", "RRU", DYNAMODB, &["ReadRequestUnits"], &[]),
    rule("aws.dynamodb.wcu", "WCU-hour", DYNAMODB, &["WriteCapacityUnit-Hrs"], &[]),
    rule("aws.dynamodb.rcu", "RCU-hour", DYNAMODB, &["ReadCapacityUnit-Hrs"], &[]),
    rule("aws.dynamodb.storage", "GB-month", DYNAMODB, &["TimedStorage-ByteHrs"], &[]),
    rule("aws.dynamodb.streams", "request", DYNAMODB, &["Streams-RequestsCount"], &[]),
    rule("aws.s3.standard", "GB-month", S3, &["TimedStorage-ByteHrs"], &[]),
    rule("aws.s3.put", "request", S3, &["Requests-Tier1"], &[]),
    rule("aws.s3.get", "request", S3, &["Requests-Tier2"], &[]),
    rule("aws.sns.publish", "request", SNS, &["Requests-Tier1"], &[]),
    rule("aws.sns.http", "notification", SNS, &["DeliveryAttempts-HTTP"], &[]),
    rule("aws.sns.fifo_publish", "request", SNS, &["F-Request-Tier1"], &[]),
    rule("aws.sqs.standard", "request", SQS, &["Requests-Tier1", "Requests"], STANDARD_QUEUE),
    rule("aws.sqs.fifo", "request", SQS, &["Requests-FIFO-Tier1", "Requests-Tier1", "Requests"], FIFO_QUEUE),
    rule(
        "aws.secretsmanager.secret",
        "secret-month",
        SECRETS,
        &["AWSSecretsManager-Secrets", "AWSSecretsManager-Secret"],
        &[],
    ),
    rule(
        "aws.secretsmanager.api",
        "request",
        SECRETS,
        &["AWSSecretsManagerAPIRequest", "AWSSecretsManager-APIRequests"],
        &[],
    ),
    rule("aws.rds.postgresql.*", "instance-hour", RDS, &["InstanceUsage:*"], POSTGRESQL),
    rule(
        "aws.rds.aurora_postgresql.*",
        "instance-hour",
        RDS,
        &["InstanceUsage:*"],
        &[Is("databaseEngine", "Aurora PostgreSQL")],
    ),
    rule("aws.rds.gp3", "GB-month", RDS, &["RDS:GP3-Storage"], ONE_ZONE),
    rule("aws.aurora.serverless_v2", "ACU-hour", RDS, &["Aurora:ServerlessV2Usage"], AURORA),
    rule("aws.aurora.serverless_v2_io", "ACU-hour", RDS, &["Aurora:ServerlessV2IOOptimizedUsage"], AURORA),
    rule("aws.aurora.storage", "GB-month", RDS, &["Aurora:StorageUsage"], AURORA),
    rule("aws.aurora.io", "request", RDS, &["Aurora:StorageIOUsage"], AURORA),
    rule("aws.rds_proxy", "vCPU-hour", RDS, &["RDS:ProxyUsage"], &[]),
    rule("aws.elasticache.redis.*", "node-hour", CACHE, &["NodeUsage:*"], REDIS),
    rule("aws.memorydb.*", "node-hour", MEMORYDB, &["NodeUsage:*"], &[]),
    rule("aws.rds.postgresql.multi_az.*", "instance-hour", RDS, &["Multi-AZUsage:*"], POSTGRESQL_MULTI),
    rule("aws.rds.mysql.*", "instance-hour", RDS, &["InstanceUsage:*"], MYSQL),
    rule("aws.rds.mysql.multi_az.*", "instance-hour", RDS, &["Multi-AZUsage:*"], MYSQL_MULTI),
    rule("aws.rds.mariadb.*", "instance-hour", RDS, &["InstanceUsage:*"], MARIADB),
    rule("aws.rds.mariadb.multi_az.*", "instance-hour", RDS, &["Multi-AZUsage:*"], MARIADB_MULTI),
    rule("aws.rds.gp2", "GB-month", RDS, &["RDS:GP2-Storage"], ONE_ZONE),
    rule("aws.rds.multi_az.gp2", "GB-month", RDS, &["RDS:Multi-AZ-GP2-Storage"], TWO_ZONES),
    rule("aws.rds.multi_az.gp3", "GB-month", RDS, &["RDS:Multi-AZ-GP3-Storage"], TWO_ZONES),
    rule("aws.rds.gp3_iops", "IOPS-month", RDS, &["RDS:GP3-PIOPS"], ONE_ZONE),
    rule("aws.rds.io1", "GB-month", RDS, &["RDS:PIOPS-Storage"], ONE_ZONE),
    rule("aws.rds.io1_iops", "IOPS-month", RDS, &["RDS:PIOPS"], ONE_ZONE),
    rule("aws.rds.magnetic", "GB-month", RDS, &["RDS:StorageUsage"], ONE_ZONE),
    rule(
        "aws.rds.aurora_mysql.*",
        "instance-hour",
        RDS,
        &["InstanceUsage:*"],
        &[Is("databaseEngine", "Aurora MySQL")],
    ),
    rule("aws.elasticache.memcached.*", "node-hour", CACHE, &["NodeUsage:*"], MEMCACHED),
    rule("aws.ebs.gp2", "GB-month", EC2, &["EBS:VolumeUsage.gp2"], &[]),
    rule("aws.ebs.gp3", "GB-month", EC2, &["EBS:VolumeUsage.gp3"], &[]),
    rule("aws.ebs.io1", "GB-month", EC2, &["EBS:VolumeUsage.piops"], &[]),
    rule("aws.ebs.st1", "GB-month", EC2, &["EBS:VolumeUsage.st1"], &[]),
    rule("aws.ebs.sc1", "GB-month", EC2, &["EBS:VolumeUsage.sc1"], &[]),
    rule("aws.ebs.standard", "GB-month", EC2, &["EBS:VolumeUsage"], &[]),
    rule("aws.ebs.snapshot", "GB-month", EC2, &["EBS:SnapshotUsage"], &[]),
    rule("aws.ebs.gp3_iops", "IOPS-month", EC2, &["EBS:VolumeP-IOPS.gp3"], &[]),
    rule("aws.ebs.io1_iops", "IOPS-month", EC2, &["EBS:VolumeP-IOPS.piops"], &[]),
    rule("aws.ecr.storage", "GB-month", ECR, &["TimedStorage-ByteHrs"], &[]),
    rule("aws.egress.inter_az", "GB", TRANSFER, &["DataTransfer-Regional-Bytes"], WITHIN_REGION),
    rule("aws.dynamodb.pitr", "GB-month", DYNAMODB, &["TimedPITRStorage-ByteHrs"], &[]),
    rule("aws.dynamodb.backup", "GB-month", DYNAMODB, &["TimedBackupStorage-ByteHrs"], &[]),
    rule("aws.vpc.endpoint_gb", "GB", VPC, &["VpcEndpoint-Bytes"], &[]),
    rule("aws.elb.hour", "hour", ELB, &["LoadBalancerUsage"], CLASSIC),
    rule("aws.elb.gb", "GB", ELB, &["DataProcessing-Bytes"], CLASSIC),
    rule("aws.sfn.standard", "transition", STATES, &["StateTransition"], &[]),
    edge("aws.cloudfront.egress.*", "GB", &["DataTransfer-Out-Bytes"]),
    edge("aws.cloudfront.http", "request", &["Requests-Tier1"]),
    edge("aws.cloudfront.https", "request", &["Requests-Tier2-HTTPS"]),
];
