//! Redis: ElastiCache nodes, and MemoryDB shards with their replicas.

use super::key::{Fixed, Parameter, UsageKey, amount, hours, number, text};
use super::rates::tag;
use super::{Billing, Charge, Given, Pricing, ResourceType};
use crate::format::plain;
use crate::traffic::HOURS_PER_MONTH;

const SNAPSHOTS: UsageKey = amount("snapshot_storage_size_gb", "GB", "Snapshots kept beyond the free one.")
    .named(&["backup_storage_gb", "snapshot_storage_gb"]);

/// Nodes in all, in place of what follows from shards and replicas.
const NODES: Parameter =
    number("nodes", "nodes", "Nodes in all, in place of shards and replicas.", (0.0, "")).unset();

pub(crate) const ELASTICACHE: ResourceType = ResourceType {
    name: "elasticache",
    kinds: &["persist_redis_node"],
    title: "ElastiCache",
    usage_types: &["aws_elasticache_cluster", "aws_elasticache_replication_group"],
    billing: Billing::AlwaysOn,
    pays_for: "each node every hour, used or not",
    usage: &[hours(), SNAPSHOTS],
    parameters: &[
        text("nodeType", "Type of the nodes.", ("cache.t3.micro", "cache.t3.micro, the compiler's default"))
            .named(&["node_type", "instance_type"])
            .bare(Fixed::Needed),
        number("numCacheNodes", "nodes", "Nodes.", (1.0, "1, the compiler's default")).named(&[
            "num_cache_nodes",
            "num_cache_clusters",
            "nodes",
            "node_count",
            "cache_nodes",
            "num_nodes",
        ]),
        number(
            "numNodeGroups",
            "shards",
            "Shards, each with its replicas, in place of nodes.",
            (0.0, "none"),
        )
        .named(&["num_node_groups", "shards", "num_shards"]),
        number("replicasPerNodeGroup", "nodes", "Replicas of each shard.", (0.0, "none")).named(&[
            "replicas_per_node_group",
            "replicas_per_shard",
            "replicas",
        ]),
        text("engine", "`redis`, `valkey` or `memcached`.", ("redis", "redis, of this type")),
    ],
    tags: &[tag("aws.elasticache.{engine}.{nodeType}", HOURS_PER_MONTH, "month of a {nodeType} node")],
    pricing: Pricing::Charges(elasticache),
};

pub(crate) const MEMORYDB: ResourceType = ResourceType {
    name: "memorydb",
    kinds: &["persist_redis_cluster"],
    title: "MemoryDB",
    usage_types: &[],
    billing: Billing::AlwaysOn,
    pays_for: "each node every hour, used or not: shards times one and their replicas",
    usage: &[
        hours(),
        amount("monthly_data_written_gb", "GB", "Data written to the cluster.").named(&["data_written_gb"]),
        SNAPSHOTS,
    ],
    parameters: &[
        text("nodeType", "Type of the nodes.", ("db.t4g.small", "db.t4g.small, the compiler's default"))
            .named(&["node_type", "instance_type"])
            .bare(Fixed::Needed),
        number("numShards", "shards", "Shards.", (2.0, "2, the compiler's default"))
            .named(&["num_shards", "shards"])
            .bare(Fixed::Number(1.0)),
        number("numReplicasPerShard", "nodes", "Replicas of each shard.", (1.0, "1, the compiler's default"))
            .named(&["num_replicas_per_shard", "replicas_per_shard", "replicas"])
            .bare(Fixed::Number(0.0)),
        NODES.named(&["node_count", "num_nodes"]),
    ],
    tags: &[tag("aws.memorydb.{nodeType}", HOURS_PER_MONTH, "month of a {nodeType} node")],
    pricing: Pricing::Charges(memorydb),
};

fn elasticache(given: &Given<'_>) -> Vec<Charge> {
    let number = |name| given.number(name).unwrap_or(0.0);
    let shards = number("numNodeGroups");
    let count =
        if shards > 0.0 { shards * (1.0 + number("replicasPerNodeGroup")) } else { number("numCacheNodes") };
    let id = format!("aws.elasticache.{}.{}", given.text("engine"), given.text("nodeType"));
    let mut charges = vec![nodes(given, count, id)];
    charges.extend(given.extras(&[("backup_storage", "snapshot_storage_size_gb", "aws.elasticache.backup")]));
    charges
}

fn memorydb(given: &Given<'_>) -> Vec<Charge> {
    let number = |name| given.number(name).unwrap_or(0.0);
    let by_shards = number("numShards") * (1.0 + number("numReplicasPerShard"));
    let count = given.number("nodes").unwrap_or(by_shards);
    let mut charges = vec![nodes(given, count, format!("aws.memorydb.{}", given.text("nodeType")))];
    charges.extend(given.extras(&[
        ("data_written", "monthly_data_written_gb", "aws.memorydb.data_written"),
        ("backup_storage", "snapshot_storage_size_gb", "aws.memorydb.backup"),
    ]));
    charges
}

fn nodes(given: &Given<'_>, count: f64, id: String) -> Charge {
    let hours = given.used("monthly_hours");
    let how = format!("{} x {} x {} h", plain(count), given.text("nodeType"), plain(hours));
    Charge::new("nodes", count * hours, id).how(how)
}
